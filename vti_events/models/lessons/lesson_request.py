from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from odoo.addons.vti_bpv.tools.moment import ZONE

KINDS = [
    ("guest_lesson", "Guest lesson"),
    ("company_visit", "Company visit"),
    ("class_information", "Information in class"),
]
STATES = [
    ("asked", "Asked"),
    ("offered", "Companies asked"),
    ("coupled", "Coupled"),
    ("planned", "Planned"),
    ("held", "Held"),
    ("ended", "Ended"),
]
RUNNING = ("asked", "offered", "coupled")
END_KINDS = [
    ("withdrawn", "The school took it back"),
    ("expired", "The days passed"),
    ("silent", "The school didn't answer"),
    ("called_off", "Called off"),
    ("none", "No company could"),
]
LEVELS = [
    ("1", "mbo level 1"),
    ("2", "mbo level 2"),
    ("3", "mbo level 3"),
    ("4", "mbo level 4"),
    ("vmbo", "vmbo"),
    ("pro", "praktijkonderwijs"),
    ("vso", "vso"),
    ("hbo", "hbo"),
]
TURNS = [("company", "The company"), ("school", "The school"), ("both", "Both")]
YEARS = [("1", "Year 1"), ("2", "Year 2"), ("3", "Year 3"), ("4", "Year 4")]


