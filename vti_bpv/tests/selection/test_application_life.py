from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestApplicationLife(VtiCase):
    """Who may do what with an application, and when not any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vacancy = cls.make_vacancy()
        cls.application = cls.make_application(vacancy=cls.vacancy)
        cls.reason = cls.env.ref("vti_bpv.refusal_reason_period")

    def as_user(self, user):
        return self.application.with_user(user)

    def offer(self):
        with self.at("2026-11-10 12:00"):
            self.as_user(self.user_company).action_offer("2027-02-01", "2027-06-30")

    def test_company_invites_offers_and_the_student_declines(self):
        with self.at("2026-11-10 12:00"):
            self.as_user(self.user_company).action_invite("2026-11-12 13:00:00", "visit", "Ask for Piet.")
        self.assertEqual(self.application.state, "invited")
        self.assertEqual(self.application.meeting_note, "Ask for Piet.")
        self.offer()
        self.assertEqual(self.application.state, "offered")
        self.as_user(self.user_student).action_decline()
        self.assertEqual((self.application.state, self.application.end_kind), ("withdrawn", "declined"))
        self.assertTrue(self.application.closed_on)

    def test_others_cannot_act(self):
        company_acts = (
            lambda record: record.action_invite("2026-11-12 13:00:00", "visit"),
            lambda record: record.action_offer("2027-02-01", "2027-06-30"),
            lambda record: record.action_refuse(self.reason.id),
        )
        student_acts = (
            lambda record: record.action_withdraw(),
            lambda record: record.action_decline(),
            lambda record: record.action_accept(),
            lambda record: record.action_name_guardian("Mum", "mum@example.org"),
        )
        with self.at("2026-11-10 12:00"):
            for user in (self.user_student, self.user_other_company, self.user_school, self.user_other_student):
                for act in company_acts:
                    with self.subTest(user=user.login), self.assertRaises(AccessError):
                        act(self.as_user(user))
            for user in (self.user_company, self.user_other_student, self.user_school):
                for act in student_acts:
                    with self.subTest(user=user.login), self.assertRaises(AccessError):
                        act(self.as_user(user))
        self.assertEqual(self.application.state, "submitted")

    def test_portal_users_write_nothing_directly(self):
        for user in (self.user_student, self.user_company, self.user_school):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.as_user(user).write({"motivation": "x"})

    def test_colleague_of_another_branch_cannot_act(self):
        branch, other_branch = self.make_branch(self.company), self.make_branch(self.company, "Woerden")
        self.vacancy.branch_id = branch
        self.recruiter.branch_scope_ids = other_branch
        with self.at("2026-11-10 12:00"), self.assertRaises(AccessError):
            self.as_user(self.user_company).action_refuse(self.reason.id)
        self.recruiter.branch_scope_ids = branch
        with self.at("2026-11-10 12:00"):
            self.as_user(self.user_company).action_refuse(self.reason.id)
        self.assertEqual(self.application.state, "refused")

    def test_nothing_moves_after_the_end(self):
        self.as_user(self.user_student).action_withdraw()
        company, student = self.as_user(self.user_company), self.as_user(self.user_student)
        with self.at("2026-11-10 12:00"):
            for act in (
                lambda: company.action_invite("2026-11-12 13:00:00", "visit"),
                lambda: company.action_offer("2027-02-01", "2027-06-30"),
                lambda: company.action_refuse(self.reason.id),
                student.action_withdraw,
                student.action_decline,
                student.action_accept,
            ):
                with self.assertRaises(UserError):
                    act()
        self.assertEqual((self.application.state, self.application.end_kind), ("withdrawn", "withdrawn"))

    def test_accept_needs_an_offer(self):
        with self.assertRaisesRegex(UserError, "hasn't made you an offer"):
            self.as_user(self.user_student).action_accept()

    def test_invitation_is_later_than_now(self):
        company = self.as_user(self.user_company)
        with self.at("2026-11-10 12:00:00"):
            for moment in (False, "nonsense", "2026-11-10 12:00:00"):
                self.assertIn(
                    "meeting_at", company._get_invitation_errors({"meeting_at": moment, "meeting_kind": "visit"})
                )
            self.assertFalse(
                company._get_invitation_errors({"meeting_at": "2026-11-10 12:00:01", "meeting_kind": "phone"})
            )
            self.assertIn("meeting_kind", company._get_invitation_errors({"meeting_at": "2026-11-11 12:00:00"}))

    def test_offer_has_sensible_dates(self):
        company = self.as_user(self.user_company)
        with self.at("2026-11-10 12:00:00"):
            for date_from, date_to, field in (
                ("", "2027-01-01", "date_from"),
                ("2027-01-01", "", "date_to"),
                ("2027-01-02", "2027-01-01", "date_to"),
                ("2026-11-01", "2026-11-09", "date_to"),
                ("31-31-31", "2027-01-01", "date_from"),
            ):
                errors = company._get_offer_errors({"date_from": date_from, "date_to": date_to})
                self.assertEqual(list(errors), [field])
            self.assertFalse(company._get_offer_errors({"date_from": "2026-11-10", "date_to": "2026-11-10"}))

    def test_refusal_takes_a_reason_that_people_give(self):
        company = self.as_user(self.user_company)
        for wrong in (0, "x", None, self.env.ref("vti_bpv.refusal_reason_filled").id, 10**9):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                company.action_refuse(wrong)
        company.action_refuse(str(self.reason.id), "  All the best!  ")
        self.assertEqual(self.application.refusal_note, "All the best!")

    def test_same_place_twice(self):
        Application = self.env["vti.application"]
        with self.assertRaisesRegex(UserError, "applied for this place already"):
            Application._apply(self.student, self.vacancy, {})
        self.as_user(self.user_student).action_withdraw()
        again = Application._apply(self.student, self.vacancy, {"motivation": " Yes "})
        self.assertEqual((again.state, again.motivation), ("submitted", "Yes"))
        again.with_user(self.user_company).action_refuse(self.reason.id)
        with self.assertRaisesRegex(UserError, "answered you"):
            Application._apply(self.student, self.vacancy, {})

    def test_enrolment_of_an_application_keeps_its_school(self):
        self.make_application(self.other_student)
        enrolment = self.other_student.enrolment_id
        with self.assertRaises(ValidationError):
            enrolment.school_id = self.school
        with self.assertRaises(ValidationError):
            enrolment.student_id = self.student
        enrolment.write({"school_id": self.other_school.id, "level": "3"})
        self.make_student("New", school_id=self.other_school.id).enrolment_id.school_id = self.school

    def test_place_that_is_not_open(self):
        for state in ("draft", "review", "paused", "filled", "closed", "expired"):
            vacancy = self.make_vacancy(state=state)
            with self.subTest(state=state), self.assertRaisesRegex(UserError, "isn't open"):
                self.env["vti.application"]._apply(self.student, vacancy, {})

    def test_closing_a_place_answers_who_waits(self):
        self.vacancy.state = "closed"
        self.assertEqual((self.application.state, self.application.end_kind), ("refused", "closed"))

    def test_next_step_tells_who_and_when(self):
        self.application.shown_on = "2026-11-10 12:00:00"
        self.assertEqual(str(self.application.answer_by), "2026-11-24", "ten working days")
        self.assertIn(self.company.name, self.as_user(self.user_student)._get_next_step())
        self.assertEqual([step["state"] for step in self.application._get_steps()], ["current", "todo", "todo", "todo"])
        self.offer()
        self.assertEqual([step["state"] for step in self.application._get_steps()], ["done", "current", "todo"])
        self.as_user(self.user_student).action_withdraw()
        self.assertEqual([step["state"] for step in self.application._get_steps()], ["done", "done", "stopped"])

    def test_calendar_file(self):
        self.assertEqual(self.application._get_meeting_ics(), "")
        self.application.write({"meeting_at": "2026-11-12 13:00:00", "meeting_kind": "visit",
                                "meeting_note": "Gate 4; ask for Piet,\nbring shoes" + "é" * 60})  # fmt: skip
        text = self.application._get_meeting_ics()
        self.assertIn("DTSTART:20261112T130000Z\r\n", text)
        self.assertIn("Gate 4\\; ask for Piet\\,\\nbring", text)
        self.assertTrue(all(len(line.encode()) <= 75 for line in text.split("\r\n")))
