from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings

from odoo.tests import BaseCase, tagged

from ...scheduling import Company, Pair, Problem, Student, Talk, check, even_rounds, make_plan, replan
from .events import fewest_seconds, make_event, score, small_events

SAME = settings(derandomize=True, deadline=None, database=None, max_examples=100)


@tagged("post_install", "-at_install")
class TestReplan(BaseCase):
    def disturb(self, problem, talks, absent=(), leaves=(), now=4, walk_ins=()):
        """Return the event as it is when ``now`` rounds are over."""
        past, rest = frozenset(range(now)), frozenset(range(len(problem.rounds)))
        return replace(
            problem,
            students=(
                *(replace(s, away=s.away | (rest if s.key in absent else past)) for s in problem.students),
                *(Student(key, past, promise=2) for key in walk_ins),
            ),
            companies=tuple(replace(c, away=c.away | (rest if c.key in leaves else past)) for c in problem.companies),
            pairs=(*problem.pairs, *(Pair(key, company.key, 5) for key in walk_ins for company in problem.companies)),
            fixed=tuple(talk for talk in talks if talk.round < now and talk.student not in absent),
        )

    @SAME
    @given(small_events())
    def test_options_are_sound_and_each_is_worth_its_moves(self, problem):
        talks = make_plan(problem).talks
        now = self.disturb(problem, talks, absent={0}, leaves={1}, now=1, walk_ins=(7,))
        current = (*problem.fixed, *talks)
        options = replan(now, current)
        for option in options:
            self.assertEqual(check(now, option.talks), [])
            self.assertEqual((option.promised, option.value), score(now, option.talks))
            self.assertEqual(option.gone + option.moved + len(set(option.talks) & set(current)),
                             len(set(current) - set(now.fixed)))  # fmt: skip
        self.assertEqual(options[0].moved, 0)
        self.assertEqual(sum(option.advised for option in options), 1)
        for less, more in pairwise(options):
            self.assertLess(less.moved, more.moved)
            self.assertLess((less.promised, less.value), (more.promised, more.value))

    def test_nothing_new_nothing_moves(self):
        problem = make_event(60, 12, 8, 1)
        talks = make_plan(problem).talks
        only = replan(problem, talks)
        self.assertEqual([(option.moved, option.gone, option.added) for option in only], [(0, 0, 0)])
        self.assertEqual(only[0].talks, talks)

    def test_who_does_not_come_frees_others(self):
        """Kim has a talk with nobody; when Sam stays away, Kim gets Sam's, and nobody moves."""
        problem = Problem(
            even_rounds(2, 10), (Student(1), Student(2), Student(3)), (Company(1, away=frozenset({0})), Company(2)),
            (Pair(1, 1, 9), Pair(2, 1, 2), Pair(3, 2, 5)),
        )  # fmt: skip
        talks = make_plan(problem).talks
        self.assertIn(Talk(1, 1, 1), talks)
        option = replan(self.disturb(problem, talks, absent={1}, now=0), talks)[0]
        self.assertEqual((option.moved, option.gone, option.added, option.advised), (0, 1, 1, True))
        self.assertIn(Talk(1, 1, 2), option.talks)

    def test_a_few_moves_for_a_promise(self):
        """A walk-in can only be seated if somebody else changes rounds: that is offered, and advised."""
        problem = Problem(even_rounds(2, 10), (Student(1, promise=1),), (Company(1),), (Pair(1, 1, 9),))
        new = replace(
            problem, students=(*problem.students, Student(2, frozenset({0}), promise=1)),
            pairs=(*problem.pairs, Pair(2, 1, 3)),
        )  # fmt: skip
        stay, move = replan(new, [Talk(1, 1, 1)])
        self.assertEqual((stay.moved, stay.value, stay.advised), (0, 9, False))
        self.assertEqual((move.moved, move.value, move.advised), (1, 12, True))
        self.assertEqual(move.talks, (Talk(0, 1, 1), Talk(1, 1, 2)))

    def test_large_event_in_time(self):
        problem = make_event(600, 60, 12, 2)
        talks = make_plan(problem).talks
        now = self.disturb(problem, talks, absent=set(range(0, 600, 25)), leaves={0}, walk_ins=range(1000, 1005))
        options = replan(now, talks)
        for option in options:
            self.assertEqual(check(now, option.talks), [])
        advised = next(option for option in options if option.advised)
        self.assertEqual(advised.promised, options[-1].promised)
        self.assertGreaterEqual(advised.value, 0.98 * options[-1].value)
        self.assertEqual(replan(now, talks), options, "the same answer each time")
        self.assertLess(fewest_seconds(lambda: replan(now, talks)), 3)
