"""What other numbers of rounds and tables would bring, before anybody is invited or with the wishes as they are."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .board import Board, fill, repair
from .points import wish_points
from .problem import Company, Pair, Problem, Round, Student, even_rounds
from .selection import select

TRIES = 60  # to give talks a round that walks and pauses bar: enough to see what these cost, about
ENOUGH = 240  # students: more of them, with companies in proportion, change the shares by less than the draws differ


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who is expected. ``wishes``: companies that a student ranks; ``ranks``: students that a company ranks.

    ``rooms``: minutes from the hall of each room, over which the companies are spread; ``in_row``: talks in a row at
    most; ``length``, ``pause`` and ``breaks`` in minutes, as in :func:`even_rounds`.
    """

    students: int
    companies: int
    wishes: int = 5
    ranks: int = 5
    at_most: int | None = None
    promise: int = 1
    rooms: tuple[int, ...] = ()
    in_row: int = 0
    length: int = 10
    pause: int = 0
    breaks: Mapping[int, int] = field(default_factory=dict)

    def timetable(self, number: int) -> tuple[Round, ...]:
        """Return that many rounds."""
        return even_rounds(number, self.length, self.pause, self.breaks)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the curve. ``first``: share (0 to 1) of students who meet their first wish; ``low`` and ``high``:
    in the worst and best of the draws; ``served``: share with the promised talks; ``talks``: mean per student.
    """

    rounds: int
    tables: int
    first: float
    low: float
    high: float
    served: float
    talks: float


def expect(crowd: Crowd, rounds: Iterable[int], tables: Iterable[int], draws: int = 3) -> list[Point]:
    """Return the curve for a crowd whose wishes are not known yet: they are drawn, some companies far more popular.

    A company's popularity falls with its place in a list (as 1 / (place + 2)), as sign-up lists do; the draws are the
    same each time.

    :param draws: how many crowds are drawn; the spread between them is in the points
    """
    scale = min(1.0, ENOUGH / max(1, crowd.students))
    drawn = [_draw(crowd, scale, seed) for seed in range(draws)]
    points = []
    for number in rounds:
        for each in tables:
            found = [_measure(_with(problem, crowd.timetable(number), each), firsts) for problem, firsts in drawn]
            shares = [share for share, _served, _talks in found]
            points.append(
                Point(number, each, _mean(shares), min(shares), max(shares), _mean([f[1] for f in found]),
                      _mean([f[2] for f in found]))
            )  # fmt: skip
    return points


def vary(problem: Problem, firsts: Mapping[int, int], rounds: Iterable[int], tables: Iterable[int]) -> list[Point]:
    """Return the curve for wishes that are known, nobody being away, rounds following each other without a pause.

    :param problem: the event as it stands
    :param firsts: student -> company of the first wish, by key
    """
    points = []
    for number in rounds:
        for each in tables:
            share, served, talks = _measure(_with(problem, even_rounds(number, 10), each), firsts)
            points.append(Point(number, each, share, share, share, served, talks))
    return points


def _draw(crowd: Crowd, scale: float, seed: int) -> tuple[Problem, dict[int, int]]:
    """Return an event of that crowd, and the first wishes."""
    chance = random.Random(seed)
    students, companies = round(crowd.students * scale), round(crowd.companies * scale)
    popular = {company: 1 / (company + 3) for company in range(companies)}
    wishes: dict[tuple[int, int], int] = {}
    fans: dict[int, list[int]] = {company: [] for company in range(companies)}
    firsts = {}
    for student in range(students):
        # weighted order without putting back (Efraimidis and Spirakis)
        order = sorted(popular, key=lambda company: chance.random() ** (1 / popular[company]), reverse=True)
        if order:
            firsts[student] = order[0]
        for rank, company in enumerate(order[: crowd.wishes], 1):
            wishes[student, company] = wish_points(rank)
            fans[company].append(student)
    for company, likes in fans.items():
        for rank, student in enumerate(chance.sample(likes, min(len(likes), crowd.ranks)), 1):
            wishes[student, company] += wish_points(rank)
    problem = Problem(
        even_rounds(1, 10),
        tuple(Student(key, at_most=crowd.at_most, promise=crowd.promise) for key in range(students)),
        tuple(Company(key, room=key % len(crowd.rooms) if crowd.rooms else None) for key in range(companies)),
        tuple(Pair(student, company, wish) for (student, company), wish in wishes.items()),
        walk={
            (one, other): crowd.rooms[one] + crowd.rooms[other]
            for one in range(len(crowd.rooms))
            for other in range(one)
        },
        in_row=crowd.in_row,
    )
    return problem, firsts


def _with(problem: Problem, rounds: tuple[Round, ...], tables: int) -> Problem:
    """Return the event with other numbers, everybody there all the time, nothing fixed."""
    return replace(
        problem,
        rounds=rounds,
        students=tuple(replace(student, away=frozenset()) for student in problem.students),
        companies=tuple(replace(company, away=frozenset(), tables=tables) for company in problem.companies),
        fixed=(),
    )


def _measure(problem: Problem, firsts: Mapping[int, int]) -> tuple[float, float, float]:
    """Return the share of first wishes met, the share with what was promised, and the talks per student."""
    kept = select(problem).chosen
    if problem.apart or problem.in_row:  # else every chosen pair gets a round
        board = Board(problem)
        repair(board, fill(board, kept), tries=TRIES)
        kept = tuple(board.turn_of)
    chosen = [problem.options[at] for at in kept]
    talks = [0] * len(problem.students)
    for student, _company, _wish in chosen:
        talks[student] += 1
    met = {(problem.students[student].key, problem.companies[company].key) for student, company, _wish in chosen}
    number = max(1, len(problem.students))
    served = sum(has >= student.promise for has, student in zip(talks, problem.students, strict=True))
    return sum(pair in met for pair in firsts.items()) / number, served / number, len(chosen) / number


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
