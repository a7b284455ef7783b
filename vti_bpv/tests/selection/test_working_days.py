from datetime import date

from odoo.tests import BaseCase, tagged

from ...tools.working_days import add_working_days, get_public_holidays, get_school_region, is_working_day


@tagged("post_install", "-at_install")
class TestWorkingDays(BaseCase):
    """Which days count, and in which region a place lies."""

    def test_weekends_do_not_count(self):
        thursday = date(2026, 11, 12)
        self.assertEqual(add_working_days(thursday, 1), date(2026, 11, 13))
        self.assertEqual(add_working_days(thursday, 2), date(2026, 11, 16))
        self.assertEqual(add_working_days(date(2026, 11, 14), 1), date(2026, 11, 16), "from a Saturday")
        self.assertEqual(add_working_days(thursday, 0), thursday)

    def test_back_is_the_way_forth(self):
        self.assertEqual(add_working_days(date(2026, 11, 16), -1), date(2026, 11, 13))
        self.assertEqual(add_working_days(date(2026, 11, 17), -2), date(2026, 11, 13))

    def test_a_school_holiday_is_left_out(self):
        off = {date(2026, 11, day) for day in range(14, 23)}
        self.assertEqual(add_working_days(date(2026, 11, 12), 1, off), date(2026, 11, 13), "the day before it")
        self.assertEqual(add_working_days(date(2026, 11, 13), 1, off), date(2026, 11, 23), "the day after it")

    def test_over_the_end_of_the_year(self):
        # Thursday 31 December, New Year's Day on a Friday, a weekend
        self.assertEqual(add_working_days(date(2026, 12, 30), 1), date(2026, 12, 31))
        self.assertEqual(add_working_days(date(2026, 12, 31), 1), date(2027, 1, 4))

    def test_public_holidays(self):
        self.assertEqual(
            sorted(day.isoformat() for day in get_public_holidays(2027)),
            ["2027-01-01", "2027-03-26", "2027-03-29", "2027-04-27", "2027-05-05", "2027-05-06", "2027-05-17",
             "2027-12-25", "2027-12-26"],
        )  # fmt: skip
        self.assertIn(date(2025, 4, 26), get_public_holidays(2025), "the 27th was a Sunday")
        self.assertNotIn(date(2025, 4, 27), get_public_holidays(2025))
        self.assertFalse(is_working_day(date(2027, 4, 27)))
        self.assertTrue(is_working_day(date(2027, 4, 28)))

    def test_region_of_a_postcode(self):
        for code, province, region in (
            ("3447", "Utrecht", "middle"), ("1011", "Noord-Holland", "north"), ("5611", "Noord-Brabant", "south"),
            ("8911", "Fryslân", "north"), ("4331", "Zeeland", "south"),
            ("3754", "Utrecht", "middle"), ("3755", "Utrecht", "north"), ("3756", "Utrecht", "middle"),
            ("6499", "Limburg", "south"), ("6500", "Gelderland", "south"), ("6699", "Gelderland", "south"),
            ("6700", "Gelderland", "middle"), ("6799", "Gelderland", "middle"), ("6800", "Gelderland", "south"),
            ("3889", "Gelderland", "middle"), ("3890", "Flevoland", "middle"), ("1300", "Flevoland", "north"),
            (False, False, None), ("", "Elsewhere", None),
        ):  # fmt: skip
            with self.subTest(code=code):
                self.assertEqual(get_school_region(code, province), region)
