from odoo import fields, models


class Vacancy(models.Model):
    _inherit = "vti.vacancy"

    placement_ids = fields.One2many("vti.placement", "vacancy_id", "Internships")
    placement_count = fields.Integer(
        "Number of internships", compute="_compute_placement_count", groups="vti_bpv.group_user"
    )

    def _compute_placement_count(self):
        counts = dict(
            self.env["vti.placement"]._read_group([("vacancy_id", "in", self.ids)], ["vacancy_id"], ["__count"])
        )
        for vacancy in self:
            vacancy.placement_count = counts.get(vacancy, 0)

    def _portal_readable_fields(self):
        return super()._portal_readable_fields() - {"placement_ids", "placement_count"}

    def action_open_placements(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_placement_action") | {
            "domain": [("vacancy_id", "=", self.id)],
            "context": {"default_vacancy_id": self.id},
        }
