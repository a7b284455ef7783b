from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .application import OPEN_STATES, TAKEN_STATES


class Application(models.Model):
    """What a student does with an application: apply, withdraw, say yes or no to an offer."""

    _inherit = "vti.application"

    # ------------------------------------------------------------------ apply

    @api.model
    def _get_apply_problem(self, student, vacancy):
        """Why this student can't apply for this place now.

        :return: a sentence for the student
        :rtype: str | None
        """
        if not vacancy.sudo()._is_open():
            return self.env._("This place isn't open any more.")
        earlier = self.sudo().search(
            [("student_id", "=", student.id), ("vacancy_id", "=", vacancy.id)], limit=1, order="id desc"
        )
        if earlier.state in OPEN_STATES + TAKEN_STATES:
            return self.env._("You have applied for this place already.")
        if earlier.end_kind == "refused":
            return self.env._("The company has answered you about this place. There are more that may suit you.")

    @api.model
    def _apply(self, student, vacancy, values):
        """Make an application of a student who was identified by login or by a link in a mail.

        :param dict values: motivation, stated_school, stated_programme
        :return: the application, sudo
        :raise UserError: with the sentence of `_get_apply_problem`
        """
        problem = self._get_apply_problem(student, vacancy)
        if problem:
            raise UserError(problem)
        student_sudo = student.sudo()
        student_sudo._activate()
        student_sudo.is_looking = True
        # an earlier one may have ended in this very transaction; the unique index looks at the table
        self.flush_model(["state"])
        application_sudo = self.sudo().create(
            {
                "student_id": student_sudo.id,
                "vacancy_id": vacancy.id,
                "motivation": (values.get("motivation") or "").strip() or False,
                "stated_school": values.get("stated_school") or False,
                "stated_programme": values.get("stated_programme") or False,
            }
        )
        if application_sudo.shown_on:
            application_sudo._tell_student("received")
            application_sudo._tell_company("new")
        else:
            application_sudo._follow_guardian_state()
        if not application_sudo.enrolment_id and application_sudo.stated_school:
            here, staff = application_sudo._for_staff()
            here.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=here.env._("Which school is this?"),
                note=application_sudo.stated_school,
                user_id=staff.id,
            )
        return application_sudo

    # ------------------------------------------------------------------ withdraw, decline

    def _can_withdraw(self):
        self.ensure_one()
        return self.state in OPEN_STATES

    def _can_choose(self):
        """Whether there is an offer to say yes or no to."""
        self.ensure_one()
        return self.state == "offered"

    def action_withdraw(self):
        """The student no longer wants this place."""
        self.ensure_one()
        self._check_actor("student")
        if not self._can_withdraw():
            raise UserError(self._get_too_late_message())
        application_sudo = self.sudo()
        application_sudo._end("withdrawn", "withdrawn")
        application_sudo._tell_company("withdrawn")
        return True

    def action_decline(self):
        """The student says no to the offer."""
        self.ensure_one()
        self._check_actor("student")
        if not self._can_choose():
            raise UserError(self._get_too_late_message())
        application_sudo = self.sudo()
        application_sudo._end("withdrawn", "declined")
        application_sudo._tell_company("declined")
        return True

    def _end(self, state, end_kind, **values):
        self.write({"state": state, "end_kind": end_kind, "closed_on": fields.Datetime.now(), **values})
        self._on_ended()

    def _get_too_late_message(self):
        """Why an open application is needed and this isn't one, in words for the student."""
        self.ensure_one()
        if self.end_kind == "filled":
            return self.env._("This place was filled just now. That is a pity; there are more places.")
        messages = {
            "submitted": self.env._("The company hasn't made you an offer yet."),
            "invited": self.env._("The company hasn't made you an offer yet."),
            "offered": self.env._("You have an offer already: say yes or no."),
            "accepted": self.env._("You said yes to this place already."),
            "placed": self.env._("You said yes to this place already. Call VTI if that has to change."),
            "refused": self.env._("The company said no to this application."),
            "withdrawn": self.env._("This application was withdrawn. You can apply for another place."),
            "lapsed": self.env._("This application has lapsed. You can apply for another place."),
        }
        return messages[self.state]

    # ------------------------------------------------------------------ accept

    def action_accept(self):
        """The student says yes: the place is taken and the student's other applications are closed.

        All of it or nothing, also when two people press the button at once: whoever comes second
        waits, and then reads that the place was filled.
        """
        self.ensure_one()
        self._check_actor("student")
        application_sudo = self.sudo()
        application_sudo._lock_for_accept()
        problem = application_sudo._get_accept_problem()
        if problem:
            raise UserError(problem)
        application_sudo._accept()
        return True

    def _lock_for_accept(self):
        """Wait for whoever is accepting for the same student or the same place, then look again.

        Always student before place, so that two can't wait for each other. NO KEY leaves room for
        new applications, which only refer to these rows.
        """
        self.env.flush_all()
        student, vacancy = self.student_id, self.vacancy_id
        self.env.cr.execute(SQL("SELECT 1 FROM vti_student WHERE id = %s FOR NO KEY UPDATE", student.id))
        self.env.cr.execute(SQL("SELECT 1 FROM vti_vacancy WHERE id = %s FOR NO KEY UPDATE", vacancy.id))
        self.env.invalidate_all(flush=False)

    def _get_accept_problem(self):
        """Why the student can't say yes now.

        :return: a sentence for the student
        :rtype: str | None
        """
        self.ensure_one()
        if not self._can_choose():
            return self._get_too_late_message()
        if not self._is_shown():
            return self.env._("First your parent or guardian has to agree. They got a mail about it.")
        if self.vacancy_id.places_left < 1 or self.vacancy_id.state not in ("published", "paused"):
            return self.env._("This place was filled just now. That is a pity; there are more places.")
        if self._get_age_problems():
            return self.env._("VTI looks first whether this work is allowed at your age. They call you.")

    def _accept(self):
        """Take the place, close what has become needless, tell everybody."""
        self.write({"state": "accepted", "accepted_on": fields.Datetime.now()})
        self.student_id.is_looking = False
        vacancy = self.vacancy_id
        vacancy._take_place()
        self._close_elsewhere()
        if vacancy.places_left < 1:
            vacancy._close_open_applications("filled")
        # the next room makes the internship and tells student, company and school
        self._on_accepted()

    def _close_elsewhere(self):
        """Close the other open applications of the student who has a place now."""
        others = self.search([("student_id", "=", self.student_id.id), ("state", "in", OPEN_STATES)]) - self
        if not others:
            return
        others._end("withdrawn", "elsewhere")
        self._tell_student("elsewhere")
        for application in others:
            application._tell_company("withdrawn")
