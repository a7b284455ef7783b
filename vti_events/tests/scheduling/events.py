"""Made-up events, small and large, for the tests of the scheduling."""

import random
import time
from itertools import product

from hypothesis import strategies as st

from ...scheduling import Company, Pair, Problem, Student, Talk, check, even_rounds, levels, wish_points

ROOM_KEYS = st.sampled_from([None, 1, 2])


def fewest_seconds(work, times=3):
    """Return the processor seconds of the quickest of some runs, so that a busy machine counts least.

    Only a coarse guard against work that grows too fast: ``make bench-speeddate`` checks the figures themselves.
    """

    def measure():
        before = time.process_time()
        work()
        return time.process_time() - before

    return min(measure() for _ in range(times))


@st.composite
def small_events(draw, most_pairs=6, free=False):
    """Draw an event that is small enough to try everything.

    :param free: nobody away, nothing fixed, no rooms, rows or limits
    """
    rounds = draw(st.integers(1, 3))
    students = range(draw(st.integers(1, 3)))
    companies = range(draw(st.integers(1, 3)))
    turns = st.just(frozenset()) if free else st.frozensets(st.integers(0, rounds - 1), max_size=2)
    limit = st.none() if free else st.one_of(st.none(), st.integers(0, 3))
    promise = st.integers(0, 3)
    pairs = draw(
        st.lists(st.sampled_from(list(product(students, companies))), unique=True, min_size=1, max_size=most_pairs)
    )
    fixed = []
    if not free and draw(st.booleans()):
        fixed = [
            Talk(draw(st.integers(0, rounds - 1)), draw(st.sampled_from(companies)), draw(st.sampled_from(students)))
        ]
    return Problem(
        rounds=even_rounds(rounds, 10, 5),
        students=tuple(Student(key, draw(turns), draw(limit), draw(promise)) for key in students),
        companies=tuple(
            Company(
                key, draw(st.integers(1, 2)), draw(turns), draw(limit), draw(promise), None if free else draw(ROOM_KEYS)
            )
            for key in companies
        ),
        pairs=tuple(Pair(*pair, draw(st.integers(0, 9))) for pair in pairs),
        fixed=tuple(fixed),
        walk={} if free else {(1, 2): draw(st.sampled_from([0, 5, 6, 20, 21]))},
        in_row=0 if free else draw(st.integers(0, 2)),
    )


def score(problem, talks):
    """Return what a timetable is worth: persons per level of the promise, then points."""
    at = {
        (problem.students[option[0]].key, problem.companies[option[1]].key): place
        for place, option in enumerate(problem.options)
    }
    chosen = [at[talk.student, talk.company] for talk in talks]
    return levels(problem, chosen), sum(problem.options[place][2] for place in chosen)


def best_of_all(problem):
    """Try every timetable there is and return the best score."""
    options = [
        (problem.students[student].key, problem.companies[company].key) for student, company, _wish in problem.options
    ]
    turns = [None, *range(len(problem.rounds))]
    found = []
    for choice in product(turns, repeat=len(options)):
        talks = [
            Talk(turn, company, student)
            for turn, (student, company) in zip(choice, options, strict=True)
            if turn is not None
        ]
        if not check(problem, talks):
            found.append(score(problem, talks))
    return max(found)


def make_event(students, companies, rounds, tables, seed=1, wishes=8, away=(0.1, 0.05), **limits):
    """Return an event with popular and less popular companies, and rounds that don't suit."""
    chance = random.Random(seed)
    points = {}
    for student in range(students):
        order = sorted(range(companies), key=lambda company: chance.random() ** (company + 3), reverse=True)
        for rank, company in enumerate(order[:wishes], 1):
            points[student, company] = wish_points(rank) + (chance.random() < 0.2) * wish_points(rank)

    def turns(share):
        return frozenset(turn for turn in range(rounds) if chance.random() < share)

    return Problem(
        even_rounds(rounds, 10, 5),
        tuple(Student(key, turns(away[0]), promise=2) for key in range(students)),
        tuple(Company(key, tables, turns(away[1]), room=key % 3) for key in range(companies)),
        tuple(Pair(*pair, wish) for pair, wish in points.items()),
        **limits,
    )
