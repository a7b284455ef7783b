from odoo import models


class Placement(models.Model):
    _inherit = "vti.placement"

    def _on_closed(self):
        result = super()._on_closed()
        self.env["vti.alumnus"]._follow(self.sudo().student_id)
        return result
