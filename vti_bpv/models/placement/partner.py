from odoo import fields, models


class Partner(models.Model):
    _inherit = "res.partner"

    placement_count = fields.Integer(
        "Number of internships", compute="_compute_placement_count", groups="vti_bpv.group_user"
    )

    def _compute_placement_count(self):
        """Internships at a company, or of a school's students."""
        Placement = self.env["vti.placement"]
        counts = dict.fromkeys(self.ids, 0)
        for name in ("employer_id", "school_id"):
            for partner, count in Placement._read_group([(name, "in", self.ids)], [name], ["__count"]):
                counts[partner.id] += count
        for partner in self:
            partner.placement_count = counts.get(partner.id, 0)

    def action_open_placements(self):
        self.ensure_one()
        name = "school_id" if self.is_school else "employer_id"
        return self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_placement_action") | {
            "domain": [(name, "=", self.id)],
            "context": {f"default_{name}": self.id},
        }
