from itertools import pairwise

from odoo.tests import BaseCase, tagged

from ...scheduling import Company, Crowd, Pair, Problem, Student, even_rounds, expect, vary


@tagged("post_install", "-at_install")
class TestWhatIf(BaseCase):
    def test_more_rounds_and_tables_bring_more(self):
        points = expect(Crowd(students=600, companies=60, promise=2), rounds=(4, 8, 12), tables=(1, 2))
        self.assertEqual([(p.rounds, p.tables) for p in points], [(r, t) for r in (4, 8, 12) for t in (1, 2)])
        for tables in (0, 1):
            row = points[tables::2]
            for less, more in pairwise(row):
                self.assertLess(less.talks, more.talks)
                self.assertLessEqual(less.served, more.served)
        for point in points:
            self.assertTrue(0 <= point.low <= point.first <= point.high <= 1)
        self.assertEqual(points, expect(Crowd(600, 60, promise=2), (4, 8, 12), (1, 2)), "the same draws")

    def test_everybody_first_wish_where_there_is_room(self):
        (point,) = expect(Crowd(students=20, companies=4), rounds=(20,), tables=(1,))
        self.assertEqual((point.first, point.low, point.served), (1, 1, 1))

    def test_known_wishes(self):
        """Two want the same table: with one round half of them, with two rounds or tables all."""
        problem = Problem(
            even_rounds(1, 10),
            (Student(1, frozenset({0})), Student(2)),
            (Company(1),),
            (Pair(1, 1, 12), Pair(2, 1, 12)),
        )
        points = vary(problem, {1: 1, 2: 1}, rounds=(1, 2), tables=(1, 2))
        self.assertEqual([point.first for point in points], [0.5, 1, 1, 1])
        self.assertEqual([point.talks for point in points], [0.5, 1, 1, 1])

    def test_walks_and_rows_cost_talks(self):
        """Everybody wants both companies, two rounds: in other rooms, or never two in a row, it is one talk each."""
        crowd = {"students": 2, "companies": 2, "wishes": 2, "length": 10, "pause": 5}
        for limits, talks in (
            ({}, 2), ({"rooms": (2, 3)}, 2), ({"rooms": (3, 3)}, 1), ({"in_row": 1}, 1),
            ({"rooms": (3, 3), "breaks": {0: 1}}, 2),
        ):  # fmt: skip
            (point,) = expect(Crowd(**crowd, **limits), rounds=(2,), tables=(1,))
            self.assertEqual(point.talks, talks, limits)

    def test_nobody(self):
        (point,) = expect(Crowd(students=0, companies=0), rounds=(3,), tables=(1,))
        self.assertEqual(point.talks, 0)
