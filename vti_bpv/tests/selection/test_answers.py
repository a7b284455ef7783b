from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase

NOW = "2026-11-10 12:00"


class AnswersMixin:
    """Applications at Bakker, sent on Monday 2 November 2026; the last day to answer is the 16th."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vti.holiday"].search([]).unlink()
        cls.own, cls.mass = cls.env["vti.refusal.reason"].create(
            [{"name": "No", "message": "No.", "kind": "own"}, {"name": "Full", "message": "Full.", "kind": "mass"}]
        )
        cls.place = cls.make_vacancy()
        cls.number = 0

    @classmethod
    def apply(cls, place=None, sent="2026-11-02 12:00"):
        AnswersMixin.number = getattr(AnswersMixin, "number", 0) + 1
        with cls.at(sent):
            return cls.make_application(cls.make_student(f"Student {AnswersMixin.number}"), place or cls.place)

    @classmethod
    def invite(cls, application, moment="2026-11-04 12:00"):
        with cls.at(moment):
            application.action_invite("2026-12-01 10:00:00", "visit")

    @classmethod
    def refuse(cls, application, moment="2026-11-04 12:00", reason=None):
        with cls.at(moment):
            application.action_refuse((reason or cls.own).id)

    def record(self, company=None, moment=NOW):
        company = company or self.company
        with self.at(moment):
            records = self.env["vti.answer.record"]
            return records._get_of(company).get(company.id, records)


@tagged("post_install", "-at_install")
class TestAnswers(AnswersMixin, VtiCase):
    """What counts as an answer in time, what is counted apart, and who is shown what."""

    def test_first_answer_is_kept(self):
        application = self.apply()
        self.invite(application)
        first = (application.answered_on, application.answer_due, application.answer_days)
        self.assertEqual([str(part) for part in first], ["2026-11-04 12:00:00", "2026-11-16", "2"])
        self.invite(application, "2026-11-20 12:00")
        self.refuse(application, "2026-12-02 12:00")
        self.assertEqual((application.answered_on, application.answer_due, application.answer_days), first)

    def test_weekend_is_no_wait(self):
        application = self.apply(sent="2026-11-06 12:00")
        self.invite(application, "2026-11-09 12:00")
        self.assertEqual(application.answer_days, 1)

    def test_last_day_and_the_day_after(self):
        for moment, in_time in (("2026-11-16 22:59:59", 1), ("2026-11-16 23:00:00", 0)):
            company = self.make_company("Klok")
            self.invite(self.apply(self.make_vacancy(company)), moment)
            record = self.record(company, "2026-11-20 12:00")
            self.assertEqual((record.application_count, record.in_time_count), (1, in_time), moment)

    def test_waiting_counts_only_once_it_is_late(self):
        self.apply()
        self.assertFalse(self.record(moment="2026-11-16 12:00"))
        record = self.record(moment="2026-11-17 12:00")
        self.assertEqual((record.application_count, record.unanswered_count), (1, 1))

    def test_who_leaves_before_the_last_day_does_not_count(self):
        for moment, counted in (("2026-11-16 12:00", 0), ("2026-11-17 12:00", 1)):
            company = self.make_company("Weg")
            application = self.apply(self.make_vacancy(company))
            with self.at(moment):
                application.action_withdraw()
            self.assertEqual(self.record(company, "2026-12-20 12:00").application_count, counted, moment)

    def test_place_filled_by_another_does_not_count(self):
        application = self.apply()
        with self.at("2026-11-04 12:00"):
            self.place.sudo().write({"state": "filled"})
        self.assertEqual(application.end_kind, "filled")
        self.assertFalse(application.answered_on)
        self.assertFalse(self.record(moment="2026-12-20 12:00"))

    def test_lapsed_counts_as_unanswered(self):
        application = self.apply()
        for moment in ("2026-11-17 12:00", "2026-11-24 12:00"):
            with self.at(moment):
                self.env["vti.application"]._cron_answers()
        self.assertEqual(application.state, "lapsed")
        record = self.record(moment="2026-11-25 12:00")
        self.assertEqual((record.application_count, record.unanswered_count, record.in_time_count), (1, 1, 0))

    def test_from_five_on(self):
        for number in range(1, 6):
            self.invite(self.apply())
            record = self.record()
            self.assertEqual((record.is_known, record.share_in_time), (number == 5, 100 if number == 5 else 0))
        self.assertEqual(record.median_days, 2)

    def test_median_counts_no_answer_as_longest(self):
        for _number in range(3):
            self.invite(self.apply())
        for _number in range(3):
            self.apply()
        record = self.record(moment="2026-11-18 12:00")
        self.assertEqual((record.share_in_time, record.median_days, record.median_is_known), (50, 2, True))
        self.apply()
        record = self.record(moment="2026-11-18 12:00")
        self.assertEqual((record.median_days, record.median_is_known), (0, False))

    def test_a_year_back(self):
        self.invite(self.apply(sent="2025-11-09 12:00"), "2025-11-11 12:00")
        self.assertFalse(self.record())
        self.invite(self.apply(sent="2025-11-10 12:00"), "2025-11-11 12:00")
        self.assertEqual(self.record().application_count, 1)

    # ------------------------------------------------------------------ mass refusals

    def test_reason_of_the_company_alone_is_counted_apart(self):
        self.refuse(self.apply(), reason=self.mass)
        record = self.record()
        self.assertEqual((record.application_count, record.mass_count), (0, 1))

    def test_refusal_for_the_student_counts(self):
        self.refuse(self.apply())
        record = self.record()
        self.assertEqual((record.application_count, record.in_time_count, record.mass_count), (1, 1, 0))

    def test_mass_refusal_too_late_is_late(self):
        self.refuse(self.apply(), "2026-11-17 12:00", reason=self.mass)
        record = self.record(moment="2026-11-20 12:00")
        self.assertEqual((record.application_count, record.in_time_count, record.mass_count), (1, 0, 0))

    def test_no_after_a_meeting_is_no_mass_refusal(self):
        application = self.apply()
        self.invite(application)
        self.refuse(application, "2026-11-05 12:00", reason=self.mass)
        self.assertEqual(self.record().mass_count, 0)

    def test_many_within_minutes_are_counted_apart(self):
        for number in range(4):
            self.refuse(self.apply(), f"2026-11-04 12:0{number}")
        self.assertEqual(self.record().mass_count, 0)
        last = self.apply()
        self.refuse(last, "2026-11-04 12:13:01")
        self.assertEqual((self.record().mass_count, self.record().in_time_count), (0, 5))
        for moment, mass in (("12:13:00", 1), ("12:12:00", 2), ("12:10:00", 5)):
            last.answered_on = f"2026-11-04 {moment}"
            self.assertEqual((self.record().mass_count, self.record().in_time_count), (mass, 5 - mass), moment)

    # ------------------------------------------------------------------ who is shown what

    def good_company(self, name="Snel", moment="2026-11-05 12:00"):
        company = self.make_company(name)
        place = self.make_vacancy(company)
        for _number in range(5):
            self.invite(self.apply(place), moment)
        return company

    def badges(self, company):
        with self.at(NOW):
            return company._get_page_badges()

    def test_badge_needs_agreement_and_a_good_record(self):
        company = self.good_company()
        self.assertEqual(self.badges(company), [])
        company.show_answers = True
        self.assertEqual(self.badges(company), ["Answers within 3 working days"])
        self.env["ir.config_parameter"].set_param("vti_bpv.badge_days", "2")
        self.assertEqual(self.badges(company), [])
        self.env["ir.config_parameter"].set_param("vti_bpv.badge_days", "3")
        self.assertEqual(len(self.badges(company)), 1)
        self.apply(company.sudo().vacancy_ids, sent="2026-10-12 12:00")
        self.assertEqual(self.badges(company), [], "5 of 6 is 83%")
        self.env["ir.config_parameter"].set_param("vti_bpv.badge_share", "83")
        self.assertEqual(len(self.badges(company)), 1)

    def test_kept_pages_follow_the_choice(self):
        def count():
            self.env.flush_all()
            self.env.cr.execute("SELECT count(*) FROM vti_place_change WHERE vacancy_id IS NULL")
            return self.env.cr.fetchone()[0]

        before = count()
        self.company.show_answers = True
        self.assertGreater(count(), before)

    def test_records_of_many_take_one_query(self):
        companies = [self.good_company(f"Snel {number}") for number in range(3)]
        self.env.flush_all()
        for some in (companies[:1], companies):
            self.env.invalidate_all()
            with self.at(NOW), self.assertQueryCount(1):
                found = self.env["vti.answer.record"]._get_of(self.env["res.partner"].union(*some))
                self.assertEqual([record.share_in_time for record in found.values()], [100] * len(some))

    def test_usual_needs_five_companies(self):
        houses = [self.good_company(f"Snel {number}") for number in range(4)]
        with self.at(NOW):
            figures = self.company.with_user(self.user_company)._get_answer_figures()
        self.assertIsNone(figures["usual"])
        houses.append(self.good_company("Snel 4"))
        with self.at(NOW):
            figures = self.company.with_user(self.user_company)._get_answer_figures()
        self.assertEqual(figures["usual"], {"share": 100, "days": 3})

    def test_only_the_own_house(self):
        company = self.company.with_user(self.user_other_company)
        with self.assertRaises(AccessError):
            company.action_show_answers(True)
        with self.assertRaises(AccessError):
            company._get_answer_figures()
        with self.assertRaises(AccessError):
            self.env["vti.answer.record"].with_user(self.user_company).search([])


@tagged("post_install", "-at_install")
class TestAnswerPages(AnswersMixin, VtiHttpCase):
    """The badge on the public pages, and the company's own figures."""

    def test_badge_follows_the_choice(self):
        place = self.make_vacancy()
        for _number in range(5):
            application = self.make_application(self.make_student(f"Page {_number}"), place)
            application.write({"state": "invited", "invited_on": application.submitted_on})
        self.authenticate(self.user_company.login, self.user_company.login)
        page = self.url_open("/my/company").text
        self.assertIn("100%", page)
        paths = (place._get_page_path(), f"/bedrijven/{self.env['ir.http']._slug(self.company)}")
        for choice, shown in (("1", True), ("", False)):
            form = {"csrf_token": http.Request.csrf_token(self), "shown": choice}
            done = self.url_open("/my/company/answers", data=form, allow_redirects=False)
            self.assertEqual(done.status_code, 303)
            self.assertEqual(self.company.show_answers, shown)
            own = self.url_open("/en/my/company").text
            self.assertIn("less than a working day", own)
            self.assertEqual("once you agree below" in own, not shown)
            for path in paths:
                answer = self.url_open("/en" + path).text
                self.assertEqual("Answers within 1 working day" in answer, shown, path)

    def test_others_may_not(self):
        for user in (self.user_student, self.user_school):
            self.authenticate(user.login, user.login)
            form = {"csrf_token": http.Request.csrf_token(self), "shown": "1"}
            self.assertEqual(self.url_open("/my/company/answers", data=form).status_code, 404)
        self.assertFalse(self.company.show_answers)
