from odoo import api, models


class Consent(models.Model):
    _inherit = "vti.consent"

    @api.model_create_multi
    def create(self, vals_list):
        consents = super().create(vals_list)
        consents._follow_alumni()
        return consents

    def write(self, vals):
        result = super().write(vals)
        if "withdrawn_on" in vals:
            self._follow_alumni()
        return result

    def _follow_alumni(self):
        """Whether somebody is an alumnus follows from the consent, whoever gave or withdrew it."""
        students = self.sudo().filtered(lambda consent: consent.purpose == "alumni").partner_id.vti_student_ids
        self.env["vti.alumnus"]._follow(students)
