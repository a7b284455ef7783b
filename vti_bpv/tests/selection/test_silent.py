from datetime import timedelta

from odoo.tests import tagged

from ...tools.place_query import PlaceQuery
from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestSilent(VtiCase):
    """A company whose last day to answer was Monday 23 November, beside one nobody waits for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vti.application"].search([]).unlink()
        for company in (cls.company, cls.other_company):
            cls.make_recognition(company)
        with cls.at("2026-11-09"):
            cls.place = cls.make_vacancy(published_on="2026-11-08", confirmed_on="2026-11-08")
            cls.other = cls.make_vacancy(
                cls.other_company, published_on="2026-11-01", confirmed_on="2026-11-08", name="Other"
            )
            cls.application = cls.make_application(vacancy=cls.place, shown_on="2026-11-09 10:00:00")
        cls.last_day = cls.application.answer_by

    def run_on(self, days):
        with self.at(f"{self.get_day(days)} 12:00:00"):
            self.env["res.partner"]._cron_silent()

    def get_day(self, days):
        return self.last_day + timedelta(days=days)

    def set_rule(self, rule):
        self.env["ir.config_parameter"].set_param("vti_bpv.silent_company", rule)

    def count_mails(self, name):
        template = self.env.ref(f"vti_bpv.{name}")
        return self.env["vti.notice"].search_count([("template_id", "=", template.id)])

    def get_order(self):
        found = self.env["vti.vacancy"]._search_places(PlaceQuery()).ids
        return [number for number in found if number in (self.place.id, self.other.id)]

    def test_off_until_vti_decides(self):
        self.run_on(30)
        self.assertEqual(self.count_mails("mail_silent_warn"), 0)
        self.assertEqual((self.place.state, self.place.shown_lower), ("published", False))

    def test_told_first_then_shown_lower(self):
        self.set_rule("lower")
        self.assertEqual(self.get_order(), [self.place.id, self.other.id])
        for days, mails, is_lower in ((0, 0, False), (1, 1, False), (7, 1, False), (8, 1, True), (9, 1, True)):
            self.run_on(days)
            self.assertEqual((self.count_mails("mail_silent_warn"), self.place.shown_lower), (mails, is_lower), days)
        self.assertFalse(self.other.shown_lower)
        self.assertEqual(self.get_order(), [self.other.id, self.place.id])
        self.set_rule("nothing")
        self.run_on(10)
        self.assertEqual(self.get_order(), [self.place.id, self.other.id])
        self.assertFalse(self.company.silent_since)

    def test_an_answer_in_time_stops_it(self):
        self.set_rule("pause")
        self.run_on(1)
        with self.at(f"{self.get_day(3)} 12:00:00"):
            self.application.with_user(self.user_company).action_invite(f"{self.get_day(20)} 10:00:00", "visit")
        self.run_on(8)
        self.assertEqual(self.place.state, "published")
        self.assertFalse(self.company.silent_warned_on)

    def test_paused_and_back_after_a_sign_of_life(self):
        self.set_rule("pause")
        self.run_on(1)
        self.run_on(8)
        self.assertEqual((self.place.state, self.place.paused_reason), ("paused", "silent"))
        self.assertEqual((self.other.state, self.count_mails("mail_silent_paused")), ("published", 1))
        self.run_on(9)
        self.assertEqual(self.count_mails("mail_silent_paused"), 1)
        with self.at(f"{self.get_day(9)} 12:00:00"):
            self.place.with_user(self.user_company).action_confirm()
        self.run_on(10)
        self.assertEqual(self.place.state, "published")

    def test_a_lapsed_application_counts_for_eight_weeks(self):
        self.set_rule("lower")
        with self.at(f"{self.get_day(5)} 12:00:00"):
            self.application._end("lapsed", "lapsed")
        self.assertTrue(self.application.answer_due)
        self.assertIn(self.company, self.env["res.partner"]._find_silent(self.get_day(56)))
        self.assertNotIn(self.company, self.env["res.partner"]._find_silent(self.get_day(57)))
