from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestPlacementPeople(VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.placement = cls.make_placement()
        cls.mentor = cls.make_contact(cls.make_branch(cls.company), name="Ilse Vos", phone="030 123 45 67")
        cls.teacher = cls.make_contact(cls.school, name="Karel Smit")

    def as_user(self, user):
        return self.placement.with_user(user)

    def test_company_names_its_own_people(self):
        self.as_user(self.user_company).action_assign_people({"workplace_mentor_id": self.mentor.id})
        self.assertEqual(self.placement.workplace_mentor_id, self.mentor)
        strangers = (self.other_recruiter, self.teacher, self.company, self.student.partner_id)
        for stranger in strangers:
            with self.subTest(stranger=stranger.name), self.assertRaises(UserError):
                self.as_user(self.user_company).action_assign_people({"buddy_id": stranger.id})
        self.as_user(self.user_company).action_assign_people({"workplace_mentor_id": False})
        self.assertFalse(self.placement.workplace_mentor_id)

    def test_school_names_its_teacher(self):
        self.as_user(self.user_school).action_assign_people({"teacher_id": self.teacher.id})
        self.assertEqual(self.placement.teacher_id, self.teacher)
        with self.assertRaises(UserError):
            self.as_user(self.user_school).action_assign_people({"teacher_id": self.other_coordinator.id})

    def test_nobody_sets_what_is_not_theirs(self):
        tries = [
            (self.user_company, {"teacher_id": self.teacher.id}), (self.user_school, {"buddy_id": self.mentor.id}),
            (self.user_student, {"buddy_id": self.mentor.id}), (self.user_other_company, {"buddy_id": self.mentor.id}),
            (self.user_other_school, {"teacher_id": self.teacher.id}), (self.user_company, {"state": "closed"}),
            (self.user_company, {"student_id": self.other_student.id}), (self.user_company, {}),
        ]  # fmt: skip
        for user, values in tries:
            with self.subTest(user=user.name, values=values), self.assertRaises(AccessError):
                self.as_user(user).action_assign_people(values)

    def test_vmbo_pupil_keeps_a_guide(self):
        self.placement.write({"kind": "vmbo_block", "workplace_mentor_id": self.mentor.id})
        with self.assertRaises(UserError):
            self.as_user(self.user_company).action_assign_people({"workplace_mentor_id": False})

    def test_no_change_when_it_is_over(self):
        self.placement.state = "closed"
        with self.assertRaises(UserError):
            self.as_user(self.user_company).action_assign_people({"buddy_id": self.mentor.id})

    def test_names_are_for_those_of_the_internship(self):
        for user in (self.user_student, self.user_company, self.user_school, self.user_vti):
            self.assertEqual(self.as_user(user).student_name, "Sam Jansen")
        for user in (self.user_other_student, self.user_other_company, self.user_other_school):
            with self.assertRaises(AccessError):
                self.as_user(user).read(["student_name"])
        self.assertNotIn("Sam", self.as_user(self.user_company).display_name)
        self.assertIn("Sam", self.as_user(self.user_vti).display_name)

    def test_company_no_longer_reaches_the_student_when_it_is_over(self):
        company = self.as_user(self.user_company)
        self.assertEqual(company.student_email, "sam.jansen@example.org")
        self.placement.state = "closed"
        company.invalidate_recordset()
        self.assertFalse(company.student_email)
        self.assertEqual(company.student_name, "Sam Jansen")
        self.assertEqual(self.as_user(self.user_school).student_email, "sam.jansen@example.org")

    def test_everybody_knows_who_is_who(self):
        self.placement.write({"workplace_mentor_id": self.mentor.id, "teacher_id": self.teacher.id})
        rows = self.as_user(self.user_student)._get_people()
        self.assertEqual(
            [(row["role"], row["name"], row["phone"]) for row in rows],
            [("Workplace mentor", "Ilse Vos", "030 123 45 67"), ("Stage teacher", "Karel Smit", False)],
        )

    def test_two_of_a_kind_see_their_own(self):
        other = self.make_placement(self.other_student, self.make_vacancy(self.other_company))
        for user, other_user in (
            (self.user_student, self.user_other_student),
            (self.user_company, self.user_other_company),
            (self.user_school, self.user_other_school),
        ):
            Placement = self.env["vti.placement"]
            self.assertEqual(Placement.with_user(user).search([]), self.placement)
            self.assertEqual(Placement.with_user(other_user).search([]), other)

    def test_past_school_stays_with_the_old_internship(self):
        self.student.enrolment_ids.date_to = "2026-10-01"
        self.env["vti.enrolment"].create(
            {
                "student_id": self.student.id,
                "school_id": self.other_school.id,
                "qualification_id": self.qualification.id,
                "date_from": "2026-10-02",
            }
        )
        self.assertEqual(self.env["vti.placement"].with_user(self.user_school).search([]), self.placement)
        self.assertFalse(self.env["vti.placement"].with_user(self.user_other_school).search([]))

    def test_training_employer_looks_on_with_its_own_students(self):
        owner = self.make_company("Opleidingsbedrijf Midden", is_training_employer=True)
        user = self.make_user(self.make_contact(owner))
        other = self.make_placement(self.other_student, self.make_vacancy(self.other_company))
        self.student.enrolment_ids.training_employer_id = owner
        self.assertEqual(self.env["vti.placement"].with_user(user).search([]), self.placement)
        self.assertEqual(self.as_user(user).student_name, "Sam Jansen")
        self.assertFalse(self.as_user(user)._can_do())
        for method, args in (("action_close", ()), ("action_break_off", ("No",)), ("action_confirm_end", ())):
            with self.assertRaises(AccessError):
                getattr(self.as_user(user), method)(*args)
        with self.assertRaises(AccessError):
            other.with_user(user).read(["student_name"])
