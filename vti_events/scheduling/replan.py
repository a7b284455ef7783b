"""When the day turns out otherwise: new plans for what is left, from hardly any change to the best there is.

The problem describes the event as it is now: ``fixed`` are the talks that were held, run or are locked; rounds that are
over count as away for everybody; who does not come is left out or away; a company that leaves is away from then on;
walk-ins are just there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .board import Board, fill, repair
from .plan import levels, talks_of, worth
from .problem import Problem, Talk
from .selection import select, select_with_gains

NEARLY = 0.98  # of the best value: good enough if it moves fewer


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go on.

    ``talks``: all that is planned now, without the fixed ones. ``moved``: talks that could have stayed and have another
    round or are gone; ``gone``: talks of the old plan that can't be any more, the same in every option; ``added``:
    talks of pairs that had none. ``value``: points of wishes; ``promised``: persons per level of the promise.
    ``advised``: the fewest moved for nearly the best value, with as many promises kept as can be.
    """

    talks: tuple[Talk, ...]
    value: int
    promised: tuple[int, ...]
    moved: int
    gone: int
    added: int
    advised: bool = False


def replan(problem: Problem, current: Iterable[Talk]) -> tuple[Option, ...]:
    """Return the ways to go on, the fewest moved talks first; each further one is better for more moved talks.

    :param problem: the event as it is now
    :param current: the talks that were planned, fixed ones or not
    """
    place = {
        (problem.students[student].key, problem.companies[company].key): at
        for at, (student, company, _wish) in enumerate(problem.options)
    }
    held = set(problem.fixed)
    planned = sorted(talk for talk in current if talk not in held)
    stays: dict[int, int] = {}
    board = Board(problem)
    room = [list(room) for room in problem.room]
    for talk in planned:
        at = place.get((talk.student, talk.company))
        if at is None or at in stays or not board.fits(at, talk.round):
            continue
        student, company, _wish = problem.options[at]
        if room[0][student] and room[1][company]:
            room[0][student] -= 1
            room[1][company] -= 1
            board.put(at, talk.round)
            stays[at] = talk.round
    gone = len(planned) - len(stays)
    top = max((option[2] for option in problem.options), default=0)
    gains = [dict.fromkeys(stays, gain) for gain in (2 * top + 1, top // 3, 0)]
    found = [_fill_gaps(problem, stays)]
    found += [_anew(problem, stays, selection.chosen) for selection in select_with_gains(problem, gains)]
    return _trade_off(problem, stays, gone, found)


def _start(problem: Problem, stays: dict[int, int], chosen: Iterable[int]) -> tuple[Board, list[int]]:
    """Return a board with what stays in its round, and the chosen ones that have none yet."""
    board, new = Board(problem), []
    for option in chosen:
        if option in stays:
            board.put(option, stays[option])
        else:
            new.append(option)
    return board, new


def _fill_gaps(problem: Problem, stays: dict[int, int]) -> Board:
    """Move nobody: who fits in a gap gets it, those with the fewest talks first, then the most wished."""
    chosen = select(problem, keep=stays).chosen
    board, new = _start(problem, stays, chosen)
    for option in sorted(new, key=lambda option: (-problem.options[option][2], option)):
        open_turns = [turn for turn in board.turns if board.fits(option, turn)]
        if open_turns:
            board.put(option, open_turns[0])
    return board


def _anew(problem: Problem, stays: dict[int, int], chosen: Iterable[int]) -> Board:
    """Give the chosen ones a round: their own, where they have one and it need not make way."""
    board, new = _start(problem, stays, chosen)
    repair(board, fill(board, new), tries=300)
    return board


def _trade_off(problem: Problem, stays: dict[int, int], gone: int, found: list[Board]) -> tuple[Option, ...]:
    """Keep the boards that nobody beats with as few moves, and advise one."""
    options: list[Option] = []
    rows = []
    for board in found:
        moved = sum(board.turn_of.get(option) != turn for option, turn in stays.items())
        added = sum(option not in stays for option in board.turn_of)
        rows.append((moved, levels(problem, board.turn_of), worth(problem, board.turn_of), added, board))
    rows.sort(key=lambda row: (row[0], [-number for number in row[1]], -row[2]))
    for moved, promised, value, added, board in rows:
        if not options or (promised, value) > (options[-1].promised, options[-1].value):
            options.append(Option(talks_of(board), value, promised, moved, gone, added))
    best = options[-1]
    enough = next(o for o in options if o.promised == best.promised and o.value >= NEARLY * best.value)
    return tuple(Option(o.talks, o.value, o.promised, o.moved, o.gone, o.added, advised=o is enough) for o in options)
