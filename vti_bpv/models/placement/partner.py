from odoo import fields, models


class Partner(models.Model):
    _inherit = "res.partner"

    placement_count = fields.Integer(
        "Number of internships", compute="_compute_placement_count", groups="vti_bpv.group_user"
    )
    placement_running_count = fields.Integer(
        "Running internships", compute="_compute_placement_count", groups="vti_bpv.group_user"
    )

    def _compute_placement_count(self):
        """Internships at a company, or of a school's students."""
        for count, domain in (("placement_count", []), ("placement_running_count", [("state", "=", "running")])):
            at_companies, of_schools = (
                self._get_counts("vti.placement", name, domain) for name in ("employer_id", "school_id")
            )
            for partner in self:
                partner[count] = (of_schools if partner.is_school else at_companies).get(partner._origin, 0)

    def action_open_placements(self):
        self.ensure_one()
        name = "school_id" if self.is_school else "employer_id"
        return self._open_list("vti_bpv.vti_placement_action", [(name, "=", self.id)], **{f"default_{name}": self.id})
