from odoo import fields, models


class Student(models.Model):
    _inherit = "vti.student"

    placement_ids = fields.One2many("vti.placement", "student_id", "Internships")
    placement_count = fields.Integer(
        "Number of internships", compute="_compute_placement_count", groups="vti_bpv.group_user"
    )

    def _compute_placement_count(self):
        counts = dict(
            self.env["vti.placement"]._read_group([("student_id", "in", self.ids)], ["student_id"], ["__count"])
        )
        for student in self:
            student.placement_count = counts.get(student, 0)

    def action_open_placements(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_placement_action") | {
            "domain": [("student_id", "=", self.id)],
            "context": {"default_student_id": self.id},
        }
