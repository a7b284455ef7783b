from odoo import fields, models

STATES = [
    ("planned", "Planned"),
    ("running", "Running"),
    ("closing", "Closing"),
    ("closed", "Closed"),
    ("broken_off", "Broken off"),
    ("never_started", "Never started"),
]


class Placement(models.Model):
    """An internship that was agreed: who, where, from when to when, with whom.

    Life: planned -> running -> closing -> closed; broken off (reason), never started.
    """

    _name = "vti.placement"
    _description = "Placement"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard", "vti.signed.link"]
    _order = "date_from desc, id desc"

    student_id = fields.Many2one("vti.student", required=True, index=True, ondelete="restrict")
    enrolment_id = fields.Many2one("vti.enrolment", index="btree_not_null", ondelete="restrict")
    application_id = fields.Many2one("vti.application", index="btree_not_null", ondelete="restrict", readonly=True)
    vacancy_id = fields.Many2one("vti.vacancy", index="btree_not_null", ondelete="restrict")
    season_id = fields.Many2one("vti.season", index=True, ondelete="restrict")
    employer_id = fields.Many2one("res.partner", "Company", required=True, index=True, ondelete="restrict")
    branch_id = fields.Many2one("res.partner", "Branch", index="btree_not_null", ondelete="restrict")
    school_id = fields.Many2one("res.partner", "School", index="btree_not_null", ondelete="restrict")
    qualification_id = fields.Many2one("vti.qualification", index="btree_not_null", ondelete="restrict")
    # when
    date_from = fields.Date("From", required=True, tracking=True)
    date_to = fields.Date("To", required=True, tracking=True)
    days_per_week = fields.Integer("Days a week")
    hours_per_week = fields.Float("Hours a week")
    # people
    practical_trainer_id = fields.Many2one("res.partner", "Practical trainer", index="btree_not_null")
    workplace_mentor_id = fields.Many2one("res.partner", "Workplace mentor", index="btree_not_null")
    practical_assessor_id = fields.Many2one("res.partner", "Practical assessor", index="btree_not_null")
    buddy_id = fields.Many2one("res.partner", "Buddy", index="btree_not_null")
    teacher_id = fields.Many2one("res.partner", "Stage teacher", index="btree_not_null")
    # life
    state = fields.Selection(STATES, required=True, default="planned", readonly=True, index=True, tracking=True,
                             group_expand=True)
    closed_on = fields.Date(readonly=True)
    end_reason = fields.Text("Why it ended early", readonly=True)

    _application_once = models.Constraint("UNIQUE(application_id)", "This application has a placement already.")
    _dates_ordered = models.Constraint("CHECK(date_to >= date_from)", "It ends before it begins.")

    def _portal_readable_fields(self):
        return {"student_id", "enrolment_id", "vacancy_id", "season_id", "employer_id", "branch_id", "school_id",
                "qualification_id", "date_from", "date_to", "days_per_week", "hours_per_week", "practical_trainer_id",
                "workplace_mentor_id", "practical_assessor_id", "buddy_id", "teacher_id", "state", "closed_on"}

    def _on_closed(self):
        """Hook for the rooms and modules after this one: these placements were closed."""
