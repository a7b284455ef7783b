"""What is wrong with a timetable, found by looking at the talks alone.

It shares nothing with the making of plans, so that it can be their judge: tests, publishing and each change by hand
ask here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .problem import Problem, Talk

UNKNOWN = "unknown"  # a person or round that there is not
TWICE = "twice"  # the same two meet twice
STUDENT_BUSY = "student_busy"  # a student at two tables at once
STUDENT_AWAY = "student_away"
COMPANY_AWAY = "company_away"
FULL = "full"  # more talks than tables
STUDENT_LIMIT = "student_limit"  # more talks than wanted
COMPANY_LIMIT = "company_limit"
WALK = "walk"  # too far from the talk before
IN_ROW = "in_row"  # too many talks without a pause


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A rule that a talk breaks."""

    code: str
    talk: Talk


def check(problem: Problem, talks: Iterable[Talk]) -> list[Fault]:
    """Return what is wrong, in order; an empty list for a good timetable.

    :param problem: the event; its fixed talks count as well, and are not blamed for what they break alone
    :param talks: what is planned beside the fixed talks
    """
    fixed = set(problem.fixed)
    talks = [talk for talk in talks if talk not in fixed]
    students = {student.key: student for student in problem.students}
    companies = {company.key: company for company in problem.companies}
    turns = range(len(problem.rounds))
    faults = [
        Fault(UNKNOWN, talk)
        for talk in talks
        if talk.student not in students or talk.company not in companies or talk.round not in turns
    ]
    unknown = {fault.talk for fault in faults}
    talks = [talk for talk in talks if talk not in unknown]
    everything = [*fixed, *talks]
    meets = Counter((talk.student, talk.company) for talk in everything)
    sits = Counter((talk.student, talk.round) for talk in everything)
    table = Counter((talk.company, talk.round) for talk in everything)
    of_student = Counter(talk.student for talk in everything)
    of_company = Counter(talk.company for talk in everything)
    for talk in talks:
        student, company = students[talk.student], companies[talk.company]
        broken = {
            TWICE: meets[talk.student, talk.company] > 1,
            STUDENT_BUSY: sits[talk.student, talk.round] > 1,
            STUDENT_AWAY: talk.round in student.away,
            COMPANY_AWAY: talk.round in company.away,
            FULL: table[talk.company, talk.round] > company.tables,
            STUDENT_LIMIT: student.at_most is not None and of_student[talk.student] > student.at_most,
            COMPANY_LIMIT: company.at_most is not None and of_company[talk.company] > company.at_most,
        }
        faults += [Fault(code, talk) for code, is_broken in broken.items() if is_broken]
    return sorted(faults + _on_the_way(problem, everything, set(talks)))


def _on_the_way(problem: Problem, everything: list[Talk], blamed: set[Talk]) -> list[Fault]:
    """Return the walks that take too long and the rows without a pause."""
    room = {company.key: company.room for company in problem.companies}
    days: dict[int, list[Talk]] = defaultdict(list)
    for talk in sorted(everything):
        days[talk.student].append(talk)
    faults = []
    for day in days.values():
        for before, after in pairwise(day):
            rooms = (room[before.company], room[after.company])
            minutes = problem.walk.get(rooms, problem.walk.get(rooms[::-1], 0))
            time = problem.rounds[after.round].start - problem.rounds[before.round].end
            if minutes > time and before.round != after.round:
                faults += [Fault(WALK, talk) for talk in (before, after) if talk in blamed]
        if problem.in_row:
            row: list[Talk] = []
            for talk in day:
                row = [*row, talk] if row and talk.round - row[-1].round <= 1 else [talk]
                if talk.round - row[0].round >= problem.in_row and talk in blamed:
                    faults.append(Fault(IN_ROW, talk))
    return faults
