import random
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings

from odoo.tests import BaseCase, tagged

from ...scheduling import Company, Pair, Problem, Student, Talk, check, even_rounds, make_plan, select, wish_points
from ...scheduling.board import Board, fill
from ...scheduling.check import Fault
from .events import best_of_all, fewest_seconds, make_event, score, small_events

# the same examples each time: a red test is a changed program
SAME = settings(derandomize=True, deadline=None, database=None, max_examples=150)


@tagged("post_install", "-at_install")
class TestPlan(BaseCase):
    @SAME
    @given(small_events())
    def test_best_of_all_timetables(self, problem):
        plan = make_plan(problem)
        self.assertEqual(check(problem, plan.talks), [])
        self.assertTrue(plan.proven)
        self.assertEqual((plan.promised, plan.value), score(problem, plan.talks))
        self.assertEqual((plan.promised, plan.value), best_of_all(problem))

    @SAME
    @given(small_events(most_pairs=9, free=True))
    def test_every_chosen_pair_gets_a_round_where_nobody_is_away(self, problem):
        """As few rounds as the busiest one needs are enough (König)."""
        selection = select(problem)
        self.assertTrue(selection.proven)
        busiest = 1
        for side, people in ((0, problem.students), (1, problem.companies)):
            for at, person in enumerate(people):
                talks = sum(problem.options[option][side] == at for option in selection.chosen)
                busiest = max(busiest, -(-talks // getattr(person, "tables", 1)))
        tight = replace(problem, rounds=problem.rounds[:busiest])
        self.assertEqual(fill(Board(tight), selection.chosen), [])

    def test_large_full_events_without_gaps(self):
        for seed in range(3):
            problem = make_event(100, 60, 12, 2, seed, wishes=14, away=(0, 0))
            selection = select(problem)
            self.assertGreater(len(selection.chosen), 1000)
            self.assertEqual(fill(Board(problem), selection.chosen), [])

    def test_value_of_the_bound_in_time(self):
        problem = make_event(600, 60, 12, 2)
        plan = make_plan(problem)
        self.assertEqual(check(problem, plan.talks), [])
        self.assertEqual((plan.value, plan.promised, plan.lost), (plan.ideal, plan.promised_ideal, 0))
        self.assertEqual(plan.promised, (600, 600))
        self.assertTrue(plan.proven)
        self.assertLess(fewest_seconds(lambda: make_plan(problem)), 10)

    def test_same_input_same_plan_in_whatever_order(self):
        problem = make_event(80, 20, 8, 1)
        rows = {name: list(getattr(problem, name)) for name in ("students", "companies", "pairs")}
        for row in rows.values():
            random.Random(4).shuffle(row)
        other = replace(problem, **{name: tuple(row) for name, row in rows.items()})
        self.assertEqual(make_plan(other), make_plan(problem))

    def test_same_plan_on_a_busy_machine(self):
        """The search stops after the same work, however slowly that goes."""
        problem = make_event(60, 20, 8, 2, wishes=14, away=(0.3, 0.2), in_row=2, walk={(0, 1): 6, (1, 2): 20})
        alone = make_plan(problem, effort=15_000, seconds=600)
        self.assertEqual((alone.proven, alone.stopped), (False, "work"))
        self.assertEqual(check(problem, alone.talks), [])
        spin = [sys.executable, "-c", "while True: pass"]
        others = [subprocess.Popen(spin) for _core in range(3)]
        try:
            self.assertEqual(make_plan(problem, effort=15_000, seconds=600), alone)
        finally:
            for other in others:
                other.kill()
                other.wait()

    def test_what_ended_the_search_is_told(self):
        problem = make_event(40, 20, 6, 1, 0, away=(0.4, 0.3), in_row=2, walk={(0, 1): 6, (1, 2): 20})
        plans = {}
        for stopped, effort, seconds in (("work", 0, 600), ("time", 10**9, 0), ("", 10**9, 600)):
            plan = plans[stopped] = make_plan(problem, effort, seconds)
            self.assertEqual((plan.stopped, plan.proven), (stopped, not stopped))
            self.assertEqual(check(problem, plan.talks), [])
        self.assertLess(plans["work"].value, plans[""].value)

    @SAME
    @given(small_events(most_pairs=9))
    def test_nobody_is_asked_to_walk_faster_than_the_pause(self, problem):
        """Talks of one student in other rooms, counted out here from the clock, whatever the judge says."""
        room = {company.key: company.room for company in problem.companies}
        days = {}
        for talk in sorted(make_plan(problem).talks):
            days.setdefault(talk.student, []).append(talk)
        far = problem.walk.get((1, 2), 0)
        for talks in days.values():
            for before, after in pairwise(talks):
                pause = problem.rounds[after.round].start - problem.rounds[before.round].end
                if {room[before.company], room[after.company]} == {1, 2}:
                    self.assertGreaterEqual(pause, far)
            rounds = {talk.round for talk in talks}
            if problem.in_row:
                for first in range(len(problem.rounds) - problem.in_row):
                    window = set(range(first, first + problem.in_row + 1))
                    self.assertFalse(window <= rounds)

    def test_repair_and_integer_programme_where_rounds_are_short(self):
        for seed in range(3):
            problem = make_event(40, 20, 6, 1, seed, away=(0.4, 0.3), in_row=2, walk={(0, 1): 6, (1, 2): 20})
            plan = make_plan(problem)
            self.assertEqual(check(problem, plan.talks), [])
            self.assertLessEqual(plan.value, plan.ideal)
            self.assertEqual((plan.promised, plan.value), score(problem, plan.talks))
            self.assertEqual(bool(plan.left_out), (plan.promised, plan.value) != (plan.promised_ideal, plan.ideal))

    def test_first_a_talk_for_everybody(self):
        """Sam's wishes are worth more together, but each gets one first."""
        pairs = (Pair(1, 1, 20), Pair(1, 2, 20), Pair(2, 1, 1), Pair(2, 2, 1))
        people = {"companies": (Company(1), Company(2)), "pairs": pairs, "rounds": even_rounds(1, 10)}
        promised = Problem(students=(Student(1, promise=1), Student(2, promise=1)), **people)
        self.assertEqual(make_plan(promised).value, 21)
        two = even_rounds(2, 10)
        unpromised = Problem(
            students=(Student(1), Student(2)), companies=(Company(1, at_most=1), Company(2, at_most=1)),
            pairs=pairs, rounds=two,
        )  # fmt: skip
        self.assertEqual(make_plan(unpromised).value, 40)

    def test_promises_to_both_sides_go_together(self):
        problem = Problem(
            even_rounds(2, 10),
            (Student(1, promise=1), Student(2, promise=1), Student(3)),
            (Company(1, promise=2), Company(2)),
            (Pair(1, 1, 0), Pair(3, 1, 0), Pair(1, 2, 9), Pair(2, 2, 9)),
        )
        plan = make_plan(problem)
        self.assertEqual(plan.promised, (3, 1))
        self.assertEqual(plan.value, 18)

    def test_walk_between_rooms(self):
        """Two rooms 6 minutes apart, 5 minutes between the rounds: not one after the other; 5 will do."""

        def plan(minutes, rounds=2):
            return make_plan(Problem(
                even_rounds(rounds, 10, 5), (Student(1),), (Company(1, room=1), Company(2, room=2)),
                (Pair(1, 1, 5), Pair(1, 2, 4)), walk={(2, 1): minutes},
            ))  # fmt: skip

        self.assertEqual(plan(5).value, 9)
        late = plan(6)
        self.assertEqual((late.value, late.lost, late.proven), (5, 4, True))
        self.assertEqual(late.left_out, (Pair(1, 2, 4),))
        self.assertEqual(plan(6, rounds=3).value, 9)

    def test_wrong_input_is_refused(self):
        one = {"rounds": even_rounds(1, 10), "students": (Student(1),), "companies": (Company(1),)}
        for pairs in ((Pair(1, 1, 1), Pair(1, 1, 2)), (Pair(2, 1, 1),), (Pair(1, 2, 1),), (Pair(1, 1, -1),)):
            with self.assertRaises(ValueError):
                Problem(pairs=pairs, **one)
        with self.assertRaises(ValueError):
            Problem(one["rounds"], (Student(1), Student(1)), (Company(1),), ())
        nobody = make_plan(Problem(even_rounds(2, 10), (), (), ()))
        self.assertEqual((nobody.talks, nobody.proven), ((), True))

    def test_points_fall_and_never_end(self):
        points = [wish_points(rank) for rank in range(1, 10)]
        self.assertEqual(points, sorted(points, reverse=True))
        self.assertEqual(points[-1], 1)

    def test_the_judge_sees_every_fault(self):
        problem = Problem(
            even_rounds(3, 10, 5), (Student(1, frozenset({2}), 2), Student(2)),
            (Company(1, away=frozenset({1}), room=1), Company(2, at_most=1, room=2), Company(3)),
            (), walk={(1, 2): 6}, in_row=2,
        )  # fmt: skip

        def codes(*talks):
            return sorted({fault.code for fault in check(problem, [Talk(*talk) for talk in talks])})

        self.assertEqual(codes((0, 1, 1), (2, 3, 2)), [])
        self.assertEqual(codes((0, 9, 1), (5, 1, 1)), ["unknown"])
        self.assertEqual(codes((0, 1, 2), (2, 1, 2)), ["twice"])
        self.assertEqual(codes((0, 1, 2), (0, 3, 2)), ["student_busy"])
        self.assertEqual(codes((2, 1, 1)), ["student_away"])
        self.assertEqual(codes((1, 1, 2)), ["company_away"])
        self.assertEqual(codes((0, 1, 1), (0, 1, 2)), ["full"])
        self.assertEqual(codes((0, 1, 1), (1, 3, 1), (2, 2, 1)), ["in_row", "student_away", "student_limit"])
        self.assertEqual(codes((0, 2, 1), (1, 2, 2)), ["company_limit"])
        self.assertEqual(codes((0, 1, 2), (1, 2, 2)), ["walk"])
        fixed = replace(problem, fixed=(Talk(2, 1, 1),))
        self.assertEqual(check(fixed, []), [])
        self.assertEqual(check(fixed, [Talk(2, 1, 2)]), [Fault("full", Talk(2, 1, 2))])
