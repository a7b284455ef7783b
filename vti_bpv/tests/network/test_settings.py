from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestSettings(VtiCase):
    def test_coordinator_changes_vti_terms_only(self):
        Settings = self.env["res.config.settings"].with_user(self.user_vti_coordinator)
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("auth_signup.invitation_scope", "b2b")
        Settings.create({"vti_answer_days": 9, "auth_signup_uninvited": "b2c"}).execute()
        self.assertEqual(parameters.get_param("vti_bpv.answer_days"), "9")
        self.assertNotEqual(parameters.get_param("auth_signup.invitation_scope"), "b2c")
        read = Settings.default_get(["vti_answer_days", "auth_signup_uninvited"])
        self.assertEqual(read, {"vti_answer_days": 9})

    def test_page_opens_for_the_coordinator(self):
        Settings = self.env["res.config.settings"].with_user(self.user_vti_coordinator)
        shown = Settings.onchange({}, [], {"display_name": {}, "vti_recognition_check_months": {}})["value"]
        self.assertEqual(shown, {"display_name": "Settings", "vti_recognition_check_months": 12})

    def test_staff_and_portal_do_not(self):
        for user in (self.user_vti, self.user_company, self.user_student):
            with self.assertRaises(AccessError):
                self.env["res.config.settings"].with_user(user).create({"vti_answer_days": 1}).execute()
