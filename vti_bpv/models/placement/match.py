from odoo import api, models
from odoo.fields import Domain


class Match(models.AbstractModel):
    _inherit = "vti.match"

    @api.model
    def _get_seeker_domain(self):
        return super()._get_seeker_domain() & ~Domain("id", "in", self.env["vti.student"]._get_placed_query())
