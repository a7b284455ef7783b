"""Who meets whom: the best choice of pairs, with a proof.

Students and companies are the two sides of a network; each pair is an arc of at most one talk, each person an arc for
every next talk. Its matrix is totally unimodular, so that the simplex method finds whole numbers, without branching.

First the promise. A person with a promise of k talks has k arcs that are worth less and less: a first talk for
everybody goes before a second for anybody. As the numbers of talks of one side form a polymatroid, any such falling
worth gives the same, least unequal, outcome (Frank and Murota, Decreasing minimization on M-convex sets, 2022), and
what is best for students and what is best for companies can be had together (Mendelsohn and Dulmage, 1958).

Then the wishes, among the choices that keep that promise: by complementary slackness these are the ones that leave
every arc with a reduced cost at the bound where it is. That fixes columns and adds no row, so it stays a network.

Both times the duals are rounded to whole numbers, and the bound they prove is counted out exactly: a choice that
reaches its bound is the best there is, whatever the solver's tolerances.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import highspy
import numpy as np

from .problem import Problem


@dataclass(frozen=True, slots=True)
class Selection:
    """``chosen``: places in ``problem.options``; ``value`` and ``bound`` in points of wishes (``gain`` included)."""

    chosen: tuple[int, ...]
    served: int
    served_bound: int
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing can be better, counted in whole numbers."""
        return self.served == self.served_bound and self.value == self.bound


class _Network:
    """Columns: the pairs, then per person an arc per promised talk and one for all further talks. Rows: the persons."""

    def __init__(self, problem: Problem, keep: Collection[int]) -> None:
        options = problem.options
        self.pairs = len(options)
        students, companies = problem.room
        had = problem.had
        people = [
            *zip(problem.students, students, had[0], strict=True),
            *zip(problem.companies, companies, had[1], strict=False),
        ]
        self.top = max((person.promise for person, _left, _had in people), default=0)
        owner, upper, worth = [], [], []
        for row, (person, left, before) in enumerate(people):
            promised = range(before + 1, min(person.promise, before + left) + 1)
            owner += [row] * (len(promised) + 1)
            upper += [1] * len(promised) + [left - len(promised)]
            worth += [self.top + 1 - level for level in promised] + [0]
        self.rows = len(people)
        self.columns = self.pairs + len(owner)
        self.upper = np.ones(self.columns)
        self.upper[self.pairs :] = upper
        self.lower = np.zeros(self.columns)
        self.lower[list(keep)] = 1
        self.promise = np.zeros(self.columns, dtype=np.int64)
        self.promise[self.pairs :] = worth
        self.first = np.fromiter((option[0] for option in options), np.int64, self.pairs)
        self.second = np.fromiter((option[1] for option in options), np.int64, self.pairs) + len(problem.students)
        self.owner = np.array(owner, dtype=np.int64)

    def model(self) -> highspy.Highs:
        """Return the solver with the network in it and no costs yet."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, self.rows
        lp.col_cost_ = np.zeros(self.columns)
        lp.col_lower_, lp.col_upper_ = self.lower, self.upper
        lp.row_lower_ = lp.row_upper_ = np.zeros(self.rows)
        index = np.empty(2 * self.pairs + len(self.owner), dtype=np.int32)
        index[0 : 2 * self.pairs : 2], index[1 : 2 * self.pairs : 2] = self.first, self.second
        index[2 * self.pairs :] = self.owner
        value = np.ones(len(index))
        value[2 * self.pairs :] = -1
        start = np.concatenate([np.arange(self.pairs) * 2, 2 * self.pairs + np.arange(len(self.owner) + 1)])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = start.astype(np.int32), index, value
        solver = quiet_solver()
        solver.passModel(lp)
        return solver

    def reduced(self, worth: np.ndarray, prices: np.ndarray) -> np.ndarray:
        """Return each column's worth less the prices of its rows."""
        left = worth.copy()
        left[: self.pairs] -= prices[self.first] + prices[self.second]
        left[self.pairs :] += prices[self.owner]
        return left


def quiet_solver() -> highspy.Highs:
    """Return HiGHS on one thread with a fixed seed: the same answer each time, beside other workers."""
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    return solver


def select(problem: Problem, keep: Collection[int] = ()) -> Selection:
    """Choose the pairs that meet.

    :param problem: the event
    :param keep: places in ``problem.options`` that are chosen in any case; their persons must have room for them
    :raise ValueError: the pairs to keep don't fit together
    """
    return select_with_gains(problem, ({},), keep)[0]


def select_with_gains(
    problem: Problem, gains: Iterable[Mapping[int, int]], keep: Collection[int] = ()
) -> list[Selection]:
    """Choose the pairs for each of some ways to count; the promise is solved once.

    :param gains: extra points for some places in ``problem.options``, as for talks that people already know of
    """
    if not problem.options:
        return [Selection((), 0, 0, 0, 0) for _gain in gains]
    network = _Network(problem, keep)
    solver = network.model()
    served = served_bound = 0
    lower, upper = network.lower, network.upper
    if network.promise.any():
        taken, served, served_bound, left = _solve(solver, network, network.promise, lower, upper)
        stays = left != 0
        lower, upper = np.where(stays, taken, lower), np.where(stays, taken, upper)
        solver.changeColsBounds(network.columns, np.arange(network.columns, dtype=np.int32), lower, upper)
    found = []
    for gain in gains:
        wishes = np.zeros(network.columns, dtype=np.int64)
        wishes[: network.pairs] = [option[2] for option in problem.options]
        for place, points in gain.items():
            wishes[place] += points
        taken, value, bound, _left = _solve(solver, network, wishes, lower, upper)
        chosen = np.flatnonzero(taken[: network.pairs])
        found.append(Selection(tuple(chosen.tolist()), served, served_bound, value, bound))
    return found


def _solve(
    solver: highspy.Highs, network: _Network, worth: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> tuple[np.ndarray, int, int, np.ndarray]:
    """Return what is taken of each column, its worth, the bound that the duals prove, and the reduced worths."""
    columns = np.arange(network.columns, dtype=np.int32)
    solver.changeColsCost(network.columns, columns, -worth.astype(np.float64))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ValueError("The pairs to keep don't fit together")
    solution = solver.getSolution()
    taken = np.rint(np.array(solution.col_value)).astype(np.int64)
    prices = np.rint(-np.array(solution.row_dual)).astype(np.int64)
    left = network.reduced(worth, prices)
    bound = int((np.maximum(left, 0) * upper + np.minimum(left, 0) * lower).sum())
    return taken, int(worth @ taken), bound, left
