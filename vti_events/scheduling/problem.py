"""What is asked: who is there, when, at which tables, and who wishes whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Round:
    """One turn at the tables; times in whole minutes from the start of the day."""

    start: int
    end: int


def even_rounds(number: int, length: int, pause: int = 0, breaks: Mapping[int, int] | None = None) -> tuple[Round, ...]:
    """Return ``number`` rounds of ``length`` minutes.

    :param number: how many
    :param length: minutes of a talk
    :param pause: minutes between two rounds
    :param breaks: extra minutes after a round, by its place from 0 (lunch after the fourth: ``{3: 45}``)
    """
    rounds, start = [], 0
    for place in range(number):
        rounds.append(Round(start, start + length))
        start += length + pause + (breaks or {}).get(place, 0)
    return tuple(rounds)


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody who goes from table to table.

    ``away``: rounds (from 0) that don't suit; ``at_most``: talks, None for no limit; ``promise``: the number of talks
    that the organiser promises where it is possible.
    """

    key: int
    away: frozenset[int] = frozenset()
    at_most: int | None = None
    promise: int = 0


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody who sits at one or more tables of one room; the rest as with :class:`Student`."""

    key: int
    tables: int = 1
    away: frozenset[int] = frozenset()
    at_most: int | None = None
    promise: int = 0
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may meet. ``wish``: the points of both sides together, 0 or more, a whole number."""

    student: int
    company: int
    wish: int


@dataclass(frozen=True, slots=True, order=True)
class Talk:
    """A pair at a table in a round (from 0)."""

    round: int
    company: int
    student: int


