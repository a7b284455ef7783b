from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.moment import get_today
from ...tools.working_days import add_working_days
from .exchange_listing import SHOWN_STATES

STATES = [
    ("asked", "Asked"),
    ("granted", "Contact given"),
    ("hired", "Place offered"),
    ("let_go", "Let go"),
    ("declined", "Student said no"),
]
RUNNING = ("asked", "granted", "hired")
END_KINDS = [
    ("company", "The company let go"),
    ("student", "The student said no"),
    ("elsewhere", "The student has another place"),
    ("withdrawn", "The card was withdrawn"),
    ("expired", "The card expired"),
    ("lapsed", "Nobody answered"),
    ("member", "The company is no longer a member"),
]
ANSWER_DAYS = 5  # working days that a student has
REMIND_DAYS = 2  # working days before the last
LINE_LENGTH = 300


class ExchangeInterest(models.Model):
    """A member company that wants to get to know the student of a card.

    Life: asked -> granted (student) -> hired | let go; declined. Name and contact aren't fields of it: they are
    given one by one, to the company that the student said yes to, and every time that is noted.
    """

    _name = "vti.exchange.interest"
    _description = "Interest in a card"
    _inherit = ["vti.portal.guard"]
    _order = "asked_on desc, id desc"
    _rec_name = "listing_id"

    listing_id = fields.Many2one(
        "vti.exchange.listing", "Card", required=True, index=True, ondelete="cascade", readonly=True
    )
    student_id = fields.Many2one(related="listing_id.student_id", store=True, index=True)
    employer_id = fields.Many2one(
        "res.partner", "Company", required=True, index=True, ondelete="cascade", readonly=True
    )
    asked_by_id = fields.Many2one("res.partner", "Asked by", readonly=True, index="btree_not_null", ondelete="set null")
    vacancy_id = fields.Many2one(
        "vti.vacancy", "Place in mind", readonly=True, index="btree_not_null", ondelete="set null"
    )
    state = fields.Selection(STATES, required=True, default="asked", readonly=True, index=True, group_expand=True)
    line = fields.Text("Line to the student", readonly=True)
    asked_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    answer_by = fields.Date("Answer before", readonly=True, index="btree_not_null")
    reminded_on = fields.Date(readonly=True)
    granted_on = fields.Datetime(readonly=True)
    beforehand = fields.Boolean("Said beforehand", readonly=True, help="The student let this company call at once.")
    hired_on = fields.Datetime("Place offered on", readonly=True)
    closed_on = fields.Datetime(readonly=True)
    end_kind = fields.Selection(END_KINDS, "How it ended", readonly=True)
    application_id = fields.Many2one("vti.application", readonly=True, index="btree_not_null", ondelete="set null")
    view_ids = fields.One2many("vti.exchange.view", "interest_id", "Views of the contact data")

    _once = models.UniqueIndex(
        "(listing_id, employer_id) WHERE state IN ('asked', 'granted', 'hired')",
        "Your company asked this student already.",
    )
    _one_hires = models.UniqueIndex("(listing_id) WHERE state = 'hired'", "Another company was just before you.")
    _company_list = models.Index("(employer_id, state, asked_on DESC)")

    def _portal_readable_fields(self):
        common = {
            "listing_id", "employer_id", "vacancy_id", "state", "line", "asked_on", "answer_by", "granted_on",
            "beforehand", "hired_on", "closed_on", "end_kind",
        }  # fmt: skip
        user = self.env.user
        if user.has_group("vti_bpv.group_student"):
            return common | {"student_id", "view_ids"}
        return common if user.has_group("vti_bpv.group_company") else set()

    # who may do what

    def _check_party(self, role):
        """Refuse who isn't a party of these, nor VTI; a checked link comes as sudo.

        :param str role: student or company
        :raise AccessError: also where it can't be read at all
        """
        if self.env.su:
            return
        self.check_access("read")
        user = self.env.user
        if user.has_group("vti_bpv.group_user"):
            return
        house = user.partner_id.commercial_partner_id
        for interest_sudo in self.sudo():
            if role == "student":
                allowed = interest_sudo.student_id.partner_id == user.partner_id
            else:
                allowed = user.has_group("vti_bpv.group_company") and interest_sudo.employer_id == house
            if not allowed:
                raise AccessError(self.env._("Somebody else decides about this."))

    def _is_contact_open(self):
        """Whether the company may have name and contact now: granted, and under a consent in force."""
        self.ensure_one()
        this_sudo = self.sudo()
        card = this_sudo.listing_id
        return (
            this_sudo.state in ("granted", "hired")
            and card.state in ("conversation", "offered", "placed")
            and (card.consent_id.is_in_force or this_sudo.state == "hired")
            and not card.consent_id.withdrawn_on
            and this_sudo.employer_id._is_member()
        )

    @api.model
    def _count_running(self):
        """How many of its questions this company can go on with."""
        house = self.env.user.partner_id.commercial_partner_id
        return self.search_count([("employer_id", "=", house.id), ("state", "in", RUNNING)])

    # asking

    @api.model
    def _get_ask_errors(self, listing, values, employer):
        """Why this company can't ask, or what is wrong with what it typed, per field."""
        errors = {}
        if not listing._is_shown_to(employer):
            errors["form"] = self.env._("This card isn't shown any more.")
        elif self.sudo().search_count(
            [("listing_id", "=", listing.id), ("employer_id", "=", employer.id), ("state", "in", RUNNING)], limit=1
        ):
            errors["form"] = self.env._("Your company asked this student already.")
        elif self.sudo().search_count(
            [("listing_id", "=", listing.id), ("employer_id", "=", employer.id), ("state", "=", "declined")], limit=1
        ):
            errors["form"] = self.env._("This student said no to your company. There are others.")
        text = (values.get("line") or "").strip()
        if not text:
            errors["line"] = self.env._("Tell the student in a line or two who you are and what you offer.")
        elif len(text) > LINE_LENGTH:
            errors["line"] = self.env._("Use at most %(count)s characters.", count=LINE_LENGTH)
        return errors

    def _grant(self, beforehand=False):
        self.write({"state": "granted", "granted_on": fields.Datetime.now(), "beforehand": beforehand})
        if self.listing_id.state == "visible":
            self.listing_id.state = "conversation"
        if not beforehand:  # else who asks sees it at once
            self._tell_company("granted", urgent=True)
        self._tell_guardian()

    def action_grant(self):
        """The student says yes: this company gets name, phone number and e-mail address."""
        self.ensure_one()
        self._check_party("student")
        this_sudo = self.sudo()
        this_sudo.listing_id._lock()
        if this_sudo.state != "asked" or this_sudo.listing_id.state not in SHOWN_STATES:
            raise UserError(self.env._("This can't be answered any more."))
        this_sudo._grant()

    def action_decline(self):
        """The student says no, also after an earlier yes: the company no longer sees any contact."""
        self.ensure_one()
        self._check_party("student")
        this_sudo = self.sudo()
        this_sudo.listing_id._lock()
        if this_sudo.state not in ("asked", "granted"):
            raise UserError(self.env._("This can't be answered any more."))
        this_sudo._close("declined", "student")

    def action_let_go(self):
        """The company no longer wants to get to know this student."""
        self.ensure_one()
        self._check_party("company")
        this_sudo = self.sudo()
        this_sudo.listing_id._lock()
        if this_sudo.state not in ("asked", "granted"):
            raise UserError(self.env._("This is over already."))
        told = this_sudo.state == "granted"
        this_sudo._close("let_go", "company")
        if told:
            this_sudo._tell_student("let_go")

    def _close(self, state, end_kind):
        """End it; who had the contact data, or still waits for an answer, hears why."""
        self.ensure_one()
        before = self.state
        self.write({"state": state, "end_kind": end_kind, "closed_on": fields.Datetime.now()})
        card = self.listing_id
        talks = card.interest_line_ids.filtered(lambda line: line.state == "granted")
        if card.state == "conversation" and not talks:
            card.state = "visible"
        if end_kind != "company":
            # who has a name and number has to know at once that they may no longer be used
            self._tell_company("over", urgent=before != "asked" and end_kind != "elsewhere")

    # time

    @api.model
    def _get_answer_day(self):
        days = self.env["vti.application"]._get_days_setting("exchange_answer_days", ANSWER_DAYS)
        off = self.env["vti.holiday"].sudo()._get_days_off(get_today())[False]
        return add_working_days(get_today(), days, off)

    @api.model
    def _cron_interests(self, today):
        """Remind students of who waits for an answer, and let lapse what they didn't answer."""
        interests_sudo = self.sudo()
        off = self.env["vti.holiday"].sudo()._get_days_off(today)[False]
        late = interests_sudo.search([("state", "=", "asked"), ("answer_by", "<", today)])
        for interest_sudo in late.try_lock_for_update():
            interest_sudo._close("let_go", "lapsed")
        soon = interests_sudo.search([
            ("state", "=", "asked"), ("answer_by", "<=", add_working_days(today, REMIND_DAYS, off)),
            ("reminded_on", "=", False),
        ])  # fmt: skip
        for interest_sudo in soon.try_lock_for_update():
            interest_sudo.reminded_on = today
            interest_sudo._tell_student("remind")
