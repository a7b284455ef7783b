import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase


class ClockMixin:
    """An application that Bakker in Woerden (region middle) sees since Tuesday 10 November 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vti.holiday"].search([]).unlink()
        with cls.at("2026-11-10 12:00"):
            cls.application = cls.make_application(vacancy=cls.make_vacancy())
        cls.env.flush_all()

    def run_on(self, moment):
        """Run the daily job at a UTC moment; the texts that companies and students got of it."""
        before = self.env["vti.notice"].search([])
        with self.at(moment):
            self.env["vti.application"]._cron_answers()
        new = self.env["vti.notice"].search([]) - before
        prefix = "mail_template_"
        return sorted(name.split(".")[1].removeprefix(prefix) for name in new.template_id.get_external_id().values())

    def make_holiday(self, **values):
        return self.env["vti.holiday"].create({"name": "Break", "date_from": "2026-11-16", "date_to": "2026-11-20",
                                               **values})  # fmt: skip


@tagged("post_install", "-at_install")
class TestClock(ClockMixin, VtiCase):
    """Until when a company has, who is reminded when, and how an application lapses."""

    def test_ten_working_days(self):
        self.assertEqual(str(self.application.answer_by), "2026-11-24")
        self.assertEqual(str(self.application.remind_on), "2026-11-20")

    def test_the_dutch_day_counts(self):
        for moment, day in (("2026-11-10 22:59:59", "2026-11-24"), ("2026-11-10 23:00:00", "2026-11-25")):
            self.application.shown_on = moment
            self.assertEqual(str(self.application.answer_by), day)

    def test_holiday_of_the_own_region_only(self):
        north = self.make_holiday(region="north")
        self.assertEqual(str(self.application.answer_by), "2026-11-24")
        north.region = "middle"
        self.assertEqual(str(self.application.answer_by), "2026-12-01")
        north.unlink()
        self.assertEqual(str(self.application.answer_by), "2026-11-24")
        self.make_holiday()
        self.assertEqual(str(self.application.answer_by), "2026-12-01", "the whole country")

    def test_branch_over_the_border_of_a_region(self):
        self.make_holiday(region="south")
        branch = self.make_branch(self.company, "Eindhoven", zip="5611 AB", city="Eindhoven")
        self.assertEqual(branch.postcode_id.province, "Noord-Brabant")
        with self.at("2026-11-10 12:00"):
            there = self.make_application(vacancy=self.make_vacancy(branch_id=branch.id))
        self.assertEqual(str(there.answer_by), "2026-12-01")
        self.assertEqual(str(self.application.answer_by), "2026-11-24")

    def test_what_vti_says_goes_before_the_postcode(self):
        self.make_holiday(region="south")
        self.company.vti_region_id = self.env["vti.region"].create({"name": "Oost", "holiday_region": "south"})
        self.assertEqual(str(self.application.answer_by), "2026-12-01")

    def test_setting(self):
        self.env["ir.config_parameter"].set_param("vti_bpv.answer_days", "3")
        self.application.shown_on = "2026-11-12 12:00:00"
        self.assertEqual(str(self.application.answer_by), "2026-11-17")

    def test_life_of_a_clock(self):
        self.user_vti.lang, self.company.user_id = "nl_NL", self.user_vti
        self.assertEqual(self.run_on("2026-11-19 22:30"), [], "still the 19th")
        self.assertEqual(self.run_on("2026-11-19 23:30"), ["company_soon"], "the 20th in the Netherlands")
        self.assertEqual(self.run_on("2026-11-20 12:00"), [], "once")
        self.assertEqual(self.run_on("2026-11-23 22:30"), [])
        self.assertEqual(self.run_on("2026-11-24 12:00"), ["company_today"])
        self.assertEqual(self.run_on("2026-11-24 22:30"), [], "the last day isn't late yet")
        self.assertFalse(self.application.activity_ids)
        self.assertEqual(self.run_on("2026-11-24 23:30"), ["company_late"])
        task = self.application.activity_ids
        self.assertEqual((task.summary, task.user_id), ("Geen antwoord van Bakker Techniek", self.user_vti))
        self.assertIn("woensdag 2 december", task.note)
        self.assertEqual(str(self.application.lapse_on), "2026-12-02")
        self.assertEqual(self.run_on("2026-12-01 22:30"), [])
        self.assertEqual(self.application.state, "submitted")
        self.assertEqual(self.run_on("2026-12-01 23:30"), ["company_over", "exchange_invite", "student_lapsed"])
        self.assertEqual((self.application.state, self.application.end_kind), ("lapsed", "lapsed"))
        self.assertFalse(self.application.activity_ids)
        self.assertEqual(self.run_on("2026-12-02 12:00"), [])

    def test_who_was_never_reminded_gets_the_same_days(self):
        self.assertEqual(self.run_on("2027-02-01 12:00"), ["company_late"], "one mail, the job stood still")
        self.assertEqual(str(self.application.lapse_on), "2027-02-08")
        self.assertEqual(self.run_on("2027-02-05 12:00"), [])
        self.assertEqual(self.application.state, "submitted")

    def test_an_answer_stops_it_and_a_meeting_starts_it_anew(self):
        self.run_on("2026-11-25 12:00")
        with self.at("2026-11-26 12:00"):
            self.application.with_user(self.user_company).action_invite("2026-12-03 13:00:00", "visit")
        self.assertEqual(str(self.application.answer_by), "2026-12-17")
        self.assertEqual((self.application.clock_step, self.application.lapse_on), (0, False))
        self.assertEqual(self.run_on("2026-12-02 12:00"), [])
        self.assertEqual(self.run_on("2026-12-15 12:00"), ["company_soon"])
        with self.at("2026-12-16 12:00"):
            self.application.with_user(self.user_company).action_refuse(
                self.env.ref("vti_bpv.refusal_reason_period").id
            )
        self.assertEqual(self.run_on("2027-01-20 12:00"), [])
        self.assertEqual(self.application.state, "refused")

    def test_hidden_ones_are_left_alone(self):
        self.application.guardian_state = "needed"
        self.assertEqual(self.run_on("2026-12-20 12:00"), [])

    def test_many_in_batches(self):
        self.patch(self.env.registry["vti.application"], "_tell_company", lambda *args, **kwargs: None)
        many = self.application
        for number in range(3):
            with self.at("2026-11-10 12:00"):
                many |= self.make_application(self.make_student(f"Many {number}"), self.application.vacancy_id)
        with patch("odoo.addons.vti_bpv.models.selection.application_clock.BATCH", 2), self.at("2026-11-25 12:00"):
            self.env["vti.application"]._cron_answers()
        self.assertEqual(set(many.mapped("clock_step")), {3})

    # ------------------------------------------------------------------ the student

    def remind(self, moment, user=None):
        with self.at(moment):
            return self.application.with_user(user or self.user_student).action_remind_company()

    def test_student_reminds_once_after_ten_days(self):
        with self.assertRaisesRegex(UserError, "after 10 days"):
            self.remind("2026-11-19 22:59")
        self.assertTrue(self.remind("2026-11-19 23:00"))
        template = self.env.ref("vti_bpv.mail_template_company_asks")
        self.assertEqual(self.env["vti.notice"].search_count([("template_id", "=", template.id)]), 1)
        with self.assertRaises(UserError):
            self.remind("2026-11-25 12:00")
        self.assertEqual(self.env["vti.notice"].search_count([("template_id", "=", template.id)]), 1)

    def test_others_do_not_remind(self):
        for user in (self.user_other_student, self.user_company, self.user_school):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.remind("2026-11-25 12:00", user)
        self.assertFalse(self.application.student_reminded_on)

    def test_what_the_student_reads(self):
        application = self.application.with_user(self.user_student)
        with self.at("2026-11-24 12:00"):
            self.assertIn("answers by Tuesday 24 November", application._get_next_step())
        with self.at("2026-11-25 12:00"):
            self.assertIn("is late", application._get_next_step())
        self.run_on("2026-11-25 12:00")
        with self.at("2026-11-25 12:00"):
            self.assertIn("Wednesday 2 December", application._get_next_step())

    def test_mail_of_the_end_names_places_that_are_like_it(self):
        other = self.make_vacancy(self.other_company, name="Intern cables")
        self.run_on("2026-11-25 12:00")
        self.run_on("2026-12-02 12:00")
        template = self.env.ref("vti_bpv.mail_template_student_lapsed")
        notice = self.env["vti.notice"].search([("template_id", "=", template.id)])
        self.assertEqual(notice.partner_id, self.student.partner_id)
        self.assertIn(other.name, notice.body)


@tagged("post_install", "-at_install")
class TestClockPages(ClockMixin, VtiHttpCase):
    """The student's button: the link asks, only the form does."""

    def post(self, path):
        form = self.url_open(f"/my/applications/{self.application.id}?ask=withdraw").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
        return self.url_open(path, data={"csrf_token": token}, allow_redirects=False)

    def test_ask_and_do(self):
        application = self.application
        application.shown_on = fields.Datetime.now() - timedelta(days=11)
        self.authenticate(self.user_student.login, self.user_student.login)
        path = f"/my/applications/{application.id}"
        self.assertIn("?ask=remind", self.url_open(path).text)
        page = self.url_open(f"{path}?ask=remind")
        self.assertIn(f'{path}/remind"', page.text)
        self.assertFalse(application.student_reminded_on, "a GET writes nothing")
        self.post(f"{path}/remind")
        self.assertTrue(application.student_reminded_on)
        self.assertNotIn("?ask=remind", self.url_open(path).text)
        self.assertEqual(self.post(f"{path}/remind").status_code, 422)
