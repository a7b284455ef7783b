from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from odoo.addons.vti_bpv.tools.moment import get_today, local_date

from .lesson_proposal import OPEN
from .lesson_request import RUNNING

_lt = LazyTranslate(__name__)


class LessonRequest(models.Model):
    """Asking companies, and which of them does it."""

    _inherit = "vti.lesson.request"

    def _is_wished(self, day):
        """Whether the school named this day, or a period that it falls in."""
        self.ensure_one()
        this_sudo = self.sudo()
        in_period = this_sudo.date_from and this_sudo.date_from <= day <= this_sudo.date_to
        return bool(day in this_sudo.moment_ids.mapped("day") or (in_period and day.weekday() < 5))

    def _ask(self, candidates, direct=False, begin=False, end=False):
        """Ask companies; the first that says yes to a wished day does it.

        :param candidates: rows of company, offer (possibly empty), why it suits
        :param bool direct: couple with this one company at once: the school hears its name
        :param datetime begin: UTC; with `direct`, the moment that both are asked to confirm
        :return: the proposals (sudo)
        :raise UserError: it is planned, ended or coupled already
        """
        self.ensure_one()
        self._claim()
        if self.state not in ("asked", "offered") or not candidates:
            raise UserError(self.env._("This request can't be offered any more: look where it stands."))
        if self.last_day <= get_today():
            raise UserError(self.env._("The wished days are over. Agree on another one with the school first."))
        busy = self.proposal_ids.filtered(lambda one: one.state in OPEN).employer_id
        Proposal_sudo = self.env["vti.lesson.proposal"].sudo()
        found = Proposal_sudo
        for employer, offer, fits in candidates:
            if employer in busy:
                found |= self.proposal_ids.filtered(lambda one, e=employer: one.employer_id == e and one.state in OPEN)
                continue
            found |= Proposal_sudo.create(
                {"request_id": self.id, "employer_id": employer.id, "offer_id": offer.id, "fits": fits,
                 "partner_id": self._get_company_person(employer, offer).id}
            )  # fmt: skip
        if direct:
            self._couple(found[:1], begin=begin, end=end)
        else:
            self.sudo().state = "offered"
            found._wait_for_answer()
            for proposal in found.filtered(lambda one: one.employer_id not in busy):
                proposal._tell_company("ask")
        return found

    def _get_company_person(self, employer, offer):
        """Whom of a company to ask: who made the offer, a recruiter, or somebody with an account; sudo."""
        employer_sudo = employer.sudo()
        chosen = offer.sudo().contact_id
        if chosen.active and chosen.email:
            return chosen
        roles = employer_sudo.organisation_role_ids.filtered(lambda role: role.is_current and role.email)
        first = roles.filtered(lambda role: role.role == "recruiter")[:1] or roles[:1]
        people = employer_sudo.people_ids.filtered("email")
        return first.partner_id or people.filtered("user_ids")[:1] or people[:1]

    def _couple(self, proposal, begin=False, end=False):
        """Let this company do it; the others hear that it is taken."""
        self.ensure_one()
        this_sudo = self.sudo()
        proposal.state = "coupled"
        if begin:
            proposal.write({"begin": begin, "end": end, "employer_agreed_on": False, "school_agreed_on": False})
        this_sudo.state = "coupled"
        others = this_sudo.proposal_ids.filtered(lambda one: one.state == "asked") - proposal
        others.state = "passed"
        for other in others:
            other._tell_company("passed")
        proposal._wait_for_answer()
        if not proposal.employer_agreed_on:
            proposal._tell_company("moment" if proposal.begin else "ask")
        self._tell_school("moment" if proposal.begin else "coupled")

    def _settle(self, answered=None):
        """Take the first company that said yes to a wished day; another day only once nobody else is still asked."""
        self.ensure_one()
        this_sudo = self.sudo()
        if this_sudo.state not in ("asked", "offered"):
            return
        asked = this_sudo.proposal_ids.filtered(lambda one: one.state == "asked")
        agreed = asked.filtered("employer_agreed_on").sorted("employer_agreed_on")
        if answered and self._is_wished(local_date(answered.begin)):
            self._couple(answered)
        elif agreed and agreed == asked:
            self._couple(agreed[0])
        elif not asked:
            this_sudo.state = "asked"
            self._tell_staff(_lt("No company could: ask others"))

    def _go_on_without(self, proposal):
        """Look on after a company said no, or nothing."""
        self.ensure_one()
        if self.state == "coupled":
            self.sudo().state = "asked"
            self._tell_school("searching")
            self._tell_staff(_lt("%(name)s can't after all", name=proposal.employer_id.name))
        else:
            self._settle()

    def _end(self, kind, tell_school=True):
        """End what isn't planned yet: whoever is in it hears so."""
        for request_sudo in self.sudo():
            request_sudo._claim()
            if request_sudo.state not in RUNNING:
                raise UserError(self.env._("This is planned or over already."))
            still = request_sudo.proposal_ids.filtered(lambda one: one.state in OPEN)
            still.state = "withdrawn"
            request_sudo.write({"state": "ended", "end_kind": kind})
            request_sudo.activity_ids.unlink()
            for proposal in still:
                proposal._tell_company("ended")
            if tell_school:
                request_sudo._tell_school("ended")

    def _withdraw(self):
        """The school takes its request back; what is planned is called off, with mails to who signed up."""
        self.ensure_one()
        self._claim()
        if self.state == "planned" and self.event_id.date_begin > fields.Datetime.now():
            self.sudo().event_id.kanban_state = "cancel"  # ends this as well
        else:
            self._end("withdrawn", tell_school=False)

    def _can_withdraw(self):
        self.ensure_one()
        return self.state in RUNNING or (
            self.state == "planned" and self.sudo().event_id.date_begin > fields.Datetime.now()
        )

    def action_end(self):
        """Staff: no company was found."""
        self._check_staff()
        self._end("none")
