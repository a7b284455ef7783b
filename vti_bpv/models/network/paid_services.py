from odoo import api, models


class ActWindow(models.Model):
    _inherit = "ir.actions.act_window"

    @api.model
    def _hide_paid_services(self):
        """Take off the screens what sends data of people to Odoo's paid services.

        Text messages and the enriching of leads come with modules that install themselves.
        """
        self.search([("res_model", "=", "sms.composer")]).binding_model_id = False
        enrich = self.env.ref("crm_iap_enrich.action_enrich_mail", raise_if_not_found=False)
        if enrich:
            enrich.binding_model_id = False
        button = self.env.ref("crm_iap_enrich.crm_lead_view_form", raise_if_not_found=False)
        if button:
            button.active = False
