from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import tagged

from odoo.addons.vti_bpv.tests.common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestAlumnus(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env.ref("vti_bpv.group_alumnus")
        cls.placement = cls.make_placement(state="closing", date_to="2026-10-30")

    def get_alumnus(self, student=None):
        Alumnus = self.env["vti.alumnus"].with_context(active_test=False)
        return Alumnus.search([("partner_id", "=", (student or self.student).partner_id.id)])

    def test_closing_and_consent_in_either_order(self):
        other = self.make_placement(self.other_student, self.make_vacancy(self.other_company), state="closing")
        self.placement.with_user(self.user_student).action_give_alumni_consent()
        self.assertFalse(self.get_alumnus(), "not closed yet")
        self.placement.with_user(self.user_vti).action_close()
        self.assertEqual(self.get_alumnus().placement_ids, self.placement)
        other.with_user(self.user_vti).action_close()
        self.assertFalse(self.get_alumnus(self.other_student), "no consent yet")
        other.with_user(self.user_other_student).action_give_alumni_consent()
        alumnus = self.get_alumnus(self.other_student)
        self.assertEqual((alumnus.placement_ids, alumnus.employer_id), (other, self.other_company))
        self.assertIn(self.group, self.user_student.group_ids)

    def test_without_consent_nobody(self):
        self.placement.with_user(self.user_vti).action_close()
        self.assertFalse(self.get_alumnus())
        self.assertNotIn(self.group, self.user_student.group_ids)

    def test_withdrawing_takes_it_all_away_and_coming_back_is_the_same_record(self):
        self.placement.state = "closed"
        self.placement.with_user(self.user_student).action_give_alumni_consent()
        alumnus = self.get_alumnus()
        self.assertEqual(self.env["vti.alumnus"].with_user(self.user_student).search([]), alumnus)
        self.placement.with_user(self.user_student).action_withdraw_alumni_consent()
        self.assertFalse(alumnus.active)
        self.assertNotIn(self.group, self.user_student.group_ids)
        self.assertIn(self.env.ref("vti_bpv.group_student"), self.user_student.group_ids)
        self.placement.with_user(self.user_student).action_give_alumni_consent()
        self.assertEqual(self.get_alumnus(), alumnus)
        self.assertTrue(alumnus.active)

    def test_others_see_no_alumni(self):
        self.placement.state = "closed"
        self.placement.with_user(self.user_student).action_give_alumni_consent()
        for user in (self.user_company, self.user_school, self.user_other_student):
            with self.assertRaises(AccessError):
                self.env["vti.alumnus"].with_user(user).search([])
        with self.assertRaises(AccessError):
            self.get_alumnus().with_user(self.user_student).write({"active": False})

    def test_page_is_for_alumni(self):
        self.placement.state = "closed"
        self.placement.with_user(self.user_student).action_give_alumni_consent()
        self.authenticate(self.user_other_student.login, self.user_other_student.login)
        self.assertEqual(self.url_open("/en/my/alumni", allow_redirects=False).status_code, 303)
        self.authenticate(self.user_student.login, self.user_student.login)
        page = self.url_open("/en/my/alumni", allow_redirects=False)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Bakker Techniek", page.text)
        self.assertNotIn("De Vries", page.text)
        answer = self.url_open("/en/my/alumni/leave", allow_redirects=False)
        self.assertEqual((answer.status_code, answer.headers["Location"]), (303, "/en/my/alumni"))
        self.assertTrue(self.get_alumnus().active, "a GET never writes")
        answer = self.url_open(
            "/en/my/alumni/leave", data={"csrf_token": Request.csrf_token(self)}, allow_redirects=False
        )
        self.assertEqual((answer.status_code, self.get_alumnus().active), (303, False))
