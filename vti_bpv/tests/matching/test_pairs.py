from hypothesis import given

from odoo.tests import BaseCase, tagged

from ...matching.pairs import PairFinder, thin_out
from ...matching.score import score
from .strategies import north, place, steady, student, worlds


@tagged("post_install", "-at_install")
class TestPairs(BaseCase):
    @steady
    @given(worlds(most=8))
    def test_nothing_possible_is_lost(self, world):
        students, places, _limits = world
        finder = PairFinder(places)
        for one in students:
            possible = {i for i, other in enumerate(places) if score(one, other).is_possible}
            self.assertLessEqual(possible, set(finder.find(one)))

    def test_far_away_isnt_looked_at(self):
        """Otherwise ten thousand students times five thousand places would be scored."""
        places = [place(number, position=north(number)) for number in range(300)]
        self.assertLess(len(PairFinder(places).find(student(max_km=10))), 70)

    def test_thinned_out(self):
        places = [place(number, position=north(number / 100)) for number in range(1000)]
        one, other = student(1), student(50)
        kept = thin_out(one, places, range(1000), 100)
        self.assertEqual(len(kept), 100)
        self.assertLessEqual(set(range(50)), set(kept), "half are the nearest")
        self.assertGreater(max(kept), 900, "the others lie all over")
        self.assertNotEqual(kept, thin_out(other, places, range(1000), 100))
        self.assertEqual(list(thin_out(one, places, range(100), 100)), list(range(100)))
