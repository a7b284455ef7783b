from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestStudent(VtiCase):
    def test_who_reads_the_name_in_a_label(self):
        """A many2one's label is read with sudo: the name may not come along with it."""
        name, code = self.student.name, f"Student {self.student.code}"
        self.student.enrolment_ids.training_employer_id = self.make_training_employer()
        user_trainer = self.make_user(self.make_contact(self.student.enrolment_ids.training_employer_id))
        for user, label in (
            (self.user_vti, name),
            (self.user_student, name),
            (self.user_school, name),
            (user_trainer, name),
            (self.user_other_student, code),
            (self.user_company, code),
            (self.user_other_school, code),
            (self.env.ref("base.public_user"), code),
        ):
            student = self.student.with_user(user).sudo()
            self.assertEqual(student.display_name, label, user.login)
        self.assertNotEqual(name, code)

    def make_training_employer(self):
        return self.make_company("InstallatieWerk", is_training_employer=True)

    def test_training_employer_sees_its_own_only(self):
        trainer = self.make_training_employer()
        user = self.make_user(self.make_contact(trainer))
        Student = self.env["vti.student"].with_user(user)
        self.assertFalse(Student.search([]))
        self.student.enrolment_ids.write({"training_employer_id": trainer.id, "date_to": "2026-11-10"})
        with self.at("2026-11-10 12:00:00"):
            self.assertEqual(Student.search([]), self.student)
        with self.at("2026-11-11 12:00:00"):
            self.assertFalse(Student.search([]))
        with self.assertRaises(AccessError):
            self.env["vti.student"].with_user(self.user_company).search([])

    def test_current_enrolment(self):
        now = self.student.enrolment_ids
        now.date_to = "2026-12-31"
        past = now.copy({"date_from": "2020-08-01", "date_to": "2024-07-31"})
        coming = now.copy({"date_from": "2027-01-01", "date_to": False})
        for day, enrolment in (("2026-12-31 12:00:00", now), ("2027-01-01 12:00:00", coming)):
            with self.at(day):
                self.student.invalidate_recordset()
                self.assertEqual(self.student.enrolment_id, enrolment)
        (now + coming).unlink()
        self.assertEqual(self.student.enrolment_id, past)

    def test_age_turns_on_the_birthday(self):
        self.student.birth_date = "2010-11-10"
        for day, age in (("2026-11-09 12:00:00", 15), ("2026-11-10 12:00:00", 16)):
            with self.at(day):
                self.student.invalidate_recordset()
                self.assertEqual(self.student.age, age)

    def test_birth_date_must_be_likely(self):
        for day in ("2025-01-01", "1890-01-01"):
            with self.assertRaises(ValidationError):
                self.student.birth_date = day

    def test_first_login_activates(self):
        self.student.activated_on = False
        user = self.user_student
        user.with_user(user)._update_last_login()
        moment = self.student.activated_on
        self.assertTrue(moment)
        with self.at("2027-05-05"):
            user.with_user(user)._update_last_login()
        self.assertEqual(self.student.activated_on, moment)
