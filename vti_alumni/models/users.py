from odoo import models


class Users(models.Model):
    _inherit = "res.users"

    def _get_vti_groups(self):
        groups = super()._get_vti_groups()
        partner = self.sudo().partner_id
        if (
            self.env["vti.alumnus"]
            .sudo()
            .search_count([("partner_id", "=", partner.id), ("active", "=", True)], limit=1)
        ):
            groups |= self.env.ref("vti_bpv.group_alumnus")
        return groups