class LessonRequest(models.Model):
    """What a school asks of companies for a class: a guest lesson, a visit, information.

    Life: asked -> offered (companies asked) -> coupled (one of them) -> planned (both said yes, an event) -> held;
    ended. Back to asked where the company can't after all.
    """

    _name = "vti.lesson.request"
    _description = "Request for a guest lesson or visit"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard", "vti.signed.link"]
    _order = "last_day, id"

    # who
    school_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade", domain="[('is_school', '=', True)]", tracking=True
    )
    campus_id = fields.Many2one(
        "res.partner", "Where", index="btree_not_null", ondelete="set null",
        domain="[('type', '=', 'campus'), ('parent_id', '=', school_id)]",
    )  # fmt: skip
    partner_id = fields.Many2one(
        "res.partner", "Asked by", required=True, index=True, ondelete="restrict",
        domain="[('commercial_partner_id', '=', school_id), ('is_company', '=', False)]",
    )  # fmt: skip
    user_id = fields.Many2one(
        "res.users", "Who of VTI", index="btree_not_null", domain="[('share', '=', False)]", tracking=True
    )
    # what
    kind = fields.Selection(KINDS, required=True, default="guest_lesson")
    trade_id = fields.Many2one("vti.trade", index="btree_not_null", help="Empty: any trade will do.")
    level = fields.Selection(LEVELS)
    study_year = fields.Selection(YEARS, "Year")
    students = fields.Integer("Number of students", required=True)
    remarks = fields.Text()
    # when
    moment_ids = fields.One2many("vti.lesson.moment", "request_id", "Wished days", copy=True)
    date_from = fields.Date("Any day from")
    date_to = fields.Date("Any day until")
    last_day = fields.Date("Last wished day", compute="_compute_last_day", store=True, index="btree_not_null")
    calendar_day = fields.Date("Planned day, or last wished one", compute="_compute_calendar_day", store=True)
    # life
    state = fields.Selection(
        STATES, required=True, default="asked", readonly=True, copy=False, tracking=True, group_expand=True
    )
    is_over = fields.Boolean(compute="_compute_is_over", store=True)
    end_kind = fields.Selection(END_KINDS, "How it ended", readonly=True, copy=False)
    proposal_ids = fields.One2many("vti.lesson.proposal", "request_id", "Companies asked")
    coupled_id = fields.Many2one("vti.lesson.proposal", compute="_compute_coupled_id")
    giver_id = fields.Many2one("res.partner", "Company", compute="_compute_coupled_id")
    begin = fields.Datetime("Planned for", compute="_compute_coupled_id")
    turn = fields.Selection(TURNS, "Waits for", compute="_compute_coupled_id")
    event_id = fields.Many2one("event.event", readonly=True, copy=False, index="btree_not_null", ondelete="set null")
    told_waiting_on = fields.Date(readonly=True, copy=False)
    reminded_on = fields.Date("Reminded of the day", readonly=True, copy=False)

    _some = models.Constraint("CHECK(students BETWEEN 1 AND 500)", "A class has 1 to 500 students.")
    _ordered = models.Constraint("CHECK(date_to >= date_from)", "The period ends before it begins.")
    _running = models.Index("(state, last_day) WHERE state IN ('asked', 'offered', 'coupled')")
    _of_school = models.Index("(school_id, is_over, last_day)")
    _planned = models.Index("(event_id) WHERE state = 'planned'")

    def _portal_readable_fields(self):
        if not self.env.user.has_group("vti_bpv.group_school"):
            return set()
        return {
            "school_id", "campus_id", "partner_id", "kind", "trade_id", "level", "study_year", "students", "remarks",
            "date_from", "date_to", "last_day", "is_over", "state", "end_kind", "event_id",
        }  # fmt: skip

    @api.depends("moment_ids.day", "date_to")
    def _compute_last_day(self):
        for one in self:
            one.last_day = max(filter(None, [one.date_to, *one.moment_ids.mapped("day")]), default=False)

    @api.depends("last_day", "proposal_ids.state", "proposal_ids.begin")
    def _compute_calendar_day(self):
        for one in self:
            begin = one.begin and fields.Datetime.context_timestamp(one.with_context(tz=ZONE), one.begin)
            one.calendar_day = begin.date() if begin else one.last_day

    @api.depends("state")
    def _compute_is_over(self):
        for one in self:
            one.is_over = one.state in ("held", "ended")

    @api.depends("state", "proposal_ids.state", "proposal_ids.turn", "proposal_ids.begin")
    def _compute_coupled_id(self):
        for one in self:
            found = one.proposal_ids.filtered(lambda proposal: proposal.state in ("coupled", "planned"))[:1]
            one.coupled_id, one.giver_id, one.begin, one.turn = found, found.employer_id, found.begin, found.turn
            if one.state == "offered":
                one.turn = "company"

    @api.depends("kind", "trade_id.name", "school_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self.sudo():
            one.display_name = ", ".join(filter(None, (one._get_what(), one.school_id.name)))

    def _get_what(self):
        """What is asked, in some words: Guest lesson Electrical engineering."""
        self.ensure_one()
        label = dict(self._fields["kind"]._description_selection(self.env)).get(self.kind, "")
        return " ".join(filter(None, (label, self.sudo().trade_id.name)))

    def _get_class_text(self):
        """For whom: 24 students, mbo level 2, year 1."""
        self.ensure_one()
        parts = [self.env._("%(number)s students", number=self.students)]
        for name in ("level", "study_year"):
            label = dict(self._fields[name]._description_selection(self.env)).get(self[name])
            parts += [label[:1].lower() + label[1:]] if label else []
        return ", ".join(parts)

    def _get_place(self):
        """Where the class is: the campus, or else the school; sudo."""
        this_sudo = self.sudo()
        return this_sudo.campus_id or this_sudo.school_id

    def _get_when_texts(self):
        """The wished days and the period in words, one line each."""
        self.ensure_one()
        this_sudo = self.sudo()
        texts = [moment._get_text() for moment in this_sudo.moment_ids]
        if this_sudo.date_from:
            first, last = (format_date(self.env, day, date_format="d MMMM") for day in (self.date_from, self.date_to))
            texts.append(self.env._("Any day from %(first)s to %(last)s", first=first, last=last))
        return texts

    @api.constrains("school_id", "partner_id", "campus_id")
    def _check_house(self):
        for one in self.sudo():
            if one.partner_id.commercial_partner_id != one.school_id or one.campus_id.parent_id not in (
                one.school_id, one.campus_id.browse()
            ):  # fmt: skip
                raise UserError(self.env._("Choose somebody and a place of %(school)s.", school=one.school_id.name))

    @api.constrains("moment_ids", "date_from", "date_to")
    def _check_days(self):
        for one in self:
            if not one.last_day or bool(one.date_from) != bool(one.date_to):
                raise UserError(self.env._("Name a day, or a period with a first and a last day."))

    def _check_staff(self):
        """:raise AccessError: the user isn't of VTI"""
        if not self.env.su and not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI can do this."))
        self.check_access("write")

    def _claim(self):
        """Let nobody else decide about these until this transaction ends; who waited sees what the other did."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id FROM vti_lesson_request WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", [tuple(self.ids)]
        )
        self.invalidate_recordset(["state"])
        self.proposal_ids.invalidate_recordset(["state", "employer_agreed_on", "school_agreed_on", "begin", "end"])

    def _is_reader(self, person):
        """Whether somebody still is of this school."""
        self.ensure_one()
        this_sudo = self.sudo()
        return bool(person.active and this_sudo.school_id and person.commercial_partner_id == this_sudo.school_id)

    @api.model
    def _count_waiting(self, school):
        """How many requests of a school wait for its own answer."""
        return self.env["vti.lesson.proposal"].sudo().search_count(
            [("request_id.school_id", "=", school.id), ("state", "=", "coupled"), ("begin", "!=", False),
             ("school_agreed_on", "=", False)]
        )  # fmt: skip
