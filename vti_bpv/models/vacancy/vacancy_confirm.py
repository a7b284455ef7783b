from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.moment import local_date
from ...tools.months import parse_months
from .vacancy_portal import AMOUNTS, CLOCKS, DATES, LINES, NUMBERS, TEXTS

# setting of VTI -> (what holds without it, lowest, highest)
TERMS = {
    "confirm_weeks": (8, 1, 26),
    "confirm_weeks_season": (4, 1, 26),
    "confirm_remind_days": (7, 1, 60),
    "confirm_offline_days": (14, 2, 90),
}
SEASON_MONTHS = "10-12, 4-6"  # most students look for a place that starts in February or September
PAUSED_REASONS = [
    ("company", "The company paused it"),
    ("unconfirmed", "The company did not say that it still stands"),
    ("recognition", "The recognition is over"),
    ("silent", "The company did not answer students"),
    ("membership", "The company is no member any more"),
    ("free", "A place came free again"),
]
SPOKEN_STATES = ("published", "filled", "closed")
# who changes these in the back office has it from the company
SPOKEN_FIELDS = {*LINES, *TEXTS, *DATES, *CLOCKS, *NUMBERS, *AMOUNTS}


class Vacancy(models.Model):
    """Whether a published place is known to stand; the one rule of who lags."""

    _inherit = "vti.vacancy"

    paused_reason = fields.Selection(PAUSED_REASONS, "Why paused", readonly=True, copy=False)
    is_unconfirmed = fields.Boolean(
        "Not confirmed in time",
        compute="_compute_is_unconfirmed",
        search="_search_is_unconfirmed",
        groups="vti_bpv.group_user",
        help="It is online, and its company didn't say lately that the place still stands.",
    )

    _unconfirmed = models.Index("(confirmed_on) WHERE state = 'published'")
    _taken_offline = models.Index("(employer_id) WHERE state = 'paused' AND paused_reason = 'unconfirmed'")

    @api.depends("state", "confirmed_on")
    def _compute_is_unconfirmed(self):
        before = self._get_confirmed_before()
        for vacancy in self:
            day = vacancy.confirmed_on
            vacancy.is_unconfirmed = vacancy.state == "published" and (not day or day < before)

    def _search_is_unconfirmed(self, operator, value):
        if operator != "in":
            return NotImplemented
        old = Domain("confirmed_on", "=", False) | Domain("confirmed_on", "<", self._get_confirmed_before())
        return Domain("state", "=", "published") & old

    def write(self, vals):
        were_online_sudo = rested_sudo = self.browse().sudo()
        if "state" in vals:
            # a pause that no rule gave a reason to is the company's own
            vals = {"paused_reason": "company" if vals["state"] == "paused" else False, **vals}
            were_online_sudo = self.sudo().filtered(lambda vacancy: vacancy.state == "published")
            rested_sudo = self.sudo().filtered(lambda v: v.state == "paused" and v.paused_reason == "company")
        written = super().write(vals)
        if self._is_spoken(vals):
            self._note_confirmed()
        if vals.keys() & {"state", "confirmed_on"}:
            self.env["vti.place.check"].sudo()._follow(self.sudo().employer_id)
        gone_sudo = were_online_sudo.filtered(lambda vacancy: vacancy.state != "published")
        gone_sudo |= rested_sudo.filtered(lambda vacancy: vacancy._is_over())  # whose pause was to end
        if gone_sudo:
            gone_sudo._on_offline()
        return written

    def _on_offline(self):
        """Hook for the rooms after this one: these places (sudo) just went offline, or ended during a pause.

        `state` and `paused_reason` tell why.
        """

    def _is_spoken(self, vals):
        """Whether somebody who writes this says that the company still knows of its place."""
        if "confirmed_on" in vals:
            return False
        if vals.get("state") in SPOKEN_STATES or vals.get("paused_reason") in ("company", "free"):
            return True
        return not self.env.su and self.env.user._is_internal() and bool(vals.keys() & SPOKEN_FIELDS)

    # terms

    @api.model
    def _get_confirm_term(self, name):
        """One of TERMS, as VTI set it, brought within its bounds."""
        default, low, high = TERMS[name]
        text = str(self.env["ir.config_parameter"].sudo().get_param(f"vti_bpv.{name}") or "")
        return min(max(int(text), low), high) if text.isdecimal() and int(text) else default

    @api.model
    def _get_today_here(self):
        """The Dutch day, whoever asks: crons have no time zone."""
        return local_date(fields.Datetime.now())

    @api.model
    def _get_confirm_weeks(self):
        """How many weeks it counts today that a company said its place still stands."""
        parameters = self.env["ir.config_parameter"].sudo()
        text = parameters.get_param("vti_bpv.confirm_season_months", SEASON_MONTHS)
        try:
            in_season = self._get_today_here().month in parse_months(text)
        except ValueError:  # written around the settings page, which refuses it
            in_season = False
        weeks = self._get_confirm_term("confirm_weeks")
        return min(weeks, self._get_confirm_term("confirm_weeks_season")) if in_season else weeks

    @api.model
    def _get_confirmed_before(self):
        """The first day on which a confirmation still counts."""
        return self._get_today_here() - relativedelta(weeks=self._get_confirm_weeks())

    # the answer of a company

    def _note_confirmed(self):
        """Note that the company gave a sign of life about these places."""
        today = self._get_today_here()
        old = self.sudo().filtered(lambda v: v.state not in ("draft", "review") and v.confirmed_on != today)
        if old:
            old.write({"confirmed_on": today})

    @api.model
    def _get_places_to_confirm(self, employer, person=None):
        """The places that a company is asked about: what is online, and what went offline for want of an answer.

        :param employer: res.partner, the company
        :param person: res.partner who answers; one limited to branches answers for those
        :return: vti.vacancy, sudo
        """
        domain = Domain("employer_id", "=", employer.id) & (
            Domain("state", "=", "published")
            | Domain("state", "=", "paused") & Domain("paused_reason", "=", "unconfirmed")
        )
        scope_sudo = person and person.sudo().branch_scope_ids
        if scope_sudo:
            domain &= Domain("branch_id", "in", scope_sudo.ids)
        return self.sudo().search(domain, order="date_from, name, id")

    @api.model
    def _count_to_confirm(self):
        """How many places of the current user's company wait for a word."""
        old = Domain("confirmed_on", "=", False) | Domain("confirmed_on", "<", self._get_confirmed_before())
        waits = Domain("state", "=", "published") & old
        offline = Domain("state", "=", "paused") & Domain("paused_reason", "=", "unconfirmed")
        return self.sudo().search_count(Domain(self._get_portal_domain()) & (waits | offline))

    @api.model
    def _answer_for(self, employer, person, kept, gone):
        """Keep what a company says of its places, all at once.

        :param employer: res.partner, the company
        :param person: res.partner who answers, and was found entitled to
        :param kept: ids of places that still stand; what had gone offline comes back
        :param gone: ids of places that are not offered any more: these are closed
        :return: (confirmed, closed, problems): two vti.vacancy (sudo) and a list of (place, sentences) that can't
            come back yet
        """
        asked = self._get_places_to_confirm(employer, person)
        stands, closed = asked.filtered(lambda v: v.id in kept), asked.filtered(lambda v: v.id in gone - kept)
        problems = []
        for vacancy in stands.filtered(lambda v: v.state == "paused"):
            lines = [message for _code, message in vacancy._get_publish_problems()]
            if lines or not vacancy.places_left:
                problems.append((vacancy, lines))
        stands -= self.browse().sudo().union(*(vacancy for vacancy, _lines in problems))
        checks = self.env["vti.place.check"].sudo()._get_open(employer)
        stands.filtered(lambda v: v.state == "published").write({"confirmed_on": self._get_today_here()})
        stands.filtered(lambda v: v.state == "paused").write({"state": "published"})
        if closed:
            closed.write({"state": "closed"})
        checks.filtered(lambda check: check.state == "answered").write({"answered_by_id": person.id})
        return stands, closed, problems
