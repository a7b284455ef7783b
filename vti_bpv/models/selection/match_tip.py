"""What became of a proposal that was sent: the student's side, and what VTI reads of it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

FOUND = "found"
DECLINES = [
    ("far", "It is too far"),
    ("work", "I want other work"),
    ("time", "The period or the days don't suit"),
    ("other", "Something else"),
    (FOUND, "I don't look for a place any more"),
]
WAIT_DAYS = 14  # how long a tip without an answer is news for who sends another


class MatchProposal(models.Model):
    """A proposal that was sent is a tip: the student applies, or says that it is nothing.

    Who never logged in gets it too, with the button that starts the account. As long as that isn't pressed
    no company hears of this student, not even without a name: that is what such students are promised.
    """

    _inherit = "vti.match.proposal"

    company_told_on = fields.Datetime("Company told on", readonly=True, copy=False)
    declined_on = fields.Datetime("Said no on", readonly=True, copy=False)
    decline_reason = fields.Selection(DECLINES, "Why not", readonly=True, copy=False)
    outcome = fields.Selection(
        "_get_outcomes", "What came of it", compute="_compute_outcome", store=True,
        help="Of the application; or the student said that it is nothing.",
    )  # fmt: skip
    has_started = fields.Boolean("Has logged in", compute="_compute_has_started", search="_search_has_started")
    note = fields.Text(compute="_compute_note")

    @api.model
    def _get_outcomes(self):
        _, states = self.env._, self.env["vti.application"]._fields["state"]._description_selection(self.env)
        # a proposal is sent too: what an application calls so is said from the student's side here
        own = {"submitted": _("Applied")}
        return [*((state, own.get(state, label)) for state, label in states), ("declined", _("Said no"))]

    @api.depends("application_id.state", "declined_on")
    def _compute_outcome(self):
        for proposal in self:
            proposal.outcome = proposal.application_id.state or (proposal.declined_on and "declined")

    @api.depends("student_id.activated_on")
    def _compute_has_started(self):
        for proposal in self:
            proposal.has_started = bool(proposal.student_id.activated_on)

    def _search_has_started(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("student_id.activated_on", "!=" if True in value else "=", False)]

    @api.depends("state", "problem", "declined_on", "decline_reason", "application_id", "has_started")
    @api.depends_context("lang")
    def _compute_note(self):
        waiting = self._get_waiting_days()
        for proposal in self:
            proposal.note = proposal._get_note(waiting.get(proposal.student_id))

    def _get_note(self, waiting_since):
        _ = self.env._
        if self.problem:
            return _("Not sent: %(why)s", why=self.problem)
        if self.declined_on:
            return dict(self._fields["decline_reason"]._description_selection(self.env)).get(self.decline_reason)
        if self.state == "sent" and not (self.application_id or self.has_started):
            return _("Hasn't logged in yet; the company doesn't know yet")
        if self.state == "proposed" and waiting_since:
            return _("Another tip waits since %(day)s", day=format_date(self.env, waiting_since, date_format="d MMM"))
        if self.state == "proposed" and not self.has_started:
            return _("Never logged in: the mail is the invitation too")
        return False

    def _get_waiting_days(self):
        """Since when students have a tip that they didn't answer.

        :return: dict of vti.student -> datetime
        """
        since = fields.Datetime.now() - timedelta(days=WAIT_DAYS)
        waiting = self._get_unanswered_domain() & Domain("sent_on", ">=", since)
        rows = self._read_group(
            waiting & Domain("student_id", "in", self.student_id.ids), ["student_id"], ["sent_on:max"]
        )
        return dict(rows)

    @api.model
    def _get_unanswered_domain(self):
        return Domain("state", "=", "sent") & Domain("application_id", "=", False) & Domain("declined_on", "=", False)

    # the student

    def _is_reader(self, person):
        return self.student_id.partner_id == person

    @api.model
    def _get_open_tips(self, student):
        """What VTI sent this student, can still be had and wasn't answered, the newest first; sudo."""
        Place = self.env["vti.match"]
        return self.sudo().search(
            self._get_unanswered_domain() & Domain("student_id", "=", student.id)
            & Domain("vacancy_id", "any", Place._get_open_domain()), order="sent_on desc, id desc",
        )  # fmt: skip

    def _can_decline(self):
        self.ensure_one()
        return self.state == "sent" and not (self.application_id or self.declined_on)

    def _decline(self, reason):
        """The student says that it is nothing; the radar doesn't propose it again.

        :param str reason: a key of DECLINES
        :raise UserError: where none was chosen, or there is nothing to say no to
        """
        self.ensure_one()
        if reason not in dict(DECLINES):
            raise UserError(self.env._("Choose why not."))
        if not self._can_decline():
            raise UserError(self.env._("You answered this already."))
        self.write({"declined_on": fields.Datetime.now(), "decline_reason": reason})
        if reason == FOUND:
            self.student_id.is_looking = False

    def _get_tip_page(self):
        """What the student's page says of it.

        :return: dict of place (sudo), reasons (rows of tone and sentence), and what can be done
        """
        self.ensure_one()
        student = self.student_id
        return {
            "tip": self,
            "place": self.vacancy_id,
            "reasons": self._get_reason_rows(),
            "is_open": self.vacancy_id._is_open(),
            "can_decline": self._can_decline(),
            "has_started": self.has_started,
            "needs_guardian": student._get_guardian_state() == "needed",
            "guardian_age": self.env["vti.application"]._get_guardian_age(),
            "declines": self._fields["decline_reason"]._description_selection(self.env),
        }

    # the company

    def _tell_waiting_companies(self):
        """Tell the companies of those who just came for the first time, where it still matters."""
        for proposal in self.filtered(lambda proposal: not proposal.company_told_on):
            if proposal.vacancy_id._is_open():
                proposal._tell_company()
