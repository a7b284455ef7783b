import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.placement.alumni_consent import LINK
from ..common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestStayInTouch(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.placement = cls.make_placement(state="closed")
        cls.person = cls.student.partner_id

    def open_link(self, token):
        return self.url_open(f"/en/internships/stay/{token}", allow_redirects=False)

    def say_yes(self, token, page):
        data = {"csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)}
        return self.url_open(f"/en/internships/stay/{token}/yes", data=data, allow_redirects=False)

    def get_consents(self):
        return self.env["vti.consent"].search([("partner_id", "=", self.person.id), ("purpose", "=", "alumni")])

    def test_looking_agrees_to_nothing_and_the_button_once(self):
        token = self.placement._sign_link(LINK, self.person)
        page = self.open_link(token)
        self.assertEqual(page.status_code, 200)
        self.assertFalse(self.get_consents())
        self.assertEqual(self.say_yes(token, page).status_code, 303)
        self.assertEqual(self.say_yes(token, page).status_code, 303)
        consent = self.get_consents()
        self.assertEqual((len(consent), consent.channel, consent.given_by_id), (1, "mail", self.person))
        self.assertIn("withdraw", consent.text)

    def test_false_and_old_links_say_so(self):
        foreign = self.placement._sign_link("application_student", self.person)
        with self.at("2020-01-01"):
            old = self.placement._sign_link(LINK, self.person)
        someone_else = self.placement._sign_link(LINK, self.other_student.partner_id)
        for token in ("x", foreign, old, someone_else):
            page = self.open_link(token)
            self.assertEqual(page.status_code, 410)
            self.assertIn("no longer works", page.text)
            self.assertNotIn("Sam", page.text)

    def test_not_while_it_runs(self):
        self.placement.state = "running"
        with self.assertRaises(UserError):
            self.placement.with_user(self.user_student).action_give_alumni_consent()
        self.assertFalse(self.get_consents())

    def test_the_student_alone(self):
        for user in (self.user_company, self.user_school, self.user_other_student, self.user_vti):
            with self.assertRaises(AccessError):
                self.placement.with_user(user).action_give_alumni_consent()
        self.placement.with_user(self.user_student).action_give_alumni_consent()
        self.assertTrue(self.get_consents().is_in_force)
        for user in (self.user_company, self.user_school, self.user_other_student):
            with self.assertRaises(AccessError):
                self.placement.with_user(user).action_withdraw_alumni_consent()
        self.placement.with_user(self.user_student).action_withdraw_alumni_consent()
        self.assertFalse(self.get_consents().is_in_force)

    def test_under_16_the_guardian_agrees(self):
        parent = self.env["res.partner"].create({"name": "Ans Jansen", "email": "ans@example.org"})
        self.env["vti.guardian"].create({"student_id": self.student.id, "partner_id": parent.id})
        self.student.birth_date = "2010-11-11"
        with self.at("2026-11-10 12:00:00"):
            self.assertEqual(self.placement._get_consent_givers(), parent)
            with self.assertRaises(UserError):
                self.placement.with_user(self.user_student).action_give_alumni_consent()
            self.placement._give_alumni_consent(parent, "mail")
        self.assertEqual(self.get_consents().given_by_id, parent)
        with self.at("2026-11-11 12:00:00"):
            self.assertEqual(self.placement._get_consent_givers(), self.person)

    def test_unknown_age_counts_as_under_16(self):
        self.student.birth_date = False
        self.assertFalse(self.placement._get_consent_givers())
