from odoo import models


class Users(models.Model):
    _inherit = "res.users"

    def _update_last_login(self):
        result = super()._update_last_login()
        self.env["vti.student"]._of_user(self)._activate()
        self.env["vti.favourite"]._take_over_cookie(self.sudo().partner_id)
        return result
