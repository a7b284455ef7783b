"""The order in which companies are asked; no database."""

from datetime import date
from unittest import TestCase

from ...coupling import Ask, Offer, is_wished, rank

MONDAY, TUESDAY = date(2026, 12, 7), date(2026, 12, 8)


class TestRank(TestCase):
    ask = Ask("guest_lesson", trade=1, students=24, days=(MONDAY, TUESDAY))

    def order(self, *offers, ask=None):
        return [one.offer.id for one in rank(ask or self.ask, offers)]

    def test_what_cannot_be_is_left_out(self):
        offers = [
            Offer(1, "guest_lesson", frozenset({1})),
            Offer(2, "guest_lesson", frozenset({2})),
            Offer(3, "company_visit", frozenset({1})),
            Offer(4, "guest_lesson"),
        ]
        self.assertEqual(self.order(*offers), [1, 4])
        self.assertEqual(self.order(*offers, ask=Ask("guest_lesson", days=(MONDAY,))), [1, 2, 4])

    def test_who_gave_least_comes_first_then_who_is_near(self):
        offers = [
            Offer(1, "guest_lesson", km=1, given=2),
            Offer(2, "guest_lesson", km=30, given=0),
            Offer(3, "guest_lesson", km=8, given=0),
            Offer(4, "guest_lesson", km=None, given=0),
        ]
        self.assertEqual(self.order(*offers), [3, 2, 4, 1])

    def test_what_fits_comes_before_who_gave_least(self):
        fits = Offer(9, "guest_lesson", km=20, max_km=25, max_students=24, weekdays=frozenset({1}), given=5)
        self.assertEqual(rank(self.ask, [fits])[0].misses, 0)
        self.assertEqual(rank(self.ask, [fits])[0].days, (TUESDAY,))
        too_far = Offer(1, "guest_lesson", km=25.1, max_km=25)
        too_small = Offer(2, "guest_lesson", km=1, max_students=23)
        other_day = Offer(3, "guest_lesson", km=1, weekdays=frozenset({4}))
        over = Offer(4, "guest_lesson", km=1, period=(None, date(2026, 12, 6)))
        both = Offer(5, "guest_lesson", km=1, max_students=23, weekdays=frozenset({4}))
        self.assertEqual(self.order(both, over, other_day, too_small, too_far, fits), [9, 2, 3, 4, 1, 5])

    def test_edges(self):
        for offer in (
            Offer(1, "guest_lesson", km=25, max_km=25),
            Offer(1, "guest_lesson", max_students=24),
            Offer(1, "guest_lesson", period=(TUESDAY, None)),
            Offer(1, "guest_lesson", period=(None, MONDAY)),
        ):
            self.assertEqual(rank(self.ask, [offer])[0].misses, 0, offer)
        self.assertEqual(rank(self.ask, [Offer(1, "guest_lesson", period=(date(2026, 12, 9), None))])[0].misses, 1)

    def test_a_period_means_its_working_days(self):
        ask = Ask("guest_lesson", period=(date(2026, 12, 4), MONDAY))  # from a Friday to a Monday
        self.assertEqual([is_wished(ask, date(2026, 12, day)) for day in (3, 4, 5, 6, 7, 8)],
                         [False, True, False, False, True, False])  # fmt: skip
        self.assertEqual(rank(ask, [Offer(1, "guest_lesson")])[0].days, (date(2026, 12, 4), MONDAY))

    def test_reasons(self):
        (found,) = rank(self.ask, [Offer(1, "guest_lesson", frozenset({1}), 20, km=3.6, max_km=3, given=1)])
        told = [(reason.code, reason.good, reason.value) for reason in found.reasons]
        self.assertEqual(
            told,
            [
                ("trade", True, 0),
                ("distance", False, 4),
                ("days", True, 2),
                ("students", False, 20),
                ("given", True, 1),
            ],
        )