@dataclass(frozen=True)
class Problem:
    """A whole event.

    ``fixed`` are talks that stand: held, running or locked by the organiser. They take their seats, count for the
    promises and limits of both, and their pairs don't meet again; they may break the limits themselves.
    ``walk``: minutes between two rooms, either way; a missing entry is none. ``in_row``: talks that a student has one
    after another before a free round, 0 for any number.

    Students, companies and pairs are put in the order of their keys, so that the same event gives the same plan
    in whatever order it comes.

    :raise ValueError: a key twice, a pair twice or of unknown keys, or a wish below 0
    """

    rounds: tuple[Round, ...]
    students: tuple[Student, ...]
    companies: tuple[Company, ...]
    pairs: tuple[Pair, ...]
    fixed: tuple[Talk, ...] = ()
    walk: Mapping[tuple[int, int], int] = field(default_factory=dict)
    in_row: int = 0

    def __post_init__(self) -> None:
        def put(name: str, rows: Iterable, key) -> None:
            rows = tuple(sorted(rows, key=key))
            if len({key(row) for row in rows}) != len(rows):
                raise ValueError(f"{name}: one of them is there twice")
            object.__setattr__(self, name, rows)

        put("students", self.students, lambda row: row.key)
        put("companies", self.companies, lambda row: row.key)
        put("pairs", self.pairs, lambda row: (row.student, row.company))
        put("fixed", self.fixed, lambda row: (row.round, row.company, row.student))
        if any(pair.wish < 0 for pair in self.pairs):
            raise ValueError("pairs: a wish is below 0")
        if any(
            p.student not in self.student_at or p.company not in self.company_at for p in (*self.pairs, *self.fixed)
        ):
            raise ValueError("pairs: nobody has that key")

    # Below, everything by place (from 0) instead of by key.

    @cached_property
    def student_at(self) -> dict[int, int]:
        """Key -> place."""
        return {student.key: place for place, student in enumerate(self.students)}

    @cached_property
    def company_at(self) -> dict[int, int]:
        """Key -> place."""
        return {company.key: place for place, company in enumerate(self.companies)}

    @cached_property
    def busy(self) -> list[set[int]]:
        """Per student the rounds with no talk to plan: away, or in a fixed talk."""
        busy = [set(student.away) for student in self.students]
        for talk in self.fixed:
            busy[self.student_at[talk.student]].add(talk.round)
        return busy

    @cached_property
    def seats(self) -> list[list[int]]:
        """Per company and round the tables that are left to plan."""
        seats = [
            [0 if turn in company.away else company.tables for turn in range(len(self.rounds))]
            for company in self.companies
        ]
        for talk in self.fixed:
            row = seats[self.company_at[talk.company]]
            row[talk.round] = max(0, row[talk.round] - 1)
        return seats

    @cached_property
    def had(self) -> tuple[list[int], list[int]]:
        """Fixed talks per student and per company."""
        students, companies = [0] * len(self.students), [0] * len(self.companies)
        for talk in self.fixed:
            students[self.student_at[talk.student]] += 1
            companies[self.company_at[talk.company]] += 1
        return students, companies

    @cached_property
    def room(self) -> tuple[list[int], list[int]]:
        """Talks that can still be planned, per student and per company, as their limits and rounds allow.

        For a student that is a matching of the companies with the rounds: two companies that are both there in the
        same single round make one talk.
        """
        total = len(self.rounds)
        had = self.had

        def left(person: Student | Company, had: int, seats: int) -> int:
            return seats if person.at_most is None else max(0, min(seats, person.at_most - had))

        turns: list[list[list[int]]] = [[] for _student in self.students]
        for (student, _company, _wish), shared in zip(self.options, self.turns, strict=True):
            turns[student].append(shared)
        return (
            [left(person, had[0][at], _most(turns[at], total)) for at, person in enumerate(self.students)],
            [left(person, had[1][at], sum(self.seats[at])) for at, person in enumerate(self.companies)],
        )

    @cached_property
    def options(self) -> list[tuple[int, int, int]]:
        """(student, company, wish) by place, of the pairs that share a round and have not met."""
        met = {(talk.student, talk.company) for talk in self.fixed}
        found = []
        for pair in self.pairs:
            student, company = self.student_at[pair.student], self.company_at[pair.company]
            if (pair.student, pair.company) not in met and self.shared(student, company):
                found.append((student, company, pair.wish))
        return found

    def shared(self, student: int, company: int) -> list[int]:
        """Return the rounds in which both could, apart from each other's other talks."""
        busy = self.busy[student]
        return [turn for turn, seats in enumerate(self.seats[company]) if seats and turn not in busy]

    @cached_property
    def turns(self) -> list[list[int]]:
        """Per option the rounds in which both could."""
        return [self.shared(student, company) for student, company, _wish in self.options]

    @cached_property
    def apart(self) -> dict[tuple[int, int], frozenset[tuple[int, int]]]:
        """(round, company) -> the (round, company) of the same student that the walk between rooms makes impossible."""
        far: dict[tuple[int, int], frozenset[tuple[int, int]]] = {}
        if not self.walk:
            return far
        minutes = {key: length for pair, length in self.walk.items() for key in (pair, pair[::-1])}
        in_room: dict[int | None, list[int]] = {}
        for at, company in enumerate(self.companies):
            in_room.setdefault(company.room, []).append(at)
        for one, turn in enumerate(self.rounds):
            for room, here in in_room.items():
                clash = frozenset(
                    (other, company)
                    for other, later in enumerate(self.rounds)
                    if other != one
                    for there, companies in in_room.items()
                    if minutes.get((room, there), 0) > max(later.start - turn.end, turn.start - later.end)
                    for company in companies
                )
                if clash:
                    far.update({(one, company): clash for company in here})
        return far

    @cached_property
    def fixed_of(self) -> list[dict[int, int]]:
        """Per student the fixed talks: round -> company."""
        found: list[dict[int, int]] = [{} for _student in self.students]
        for talk in self.fixed:
            found[self.student_at[talk.student]][talk.round] = self.company_at[talk.company]
        return found


def _most(choices: list[list[int]], total: int) -> int:
    """Return how many of the choices can each have a round of their own (augmenting paths)."""
    holder = [-1] * total

    def give(choice: int, seen: set[int]) -> bool:
        for turn in choices[choice]:
            if turn not in seen:
                seen.add(turn)
                if holder[turn] < 0 or give(holder[turn], seen):
                    holder[turn] = choice
                    return True
        return False

    return sum(give(choice, set()) for choice in range(len(choices)))
