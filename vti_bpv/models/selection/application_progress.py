from datetime import timedelta

from odoo import fields, models
from odoo.tools.misc import format_date

from ...tools import ics
from ...tools.moment import format_day, format_moment, local_date
from .application import ENDED_STATES, OPEN_STATES

TRIAL = timedelta(hours=8)  # a day of walking along


class Application(models.Model):
    """Where an application stands and what happens next: by whom, and by when."""

    _inherit = "vti.application"

    def _get_next_step(self):
        """What happens next, in words for the student.

        :return: one or two sentences
        :rtype: str
        """
        self.ensure_one()
        application_sudo = self.sudo()
        company = application_sudo.employer_id.name
        by = format_day(self.env, self.answer_by)
        if self.state in OPEN_STATES and not self._is_shown():
            return self._get_hidden_reason()
        if self._is_late():
            return self._get_late_message()
        if self.state == "submitted":
            return self.env._("%(company)s reads your application and answers by %(day)s.", company=company, day=by)
        if self.state == "invited":
            if self.meeting_at and self.meeting_at > fields.Datetime.now():
                return self.env._("You meet %(company)s on %(moment)s. After that they tell you more, by %(day)s.",
                                  company=company, moment=format_moment(self.env, self.meeting_at), day=by)  # fmt: skip
            return self.env._("%(company)s tells you by %(day)s whether you can have the place.",
                              company=company, day=by)  # fmt: skip
        if self.state == "offered":
            return self.env._("You can have this place. Say yes or no by %(day)s.", day=by)
        if self.state in ENDED_STATES:
            return self._get_end_message()
        return self.env._("The place is yours. %(company)s and your school prepare it with you.", company=company)

    def _get_sent_message(self):
        """What to tell a student who just applied."""
        if self._is_shown():
            return self.env._("Done! Your application is on its way.")
        return self.env._("Your application is saved. Read below what is still needed.")

    def _get_hidden_reason(self):
        """Why no company sees it yet, and who can change that."""
        if self.guardian_state == "unknown":
            return self.env._("Fill in your date of birth. Until then no company sees your application.")
        if self.guardian_state == "needed":
            return self.env._("You are under %(age)s, so a parent or guardian has to agree first. "
                              "Tell us who we can ask.", age=self._get_guardian_age())  # fmt: skip
        if self.guardian_state == "asked":
            return self.env._("We asked %(name)s to agree. As soon as that is done, the company sees your application.",
                              name=self.sudo().guardian_id.partner_id.name or "")  # fmt: skip
        return self.env._("No company sees this application.")

    def _get_end_message(self):
        """Kind words about how it ended, for the student."""
        self.ensure_one()
        if self.end_kind == "refused":
            return self.sudo().refusal_reason_id.with_env(self.env).sudo().message or ""
        messages = {
            "filled": self.env._("Somebody else got this place. That says nothing about you: there are more places."),
            "closed": self.env._("The company took this place away. There are more places that may suit you."),
            "withdrawn": self.env._("You withdrew this application. You can always apply for another place."),
            "declined": self.env._("You said no to this offer. You can always apply for another place."),
            "elsewhere": self.env._("You have a place somewhere else, so we closed this one for you."),
            "guardian": self.env._("Your parent or guardian did not agree, so no company sees this application."),
            "lapsed": self.env._("Nobody answered in time. We are sorry; VTI knows about it."),
            "offer_over": self.env._("The last day to say yes passed. Do you still want this place? Call the company."),
            "expired": self.env._("This place was over before there was an answer. There are more that may suit you."),
        }
        return messages.get(self.end_kind, "")

    def _get_steps(self):
        """The way of an application as steps, for `vti-steps`.

        :return: key (the state that it stands for, or "ended"), title, note, state (done, current, stopped or todo)
        :rtype: list[dict]
        """
        self.ensure_one()
        order = ["submitted", "invited", "offered", "accepted"]
        moments = [self.submitted_on, self.invited_on, self.offered_on, self.accepted_on]
        titles = [self.env._("Applied"), self.env._("Meeting"), self.env._("Offer"), self.env._("You have the place")]
        reached = {"placed": 3}.get(self.state, order.index(self.state) if self.state in order else -1)
        steps = []
        for number, (title, moment) in enumerate(zip(titles, moments, strict=True)):
            skipped = number == 1 and not moment and (reached > 1 or self.state in ENDED_STATES)
            if skipped or (self.state in ENDED_STATES and not moment):
                continue
            state = "done" if moment and (number < reached or reached in (-1, 3)) else "todo"
            state = "current" if number == reached and reached < 3 else state
            note = self._get_meeting_step() if number == 1 else self._format_step_day(moment)
            steps.append({"key": order[number], "title": title, "note": note, "state": state})
        if self.state in ENDED_STATES:
            note = self._format_step_day(self.closed_on)
            steps.append({"key": "ended", "title": self._get_end_title(), "note": note, "state": "stopped"})
        return steps

    def _get_meeting_step(self):
        """When they meet or met; the day of the invitation where no moment is known."""
        if self.meeting_at:
            return format_moment(self.env, self.meeting_at)
        day = self._format_step_day(self.invited_on)
        return day and self.env._("Invited on %(day)s", day=day)

    def _format_step_day(self, moment):
        return format_date(self.env, local_date(moment), date_format="d MMMM y") if moment else ""

    def _get_end_title(self):
        """How it ended, in a few words to the student."""
        own = {
            "withdrawn": self.env._("You withdrew"),
            "declined": self.env._("You said no"),
            "elsewhere": self.env._("You have another place"),
            "guardian": self.env._("Your parent or guardian said no"),
        }
        labels = dict(self._fields["end_kind"]._description_selection(self.env))
        return own.get(self.end_kind) or labels.get(self.end_kind) or self.env._("Ended")

    def _get_meeting_ics(self, cancelled=False):
        """The meeting as an iCalendar file, or the file that takes it out of a calendar.

        :return: text with CRLF ends of line (RFC 5545); empty where no meeting is planned
        :rtype: str
        """
        self.ensure_one()
        application_sudo = self.sudo()
        if not application_sudo.meeting_at:
            return ""
        kind = dict(self._fields["meeting_kind"]._description_selection(self.env)).get(self.meeting_kind, "")
        place = application_sudo.branch_id or application_sudo.employer_id
        title = self.env._("%(kind)s: %(company)s", kind=kind, company=application_sudo.employer_id.name)
        address = ", ".join(filter(None, (place.street, place.zip, place.city)))
        return ics.calendar(
            f"application-{self.id}@{application_sudo.get_base_url().split('//')[-1]}",
            application_sudo.meeting_at,
            title,
            end=application_sudo.meeting_at + TRIAL if self.meeting_kind == "trial" else None,
            description=application_sudo.meeting_note or "",
            location=address if self.meeting_kind in ("visit", "trial") else "",
            cancelled=cancelled,
        )
