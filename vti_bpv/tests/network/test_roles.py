from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestRoles(VtiCase):
    def test_roles_follow_from_records(self):
        ours = self.env["res.users"]._get_all_vti_groups()
        for user, role in (
            (self.user_student, "student"),
            (self.user_company, "company"),
            (self.user_school, "school"),
        ):
            self.assertEqual(user.group_ids & ours, self.env.ref(f"vti_bpv.group_{role}"))

    def test_school_sees_its_own_students_only(self):
        seen = self.env["vti.student"].with_user(self.user_school).search([])
        self.assertEqual(seen, self.student)
        past = self.student.enrolment_ids
        past.date_to = "2026-09-30"
        with self.at("2026-10-01"):
            self.assertFalse(self.env["vti.student"].with_user(self.user_school).search([]))

    def test_company_sees_its_own_applications_only(self):
        mine = self.make_application()
        self.make_application(vacancy=self.make_vacancy(self.other_company))
        self.assertEqual(self.env["vti.application"].with_user(self.user_company).search([]), mine)
        self.assertEqual(mine.with_user(self.user_company).student_id.display_name, f"Student {self.student.code}")
