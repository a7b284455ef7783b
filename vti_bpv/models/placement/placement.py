from odoo import api, fields, models
from odoo.tools import SQL

from ..network.qualification import PATHS
from ..vacancy.vacancy import KINDS

STATES = [
    ("planned", "Planned"),
    ("running", "Running"),
    ("closing", "Closing"),
    ("closed", "Closed"),
    ("broken_off", "Broken off"),
    ("never_started", "Never started"),
]
OPEN_STATES = ("planned", "running", "closing")


class Placement(models.Model):
    """An internship that was agreed: who, where, from when to when, with whom.

    Life: planned -> running -> closing -> closed; broken off (reason), never started.
    """

    _name = "vti.placement"
    _description = "Placement"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard", "vti.signed.link"]
    _order = "date_from desc, id desc"

    student_id = fields.Many2one("vti.student", required=True, index=True, ondelete="restrict", tracking=True)
    enrolment_id = fields.Many2one(
        "vti.enrolment", index="btree_not_null", ondelete="restrict", domain="[('student_id', '=', student_id)]"
    )
    application_id = fields.Many2one("vti.application", index="btree_not_null", ondelete="restrict", readonly=True)
    vacancy_id = fields.Many2one(
        "vti.vacancy",
        "Place",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('employer_id', '=', employer_id)]",
    )
    season_id = fields.Many2one("vti.season", index=True, ondelete="restrict")
    employer_id = fields.Many2one(
        "res.partner",
        "Company",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_employer', '=', True)]",
        tracking=True,
    )
    branch_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('type', '=', 'branch'), ('parent_id', '=', employer_id)]",
    )
    # as it was on the day of the agreement: a later change of school or course changes nothing here
    school_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", domain="[('is_school', '=', True)]"
    )
    qualification_id = fields.Many2one("vti.qualification", index="btree_not_null", ondelete="restrict")
    learning_path = fields.Selection(PATHS)
    kind = fields.Selection(KINDS, required=True, default="mbo")
    # when
    date_from = fields.Date("From", required=True, tracking=True)
    date_to = fields.Date("To", required=True, tracking=True)
    days_per_week = fields.Integer("Days a week", tracking=True)
    hours_per_week = fields.Float("Hours a week", tracking=True)
    # people
    practical_trainer_id = fields.Many2one(
        "res.partner",
        "Practical trainer",
        index="btree_not_null",
        tracking=True,
        domain="[('id', 'in', company_people_ids)]",
    )
    workplace_mentor_id = fields.Many2one(
        "res.partner",
        "Workplace mentor",
        index="btree_not_null",
        tracking=True,
        domain="[('id', 'in', company_people_ids)]",
    )
    practical_assessor_id = fields.Many2one(
        "res.partner",
        "Practical assessor",
        index="btree_not_null",
        tracking=True,
        domain="[('id', 'in', company_people_ids)]",
    )
    buddy_id = fields.Many2one(
        "res.partner", index="btree_not_null", tracking=True, domain="[('id', 'in', company_people_ids)]"
    )
    teacher_id = fields.Many2one(
        "res.partner",
        "Stage teacher",
        index="btree_not_null",
        tracking=True,
        domain="[('id', 'in', school_people_ids)]",
    )
    company_people_ids = fields.Many2many("res.partner", compute="_compute_house_people")
    school_people_ids = fields.Many2many("res.partner", compute="_compute_house_people")
    # the student as the others in this internship may see him or her
    student_name = fields.Char("Student's name", compute="_compute_student_contact", compute_sudo=True)
    student_email = fields.Char("Student's e-mail", compute="_compute_student_contact", compute_sudo=True)
    student_phone = fields.Char("Student's phone", compute="_compute_student_contact", compute_sudo=True)
    # life
    state = fields.Selection(
        STATES,
        required=True,
        default="planned",
        readonly=True,
        index=True,
        tracking=True,
        copy=False,
        group_expand=True,
    )
    started_on = fields.Date("Started", readonly=True, copy=False)
    closed_on = fields.Date("Ended", readonly=True, copy=False)
    student_confirmed_on = fields.Date("Student confirmed the end", readonly=True, copy=False)
    end_reason = fields.Text("Why it ended early", readonly=True, copy=False)

    _application_once = models.Constraint("UNIQUE(application_id)", "This application has a placement already.")
    _dates_ordered = models.Constraint("CHECK(date_to >= date_from)", "It ends before it begins.")
    _employer_list = models.Index("(employer_id, date_from DESC, id DESC)")
    _student_list = models.Index("(student_id, date_from DESC, id DESC)")
    _enrolment_list = models.Index("(enrolment_id, date_from DESC, id DESC)")
    _start_due = models.Index("(date_from) WHERE state = 'planned'")
    _end_due = models.Index("(date_to) WHERE state = 'running'")

    @api.depends("employer_id", "student_id", "date_from")
    @api.depends_context("uid")
    def _compute_display_name(self):
        named = not self.env.su and self.env.user._is_internal()
        for placement in self:
            this_sudo = placement.sudo()
            where = this_sudo.employer_id.name or ""
            day = fields.Date.to_string(this_sudo.date_from) or ""
            if named:
                placement.display_name = ", ".join(filter(None, (this_sudo.student_id.partner_id.name, where)))
            else:
                placement.display_name = f"{where} {day}"

    @api.depends("employer_id", "school_id")
    def _compute_house_people(self):
        for placement in self:
            placement.company_people_ids = placement._get_house_people(placement.employer_id)
            placement.school_people_ids = placement._get_house_people(placement.school_id)

    @api.depends("student_id", "state")
    @api.depends_context("uid")
    def _compute_student_contact(self):
        """Name, mail and phone for who may read the placement; a company loses the last two when it is over."""
        company = self.env.user.share and self.env.user.has_group("vti_bpv.group_company")
        for placement in self:
            partner = placement.student_id.partner_id
            reachable = placement.state in OPEN_STATES or not company
            placement.student_name = partner.name
            placement.student_email = reachable and partner.email
            placement.student_phone = reachable and partner.phone

    @api.onchange("student_id")
    def _onchange_student_id(self):
        self.enrolment_id = self.student_id.enrolment_id

    @api.onchange("enrolment_id")
    def _onchange_enrolment_id(self):
        self.update(self._prepare_enrolment_values(self.enrolment_id))

    @api.onchange("vacancy_id")
    def _onchange_vacancy_id(self):
        vacancy = self.vacancy_id
        if vacancy:
            self.update(
                {
                    name: vacancy[name]
                    for name in ("employer_id", "branch_id", "season_id", "kind", "days_per_week", "hours_per_week")
                }
            )
            self.update(
                {
                    "date_from": vacancy.date_from or self.date_from,
                    "date_to": vacancy.date_to or self.date_to,
                    "workplace_mentor_id": vacancy.mentor_id,
                }
            )

    @api.model
    def _prepare_enrolment_values(self, enrolment):
        """What a placement freezes of the student's enrolment.

        :return: values by field name

        :rtype: dict
        """
        return {
            "school_id": enrolment.school_id.id,
            "qualification_id": enrolment.qualification_id.id,
            "learning_path": enrolment.learning_path,
            "teacher_id": enrolment.teacher_id.id,
        }

    @api.model
    def _get_today(self):
        """Today in the Netherlands: an internship starts and ends by the clock of those who do it."""
        return fields.Date.context_today(self.with_context(tz="Europe/Amsterdam"))

    @api.model
    def _get_house_people(self, house):
        """The people who work at a company or school, its branches and campuses included; sudo."""
        if not house:
            return self.env["res.partner"]
        domain = [
            ("commercial_partner_id", "=", house.id),
            ("id", "!=", house.id),
            ("is_company", "=", False),
            ("type", "=", "contact"),
        ]
        return self.env["res.partner"].sudo().search(domain, order="name, id")

    def _portal_readable_fields(self):
        return {
            "student_id",
            "enrolment_id",
            "vacancy_id",
            "season_id",
            "employer_id",
            "branch_id",
            "school_id",
            "qualification_id",
            "learning_path",
            "kind",
            "date_from",
            "date_to",
            "days_per_week",
            "hours_per_week",
            "practical_trainer_id",
            "workplace_mentor_id",
            "practical_assessor_id",
            "buddy_id",
            "teacher_id",
            "student_name",
            "student_email",
            "student_phone",
            "state",
            "started_on",
            "closed_on",
            "student_confirmed_on",
        }

    def _lock(self):
        """Wait for who is changing these placements now, then look at them afresh."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL("SELECT id FROM vti_placement WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", list(self.ids))
        )
        self.invalidate_recordset()

    def _on_closed(self):
        """Hook for the rooms and modules after this one: these placements were closed."""
