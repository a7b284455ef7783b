from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .exchange_listing import OPEN_STATES, SHOWN_STATES

ENDED_STATES = ("withdrawn", "expired", "placed")
WARN_DAYS = 7
REMIND_GUARDIAN_DAYS = 3
FORGET_WEEKS = 4
GUARDIAN_PAUSE = timedelta(days=1)


class ExchangeListing(models.Model):
    """The life of a card: agreed to, shown, over."""

    _inherit = "vti.exchange.listing"

    # agreeing

    def _fill(self, values, partner, channel):
        """Keep what was typed, and the consent that goes with it; an earlier one is withdrawn.

        Under age nothing is shown before a guardian agreed, also when to whom it is shown changes.

        :param dict values: what `vti.student._read_card` gives
        :param partner: who said so
        """
        self._lock()
        student = self.student_id
        texts = {"likes": values["likes"], "skills": values["skills"], "enrolment_id": student.enrolment_id.id}
        scope = {
            "audience": values["audience"],
            "until": values["until"],
            "named_ids": [(6, 0, values["named"].ids)],
            "excluded_ids": [(6, 0, values["excluded"].ids)],
            "caller_ids": [(6, 0, values["callers"].ids)],
        }
        if self.consent_id and self._has_scope(values):
            self.write(texts)
            return
        if student._get_guardian_state() == "needed":
            self._replace_consent(self.env["vti.consent"])
            self.write({**texts, **scope, "state": "consented" if self.state in SHOWN_STATES else self.state})
            guardian = self.guardian_id or student.guardian_ids.filtered("email")[:1]
            if guardian and not self._is_guardian_just_asked():
                self._ask_guardian(guardian)
            return
        consent = self.env["vti.consent"].sudo().create(
            student._get_consent_values(values, partner, channel, student._get_exchange_text())
        )  # fmt: skip
        self.write({**texts, **scope})
        self._replace_consent(consent)
        self._leave_out()
        self._show()

    def _has_scope(self, values):
        """Whether it is shown to these companies, until this day, already."""
        self.ensure_one()
        return (
            self.consent_id.is_in_force
            and (self.audience, self.until) == (values["audience"], values["until"])
            and self.named_ids == values["named"]
            and self.excluded_ids == values["excluded"]
            and self.caller_ids == values["callers"]
        )

    def _replace_consent(self, consent):
        """Let another consent, or none, take the place of the one that was."""
        before = self.consent_id
        if not consent and self.state in SHOWN_STATES:
            self.state = "consented"
        self.consent_id = consent
        before.filtered(lambda c: not c.withdrawn_on).write(
            {"withdrawn_on": fields.Datetime.now(), "withdrawn_by_id": (consent.given_by_id or before.given_by_id).id}
        )

    def _leave_out(self):
        """Let go of companies that no longer see the card."""
        for interest in self.interest_line_ids.filtered(lambda line: line.state in ("asked", "granted")):
            employer = interest.employer_id
            hidden = employer not in self.named_ids if self.audience == "named" else employer in self.excluded_ids
            if hidden:
                interest._close("let_go", "withdrawn")

    def _show(self):
        """Show the card, where the consent for it is there and the student is known to be real."""
        if self.state == "consented" and self.consent_id and self.student_id.activated_on:
            talks = self.interest_line_ids.filtered(lambda line: line.state == "granted")
            self.write(
                {"state": "conversation" if talks else "visible", "shown_on": self.shown_on or fields.Datetime.now()}
            )

    # the guardian

    def _get_guardian_errors(self, values):
        """What is wrong with the guardian's name and mail as typed, per field."""
        application_sudo = self.env["vti.application"].sudo().new({"student_id": self.sudo().student_id.id})
        return application_sudo._get_guardian_errors(values)

    def action_name_guardian(self, guardian_name, guardian_email):
        """The student names a parent or guardian, who is then asked to agree."""
        self.ensure_one()
        self._check_student()
        errors = self._get_guardian_errors({"guardian_name": guardian_name, "guardian_email": guardian_email})
        for message in errors.values():
            raise UserError(message)
        this_sudo = self.sudo()
        if this_sudo.state != "consented" or this_sudo.consent_id:
            raise UserError(self.env._("No parent or guardian has to agree to this card."))
        guardian_sudo = this_sudo.student_id._name_guardian(guardian_name.strip(), email_normalize(guardian_email))
        this_sudo._ask_guardian(guardian_sudo)

    def _is_guardian_just_asked(self):
        """Whether the question of the last day still lies there; its page shows the card as it is now."""
        self.ensure_one()
        return (
            bool(self.guardian_asked_on)
            and not self.consent_id
            and self.guardian_asked_on > fields.Datetime.now() - GUARDIAN_PAUSE
        )

    def _is_just_refused(self):
        """Whether a guardian said no in the last day: who asks again and again makes enemies at home."""
        return (
            self._is_refused_by_guardian()
            and self.closed_on > fields.Datetime.now() - GUARDIAN_PAUSE
            and self.student_id._get_guardian_state() == "needed"
        )

    def _is_refused_by_guardian(self):
        """Whether a parent or guardian ended this card, by a no or by taking back a yes."""
        guardian = self.guardian_id.partner_id
        return self.state == "withdrawn" and bool(guardian) and self.withdrawn_by_id == guardian

    def _ask_guardian(self, guardian):
        self.write({"guardian_id": guardian.id, "guardian_asked_on": fields.Datetime.now()})
        self._mail_guardian("guardian_ask")

    def _agree_as_guardian(self, partner):
        """Keep that the guardian agreed, by the link in the mail, and show the card.

        :raise UserError: where there is nothing to agree to
        """
        self.ensure_one()
        self._lock()
        student = self.student_id
        if not self._is_for_guardian():
            raise UserError(self.env._("There is nothing to answer any more."))
        values = {
            "audience": self.audience, "until": self.until, "named": self.named_ids, "excluded": self.excluded_ids,
            "callers": self.caller_ids,
        }  # fmt: skip
        consent_values = student._get_consent_values(values, partner, "mail", student._get_exchange_guardian_text())
        self._replace_consent(self.env["vti.consent"].sudo().create(consent_values))
        self._leave_out()
        self._show()
        self._tell_student("shown")

    def _is_for_guardian(self):
        """Whether this card waits for a guardian; who has become old enough decides alone."""
        self.ensure_one()
        return (
            self.state == "consented"
            and not self.consent_id
            and self.until >= fields.Date.context_today(self)
            and self.student_id._get_guardian_state() == "needed"
        )

    # the end

    def action_withdraw(self):
        """Withdraw the card, as the student or VTI: nobody sees it from this moment on."""
        self._check_student()
        person = self.env.user.partner_id
        for card_sudo in self.sudo():
            card_sudo._withdraw(person if not self.env.su else card_sudo.student_id.partner_id)

    def _withdraw(self, partner):
        """Withdraw the consent, which hides the card; a second time changes nothing."""
        self._lock()
        if self.state not in OPEN_STATES:
            return
        self.consent_id.filtered(lambda c: not c.withdrawn_on).write(
            {"withdrawn_on": fields.Datetime.now(), "withdrawn_by_id": partner.id}
        )
        self._end_withdrawn(partner)

    def _end_withdrawn(self, partner):
        """Hide the card whose consent `partner` withdrew; a student who didn't do it hears of it."""
        self.withdrawn_by_id = partner
        self._end("withdrawn")
        if partner != self.student_id.partner_id:
            self._tell_student("withdrawn")

    def _end(self, state):
        """Hide the card and let go of every company; who had the contact data is told at once.

        :param str state: withdrawn, expired or placed
        """
        self.ensure_one()
        running = self.interest_line_ids.filtered(lambda line: line.state in ("asked", "granted", "hired"))
        self.write({"state": state, "closed_on": fields.Datetime.now()})
        for interest in running:
            if state == "placed" and interest.state == "hired":
                continue
            application = interest.application_id if interest.state == "hired" and state == "withdrawn" else None
            interest._close("let_go", {"placed": "elsewhere"}.get(state, state))
            if application and application.state == "offered":
                application._end("withdrawn", "withdrawn")
                application._tell_company("withdrawn")
        self.activity_unlink(["mail.mail_activity_data_todo"])

    @api.model
    def _cron_exchange(self):
        """Every day: end what is over, let lapse what nobody answered, remind, and forget texts."""
        today = fields.Date.context_today(self)
        cards_sudo = self.sudo()
        over = cards_sudo.search([("state", "in", ("consented", *SHOWN_STATES)), ("until", "<", today)])
        for card_sudo in over.try_lock_for_update():
            card_sudo._end("expired")
            card_sudo._tell_student("expired")
        week = [("until", ">", today), ("until", "<=", today + timedelta(days=WARN_DAYS))]
        for card_sudo in cards_sudo.search([("state", "in", SHOWN_STATES), *week]):
            card_sudo._warn_of_end()
        cards_sudo._remind_guardians()
        self.env["vti.exchange.interest"]._cron_interests(today)
        self._forget_old()

    def _warn_of_end(self):
        """Tell the student once that the last week has begun; not who chose less than a week."""
        begin = datetime.combine(self.until - timedelta(days=WARN_DAYS), time())
        template, student = "vti_bpv.mail_template_exchange_soon", self.student_id.partner_id
        was_shown = self.consent_id.given_on < begin
        if was_shown and self.env["vti.notice"]._is_reminder_due(self, template, student, begin, 0):
            self._tell_student("soon")

    @api.model
    def _remind_guardians(self):
        """Ask a guardian once more; who has become old enough finds a form to agree on the own page."""
        waiting_sudo = self.sudo().search([("state", "=", "consented"), ("consent_id", "=", False)])
        for card_sudo in waiting_sudo:
            if card_sudo.student_id._get_guardian_state() != "needed":
                card_sudo._tell_old_enough()
            elif self.env["vti.notice"]._is_reminder_due(
                card_sudo, "vti_bpv.mail_template_exchange_guardian_ask", card_sudo.guardian_id.partner_id,
                card_sudo.guardian_asked_on, REMIND_GUARDIAN_DAYS,
            ):  # fmt: skip
                card_sudo._mail_guardian("guardian_ask")

    def _tell_old_enough(self):
        """Tell once who waited for a guardian, and may decide alone by now."""
        notices_sudo = self.env["vti.notice"].sudo()
        template = self.env.ref("vti_bpv.mail_template_exchange_old_enough")
        told = [("res_model", "=", self._name), ("res_id", "=", self.id), ("template_id", "=", template.id)]
        if not notices_sudo.search_count(told, limit=1):
            self._tell_student("old_enough")

    @api.model
    def _forget_old(self):
        """Remove what was written on cards that are over for four weeks; who and where stay, for the figures."""
        before = fields.Datetime.now() - timedelta(weeks=FORGET_WEEKS)
        old_sudo = self.sudo().search(
            [("state", "in", ENDED_STATES), ("closed_on", "<=", before), ("forgotten_on", "=", False)], limit=500
        )
        old_sudo.with_context(tracking_disable=True).write(
            {"likes": False, "skills": False, "forgotten_on": fields.Datetime.now()}
        )
        old_sudo.interest_line_ids.write({"line": False})
        self.env["vti.exchange.line"].sudo().search([("student_id", "in", old_sudo.student_id.ids)]).unlink()
