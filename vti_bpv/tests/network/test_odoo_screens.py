from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestOdooScreens(VtiCase):
    def _get_apps(self, user):
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        return {menus[menu]["xmlid"] for menu in menus["root"]["children"]}

    def test_staff_sees_the_apps_that_it_uses(self):
        idle = {"base.menu_management", "contacts.menu_contacts", "mail.menu_root_discuss"}
        for user in (self.user_vti, self.user_vti_coordinator):
            self.assertFalse(self._get_apps(user) & idle)
            self.assertIn("vti_bpv.menu_root", self._get_apps(user))
        self.assertLessEqual(idle, self._get_apps(self.env.ref("base.user_admin")))
        site = "website.menu_website_configuration"
        self.assertNotIn(site, self._get_apps(self.user_vti))
        self.assertIn(site, self._get_apps(self.user_vti_coordinator))

    def test_nothing_on_the_screens_sends_people_to_a_paid_service(self):
        messages = self.env["ir.actions.act_window"].search([("res_model", "=", "sms.composer")])
        messages.binding_model_id = self.env["ir.model"]._get("res.partner")  # as after an update of Odoo
        self.env["ir.actions.act_window"]._hide_paid_services()
        for model in ("res.partner", "crm.lead"):
            bound = self.env["ir.actions.actions"].with_user(self.user_vti).get_bindings(model).get("action", ())
            self.assertFalse({action["id"] for action in bound} & set(messages.ids), model)
            self.assertFalse([action["name"] for action in bound if "nrich" in action["name"]])
        form = self.env["crm.lead"].with_user(self.user_vti).get_view(view_type="form")["arch"]
        self.assertNotIn("iap_enrich", form)

    def test_a_visitors_question_is_on_staffs_screen(self):
        self.env["crm.lead"]._receive_message({"name": "Kim", "email": "kim@example.org", "message": "May I?"})
        action = self.env.ref("vti_bpv.crm_lead_action_question")
        domain = [("type", "=", "lead"), ("email_from", "=", "kim@example.org")]
        lead = self.env["crm.lead"].with_user(self.user_vti).search(domain)
        self.assertEqual((len(lead), action.domain), (1, "[('type', '=', 'lead')]"))
        lead.action_archive()
        self.assertFalse(self.env["crm.lead"].with_user(self.user_vti).search(domain))

    def test_odoos_robot_stays_silent(self):
        self.user_vti.odoobot_state = "not_initialized"
        self.user_vti.with_user(self.user_vti)._on_webclient_bootstrap()
        self.assertEqual(self.user_vti.odoobot_state, "disabled")

    def test_the_coordinator_alone_takes_lists_away(self):
        self.assertFalse(self.user_vti.has_group("base.group_allow_export"))
        self.assertTrue(self.user_vti_coordinator.has_group("base.group_allow_export"))
