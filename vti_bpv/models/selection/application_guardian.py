from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.address import get_email_error, read_email
from .application import OPEN_STATES

DEFAULT_AGE = 16
REMIND_STUDENT_DAYS = 1
REMIND_GUARDIAN_DAYS = 3


class Application(models.Model):
    """The guardian of a young student: no company sees an application before he or she agrees.

    unknown (no date of birth) -> needed (young, no guardian named) -> asked -> confirmed | refused.
    """

    _inherit = "vti.application"

    @api.model
    def _get_guardian_age(self):
        """Below this age (in years) a guardian has to agree."""
        value = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.guardian_age")
        return int(value) if str(value or "").isdecimal() else DEFAULT_AGE

    @api.model
    def _get_guardian_text(self):
        """The words a guardian agrees to; VTI can write its own under Settings."""
        own = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.guardian_text")
        return own or self.env._(
            "I am the parent or guardian. I agree that VTI shows what is listed here, with the name, e-mail "
            "address, phone number, school and CV of my child, to the companies named. I can withdraw this at any time."
        )

    def _follow_guardian_state(self):
        """Do what the guardian state asks for: nothing, ask the student, or ask the guardian."""
        for application_sudo in self.sudo().filtered(lambda a: a.state in OPEN_STATES):
            if application_sudo.guardian_state in ("unknown", "needed"):
                guardian_sudo = application_sudo.student_id.guardian_ids.filtered("email")[:1]
                # without a known guardian the student's own page asks, and a reminder a day later
                if application_sudo.guardian_state == "needed" and guardian_sudo:
                    application_sudo._ask_guardian(guardian_sudo)
            elif application_sudo._is_shown() and not application_sudo.shown_on:
                application_sudo._show()

    def _show(self):
        """Let the company know; from here on its clock runs."""
        self.shown_on = fields.Datetime.now()
        self._tell_student("received")
        self._tell_company("new")

    def _refresh_guardian_state(self):
        """After a date of birth became known or changed: a guardian is needed, or no longer."""
        for application_sudo in self.sudo().filtered(lambda a: a.state in OPEN_STATES):
            wanted, now = application_sudo.student_id._get_guardian_state(), application_sudo.guardian_state
            if wanted == "needed" and now in ("asked", "confirmed", "refused"):
                continue
            if wanted != now:
                application_sudo.guardian_state = wanted
                application_sudo._follow_guardian_state()

    # ------------------------------------------------------------------ asking

    def _get_guardian_errors(self, values):
        """What is wrong with the guardian's name and mail as typed, per field."""
        errors = {}
        email = values.get("guardian_email")
        if not (values.get("guardian_name") or "").strip():
            errors["guardian_name"] = self.env._("Fill in the name of your parent or guardian.")
        if error := get_email_error(self.env, email):
            errors["guardian_email"] = error
        elif read_email(email) == read_email(self.sudo().student_id.email):
            errors["guardian_email"] = self.env._("This is your own address. Fill in your parent's or guardian's.")
        return errors

    def action_name_guardian(self, guardian_name, guardian_email):
        """The student names a parent or guardian, who then gets a mail to agree to what is open."""
        self.ensure_one()
        self._check_actor("student")
        values = {"guardian_name": guardian_name, "guardian_email": guardian_email}
        self._raise_first(self._get_guardian_errors(values))
        if self.guardian_state not in ("needed", "asked"):
            raise UserError(self.env._("No parent or guardian has to agree to this application."))
        student_sudo = self.sudo().student_id
        guardian_sudo = student_sudo._name_guardian(guardian_name.strip(), read_email(guardian_email))
        waiting = student_sudo.application_ids.filtered(
            lambda a: a.state in OPEN_STATES and a.guardian_state in ("needed", "asked")
        )
        for application_sudo in waiting:
            application_sudo._ask_guardian(guardian_sudo)
        return True

    def _ask_guardian(self, guardian_sudo):
        self.write(
            {
                "guardian_state": "asked",
                "guardian_id": guardian_sudo.id,
                "guardian_asked_on": fields.Datetime.now(),
            }
        )
        self._mail_guardian(guardian_sudo)

    def _mail_guardian(self, guardian_sudo):
        partner = guardian_sudo.partner_id
        url = self._get_link("guardian", partner, days=365)
        self._tell(self._get_guardian_template(), "guardian_ask", partner, url, urgent=True)

    def _get_guardian_template(self):
        """Name of the mail that asks a guardian to agree."""
        return "mail_template_guardian_ask"

    def _get_guardian_words(self, guardian):
        """What a guardian reads above and below the applications that wait: title, lead, after."""
        training, names = self.training_employer_id[:1].name, {"name": self.student_id.partner_id.name}
        after = self.env._("You can take it back on this page at any time. If you don't agree, nobody gets to see "
                           "anything.")  # fmt: skip
        if training:
            return {
                "title": self.env._("May %(name)s learn the work there?", **names),
                "lead": self.env._("Hello %(guardian)s. %(training)s wants to ask a company to take %(name)s. Because "
                                   "of the age a parent or guardian has to agree first.", guardian=guardian.name,
                                   training=training, **names),
                "after": self.env._("If you agree, the company says yes or no.") + " " + after,
            }  # fmt: skip
        return {
            "title": self.env._("May %(name)s apply?", **names),
            "lead": self.env._("Hello %(guardian)s. %(name)s wants to do an internship. Because of the age a parent "
                               "or guardian has to agree first.", guardian=guardian.name, **names),
            "after": self.env._("If you agree, the company can invite %(name)s for a meeting.", **names) + " " + after,
        }  # fmt: skip

    # ------------------------------------------------------------------ answering, by a signed link

    def _get_guardian_batch(self):
        """All open applications of the student that this guardian can answer at once, this one among them."""
        self.ensure_one()
        return self.search(
            [
                ("student_id", "=", self.student_id.id),
                ("guardian_id", "=", self.guardian_id.id),
                ("state", "in", OPEN_STATES),
                ("guardian_state", "in", ("asked", "confirmed")),
            ]
        )

    def _confirm_by_guardian(self, guardian_sudo):
        """Keep that the guardian agreed, to which words, and show the applications to the companies."""
        waiting = self._get_guardian_batch().filtered(lambda a: a.guardian_state == "asked")
        if not waiting:
            raise UserError(self.env._("There is nothing to answer any more."))
        lines = [f"- {a.vacancy_id.name}, {a.employer_id.name}" for a in waiting]
        self.env["vti.consent"].sudo().create(
            {
                "student_id": self.student_id.id,
                "partner_id": self.student_id.partner_id.id,
                "purpose": "application",
                "text": "\n".join([self._get_guardian_text(), *lines]),
                "given_by_id": guardian_sudo.partner_id.id,
                "channel": "mail",
            }
        )
        waiting.guardian_state = "confirmed"
        waiting._follow_guardian_state()

    def _refuse_by_guardian(self, guardian_sudo, states=("asked", "confirmed")):
        """The guardian says no, or takes back an earlier yes: companies see it no longer.

        :param states: what it is about: those still asked ("asked"), those agreed to ("confirmed"), or both
        """
        batch = self._get_guardian_batch().filtered(lambda a: a.guardian_state in states)
        if not batch:
            raise UserError(self.env._("There is nothing to answer any more."))
        seen = batch.filtered(lambda a: a.guardian_state == "confirmed")
        for application in seen:
            # while the company may still see that it had this application
            application._tell_company("withdrawn")
        batch.write({"guardian_state": "refused"})
        batch._end("withdrawn", "guardian")
        self.student_id.consent_ids.filtered(
            lambda c: (
                seen and c.purpose == "application" and c.given_by_id == guardian_sudo.partner_id and not c.withdrawn_on
            )
        ).write({"withdrawn_on": fields.Datetime.now(), "withdrawn_by_id": guardian_sudo.partner_id.id})
        self._tell_student("guardian_refused")

    @api.model
    def _cron_guardian(self):
        """Once a day: let who came of age go on alone, and remind who still has to answer something."""
        notices = self.env["vti.notice"]
        hidden = self.sudo().search(
            [("state", "in", OPEN_STATES), ("guardian_state", "in", ("unknown", "needed", "asked"))]
        )
        for application_sudo in hidden:
            if application_sudo.student_id._get_guardian_state() == "not_needed":
                application_sudo.guardian_state = "not_needed"
                application_sudo._follow_guardian_state()
        for application_sudo in hidden.filtered(lambda a: a.guardian_state in ("unknown", "needed")):
            student, template = application_sudo.student_id.partner_id, "vti_bpv.mail_template_student_incomplete"
            if notices._is_reminder_due(
                application_sudo, template, student, application_sudo.submitted_on, REMIND_STUDENT_DAYS
            ):
                application_sudo._tell_student("incomplete", urgent=True)
        for application_sudo in hidden.filtered(lambda a: a.guardian_state == "asked" and a.guardian_id):
            guardian, template = application_sudo.guardian_id, f"vti_bpv.{application_sudo._get_guardian_template()}"
            if notices._is_reminder_due(
                application_sudo, template, guardian.partner_id, application_sudo.guardian_asked_on,
                REMIND_GUARDIAN_DAYS,
            ):  # fmt: skip
                application_sudo._mail_guardian(guardian)
