"""From an event to its plan: choose the pairs, give them rounds, and say whether it could be better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from . import integer
from .board import Board, fill, repair, restore
from .problem import Pair, Problem, Talk
from .selection import Selection, select

WHOLE = 60_000  # columns that the integer programme can have as one piece
PIECE = 12_000
EFFORT = 400_000  # of the integer programme, see there: some ten seconds
SIZE = "size"


@dataclass(frozen=True, slots=True)
class Plan:
    """``talks``: what is planned, in order, without the fixed ones.

    ``value``: points of wishes in it; ``ideal``: the points if rounds, walks and pauses did not count, which no plan
    that keeps as many promises goes beyond. ``promised``: per level of the promise (a first talk, a second) the number
    of persons who have it; ``promised_ideal`` as above. ``left_out``: pairs of the ideal choice that have no talk.
    ``proven``: no plan is better, by its duals or by the integer programme. ``stopped``: what ended the search for a
    better one, ``work`` (all it may do was done), ``size`` (too large to decide as a whole), ``time`` (the clock: only
    then might the same event give another plan) or nothing.
    """

    talks: tuple[Talk, ...]
    value: int
    ideal: int
    promised: tuple[int, ...]
    promised_ideal: tuple[int, ...]
    left_out: tuple[Pair, ...]
    proven: bool
    stopped: str = ""

    @property
    def lost(self) -> int:
        """Points of wishes that the rounds cost."""
        return max(0, self.ideal - self.value)


def levels(problem: Problem, chosen: Iterable[int]) -> tuple[int, ...]:
    """Return, per level of the promise, how many persons have that many talks, the fixed ones counted.

    :param problem: the event
    :param chosen: places in ``problem.options``
    """
    talks = [list(had) for had in problem.had]
    for option in chosen:
        for side in (0, 1):
            talks[side][problem.options[option][side]] += 1
    people = [*zip(problem.students, talks[0], strict=True), *zip(problem.companies, talks[1], strict=False)]
    top = max((person.promise for person, _talks in people), default=0)
    return tuple(sum(has >= level for person, has in people if person.promise >= level) for level in range(1, top + 1))


def worth(problem: Problem, chosen: Iterable[int]) -> int:
    """Return the points of wishes."""
    return sum(problem.options[option][2] for option in chosen)


def make_plan(problem: Problem, effort: int = EFFORT, seconds: float = 60) -> Plan:
    """Plan an event. The same event gives the same plan, on any machine, while the clock doesn't stop it.

    :param problem: the event
    :param effort: what the integer programme may do, which is needed when repair leaves talks out
    :param seconds: when to stop at last; the plan says so
    """
    selection = select(problem)
    board = Board(problem)
    left_out = repair(board, fill(board, selection.chosen))
    best, stopped = selection.proven and not left_out, ""
    if left_out:
        meter = integer.Meter(effort, seconds)
        most = levels(problem, selection.chosen)
        _by_pieces(board, left_out, meter)
        score = (levels(problem, board.turn_of), worth(problem, board.turn_of))
        best = selection.proven and score == (most, selection.value)
        if not best and integer.size(problem) <= WHOLE:
            found = integer.solve(problem, board.turn_of, dict(enumerate(most, 1)), meter)
            restore(board, found.turn_of)
            best = found.best
            stopped = "" if best else integer.WORK
        elif not best:
            stopped = SIZE
        stopped = integer.TIME if meter.late else stopped
    return _plan(board, selection, best, stopped)


def _plan(board: Board, selection: Selection, proven: bool, stopped: str) -> Plan:
    problem = board.problem
    value = worth(problem, board.turn_of)
    promised, most = levels(problem, board.turn_of), levels(problem, selection.chosen)
    missed = () if (promised, value) == (most, selection.value) else set(selection.chosen) - set(board.turn_of)
    return Plan(
        talks=talks_of(board),
        value=value,
        ideal=selection.bound,
        promised=promised,
        promised_ideal=most,
        left_out=tuple(pair_of(problem, option) for option in sorted(missed)),
        proven=proven,
        stopped=stopped,
    )


def talks_of(board: Board) -> tuple[Talk, ...]:
    """Return the talks on a board, in order of round, company and student."""
    problem = board.problem
    return tuple(
        sorted(
            Talk(turn, problem.companies[board.company(option)].key, problem.students[board.student(option)].key)
            for option, turn in board.turn_of.items()
        )
    )


def pair_of(problem: Problem, option: int) -> Pair:
    """Return an option by the keys of its persons."""
    student, company, wish = problem.options[option]
    return Pair(problem.students[student].key, problem.companies[company].key, wish)


def _by_pieces(board: Board, left_out: list[int], meter: integer.Meter) -> None:
    """Plan anew the companies and students around each talk that was left out, with all others as they are.

    Each has an equal part of half of the work, the last ones what others left of theirs.
    """
    problem = board.problem
    half = meter.work // 2
    for number, missing in enumerate(left_out):
        if missing in board.turn_of:
            continue
        meter.floor = meter.work - (meter.work - half) // (len(left_out) - number)
        student, company, _wish = problem.options[missing]
        companies = {company} | {problem.options[o][1] for o in board.turn_of if problem.options[o][0] == student}
        inside = {at for at, option in enumerate(problem.options) if option[0] == student or option[1] in companies}
        if len(inside) * len(problem.rounds) > PIECE:
            inside = {at for at, option in enumerate(problem.options) if option[0] == student or option[1] == company}
        around = tuple(
            Talk(turn, problem.companies[board.company(o)].key, problem.students[board.student(o)].key)
            for o, turn in board.turn_of.items()
            if o not in inside
        )
        part = replace(problem, pairs=tuple(pair_of(problem, at) for at in inside), fixed=(*problem.fixed, *around))
        place = {problem.options[at][:2]: at for at in inside}
        start = {
            at: board.turn_of[place[option[:2]]]
            for at, option in enumerate(part.options)
            if place[option[:2]] in board.turn_of
        }
        found = integer.solve(part, start, {}, meter)
        outside = {o: turn for o, turn in board.turn_of.items() if o not in inside}
        new = outside | {place[part.options[at][:2]]: turn for at, turn in found.turn_of.items()}
        if (levels(problem, new), worth(problem, new)) > (
            levels(problem, board.turn_of),
            worth(problem, board.turn_of),
        ):
            restore(board, new)
    meter.floor = 0
