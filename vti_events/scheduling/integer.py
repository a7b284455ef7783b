"""The whole timetable as one integer programme, for what repair leaves out.

A column per pair and round, so that it knows of rounds that don't suit, walks and rows. It decides pairs and rounds
together: it may find other pairs that are as good, and its bound says what no timetable can better.

It stops after a measured amount of work rather than at a time, so that the same event gives the same plan on a quick
machine and on a slow one that does other things as well. The measure is the moments at which HiGHS asks whether to go
on (after a relaxation, a round of cuts, a dive or a node), each counted for as many columns as the programme has; on
one core of 2025 some 40,000 of these take a second. A clock is the last safety only, and a plan says when it was that.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import highspy
import numpy as np

from .problem import Problem
from .selection import quiet_solver

NODES = 2000
WORK, TIME = "work", "time"  # what stopped it


class Meter:
    """What the integer programme may still do.

    ``work``: columns times moments, see above, of which ``floor`` is kept for later; ``seconds``: of the wall, as the
    last safety. ``late``: whether the clock has stopped anything, so that another run might come out otherwise.
    """

    def __init__(self, work: int, seconds: float) -> None:
        self.work, self.floor = work, 0
        self.end = time.monotonic() + seconds
        self.late = False

    @property
    def empty(self) -> bool:
        """Whether to stop now."""
        return self.work <= self.floor

    @property
    def seconds(self) -> float:
        """What is left by the clock."""
        return max(0.0, self.end - time.monotonic())


@dataclass(frozen=True, slots=True)
class Timetable:
    """``turn_of``: place in ``problem.options`` -> round. ``best``: proven that no timetable is better."""

    turn_of: dict[int, int]
    best: bool


class _Programme:
    """The columns and rows: pairs in rounds, then the promised talks of each person."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.columns: list[tuple[int, int]] = []  # (option, round)
        self.of_student: dict[tuple[int, int], list[int]] = {}
        self.of_company: dict[tuple[int, int], list[int]] = {}
        self.of_option: list[list[int]] = [[] for _option in problem.options]
        for option, (student, company, _wish) in enumerate(problem.options):
            fixed = problem.fixed_of[student].items()
            for turn in problem.turns[option]:
                if problem.apart and not problem.apart.get((turn, company), frozenset()).isdisjoint(fixed):
                    continue
                column = len(self.columns)
                self.columns.append((option, turn))
                self.of_option[option].append(column)
                self.of_student.setdefault((student, turn), []).append(column)
                self.of_company.setdefault((company, turn), []).append(column)
        self.rows: list[tuple[list[int], list[int], float, float]] = []
        self.levels: dict[int, list[int]] = {}
        self.size = len(self.columns)
        self._add_seats()
        self._add_people()
        self._add_walks()
        self._add_pauses()
        self.level_rows = {level: len(self.rows) + at for at, level in enumerate(sorted(self.levels))}
        for level in sorted(self.levels):
            self._add(self.levels[level], lower=-highspy.kHighsInf, upper=highspy.kHighsInf)

    def _add(self, columns: list[int], minus: list[int] = (), lower: float = -highspy.kHighsInf, upper: float = 1):
        self.rows.append(([*columns, *minus], [1] * len(columns) + [-1] * len(minus), lower, upper))

    def _add_seats(self) -> None:
        for columns in self.of_option:
            self._add(columns)
        for columns in self.of_student.values():
            self._add(columns)
        for (company, turn), columns in self.of_company.items():
            self._add(columns, upper=self.problem.seats[company][turn])

    def _add_people(self) -> None:
        """Limit each person's talks, and give each promised one a column that counts it."""
        problem = self.problem
        mine: list[dict[int, list[int]]] = [{}, {}]
        for column, (option, _turn) in enumerate(self.columns):
            for side in (0, 1):
                mine[side].setdefault(problem.options[option][side], []).append(column)
        for side, people in enumerate((problem.students, problem.companies)):
            for at, person in enumerate(people):
                columns, room, had = mine[side].get(at, []), problem.room[side][at], problem.had[side][at]
                if not columns:
                    continue
                self._add(columns, upper=room)
                promised = []
                for level in range(had + 1, min(person.promise, had + room) + 1):
                    promised.append(self.size)
                    self.levels.setdefault(level, []).append(self.size)
                    self.size += 1
                if promised:
                    self._add(columns, promised, lower=0, upper=highspy.kHighsInf)

    def _add_walks(self) -> None:
        problem = self.problem
        if not problem.apart:
            return
        for (student, turn), columns in self.of_student.items():
            groups: dict[frozenset[tuple[int, int]], list[int]] = {}
            for column in columns:
                company = problem.options[self.columns[column][0]][1]
                groups.setdefault(problem.apart.get((turn, company), frozenset()), []).append(column)
            for far, here in groups.items():
                for later in {other for other, _company in far if other > turn}:
                    there = [
                        column
                        for column in self.of_student.get((student, later), [])
                        if (later, problem.options[self.columns[column][0]][1]) in far
                    ]
                    if there:
                        self._add([*here, *there])

    def _add_pauses(self) -> None:
        problem, most = self.problem, self.problem.in_row
        if not most:
            return
        for student, fixed in enumerate(problem.fixed_of):
            for first in range(len(problem.rounds) - most):
                window = range(first, first + most + 1)
                columns = [column for turn in window for column in self.of_student.get((student, turn), [])]
                if columns:
                    self._add(columns, upper=max(0, most - sum(turn in fixed for turn in window)))

    def solver(self, meter: Meter) -> highspy.Highs:
        """Return HiGHS with the programme in it and no costs yet; it stops when the meter is empty."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.size, len(self.rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(self.size), np.zeros(self.size), np.ones(self.size)
        lp.row_lower_ = np.array([row[2] for row in self.rows], dtype=float)
        lp.row_upper_ = np.array([row[3] for row in self.rows], dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[0]) for row in self.rows)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([column for row in self.rows for column in row[0]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([value for row in self.rows for value in row[1]], dtype=float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * self.size
        lp.sense_ = highspy.ObjSense.kMaximize
        solver = quiet_solver()
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.9)  # worths are whole numbers
        solver.setOptionValue("mip_max_nodes", NODES)
        solver.passModel(lp)

        def count(event: highspy.highs.HighsCallbackEvent) -> None:
            meter.work -= self.size
            event.interrupt(meter.empty)

        solver.cbMipInterrupt += count
        return solver

    def start(self, turn_of: Mapping[int, int]) -> np.ndarray:
        """Return the columns of a timetable that is known."""
        taken = np.zeros(self.size)
        for column, (option, turn) in enumerate(self.columns):
            if turn_of.get(option) == turn:
                taken[column] = 1
        for columns, values, lower, _upper in self.rows:
            if lower == 0:  # a person's talks less the promised ones
                talks = sum(taken[column] for column, value in zip(columns, values, strict=True) if value > 0)
                for column in [column for column, value in zip(columns, values, strict=True) if value < 0][
                    : int(talks)
                ]:
                    taken[column] = 1
        return taken


def size(problem: Problem) -> int:
    """Return the number of columns, about, without making them."""
    return len(problem.options) * len(problem.rounds)


def solve(problem: Problem, start: Mapping[int, int], enough: Mapping[int, int], meter: Meter) -> Timetable:
    """Find the best timetable: level by level of the promise, then the wishes.

    :param problem: the event
    :param start: a timetable that is known
    :param enough: promised level -> number of persons who at most can have it, where that is known
    :param meter: when to stop, for all steps together
    """
    programme = _Programme(problem)
    solver = programme.solver(meter)
    taken, best = programme.start(start), True
    worth = np.zeros(programme.size)
    everything = np.arange(programme.size, dtype=np.int32)

    def step(worth: np.ndarray) -> tuple[np.ndarray, bool]:
        if meter.empty:
            return taken, False
        solver.changeColsCost(programme.size, everything, worth)
        solution = highspy.HighsSolution()
        solution.col_value = taken.tolist()
        solver.setSolution(solution)
        solver.setOptionValue("time_limit", solver.getRunTime() + meter.seconds)
        solver.run()
        meter.late = meter.late or solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit
        found = np.array(solver.getSolution().col_value)
        proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if len(found) != programme.size or worth @ np.rint(found) < worth @ taken:
            return taken, proven
        return np.rint(found), proven

    for level, columns in sorted(programme.levels.items()):
        if taken[columns].sum() < enough.get(level, len(columns)):
            worth[:] = 0
            worth[columns] = 1
            taken, proven = step(worth)
            best = best and proven
        solver.changeRowBounds(programme.level_rows[level], float(taken[columns].sum()), highspy.kHighsInf)
    worth[:] = 0
    worth[: len(programme.columns)] = [problem.options[option][2] for option, _turn in programme.columns]
    taken, proven = step(worth)
    turn_of = dict(programme.columns[column] for column in np.flatnonzero(taken[: len(programme.columns)]))
    return Timetable(turn_of, best and proven)
