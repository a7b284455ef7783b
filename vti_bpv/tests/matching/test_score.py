from dataclasses import fields, replace
from datetime import timedelta

from hypothesis import given

from odoo.tests import BaseCase, tagged

from ...matching import travel
from ...matching.profiles import PlaceProfile, Reason, StudentProfile
from ...matching.score import MAX_SCORE, WEIGHTS, score
from .strategies import START, north, place, places, steady, student, students


def codes(match):
    return {reason.code for reason in match.reasons}


@tagged("post_install", "-at_install")
class TestScore(BaseCase):
    def test_nothing_of_who_somebody_is_goes_in(self):
        """Whoever adds a field here answers for it: it has to be of the study, the time, the way or the wishes."""
        self.assertEqual(
            {field.name for field in fields(StudentProfile)},
            {"id", "education", "qualification", "level", "trade", "path", "start", "end", "days", "position",
             "travel", "max_km", "interests", "side_job", "barred"},
        )  # fmt: skip
        self.assertEqual(
            {field.name for field in fields(PlaceProfile)},
            {"id", "company", "left", "education", "qualifications", "recognised", "levels", "trade", "path",
             "open_to_level_2", "start", "end", "days", "position", "interests", "side_job", "has_guide"},
        )  # fmt: skip

    @steady
    @given(students(), places())
    def test_same_result_within_bounds(self, student, place):
        match = score(student, place)
        self.assertEqual(match, score(replace(student), replace(place)))
        self.assertTrue(0 <= match.score <= MAX_SCORE)
        self.assertTrue(match.reasons)
        if not match.is_possible:
            self.assertEqual((match.score, len(match.reasons), match.reasons[0].tone), (0, 1, -1))
        for reason in match.reasons:
            self.assertEqual(Reason.from_dict(reason.as_dict()), reason)

    @steady
    @given(students(), places())
    def test_numbers_of_records_count_for_nothing(self, student, place):
        """Neither who came first nor which company it is."""
        free = replace(student, barred=frozenset())
        other = replace(place, id=place.id + 1, company=place.company + 1)
        self.assertEqual(score(free, place), score(replace(free, id=free.id + 1), other))

    @steady
    @given(students(), places())
    def test_what_helps_never_harms(self, student, place):
        before = score(student, place)
        if not before.is_possible:
            return
        nearer = replace(place, position=student.position) if student.position and place.position else place
        guided = replace(nearer, has_guide=True)
        wished = replace(guided, interests=guided.interests | student.interests) if guided.interests else guided
        best = replace(wished, side_job=True, qualifications=wished.qualifications | {student.qualification})
        for step, better in enumerate((nearer, guided, wished, best)):
            after = score(student, better)
            self.assertGreaterEqual(after.score, before.score, step)
            before = after

    def test_full_marks_and_weights(self):
        self.assertEqual(sum(WEIGHTS.values()), MAX_SCORE)
        match = score(student(), place())
        self.assertEqual(match.score, MAX_SCORE)
        self.assertEqual(
            codes(match), {"qualification_own", "distance_easy", "interests", "period_fits", "days_same", "guide"}
        )

    def test_distance_as_the_student_says(self):
        for mode, limits in travel.MODES.items():
            expected = ("distance_easy", "distance_fine", "distance_long")
            for limit, code in zip(limits, expected, strict=True):
                match = score(student(travel=mode), place(position=north(limit - 0.05)))
                self.assertIn(code, codes(match), (mode, limit))
            self.assertFalse(score(student(travel=mode), place(position=north(limits[-1] + 0.05))).is_possible)
        # what the student said goes before what a mode allows, both ways
        self.assertIn("too_far", codes(score(student(max_km=3), place(position=north(3.05)))))
        self.assertTrue(score(student(max_km=3), place(position=north(2.95))).is_possible)
        self.assertIn("distance_stretch", codes(score(student(max_km=30), place(position=north(29)))))

    def test_of_two_places_the_nearer_is_better(self):
        for mode in (None, *travel.MODES):
            shares = [travel.travel_share(mode, km / 4, 60) for km in range(240)]
            self.assertEqual(shares, sorted(shares, reverse=True))
            self.assertTrue(all(0.1 <= share <= 1 for share in shares))

    def test_study(self):
        """Own qualification, one alike where recognised, level 2 where welcome; nothing else."""
        all_of_trade = {"recognised": frozenset({1, 2, 3, 4})}
        self.assertIn("qualification_own", codes(score(student(), place())))
        self.assertIn("qualification_related", codes(score(student(qualification=4), place(**all_of_trade))))
        self.assertIn("recognition_missing", codes(score(student(qualification=4), place())))
        self.assertIn("level_other", codes(score(student(qualification=2), place(**all_of_trade))))
        welcome = score(student(qualification=2), place(open_to_level_2=True, **all_of_trade))
        self.assertLessEqual({"qualification_related", "level_2_welcome"}, codes(welcome))
        self.assertIn("recognition_missing", codes(score(student(qualification=2), place(open_to_level_2=True))))
        self.assertIn(
            "level_other", codes(score(student(qualification=1), place(open_to_level_2=True, **all_of_trade)))
        )
        self.assertIn("trade_other", codes(score(student(qualification=5), place(**all_of_trade))))
        self.assertIn("study_unknown", codes(score(student(qualification=None), place())))
        self.assertIn("path_other", codes(score(student(path="bbl"), place())))
        self.assertTrue(score(student(path=None), place()).is_possible)
        self.assertIn("education_other", codes(score(student(education="hbo"), place())))
        self.assertIn("education_same", codes(score(student(education="hbo"), place(education="hbo"))))
        self.assertIn("trade_near", codes(score(student(education="hbo"), place(education="hbo", trade=2))))

    def test_dates(self):
        end = START + timedelta(days=100)
        for days, possible in ((99, True), (100, True), (101, False)):
            match = score(student(end=end), place(start=START + timedelta(days=days)))
            self.assertEqual(match.is_possible, possible, days)
        for days, possible in ((-1, False), (0, True), (1, True)):
            match = score(student(), place(start=None, end=START + timedelta(days=days)))
            self.assertEqual(match.is_possible, possible, days)
        for days, code in (
            (-15, "period_early"),
            (-14, "period_fits"),
            (14, "period_fits"),
            (15, "period_late"),
        ):
            self.assertIn(code, codes(score(student(), place(start=START + timedelta(days=days)))), days)

    def test_barred_and_full(self):
        self.assertEqual(codes(score(student(barred=frozenset({1})), place())), {"barred"})
        self.assertEqual(codes(score(student(), place(left=0))), {"full"})

    def test_what_is_unsaid_lies_between_fitting_and_not(self):
        for name, fits, fails in (
            ("days", 4, 1),
            ("interests", frozenset({1}), frozenset({2})),
            ("start", START, START - timedelta(days=400)),
        ):
            empty = frozenset() if name == "interests" else None
            wishing = student(interests=frozenset({1, 3}), end=None)
            known = [score(wishing, place(end=None, **{name: value})).score for value in (fits, empty, fails)]
            self.assertEqual(known, sorted(known, reverse=True), name)
            self.assertGreater(known[0], known[-1], name)
