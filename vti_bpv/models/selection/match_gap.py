from odoo import api, fields, models
from odoo.fields import Domain

from ...matching.travel import distance_km
from ...matching.unplaced import get_near_km

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
    company_ids = fields.Many2many(
        "res.partner", string="Recognition missing at", compute="_compute_company_ids",
        help="Companies near with such a place that may not train for this course yet.",
    )  # fmt: skip
    is_newest = fields.Boolean("Of the newest run", compute="_compute_is_newest", search="_search_is_newest")

    @api.depends("reasons")
    def _compute_company_ids(self):
        Partner = self.env["res.partner"]
        named = {
            gap: [number for reason in gap.reasons or () for number in reason["params"].get("who", ())] for gap in self
        }
        known = set(Partner.browse({number for ids in named.values() for number in ids}).exists().ids)
        for gap, ids in named.items():
            gap.company_ids = Partner.browse(number for number in ids if number in known)

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

    def action_open_unrecognised(self):
        """Show the companies near that offer such a place, but may not train for this course yet."""
        self.ensure_one()
        self.check_access("read")
        return self._show_companies(self.company_ids, self.env._("Recognition missing"))

    def action_open_recognised(self):
        """Show the companies near that may train for this course: whom to ask for a place."""
        self.ensure_one()
        self.check_access("read")
        return self._show_companies(self._find_recognised(), self.env._("Recognised companies near"))

    def _show_companies(self, companies, title):
        action = self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_company_action")
        name = f"{title}: {self.student_id.display_name}"
        return action | {
            "name": name, "display_name": name, "path": False,
            "domain": [("id", "in", companies.ids)], "context": {"create": False},
        }  # fmt: skip

    def _find_recognised(self):
        """Members with a valid recognition for the course at an address near; all, where the home is unknown."""
        student, home = self.student_id, self.student_id.postcode_id
        recognitions = self.env["vti.recognition"].search(
            self.env["vti.recognition"]._get_valid_domain()
            & Domain("qualification_id", "=", self.qualification_id.id)
            & Domain("employer_id.membership_state", "=", "member")
        )
        near_km = get_near_km(student.travel_mode, student.max_distance_km)

        def is_near(recognition):
            point = recognition.branch_id.postcode_id
            if not (home.latitude and point.latitude):
                return not home.latitude
            return distance_km((home.latitude, home.longitude), (point.latitude, point.longitude)) <= near_km

        return recognitions.filtered(is_near).employer_id

    @api.model
    def _prepare_reason_values(self, reasons):
        known = dict(CODES)
        return {
            "reasons": [reason.as_dict() for reason in reasons],
            "code": next((reason.code for reason in reasons if reason.code in known), False),
        }
