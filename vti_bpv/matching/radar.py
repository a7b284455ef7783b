"""The radar: a place for as many students as possible, then the best fit, level 1 and 2 first.

Two linear programmes over the possible pairs, each student in one place at most, each place and each
company within its limit:

1. Weigh every student 1, and level 1 and 2 double; maximise the weight of those placed. Sets of students
   that can be placed together form a transversal matroid: with positive weights its heaviest set is also
   a largest one, so nobody is left out for the sake of whom the weight favours, and where two can't both
   be placed, level 1 and 2 come first.
2. Among the assignments of that weight, maximise the sum of the scores.

The constraints are those of a network flow (student, place, company), so every corner of the feasible
region is whole: no student is placed by halves and no branching is needed. The second keeps to a face of
the region, whose corners are corners of it.

The optimum is proven, not believed: a bound is computed here from the multipliers of each programme, and
stands beside the value reached. Same input, same result: everything is sorted by id and the solver
runs on one thread.

HiGHS (`highspy`) is needed here and nowhere else.
"""

import time
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from .pairs import PairFinder, thin_out
from .profiles import PlaceProfile, StudentProfile
from .score import score

FIRST, OTHERS = 2, 1  # weights of level 1 and 2, and of the others
START_WEIGHT, START_PAIRS = 10_000, 8  # where the solver starts, nothing of the result
PRIMAL = 4  # HiGHS: the primal simplex method
MAX_PLACES = 300  # looked at for one student, among all within study and reach
BATCH = 500  # students scored between two reports of progress


class SolverMissingError(ImportError):
    """HiGHS isn't installed; its message says what to install."""


class SolverFailedError(RuntimeError):
    """HiGHS found no optimum within its time; its message says what it ended with."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A student placed at a place, and how well it fits."""

    student: int
    place: int
    score: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What was reached beside what can be reached at most: equal means optimal.

    `placed` and `placed_first` are heads; `weight` counts level 1 and 2 double; `fit` is the sum of scores
    of the best assignment of that weight.
    """

    placed: int
    placed_first: int
    weight: int
    weight_bound: float
    fit: int
    fit_bound: float

    @property
    def is_optimal(self) -> bool:
        """Both sums are whole numbers: a bound that is less than one above them can't be reached."""
        return self.weight_bound < self.weight + 1 - 1e-3 and self.fit_bound < self.fit + 1 - 1e-3


@dataclass(frozen=True, slots=True)
class Assignment:
    pairs: tuple[Pair, ...]
    unplaced: tuple[int, ...]
    proof: Proof
    candidates: int  # possible pairs
    thinned: int = 0  # students for whom not all possible places were looked at: the proof is of the others
    seconds: dict[str, float] = field(compare=False, default_factory=dict)


def assign(
    students: Iterable[StudentProfile],
    places: Iterable[PlaceProfile],
    company_limits: Mapping[int, int] | None = None,
    *,
    min_score: int = 0,
    time_limit: float = 300.0,
    progress: Callable[[float], None] | None = None,
) -> Assignment:
    """Assign students to places.

    :param company_limits: how many more interns a company takes over all its places; without one, no limit
    :param min_score: pairs that fit less are left out
    :param time_limit: seconds for the solver
    :param progress: called with a share from 0 to 1, now and then
    :raise SolverMissingError: where highspy isn't installed
    :raise SolverFailedError: where the time was up
    """
    load_solver()
    students = sorted(students, key=lambda student: student.id)
    places = sorted(places, key=lambda place: place.id)
    begin = time.monotonic()
    table = _find_pairs(students, places, min_score, progress or (lambda share: None))
    scored = time.monotonic()
    if not table.scores:
        proof = Proof(0, 0, 0, 0.0, 0, 0.0)
        return Assignment((), tuple(s.id for s in students), proof, 0, 0, {"pairs": scored - begin, "solve": 0.0})
    chosen, proof = _Programme(students, places, company_limits or {}, table, time_limit).solve()
    pairs = tuple(
        Pair(students[table.students[i]].id, places[table.places[i]].id, table.scores[i]) for i in chosen
    )  # fmt: skip
    placed = {pair.student for pair in pairs}
    unplaced = tuple(student.id for student in students if student.id not in placed)
    seconds = {"pairs": scored - begin, "solve": time.monotonic() - scored}
    return Assignment(pairs, unplaced, proof, len(table.scores), table.thinned, seconds)


