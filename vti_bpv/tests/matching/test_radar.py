import sys
from collections import Counter
from dataclasses import replace
from unittest.mock import patch

from hypothesis import given, settings

from odoo.tests import BaseCase, tagged

from ...matching import radar
from ...matching.score import score
from .strategies import north, place, steady, student, worlds
from .strategies import places as places_of
from .strategies import students as students_of


def best_by_hand(students, places, limits):
    """The heaviest weight and then the best fit, by trying all assignments."""
    by_id = {place.id: place for place in places}
    options = []
    for one in students:
        matches = [(place.id, score(one, place)) for place in places]
        options.append([(2 if one.needs_care else 1, i, m.score) for i, m in matches if m.is_possible])
    best = (0, 0)

    def step(number, used, companies, weight, fit):
        nonlocal best
        if number == len(options):
            best = max(best, (weight, fit))
            return
        step(number + 1, used, companies, weight, fit)
        for heavy, identifier, points in options[number]:
            company = by_id[identifier].company
            if used[identifier] < by_id[identifier].left and companies[company] < limits.get(company, 99):
                step(
                    number + 1,
                    used + Counter([identifier]),
                    companies + Counter([company]),
                    weight + heavy,
                    fit + points,
                )

    step(0, Counter(), Counter(), 0, 0)
    return best


