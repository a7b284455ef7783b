from datetime import timedelta

from hypothesis import given

from odoo.tests import BaseCase, tagged

from ...matching import radar
from ...matching.score import score
from ...matching.study import study_fit
from ...matching.travel import distance_km
from ...matching.unplaced import Explainer, get_near_km
from .strategies import START, north, place, steady, student, worlds


def explain(one, *places, **options):
    return {reason.code: dict(reason.params) for reason in Explainer(places, **options).explain(one)}


@tagged("post_install", "-at_install")
class TestUnplaced(BaseCase):
    @steady
    @given(worlds())
    def test_everybody_left_hears_why(self, world):
        students, places, limits = world
        left = set(radar.assign(students, places, limits).unplaced)
        explainer = Explainer(places)
        for one in students:
            if one.id in left:
                self.assertTrue(explainer.explain(one), one)

    @steady
    @given(worlds(most=8))
    def test_counts_are_those_of_looking_at_every_place(self, world):
        """Companies without the recognition and places that went to others, without grid and short cuts."""
        students, places, _limits = world
        explainer = Explainer(places)
        for one in students:
            if one.education == "mbo" and one.qualification is None:
                continue
            km = get_near_km(one.travel, one.max_km)
            near = [
                other for other in places
                if other.left and other.education == one.education
                and (not one.position or not other.position or distance_km(one.position, other.position) <= km)
            ]  # fmt: skip
            found = {reason.code: dict(reason.params) for reason in explainer.explain(one)}
            lacking = {other.company for other in near if study_fit(one, other)[1].code == "recognition_missing"}
            self.assertEqual(found.get("recognition_missing", {}).get("who", ()), tuple(sorted(lacking)))
            suiting = sum(score(one, other).is_possible for other in near)
            self.assertEqual(found.get("taken", {}).get("places", 0), suiting)

    def test_study_or_home_unknown(self):
        self.assertEqual(explain(student(qualification=None), place()), {"study_unknown": {}})
        self.assertIn("position_unknown", explain(student(position=None), place()))

    def test_none_anywhere_or_none_near(self):
        self.assertEqual(
            explain(student(), place(qualifications=frozenset({5}), trade=2)), {"none_anywhere": {"level": "3"}}
        )
        self.assertEqual(explain(student()), {"none_anywhere": {"level": "3"}})
        far = explain(student(), place(position=north(31)))
        self.assertEqual(far, {"none_near": {"level": "3", "km": 25, "nearest": 31}})

    def test_recognition_missing_by_company(self):
        """Two places of one company are one call."""
        near = [place(number, company=company) for number, company in ((1, 1), (2, 1), (3, 2), (4, 3))]
        far = place(5, company=9, position=north(40))
        found = explain(student(qualification=4), *near, far)
        self.assertEqual(found["recognition_missing"], {"companies": 3, "km": 25, "who": (1, 2, 3)})

    def test_what_stands_in_the_way_near(self):
        other_trade = place(2, qualifications=frozenset({5}), trade=2)
        found = explain(student(path="bbl"), place(), other_trade)
        self.assertEqual(found["path_other"], {"places": 1, "km": 25, "path": "bbl"}, "only what would suit otherwise")
        self.assertEqual(
            explain(student(max_km=5), place(position=north(9)))["too_far"], {"places": 1, "km": 25, "reach": 5}
        )
        late = place(start=START + timedelta(days=200))
        self.assertIn("dates_other", explain(student(end=START + timedelta(days=100)), late))
        self.assertEqual(explain(student(barred=frozenset({1})), place()), {"tried": {"places": 1, "km": 25}})
        self.assertEqual(explain(student(), place(), place(2)), {"taken": {"places": 2, "km": 25}})
        self.assertIn("poor_fit", explain(student(), place(has_guide=False), min_score=95))
