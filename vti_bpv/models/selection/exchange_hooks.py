"""What the exchange adds to applications, companies and the season."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .exchange_listing import OPEN_STATES, SHOWN_STATES

INVITE_ENDS = ("refused", "filled", "closed", "lapsed")
INVITE_DAYS = 28  # between two invitations


class Application(models.Model):
    """Applications that end invite to the exchange; a yes closes the card."""

    _inherit = "vti.application"

    def _on_ended(self):
        result = super()._on_ended()
        interests_sudo = (
            self.env["vti.exchange.interest"]
            .sudo()
            .search([("application_id", "in", self.ids), ("state", "=", "hired")])
        )
        for interest_sudo in interests_sudo:
            interest_sudo._come_back()
        for application_sudo in self.sudo().filtered(lambda a: a.end_kind in INVITE_ENDS):
            application_sudo._invite_to_exchange()
        return result

    def _on_accepted(self):
        result = super()._on_accepted()
        for application_sudo in self.sudo():
            cards = (
                self.env["vti.exchange.listing"]
                .sudo()
                .search([("student_id", "=", application_sudo.student_id.id), ("state", "in", OPEN_STATES)])
            )
            for card_sudo in cards:
                card_sudo._place(application_sudo)
        return result

    def _invite_to_exchange(self):
        """Tell a student who was turned down that other members may be glad to meet; kindly, and not too often."""
        self.ensure_one()
        student, today = self.student_id, fields.Date.context_today(self)
        since = student.exchange_invited_on
        if (
            not student.activated_on
            or not student.is_looking
            or (since and since > today - timedelta(days=INVITE_DAYS))
            or student._get_card().state in OPEN_STATES
        ):
            return
        student.exchange_invited_on = today
        here = self.with_context(lang=student.partner_id.lang or self.env.lang)
        self.env["vti.notice"]._post(
            "vti_bpv.mail_template_exchange_invite", self, student.partner_id,
            button_url=student._get_card_url(), button_label=here.env._("Read how it works"),
        )  # fmt: skip

    def _can_be_shown(self):
        """Whether the page of this application invites to the exchange."""
        self.ensure_one()
        this_sudo = self.sudo()
        return (
            this_sudo.state in ("refused", "lapsed")
            and this_sudo.student_id.is_looking
            and this_sudo.student_id._get_card().state not in OPEN_STATES
        )


class ExchangeListing(models.Model):
    _inherit = "vti.exchange.listing"

    @api.model_create_multi
    def create(self, vals_list):
        """Know which no came before, and for which enrolment it is."""
        for vals in vals_list:
            student_sudo = self.env["vti.student"].sudo().browse(vals["student_id"])
            vals.setdefault("enrolment_id", student_sudo.enrolment_id.id)
            if "application_id" not in vals:
                vals["application_id"] = self.env["vti.application"].sudo().search(
                    [("student_id", "=", student_sudo.id), ("state", "in", ("refused", "lapsed"))],
                    order="closed_on desc, id desc", limit=1,
                ).id  # fmt: skip
        return super().create(vals_list)

    def _place(self, application):
        """The student has a place: close the card, and note whether the exchange did it."""
        hired = self.interest_line_ids.filtered(lambda line: line.state == "hired")
        through = hired.application_id == application
        began = self.shown_on or self.create_date
        self.write({
            "placed_at_id": application.employer_id.id,
            "is_through": through,
            "days_to_placement": (fields.Datetime.now() - began).days,
        })  # fmt: skip
        if hired and not through:
            hired._close("let_go", "elsewhere")
        self._end("placed")


class ExchangeInterest(models.Model):
    _inherit = "vti.exchange.interest"

    def _come_back(self):
        """The offer came to nothing: show the card again, as long as the student agreed."""
        card = self.listing_id
        if card.state != "offered":
            return
        application = self.application_id
        kinds = {"declined": "student", "withdrawn": "student", "lapsed": "lapsed", "elsewhere": "elsewhere"}
        self.write({
            "state": "let_go", "end_kind": kinds.get(application.end_kind, "company"),
            "closed_on": fields.Datetime.now(),
        })  # fmt: skip
        if card.until < fields.Date.context_today(card) or not card.consent_id.is_in_force:
            card._end("expired")
        else:
            card.state = "visible"


class Partner(models.Model):
    _inherit = "res.partner"

    exchange_level2_first = fields.Boolean(
        "Level 2 first", groups="vti_bpv.group_user", help="In the exchange this member sees level 1 and 2 first."
    )

    def write(self, vals):
        result = super().write(vals)
        if "membership_state" in vals:
            self.sudo()._forget_rules()  # only members see cards
            self.sudo().filtered(lambda partner: partner.membership_state != "member")._leave_exchange()
        return result

    def _leave_exchange(self):
        """Let go of the students that companies which are no longer members asked; an offer is an application."""
        interests_sudo = self.env["vti.exchange.interest"].sudo().search(
            [("employer_id", "in", self.ids), ("state", "in", ("asked", "granted"))]
        )  # fmt: skip
        for interest_sudo in interests_sudo:
            interest_sudo.listing_id._lock()
            if interest_sudo.state in ("asked", "granted"):
                told = interest_sudo.state == "granted"
                interest_sudo._close("let_go", "member")
                if told:
                    interest_sudo._tell_student("let_go")

    @api.model
    def _get_exchange_member_domain(self):
        return Domain("is_employer", "=", True) & Domain("membership_state", "=", "member")

    @api.model
    def _get_exchange_members(self):
        """The members to choose from, as name and town; sudo, as their names are no secret."""
        members_sudo = self.sudo().search_fetch(self._get_exchange_member_domain(), ["name", "city"], order="name, id")
        return [member._get_exchange_label() for member in members_sudo]

    def _get_exchange_label(self):
        """Name and town, as one chooses a member from the list."""
        self.ensure_one()
        return ", ".join(filter(None, (self.name, self.city)))

    def action_prefer_level2(self, first):
        """The company says whether it wants to see level 1 and 2 first.

        :param bool first:
        """
        self._check_own_house()
        self.sudo().exchange_level2_first = bool(first)


class Student(models.Model):
    _inherit = "vti.student"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("activated_on"):
            cards_sudo = self.env["vti.exchange.listing"].sudo()
            for card_sudo in cards_sudo.search([("student_id", "in", self.ids), ("state", "=", "consented")]):
                card_sudo._show()
        return result


class Season(models.Model):
    _inherit = "vti.season"

    def _get_season_figures(self):
        _ = self.env._
        shown = Domain("state", "in", SHOWN_STATES) & Domain("student_id", "any", list(self._get_student_domain()))
        figure, model, action = self._make_figure, "vti.exchange.listing", "vti_bpv.vti_exchange_listing_action"
        return super()._get_season_figures() + [
            figure(30, "places", _("Students in the exchange"), model, shown, action),
            figure(31, "places", _("In the exchange at level 1 and 2"), model, shown & Domain("is_level_2", "=", True),
                   action),
        ]  # fmt: skip
