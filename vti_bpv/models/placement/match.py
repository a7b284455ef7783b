from odoo import api, models
from odoo.fields import Domain

from .student_standing import HAS_PLACE


class Match(models.AbstractModel):
    _inherit = "vti.match"

    @api.model
    def _get_seeker_domain(self):
        return super()._get_seeker_domain() & ~Domain("id", "in", self.env["vti.student"]._get_placed_query())


class Partner(models.Model):
    _inherit = "res.partner"

    def _count_interns(self):
        counts = (
            self.env["vti.placement"]
            .sudo()
            ._read_group([("employer_id", "in", self.ids), ("state", "in", HAS_PLACE)], ["employer_id"], ["__count"])
        )
        return {employer.id: count for employer, count in counts}
