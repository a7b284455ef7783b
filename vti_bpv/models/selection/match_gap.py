from odoo import api, fields, models

CODES = [
    ("study_unknown", "Course unknown"),
    ("position_unknown", "Postcode unknown"),
    ("none_anywhere", "No place for the course"),
    ("none_near", "No place near"),
    ("recognition_missing", "Recognition missing"),
    ("taken", "Went to others"),
    ("too_far", "Further than the student travels"),
    ("dates_other", "Another period"),
    ("path_other", "Other learning path"),
    ("tried", "All tried, or too young"),
    ("poor_fit", "Suits too little"),
]


class MatchGap(models.Model):
    """A student for whom a run of the radar found no place, and what is missing near."""

    _name = "vti.match.gap"
    _description = "Student without a place"
    _inherit = ["vti.match.reasoned"]
    _order = "level, code, id"
    _rec_name = "student_id"

    run_id = fields.Many2one("vti.match.run", "Radar", required=True, index=True, ondelete="cascade", readonly=True)
    season_id = fields.Many2one(related="run_id.season_id", store=True, index=True)
    student_id = fields.Many2one("vti.student", required=True, index=True, ondelete="cascade", readonly=True)
    enrolment_id = fields.Many2one("vti.enrolment", index="btree_not_null", ondelete="cascade", readonly=True)
    qualification_id = fields.Many2one(related="enrolment_id.qualification_id", store=True, index="btree_not_null")
    school_id = fields.Many2one(related="enrolment_id.school_id", store=True, index="btree_not_null")
    level = fields.Selection(related="enrolment_id.level", store=True)
    town = fields.Char(related="student_id.city")
    code = fields.Selection(CODES, "What is missing", readonly=True)
    is_newest = fields.Boolean("Of the newest run", compute="_compute_is_newest", search="_search_is_newest")

    def _compute_is_newest(self):
        newest = self._get_newest_runs()
        for gap in self:
            gap.is_newest = gap.run_id in newest

    def _search_is_newest(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("run_id", "in", self._get_newest_runs().ids)]

    @api.model
    def _get_newest_runs(self):
        """The last finished run of each season."""
        groups = self.env["vti.match.run"]._read_group([("state", "=", "done")], ["season_id"], ["id:max"])
        return self.env["vti.match.run"].browse(number for _season, number in groups)

    def action_open_student(self):
        self.ensure_one()
        self.check_access("read")
        student = self.student_id
        return {
            "type": "ir.actions.act_window", "res_model": student._name, "res_id": student.id, "view_mode": "form",
        }  # fmt: skip

    @api.model
    def _prepare_reason_values(self, reasons):
        known = dict(CODES)
        return {
            "reasons": [reason.as_dict() for reason in reasons],
            "code": next((reason.code for reason in reasons if reason.code in known), False),
        }
