"""The grid of rounds and tables, and how a talk gets a place on it.

Without rooms to walk between, rows to limit or rounds that don't suit, :meth:`Board.place` always succeeds while nobody
has more talks than rounds: it is the colouring of the edges of a bipartite multigraph in its maximum degree (König),
found by alternating chains, with a company of several tables as one node of that capacity. With such limits a chain may
be barred; then others are tried, and :func:`repair` pushes talks aside until all sit or it has tried long enough.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from .problem import Problem

NOBODY = -1


class Board:
    """Talks by their place in ``problem.options``, each in at most one round."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.turns = range(len(problem.rounds))
        self.turn_of: dict[int, int] = {}
        self._of_student = [[NOBODY] * len(self.turns) for _student in problem.students]
        self._of_company: list[list[list[int]]] = [[[] for _turn in self.turns] for _company in problem.companies]

    # ------------------------------------------------------------------ asking

    def student(self, talk: int) -> int:
        """Return the student of a talk."""
        return self.problem.options[talk][0]

    def company(self, talk: int) -> int:
        """Return the company of a talk."""
        return self.problem.options[talk][1]

    def free(self, company: int, turn: int) -> int:
        """Return the tables that are left."""
        return self.problem.seats[company][turn] - len(self._of_company[company][turn])

    def suits(self, talk: int, turn: int) -> bool:
        """Tell whether both are there in that round, whatever else they have."""
        student, company, _wish = self.problem.options[talk]
        return turn not in self.problem.busy[student] and self.problem.seats[company][turn] > 0

    def fits(self, talk: int, turn: int) -> bool:
        """Tell whether the talk can have a place there with nothing else changed."""
        student, company, _wish = self.problem.options[talk]
        return (
            self.suits(talk, turn)
            and self._of_student[student][turn] == NOBODY
            and self.free(company, turn) > 0
            and not self._hindered(student, turn, company)
        )

    def _companies_of(self, student: int) -> dict[int, int]:
        """Return round -> company of all that a student has, fixed talks too."""
        found = dict(self.problem.fixed_of[student])
        found.update(
            (turn, self.company(talk)) for turn, talk in enumerate(self._of_student[student]) if talk != NOBODY
        )
        return found

    def _hindered(self, student: int, turn: int, company: int) -> bool:
        """Tell whether the walk to another talk, or too many in a row, bars this one."""
        problem = self.problem
        if not problem.apart and not problem.in_row:
            return False
        has = self._companies_of(student)
        apart = problem.apart.get((turn, company))
        if apart and any(item in apart for item in has.items()):
            return True
        return bool(problem.in_row) and _row(has, turn) > problem.in_row

    # ------------------------------------------------------------------ changing

    def put(self, talk: int, turn: int) -> None:
        """Give a talk its place; the caller knows that it fits."""
        self.turn_of[talk] = turn
        self._of_student[self.student(talk)][turn] = talk
        self._of_company[self.company(talk)][turn].append(talk)

    def take(self, talk: int) -> int:
        """Take a talk off the board and return its round."""
        turn = self.turn_of.pop(talk)
        self._of_student[self.student(talk)][turn] = NOBODY
        self._of_company[self.company(talk)][turn].remove(talk)
        return turn

    def place(self, talk: int) -> bool:
        """Find a place for a talk: a free one, or by the alternating chain that moves the fewest others."""
        company = self.company(talk)
        open_turns = [turn for turn in self.turns if self.fits(talk, turn)]
        if open_turns:
            self.put(talk, max(open_turns, key=lambda turn: (self.free(company, turn), -turn)))
            return True
        best: list[tuple[int, int]] | None = None
        student = self.student(talk)
        for here in self.turns:
            if not self.suits(talk, here) or self._of_student[student][here] != NOBODY:
                continue
            for there in self.turns:
                if there != here and self.free(company, there) > 0:
                    chain = self._chain(talk, here, there)
                    if chain and (best is None or len(chain) < len(best)) and self._try(talk, here, chain):
                        self._undo(talk, chain)
                        best = [(talk, here), *chain]
                        if len(best) <= 2:
                            break
            if best and len(best) <= 2:
                break
        if not best:
            return False
        return self._try(talk, best[0][1], best[1:])

    def _chain(self, talk: int, here: int, there: int) -> list[tuple[int, int]] | None:
        """Return the moves between two rounds that free a table of the talk's company in ``here``, or None.

        The company gives a talk of ``here`` a place in ``there``; if its student has one there already, that one comes
        to ``here``, whose company then does the same, until somebody has room.
        """
        moves: list[tuple[int, int]] = []
        moved = {talk}
        company = self.company(talk)
        while True:
            able = [
                other for other in self._of_company[company][here] if other not in moved and self.suits(other, there)
            ]
            if not able:
                return None
            leaves = min(able, key=lambda other: self._of_student[self.student(other)][there] != NOBODY)
            moves.append((leaves, there))
            moved.add(leaves)
            comes = self._of_student[self.student(leaves)][there]
            if comes == NOBODY:
                return moves
            if comes in moved or not self.suits(comes, here):
                return None
            moves.append((comes, here))
            moved.add(comes)
            company = self.company(comes)
            if self.free(company, here) > 0:
                return moves

    def _try(self, talk: int, here: int, moves: Sequence[tuple[int, int]]) -> bool:
        """Make the moves and place the talk; undo it all if somebody can't walk that far or has too many in a row."""
        for other, _turn in moves:
            self.take(other)
        for other, turn in moves:
            self.put(other, turn)
        self.put(talk, here)
        if not self.problem.apart and not self.problem.in_row:
            return True
        if any(
            self._hindered(self.student(t), self.turn_of[t], self.company(t)) for t in (talk, *(m[0] for m in moves))
        ):
            self._undo(talk, moves)
            return False
        return True

    def _undo(self, talk: int, moves: Sequence[tuple[int, int]]) -> None:
        """Put everything back where it was: a chain moves between two rounds only."""
        here = self.take(talk)
        there = next(turn for _other, turn in moves if turn != here)
        for other, _turn in moves:
            self.take(other)
        for other, turn in moves:
            self.put(other, here if turn == there else there)

    # ------------------------------------------------------------------ pushing aside

    def in_the_way(self, talk: int, turn: int) -> list[list[int]]:
        """Return the ways to make room for a talk in a round: each a list of talks to push aside, at most one a table.

        An empty list means that it can't be: somebody is away, or a fixed talk is in the way.
        """
        if not self.suits(talk, turn):
            return []
        student, company, _wish = self.problem.options[talk]
        aside = [self._of_student[student][turn]] if self._of_student[student][turn] != NOBODY else []
        if self.problem.apart or self.problem.in_row:
            far = self.problem.apart.get((turn, company), frozenset())
            has = self._companies_of(student)
            aside += [self._of_student[student][at] for at in self.turns if (at, has.get(at)) in far]
            if self.problem.in_row and _row(has, turn) > self.problem.in_row:
                aside += [self._of_student[student][at] for at in (turn - 1, turn + 1) if at in has]
            if NOBODY in aside:  # a fixed talk
                return []
            aside = list(dict.fromkeys(aside))
        if self.free(company, turn) > 0 or any(self.company(t) == company and self.turn_of[t] == turn for t in aside):
            return [aside]
        return [[*aside, other] for other in self._of_company[company][turn]]