def load_solver():
    """The modules of the solver.

    :raise SolverMissingError: saying what to install
    """
    try:
        import highspy  # noqa: PLC0415 - needed for the radar alone
        import numpy as np  # noqa: PLC0415
    except ImportError as error:
        raise SolverMissingError("The radar needs HiGHS: install it with 'pip install highspy'.") from error
    return highspy, np


class _Table:
    """The possible pairs as three columns, by student; in arrays, since there may be millions."""

    def __init__(self):
        self.students, self.places, self.scores = array("i"), array("i"), array("i")
        self.thinned = 0  # students with more places than are looked at


def _find_pairs(students, places, min_score, progress):
    finder, table = PairFinder(places), _Table()
    for number, student in enumerate(students):
        if not number % BATCH:
            progress(0.6 * number / len(students))
        found = finder.find(student)
        table.thinned += len(found) > MAX_PLACES
        for index in thin_out(student, places, found, MAX_PLACES):
            match = score(student, places[index])
            if match.is_possible and match.score >= min_score:
                table.students.append(number)
                table.places.append(index)
                table.scores.append(match.score)
    progress(0.6)
    return table


class _Programme:
    """The two linear programmes. Rows: students, places, companies with a limit."""

    def __init__(self, students, places, limits, table, time_limit):
        self.highspy, self.np = load_solver()
        np = self.np
        self.student = np.array(table.students, dtype=np.int32)
        self.place = np.array(table.places, dtype=np.int32)
        self.score = np.array(table.scores, dtype=np.float64)
        self.weight = np.array([FIRST if s.needs_care else OTHERS for s in students], dtype=np.float64)[self.student]
        self.is_first = np.array([s.needs_care for s in students])
        rows = {company: number for number, company in enumerate(sorted(limits))}
        self.company = np.array([rows.get(place.company, -1) for place in places], dtype=np.int32)[self.place]
        self.offsets = (0, len(students), len(students) + len(places))
        self.caps = np.array(
            [1] * len(students) + [p.left for p in places] + [max(0, limits[c]) for c in sorted(limits)],
            dtype=np.float64,
        )
        self.time_limit = time_limit

    def solve(self):
        """Solve both.

        :return: the numbers of the chosen pairs, and the proof
        """
        np = self.np
        solver = self._load()
        self._warm_up(solver)
        none, pairs = np.zeros(len(self.caps), dtype=bool), np.arange(len(self.student))
        values, multipliers = self._run(solver, self.weight)
        weight = round(float(self.weight @ values))
        weight_bound, prices = self._get_bound(self.weight, np.round(multipliers), none, pairs)
        full = prices > 0.5
        pairs = np.flatnonzero(np.abs(self._get_gain(self.weight, prices)) < 0.5)
        self._keep_weight(solver, full, pairs)
        values, multipliers = self._run(solver, self.score)
        fit_bound, _prices = self._get_bound(self.score, multipliers, full, pairs)
        chosen = np.flatnonzero(values > 0.5)
        proof = Proof(
            placed=len(chosen),
            placed_first=int(self.is_first[self.student[chosen]].sum()),
            weight=round(float(self.weight[chosen].sum())),
            weight_bound=weight_bound,
            fit=round(float(self.score[chosen].sum())),
            fit_bound=fit_bound,
        )
        self._check(chosen, proof, weight)
        return chosen.tolist(), proof

    def _warm_up(self, solver):
        """Find a corner close to both optima: it saves the two programmes nine tenths of their time.

        Weight and score together have far fewer ties than the weight alone, and each student's best pairs
        nearly hold the optimum.
        """
        np = self.np
        order = np.lexsort((self.place, -self.score, self.student))
        first = np.searchsorted(self.student[order], self.student[order])
        later = np.sort(order[np.arange(len(order)) - first >= START_PAIRS]).astype(np.int32)
        costs = self.weight * START_WEIGHT + self.score
        for upper in (0.0, self.highspy.kHighsInf):
            solver.changeColsBounds(len(later), later, np.zeros(len(later)), np.full(len(later), upper))
            self._run(solver, costs)
            solver.setOptionValue("simplex_strategy", PRIMAL)  # from now on the corner at hand stays allowed

    def _load(self):
        """The programme without an objective, in compressed columns."""
        highspy, np = self.highspy, self.np
        limited = self.company >= 0
        length = 2 + limited
        starts = np.concatenate(([0], np.cumsum(length))).astype(np.int32)
        index = np.empty(int(starts[-1]), dtype=np.int32)
        index[starts[:-1]] = self.student
        index[starts[:-1] + 1] = self.place + self.offsets[1]
        index[starts[:-1][limited] + 2] = self.company[limited] + self.offsets[2]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.student), len(self.caps)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.zeros(lp.num_col_)
        # no upper bound on a pair: its student's row has it
        lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.full(lp.num_col_, highspy.kHighsInf)
        lp.row_lower_, lp.row_upper_ = np.full(lp.num_row_, -highspy.kHighsInf), self.caps
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = starts, index
        lp.a_matrix_.value_ = np.ones(len(index))
        solver = highspy.Highs()
        for option, value in {
            "output_flag": False, "threads": 1, "random_seed": 0, "time_limit": self.time_limit,
            "solver": "simplex", "parallel": "off", "presolve": "off",
        }.items():  # fmt: skip
            solver.setOptionValue(option, value)
        solver.passModel(lp)
        return solver

    def _keep_weight(self, solver, full, pairs):
        """Keep to the assignments of the heaviest weight (complementary slackness).

        They are exactly those that use up every row with a price, by pairs that are worth their price.
        Unlike a row that adds up all weights, this keeps the network, and it is quick.
        """
        np = self.np
        rows = np.flatnonzero(full).astype(np.int32)
        solver.changeRowsBounds(len(rows), rows, self.caps[rows], self.caps[rows])
        idle = np.setdiff1d(np.arange(len(self.student)), pairs).astype(np.int32)
        solver.changeColsBounds(len(idle), idle, np.zeros(len(idle)), np.zeros(len(idle)))

    def _run(self, solver, costs):
        np = self.np
        solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        solver.run()
        status = solver.getModelStatus()
        if status != self.highspy.HighsModelStatus.kOptimal:
            raise SolverFailedError(solver.modelStatusToString(status))
        solution = solver.getSolution()
        return np.array(solution.col_value), np.array(solution.row_dual)

    def _get_gain(self, costs, prices):
        """What each pair is worth above the prices of its rows."""
        gain = costs - prices[self.student] - prices[self.place + self.offsets[1]]
        limited = self.company >= 0
        gain[limited] -= prices[self.company[limited] + self.offsets[2]]
        return gain

    def _get_bound(self, costs, multipliers, full, pairs):
        """An upper bound of the optimum from any multipliers (weak duality), whatever the solver claims.

        Students' prices are set to what their pairs ask for, so that no pair is worth more than its rows
        cost; then no assignment is worth more than all limits times their prices. Only a row that is used
        up (`full`) may have a price below zero.

        :return: the bound and the prices
        """
        np = self.np
        prices = np.where(full, multipliers, np.maximum(multipliers, 0.0))
        prices[: self.offsets[1]] = 0.0
        asked = np.full(self.offsets[1], -np.inf)
        np.maximum.at(asked, self.student[pairs], self._get_gain(costs, prices)[pairs])
        prices[: self.offsets[1]] = np.where(full[: self.offsets[1]], asked, np.maximum(asked, 0.0))
        return float(prices @ self.caps), prices

    def _check(self, chosen, proof, weight):
        """Look at the result without the solver: nobody twice, nothing over its limit, nothing lost."""
        np = self.np
        rows = [self.student[chosen], self.place[chosen] + self.offsets[1]]
        company = self.company[chosen]
        rows.append(company[company >= 0] + self.offsets[2])
        used = np.bincount(np.concatenate(rows), minlength=len(self.caps))
        if (used > self.caps).any() or proof.weight != weight:
            raise SolverFailedError("The solver's result breaks a limit.")
