from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestPlacementLife(VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.placement = cls.make_placement(date_from="2026-11-10", date_to="2027-01-29")

    def as_user(self, user):
        return self.placement.with_user(user)

    def test_starts_on_the_first_day_in_the_netherlands(self):
        with self.at("2026-11-09 22:59:00"):  # 23:59 in Amsterdam
            self.env["vti.placement"]._cron_start()
            self.assertEqual(self.placement.state, "planned")
            with self.assertRaises(UserError):
                self.as_user(self.user_company).action_start()
        with self.at("2026-11-09 23:00:00"):  # midnight in Amsterdam
            self.env["vti.placement"]._cron_start()
        self.assertEqual(self.placement.state, "running")
        self.assertEqual(str(self.placement.started_on), "2026-11-10")

    def test_is_to_be_closed_the_day_after_the_last(self):
        self.placement.state = "running"
        with self.at("2027-01-29 22:59:00"):
            self.env["vti.placement"]._cron_end()
            self.assertEqual(self.placement.state, "running")
        with self.at("2027-01-29 23:00:00"):
            self.env["vti.placement"]._cron_end()
        self.assertEqual(self.placement.state, "closing")

    def test_company_closes_from_the_last_day_on(self):
        self.placement.state = "running"
        with self.at("2027-01-28 12:00:00"), self.assertRaises(UserError):
            self.as_user(self.user_company).action_close()
        with self.at("2027-01-29 12:00:00"):
            self.as_user(self.user_company).action_close()
        self.assertEqual((self.placement.state, str(self.placement.closed_on)), ("closed", "2027-01-29"))

    def test_staff_closes_earlier(self):
        self.placement.state = "running"
        with self.at("2026-12-01"):
            self.as_user(self.user_vti).action_close()
        self.assertEqual(self.placement.state, "closed")

    def test_closing_twice(self):
        self.placement.state = "closing"
        with self.at("2027-02-01"):
            self.as_user(self.user_company).action_close()
            with self.assertRaisesRegex(UserError, "Closed"):
                self.as_user(self.user_company).action_close()
            with self.assertRaises(UserError):
                self.as_user(self.user_company).action_break_off("Too late")

    def test_who_may_change_the_state(self):
        calls = {
            "running": ("action_close", ()), "closing": ("action_break_off", ("Sick",)),
            "planned": ("action_never_start", ("Moved",)),
        }  # fmt: skip
        outsiders = (
            self.user_student,
            self.user_other_student,
            self.user_other_company,
            self.user_school,
            self.user_other_school,
        )
        with self.at("2027-02-01"):
            for state, (name, args) in calls.items():
                for user in outsiders:
                    self.placement.state = state
                    with self.subTest(user=user.name, action=name), self.assertRaises(AccessError):
                        getattr(self.as_user(user), name)(*args)
                for user in (self.user_company, self.user_vti):
                    self.placement.state = state
                    getattr(self.as_user(user), name)(*args)
                    self.assertNotEqual(self.placement.state, state)

    def test_portal_users_write_nothing(self):
        for user in (self.user_student, self.user_company, self.user_school):
            with self.assertRaises(AccessError):
                self.as_user(user).write({"state": "closed"})

    def test_only_the_student_confirms(self):
        self.placement.state = "closing"
        for user in (self.user_company, self.user_school, self.user_other_student, self.user_vti):
            with self.assertRaises(AccessError):
                self.as_user(user).action_confirm_end()
        with self.at("2027-02-02"):
            self.as_user(self.user_student).action_confirm_end()
        with self.at("2027-02-05"):
            self.as_user(self.user_student).action_confirm_end()
        self.assertEqual(str(self.placement.student_confirmed_on), "2027-02-02")
        self.assertEqual(self.placement.state, "closing")

    def test_breaking_off_needs_a_reason_that_the_student_cannot_read(self):
        self.placement.state = "running"
        self.student.is_looking = False
        for empty in ("", "  ", None, 5):
            with self.assertRaises(UserError):
                self.as_user(self.user_company).action_break_off(empty)
        self.as_user(self.user_company).action_break_off("Only on the phone")
        self.assertEqual(self.placement.end_reason, "Only on the phone")
        self.assertTrue(self.student.is_looking)
        self.assertEqual(len(self.placement.activity_ids), 1)
        with self.assertRaises(AccessError):
            self.as_user(self.user_student).read(["end_reason"])

    def test_never_started_frees_the_place_before_the_first_day_only(self):
        for day, free in (("2026-11-09", 1), ("2026-11-10", 0), ("2026-11-11", 0)):
            vacancy = self.make_vacancy()
            vacancy._take_place()
            placement = self.make_placement(vacancy=vacancy, date_from="2026-11-10")
            with self.at(f"{day} 12:00:00"):
                placement.with_user(self.user_company).action_never_start("Chose another")
            self.assertEqual(vacancy.places_left, free, day)

    def test_dates(self):
        company = self.as_user(self.user_company)
        with self.at("2026-11-05 12:00:00"):
            for date_from, date_to in (
                ("2026-11-20", "2026-11-19"),
                ("2026-11-04", "2027-01-29"),
                ("x", "2027-01-29"),
                ("2026-11-20", False),
                ("2026-11-20", "2046-11-20"),
            ):
                with self.subTest(date_from=date_from, date_to=date_to), self.assertRaises(UserError):
                    company.action_change_dates(date_from, date_to)
            company.action_change_dates("2026-11-20", "2026-11-20")
        self.assertEqual(str(self.placement.date_from), "2026-11-20")
        self.placement.state = "running"
        with self.at("2026-11-21 12:00:00"):
            with self.assertRaises(UserError):
                company.action_change_dates("2026-11-21", "2027-02-01")
            with self.assertRaises(UserError):
                company.action_change_dates("2026-11-20", "2026-11-20")
            company.action_change_dates("2026-11-20", "2026-11-21")
        for user in (self.user_student, self.user_school, self.user_other_company):
            with self.assertRaises(AccessError):
                self.as_user(user).action_change_dates("2026-11-20", "2027-03-01")

    def test_enrolment_of_an_internship_keeps_its_school(self):
        self.make_placement(self.other_student)
        with self.assertRaises(ValidationError):
            self.other_student.enrolment_id.school_id = self.school
        self.make_student("New", school_id=self.other_school.id).enrolment_id.school_id = self.school

    def test_crons_do_as_many_as_there_are(self):
        many = self.env["vti.placement"].browse()
        for _number in range(5):
            many |= self.make_placement(date_from="2026-10-01", date_to="2026-10-30")
        with self.at("2026-11-01"):
            self.env["vti.placement"]._cron_start()
            self.assertEqual(set(many.mapped("state")), {"running"})
            self.env["vti.placement"]._cron_end()
        self.assertEqual(set(many.mapped("state")), {"closing"})
        self.assertEqual(self.placement.state, "planned")