def _row(has: Iterable[int], turn: int) -> int:
    """Return the length of the row of rounds around ``turn``, itself included."""
    taken = set(has)
    first = last = turn
    while first - 1 in taken:
        first -= 1
    while last + 1 in taken:
        last += 1
    return last - first + 1


def fill(board: Board, talks: Iterable[int]) -> list[int]:
    """Place the talks, those with the fewest rounds first; return what is left out."""
    problem = board.problem
    choice = {talk: len(problem.turns[talk]) for talk in talks}
    return [talk for talk in sorted(choice, key=lambda talk: (choice[talk], talk)) if not board.place(talk)]


def repair(board: Board, left_out: Iterable[int], tries: int = 4000) -> list[int]:
    """Make room for talks by pushing others aside, each of which then looks for a new place.

    A talk that was pushed aside often is left alone, so that it doesn't go in circles; the board with the fewest wishes
    lost is kept. Chance decides between equals, the same each time.

    :return: what is left out after all
    """
    problem, chance = board.problem, random.Random(0)
    waiting = list(left_out)
    pushed: dict[int, int] = {}

    def lost(talks: Iterable[int]) -> int:
        return sum(1 + problem.options[talk][2] for talk in talks)

    best, kept = lost(waiting), (dict(board.turn_of), list(waiting))
    while waiting and tries:
        tries -= 1
        talk = waiting.pop(0)
        if not board.place(talk):
            ways = [(turn, way) for turn in board.turns for way in board.in_the_way(talk, turn)]
            if not ways:
                waiting.append(talk)
                if not any(board.in_the_way(other, turn) for other in waiting for turn in board.turns):
                    break
                continue
            chance.shuffle(ways)
            turn, way = min(ways, key=lambda item: sum(1 + 3 * pushed.get(other, 0) for other in item[1]))
            for other in way:
                board.take(other)
                pushed[other] = pushed.get(other, 0) + 1
            board.put(talk, turn)
            waiting += way
            # who has just sat down stays for now
            pushed[talk] = pushed.get(talk, 0) + 1
        if lost(waiting) < best:
            best, kept = lost(waiting), (dict(board.turn_of), list(waiting))
    if waiting:
        restore(board, kept[0])
        return kept[1]
    return []


def restore(board: Board, turn_of: dict[int, int]) -> None:
    """Make the board as it was."""
    for talk in list(board.turn_of):
        board.take(talk)
    for talk, turn in turn_of.items():
        board.put(talk, turn)
