from odoo import fields, models

STATES = [
    ("submitted", "Submitted"),
    ("invited", "Invited"),
    ("offered", "Offered"),
    ("accepted", "Accepted"),
    ("placed", "Placed"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
    ("lapsed", "Lapsed"),
]
OPEN_STATES = ("submitted", "invited", "offered")


class Application(models.Model):
    """A student who applies for a place.

    Life: submitted -> invited -> offered -> accepted (student) -> placed; refused (company, reason),
    withdrawn (student), lapsed (nobody answered). It stores no name, mail or phone: companies read it.
    """

    _name = "vti.application"
    _description = "Application"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard", "vti.signed.link"]
    _order = "submitted_on desc, id desc"

    student_id = fields.Many2one("vti.student", required=True, index=True, ondelete="cascade", readonly=True)
    enrolment_id = fields.Many2one("vti.enrolment", index="btree_not_null", ondelete="restrict")
    vacancy_id = fields.Many2one("vti.vacancy", required=True, index=True, ondelete="restrict", readonly=True)
    employer_id = fields.Many2one(related="vacancy_id.employer_id", store=True, index=True)
    branch_id = fields.Many2one(related="vacancy_id.branch_id", store=True, index="btree_not_null")
    school_id = fields.Many2one(related="enrolment_id.school_id", store=True, index="btree_not_null")
    state = fields.Selection(STATES, required=True, default="submitted", readonly=True, index=True, tracking=True,
                             group_expand=True)
    motivation = fields.Text("Why this place")
    submitted_on = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    # under 16: hidden from the company until the guardian's link is confirmed
    guardian_state = fields.Selection(
        [("not_needed", "Not needed"), ("asked", "Asked"), ("confirmed", "Confirmed"), ("refused", "Refused")],
        required=True, default="not_needed", readonly=True, index=True,
    )
    # invitation
    invited_on = fields.Datetime(readonly=True)
    meeting_at = fields.Datetime("Meets on", readonly=True)
    meeting_kind = fields.Selection([("visit", "Visit"), ("phone", "Phone"), ("video", "Video call")], readonly=True)
    meeting_note = fields.Text(readonly=True)
    # offer
    offered_on = fields.Datetime(readonly=True)
    offer_date_from = fields.Date("Offered start", readonly=True)
    offer_date_to = fields.Date("Offered end", readonly=True)
    offer_note = fields.Text(readonly=True)
    # end
    closed_on = fields.Datetime(readonly=True)
    refusal_reason_id = fields.Many2one("vti.refusal.reason", readonly=True, index="btree_not_null")
    refusal_note = fields.Text(readonly=True)

    _once = models.UniqueIndex(
        "(student_id, vacancy_id) WHERE state IN ('submitted', 'invited', 'offered', 'accepted', 'placed')",
        "You have applied for this place already.",
    )

    def _portal_readable_fields(self):
        return {"student_id", "enrolment_id", "vacancy_id", "employer_id", "branch_id", "school_id", "state",
                "motivation", "submitted_on", "guardian_state", "invited_on", "meeting_at", "meeting_kind",
                "meeting_note", "offered_on", "offer_date_from", "offer_date_to", "offer_note", "closed_on",
                "refusal_reason_id", "refusal_note"}

    def _on_accepted(self):
        """Hook for the rooms after this one: the student accepted these applications."""