@tagged("post_install", "-at_install")
class TestRadar(BaseCase):
    @settings(steady, max_examples=80)
    @given(worlds())
    def test_optimal_and_proven(self, world):
        students, places, limits = world
        found = radar.assign(students, places, limits)
        self.assertEqual((found.proof.weight, found.proof.fit), best_by_hand(students, places, limits))
        self.assertTrue(found.proof.is_optimal, found.proof)
        self.check_limits(found, students, places, limits)

    def check_limits(self, found, students, places, limits):
        by_id, who = {place.id: place for place in places}, {student.id: student for student in students}
        self.assertEqual(len({pair.student for pair in found.pairs}), len(found.pairs))
        self.assertEqual({pair.student for pair in found.pairs} | set(found.unplaced), set(who))
        for number, count in Counter(pair.place for pair in found.pairs).items():
            self.assertLessEqual(count, by_id[number].left)
        for number, count in Counter(by_id[pair.place].company for pair in found.pairs).items():
            self.assertLessEqual(count, limits.get(number, count))
        for pair in found.pairs:
            match = score(who[pair.student], by_id[pair.place])
            self.assertTrue(match.is_possible)
            self.assertEqual(match.score, pair.score)

    @settings(steady, max_examples=30)
    @given(worlds())
    def test_order_counts_for_nothing(self, world):
        students, places, limits = world
        self.assertEqual(
            radar.assign(students, places, limits),
            radar.assign(students[::-1], places[::-1], dict(reversed(limits.items()))),
        )

    @settings(steady, max_examples=60)
    @given(worlds())
    def test_numbers_of_records_count_for_nothing(self, world):
        """Who is whose number decides between equals at most, never how well it turns out."""
        students, places, limits = world
        turned = [replace(one, id=100 - one.id) for one in students]
        before, after = radar.assign(students, places, limits), radar.assign(turned, places, limits)
        self.assertEqual(before.proof, after.proof)

    @settings(steady, max_examples=60)
    @given(worlds())
    def test_level_1_and_2_get_as_much_as_if_they_were_alone(self, world):
        """And nobody is left out for it: as many are placed as if all counted alike."""
        students, places, limits = world
        found = radar.assign(students, places, limits)
        alone = radar.assign([one for one in students if one.needs_care], places, limits)
        self.assertEqual(found.proof.placed_first, alone.proof.placed)
        with patch.object(radar, "FIRST", radar.OTHERS):
            alike = radar.assign(students, places, limits)
        self.assertEqual(found.proof.placed, alike.proof.placed)

    @settings(steady, max_examples=60)
    @given(worlds(), places_of(9), students_of(9))
    def test_more_room_never_harms(self, world, more_place, more_student):
        """One more place, a company that takes one more, one more student: never fewer placed, nor of level 1 and 2."""
        students, places, limits = world
        before = radar.assign(students, places, limits).proof
        for changed in (
            (students, [*places, more_place], limits),
            (students, [replace(one, left=one.left + 1) for one in places], limits),
            (students, places, {company: limit + 1 for company, limit in limits.items()}),
            (students, places, {}),
            ([*students, more_student], places, limits),
        ):
            after = radar.assign(*changed).proof
            self.assertGreaterEqual(after.placed, before.placed)
            self.assertGreaterEqual(after.placed_first, before.placed_first)
            self.assertGreaterEqual(after.weight, before.weight)

    def test_more_places_never_leave_more_without(self):
        students = [student(number, position=north(number / 3), travel="bike") for number in range(1, 40)]
        before = 40
        for count in (0, 3, 9, 20):
            places = [place(number, position=north(number), left=2) for number in range(1, count + 1)]
            left = len(radar.assign(students, places).unplaced)
            self.assertLessEqual(left, before)
            before = left
        self.assertEqual(before, 0)

    def test_as_many_as_possible_before_the_best_fit(self):
        """The near student fits the near place best, yet goes further so that both have one."""
        far = student(2, max_km=2)
        places = [place(1), place(2, position=north(6))]
        found = radar.assign([student(1), far], places)
        self.assertEqual([(pair.student, pair.place) for pair in found.pairs], [(1, 2), (2, 1)])

    def test_level_1_and_2_first(self):
        everybody = frozenset({1, 2, 3})
        one_place = [place(qualifications=everybody, recognised=everybody, left=1)]
        for course in (1, 2):
            worse = student(2, qualification=course, position=north(7))
            found = radar.assign([student(1), worse], one_place)
            self.assertEqual([pair.student for pair in found.pairs], [2])
            self.assertEqual((found.proof.placed, found.proof.placed_first, found.unplaced), (1, 1, (1,)))

    def test_care_leaves_nobody_out(self):
        """Two of level 3 are two more than one of level 2: the number placed goes first."""
        everybody = frozenset({2, 3})
        places = [
            place(1, qualifications=everybody, recognised=everybody),
            place(2, position=north(6), qualifications=everybody, recognised=everybody),
        ]
        students = [student(1, max_km=2), student(2, qualification=2), student(3, max_km=2)]
        found = radar.assign(students, places)
        self.assertEqual({pair.student: pair.place for pair in found.pairs}, {1: 1, 2: 2})

    def test_company_limit(self):
        places = [place(number, company=7, left=3) for number in (1, 2)]
        students = [student(number) for number in range(1, 9)]
        self.assertEqual(len(radar.assign(students, places).pairs), 6)
        for limit in (0, 1, 4):
            self.assertEqual(len(radar.assign(students, places, {7: limit}).pairs), limit)

    def test_min_score_and_progress(self):
        poor = place(position=north(13), has_guide=False, interests=frozenset({5}))
        reached = score(student(), poor).score
        seen = []
        self.assertFalse(radar.assign([student()], [poor], min_score=reached + 1, progress=seen.append).pairs)
        self.assertTrue(radar.assign([student()], [poor], min_score=reached, progress=seen.append).pairs)
        self.assertTrue(all(0 <= share <= 1 for share in seen))

    def test_nothing_to_do(self):
        for students, places in (([], []), ([student()], []), ([], [place()])):
            found = radar.assign(students, places)
            self.assertTrue(found.proof.is_optimal)
            self.assertFalse(found.pairs)

    def test_a_bound_that_isnt_reached_proves_nothing(self):
        self.assertTrue(radar.Proof(1, 0, 1, 1.0, 80, 80.4).is_optimal)
        self.assertFalse(radar.Proof(1, 0, 1, 2.0, 80, 80.0).is_optimal)
        self.assertFalse(radar.Proof(1, 0, 1, 1.0, 80, 81.0).is_optimal)

    def test_says_what_is_missing(self):
        with patch.dict(sys.modules, {"highspy": None}), self.assertRaises(radar.SolverMissingError) as caught:
            radar.assign([student()], [place()])
        self.assertIn("highspy", str(caught.exception))

    def test_says_that_the_time_was_up(self):
        students = [student(number, position=north(number / 9)) for number in range(60)]
        places = [place(number, position=north(number / 7)) for number in range(60)]
        with self.assertRaises(radar.SolverFailedError):
            radar.assign(students, places, time_limit=0.0)
