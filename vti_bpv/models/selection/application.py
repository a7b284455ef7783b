from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

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
TAKEN_STATES = ("accepted", "placed")
ENDED_STATES = ("refused", "withdrawn", "lapsed")
GUARDIAN_STATES = [
    ("unknown", "Date of birth unknown"),
    ("needed", "Guardian to be named"),
    ("asked", "Asked"),
    ("confirmed", "Confirmed"),
    ("refused", "Refused"),
    ("not_needed", "Not needed"),
]
SHOWN_GUARDIAN_STATES = ("not_needed", "confirmed")
MEETING_KINDS = [("visit", "Visit"), ("phone", "Phone"), ("video", "Video call"), ("trial", "Trial day")]
END_KINDS = [
    ("refused", "The company said no"),
    ("filled", "The place was filled"),
    ("closed", "The place was closed"),
    ("withdrawn", "The student withdrew"),
    ("declined", "The student declined the offer"),
    ("elsewhere", "The student has another place"),
    ("guardian", "The guardian said no"),
    ("lapsed", "Nobody answered"),
    ("offer_over", "The offer ended without an answer"),
    ("expired", "The start date passed"),
    ("taken_back", "The training company took it back"),
]


class Application(models.Model):
    """A student who applies for a place.

    Life: submitted -> invited -> offered -> accepted (student) -> placed; refused (company, reason),
    withdrawn (student), lapsed (nobody answered). It stores no name, mail or phone: companies read it.
    """

    _name = "vti.application"
    _description = "Application"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard", "vti.signed.link"]
    _order = "submitted_on desc, id desc"
    _rec_names_search = ["vacancy_id"]

    student_id = fields.Many2one("vti.student", required=True, index=True, ondelete="cascade", readonly=True)
    enrolment_id = fields.Many2one(
        "vti.enrolment", index="btree_not_null", ondelete="restrict", domain="[('student_id', '=', student_id)]"
    )
    vacancy_id = fields.Many2one("vti.vacancy", "Place", required=True, index=True, ondelete="restrict", readonly=True)
    employer_id = fields.Many2one(related="vacancy_id.employer_id", string="Company", store=True, index=True)
    branch_id = fields.Many2one(related="vacancy_id.branch_id", store=True, index="btree_not_null")
    school_id = fields.Many2one(related="enrolment_id.school_id", store=True, index="btree_not_null")
    level = fields.Selection(related="enrolment_id.level", store=True)
    state = fields.Selection(
        STATES, required=True, default="submitted", readonly=True, index=True, tracking=True, group_expand=True
    )
    motivation = fields.Text("Why this place")
    # what the student said about the school, where it isn't one that VTI knows
    stated_school = fields.Char("School, as typed")
    stated_programme = fields.Char("Programme, as typed")
    study = fields.Char(compute="_compute_study")
    # life
    submitted_on = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    shown_on = fields.Datetime("Company could see it from", readonly=True, copy=False)
    # the clock, in application_clock
    answer_by = fields.Date("Answer before", compute="_compute_answer_by", store=True, index="btree_not_null")
    remind_on = fields.Date("Reminder from", compute="_compute_answer_by", store=True)
    clock_step = fields.Integer("Reminders so far", compute="_compute_clock_step", store=True, readonly=False)
    lapse_on = fields.Date("Lapses on", compute="_compute_clock_step", store=True, readonly=False)
    student_reminded_on = fields.Datetime("Student reminded on", readonly=True, copy=False)
    # under 16: hidden from the company until the guardian's link is confirmed
    guardian_state = fields.Selection(GUARDIAN_STATES, required=True, readonly=True, index=True, tracking=True)
    guardian_id = fields.Many2one("vti.guardian", readonly=True, index="btree_not_null", ondelete="set null")
    guardian_asked_on = fields.Datetime(readonly=True)
    # invitation
    invited_on = fields.Datetime(readonly=True)
    meeting_at = fields.Datetime("Meets on", readonly=True, index="btree_not_null")
    meeting_kind = fields.Selection(MEETING_KINDS, readonly=True)
    meeting_note = fields.Text(readonly=True)
    # offer
    offered_on = fields.Datetime(readonly=True)
    offer_date_from = fields.Date("Offered start", readonly=True)
    offer_date_to = fields.Date("Offered end", readonly=True)
    offer_note = fields.Text(readonly=True)
    accepted_on = fields.Datetime(readonly=True)
    # end
    closed_on = fields.Datetime(readonly=True, index="btree_not_null")
    end_kind = fields.Selection(END_KINDS, "How it ended", readonly=True)
    refusal_reason_id = fields.Many2one("vti.refusal.reason", readonly=True, index="btree_not_null")
    refusal_note = fields.Text(readonly=True)
    forgotten_on = fields.Datetime("Texts removed on", readonly=True, copy=False)

    _once = models.UniqueIndex(
        "(student_id, vacancy_id) WHERE state IN ('submitted', 'invited', 'offered', 'accepted', 'placed')",
        "You have applied for this place already.",
    )
    _company_list = models.Index("(employer_id, state, answer_by)")
    _clock = models.Index("(state, clock_step, answer_by)")
    _student_list = models.Index("(student_id, submitted_on DESC, id DESC)")

    @api.depends("enrolment_id", "stated_school", "stated_programme")
    def _compute_study(self):
        for application in self:
            enrolment_sudo = application.sudo().enrolment_id
            said = enrolment_sudo.qualification_id.display_name or enrolment_sudo.programme
            parts = (said or application.stated_programme, enrolment_sudo.school_id.name or application.stated_school)
            application.study = ", ".join(filter(None, parts))

    @api.depends("student_id", "vacancy_id")
    def _compute_display_name(self):
        for application in self:
            names = (application.student_id.display_name, application.sudo().vacancy_id.name)
            application.display_name = " - ".join(filter(None, names))

    @api.constrains("student_id", "enrolment_id")
    def _check_enrolment(self):
        for application in self:
            if application.enrolment_id and application.enrolment_id.student_id != application.student_id:
                raise ValidationError(self.env._("The enrolment is of another student."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            student_sudo = self.env["vti.student"].sudo().browse(vals.get("student_id"))
            vals.setdefault("enrolment_id", student_sudo.enrolment_id.id)
            vals.setdefault("guardian_state", student_sudo._get_guardian_state() if student_sudo else "unknown")
        applications = super().create(vals_list)
        for application_sudo in applications.sudo():
            if application_sudo._is_shown() and not application_sudo.shown_on:
                application_sudo.shown_on = application_sudo.submitted_on
        return applications

    def _portal_readable_fields(self):
        readable = self._get_party_readable_fields()
        user = self.env.user
        if user.has_group("vti_bpv.group_student") or user.has_group("vti_bpv.group_company"):
            return readable
        # a school follows how far it is; what the two write to each other stays between them
        return readable - {"motivation", "meeting_note", "offer_note", "refusal_note"}

    def _get_party_readable_fields(self):
        return {
            "student_id", "enrolment_id", "vacancy_id", "employer_id", "branch_id", "school_id", "level", "state",
            "motivation", "stated_school", "stated_programme", "study", "submitted_on", "shown_on", "answer_by",
            "guardian_state", "invited_on", "meeting_at", "meeting_kind", "meeting_note", "offered_on",
            "offer_date_from", "offer_date_to", "offer_note", "accepted_on", "closed_on", "end_kind",
            "refusal_reason_id", "refusal_note",
            "contact_name", "contact_email", "contact_phone", "contact_has_cv", "contact_is_adult",
        }  # fmt: skip

    # ------------------------------------------------------------------ who may do what

    def _is_shown(self):
        """Whether companies may know of it: the student is activated, and of age or allowed by a guardian."""
        self.ensure_one()
        this_sudo = self.sudo()
        return this_sudo.guardian_state in SHOWN_GUARDIAN_STATES and bool(this_sudo.student_id.activated_on)

    def _is_entitled_company(self, partner):
        """Whether a person may, as things are today, act for the company of this application."""
        self.ensure_one()
        application_sudo, partner_sudo = self.sudo(), partner.sudo()
        accounts = partner_sudo.with_context(active_test=False).user_ids
        return (
            application_sudo._is_shown()
            and partner_sudo.active
            and partner_sudo.commercial_partner_id == application_sudo.employer_id
            and (not accounts or any(accounts.mapped("active")))
            and (not partner_sudo.branch_scope_ids or application_sudo.branch_id in partner_sudo.branch_scope_ids)
        )

    def _check_actor(self, role):
        """Raise unless the current user is VTI's staff or acts as `role` for each of these applications.

        :param str role: "student" or "company"
        :raise AccessError: also where the application can't be read at all
        """
        if self.env.su:
            return
        self.check_access("read")
        user = self.env.user
        if user.has_group("vti_bpv.group_user"):
            return
        for application in self:
            if role == "student":
                allowed = application.sudo().student_id.partner_id == user.partner_id
            else:
                allowed = user.has_group("vti_bpv.group_company") and application._is_entitled_company(user.partner_id)
            if not allowed:
                raise AccessError(self.env._("Somebody else decides about this application."))

    def _on_accepted(self):
        """Hook for the rooms after this one: the student accepted these applications."""

    def _on_ended(self):
        """Hook for the rooms after this one: these applications were refused, withdrawn or lapsed."""
