from odoo import api, fields, models
from odoo.exceptions import UserError

from .application import MEETING_KINDS, OPEN_STATES

NOTE_LENGTH = 2000  # characters of a line for the student
MOST_YEARS = 10  # that an offer may lie from today; what is further is a typing error
LAST_YEAR = 2099  # that a meeting can be in


class Application(models.Model):
    """What a company does with an application: invite, offer, say no."""

    _inherit = "vti.application"

    def _can_answer(self):
        """Whether the company can (still) invite, offer or say no."""
        self.ensure_one()
        return self.state in OPEN_STATES and self._is_shown()

    def _can_offer(self):
        self.ensure_one()
        return self._can_answer() and self.sudo().vacancy_id.places_left > 0

    def action_invite(self, meeting_at, meeting_kind, meeting_note=None):
        """Invite the student to meet; again to move the meeting.

        :param meeting_at: datetime in UTC, or its text as fields.Datetime writes it
        :param str meeting_kind: visit, phone or video
        """
        self.ensure_one()
        self._check_actor("company")
        values = {"meeting_at": meeting_at, "meeting_kind": meeting_kind, "meeting_note": meeting_note}
        self._raise_first(self._get_invitation_errors(values))
        application_sudo = self.sudo()
        moved = application_sudo.state == "invited"
        self._log_step("moved" if moved else "invited")
        application_sudo.write(
            {
                "state": "offered" if application_sudo.state == "offered" else "invited",
                "invited_on": fields.Datetime.now(),
                "meeting_at": fields.Datetime.to_datetime(meeting_at),
                "meeting_kind": meeting_kind,
                "meeting_note": (meeting_note or "").strip() or False,
            }
        )
        application_sudo.vacancy_id._note_confirmed()
        application_sudo._tell_student("moved" if moved else "invited", urgent=True)
        return True

    def action_offer(self, date_from, date_to, note=None, until=None, mentor_id=None):
        """Offer the place to the student, from one date up to and including another.

        :param until: the last day to say yes; by default as long as the clock gives
        :param mentor_id: somebody of the company who guides the student
        """
        self.ensure_one()
        self._check_actor("company")
        values = {"date_from": date_from, "date_to": date_to, "note": note, "until": until, "mentor_id": mentor_id}
        self._raise_first(self._get_offer_errors(values))
        self._log_step("offered")
        application_sudo = self.sudo()
        application_sudo.write(
            {
                "state": "offered",
                "offered_on": fields.Datetime.now(),
                "offer_date_from": fields.Date.to_date(date_from),
                "offer_date_to": fields.Date.to_date(date_to),
                "offer_note": (note or "").strip() or False,
                "offer_until": fields.Date.to_date(until or None),
                "offer_mentor_id": int(mentor_id or 0),
            }
        )
        application_sudo.vacancy_id._note_confirmed()
        application_sudo._ask_staff_about_age()
        application_sudo._tell_student("offered", urgent=True)
        return True

    def action_refuse(self, reason_id, note=None):
        """Say no, with a reason that the student reads and an optional line of one's own.

        :param int reason_id: a vti.refusal.reason that people can choose
        """
        self.ensure_one()
        self._check_actor("company")
        self._raise_first(self._get_refusal_errors({"reason_id": reason_id, "note": note}))
        self._log_step("refused")
        application_sudo = self.sudo()
        reason_sudo = application_sudo.env["vti.refusal.reason"].browse(int(reason_id))
        application_sudo._end("refused", "refused", refusal_reason_id=reason_sudo.id,
                              refusal_note=(note or "").strip() or False)  # fmt: skip
        application_sudo.vacancy_id._note_confirmed()
        application_sudo._tell_student("refused")
        return True

    # ------------------------------------------------------------------ what is wrong, per field

    def _raise_first(self, errors):
        """:raise UserError: the first of `errors`, a dict of field and message"""
        for message in errors.values():
            raise UserError(message)

    def _get_answer_errors(self):
        """Why the company can't answer any more, under the key of the whole form."""
        if self._can_answer():
            return {}
        label = dict(self._fields["state"]._description_selection(self.env))[self.state]
        return {"form": self.env._("This application can't be answered any more: it is “%(state)s”.", state=label)}

    def _get_length_errors(self, values, name="note"):
        """Whether what the student is to read is too long, under the field's own name."""
        count = len((values.get(name) or "").strip())
        if count <= NOTE_LENGTH:
            return {}
        return {name: self.env._("At most %(limit)s characters; this has %(count)s.", limit=NOTE_LENGTH, count=count)}

    @api.model
    def _read_meeting(self, value):
        """A moment to meet, as typed or as a datetime in UTC; None where it is none."""
        try:
            moment = fields.Datetime.to_datetime(value or None)
        except (TypeError, ValueError):
            return None
        return moment if moment and moment.year <= LAST_YEAR else None

    def _get_invitation_errors(self, values):
        errors = self._get_answer_errors() | self._get_length_errors(values, "meeting_note")
        meeting_at = self._read_meeting(values.get("meeting_at"))
        if not meeting_at:
            errors["meeting_at"] = self.env._("Choose a day and a time.")
        elif meeting_at <= fields.Datetime.now():
            errors["meeting_at"] = self.env._("This moment has passed. Choose a later one.")
        if values.get("meeting_kind") not in dict(MEETING_KINDS):
            errors["meeting_kind"] = self.env._("Choose how you meet.")
        return errors

    def _get_offer_errors(self, values):
        errors = self._get_answer_errors() | self._get_length_errors(values)
        if not errors and not self._can_offer():
            errors["form"] = self.env._("There is no place left here. Make a new place first, or say no kindly.")
        dates, today = {}, fields.Date.context_today(self)
        for name in ("date_from", "date_to"):
            try:
                dates[name] = fields.Date.to_date(values.get(name) or None)
            except (TypeError, ValueError):
                dates[name] = None
            if not dates[name]:
                errors[name] = self.env._("Choose a day.")
            elif abs(dates[name].year - today.year) > MOST_YEARS:
                errors[name] = self.env._("Look at the year again.")
        if not errors and dates["date_to"] < dates["date_from"]:
            errors["date_to"] = self.env._("The last day comes before the first.")
        if not errors and dates["date_to"] < today:
            errors["date_to"] = self.env._("This day has passed.")
        return errors | self._get_offer_end_errors(values)

    def _get_refusal_errors(self, values):
        errors = self._get_answer_errors() | self._get_length_errors(values)
        try:
            reason_id = int(values.get("reason_id") or 0)
        except (TypeError, ValueError):
            reason_id = 0
        reasons_sudo = self.env["vti.refusal.reason"].sudo()._get_choices()
        if reason_id not in reasons_sudo.ids:
            errors["reason_id"] = self.env._("Choose a reason. The student gets a kind sentence with it.")
        return errors

    # ------------------------------------------------------------------ age

    def _get_age_problems(self):
        """Why this work isn't for someone of this age on the day it would start.

        :return: sentences; empty where all is well or the date of birth isn't known
        :rtype: list[str]
        """
        self.ensure_one()
        application_sudo = self.sudo()
        day = application_sudo.offer_date_from or application_sudo.vacancy_id.date_from
        if not application_sudo.student_id.birth_date or not day:
            return []
        age = application_sudo.student_id._get_age_on(day)
        return [message for _code, message in application_sudo.vacancy_id._get_age_problems(age, day)]

    def _ask_staff_about_age(self):
        """Let VTI look before the student says yes; saying yes is refused while the problem stands."""
        here, staff = self._for_staff()
        problems = here._get_age_problems()
        if problems:
            here.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=here.env._("Is this work allowed at this age?"),
                note="\n".join(problems),
                user_id=staff.id,
            )
