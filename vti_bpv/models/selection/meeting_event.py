from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .application import OPEN_STATES, TAKEN_STATES
from .application_progress import TRIAL

HOUR = timedelta(hours=1)
# who comes has our mail with the calendar file: nothing more is sent, and no task is made of it
QUIET = {
    "vti_meeting": True, "dont_notify": True, "no_mail_to_attendees": True, "skip_contact_description": True,
    "mail_create_nolog": True, "mail_create_nosubscribe": True, "mail_notrack": True, "tracking_disable": True,
}  # fmt: skip
MEETING_FIELDS = {"start", "stop", "active", "partner_ids", "recurrency", "allday"}


class Application(models.Model):
    """The meeting of an application in VTI's calendar: made, moved and taken away with it."""

    _inherit = "vti.application"

    calendar_event_id = fields.Many2one(
        "calendar.event", "In the calendar", readonly=True, copy=False, index="btree_not_null", ondelete="set null",
        groups="vti_bpv.group_user",
    )  # fmt: skip

    def write(self, vals):
        done = super().write(vals)
        if vals.keys() & {"meeting_at", "meeting_kind", "state"}:
            self._follow_calendar()
        return done

    def _forget(self):
        result = super()._forget()
        self.sudo().calendar_event_id.with_context(**QUIET).unlink()
        return result

    def _follow_calendar(self):
        """Let the calendar say what the application says; a meeting that was held stays."""
        now = fields.Datetime.now()
        for application_sudo in self.sudo():
            event_sudo = application_sudo.calendar_event_id.with_context(**QUIET)
            goes_on = application_sudo.state in OPEN_STATES + TAKEN_STATES
            if application_sudo.meeting_at and goes_on:
                values = application_sudo._prepare_event_values()
                if event_sudo:
                    event_sudo.write(values)
                else:
                    application_sudo.calendar_event_id = application_sudo._make_event(values)
            elif event_sudo and (not application_sudo.meeting_at or event_sudo.start > now):
                event_sudo.unlink()

    def _make_event(self, values):
        event_sudo = self.env["calendar.event"].with_context(**QUIET).create(values)
        # linked when it is there: linked at once, core makes a task of it as well
        event_sudo.write({"res_model_id": self.env["ir.model"]._get_id(self._name), "res_id": self.id})
        return event_sudo

    def _prepare_event_values(self):
        """Values of the meeting's calendar.event; without a name, for a first round may be nameless.

        The colleague who invited and who looks after the company at VTI are in it; the student, whose
        name everybody who comes would read, has the calendar file of our mail.
        """
        self.ensure_one()
        here, staff = self._for_staff()
        spoken = here.env
        colleague = self._get_acting_partner().filtered(lambda p: p.commercial_partner_id == self.employer_id)
        place = self.branch_id or self.employer_id
        kind = dict(self._fields["meeting_kind"]._description_selection(spoken)).get(self.meeting_kind, "")
        values = {
            "name": spoken._("%(kind)s: %(company)s and student %(code)s", kind=kind,
                             company=self.employer_id.name, code=self.student_id.code),
            "start": self.meeting_at,
            "stop": self.meeting_at + (TRIAL if self.meeting_kind == "trial" else HOUR),
            "location": ", ".join(filter(None, (place.street, place.zip, place.city)))
            if self.meeting_kind in ("visit", "trial") else False,
        }  # fmt: skip
        if self.calendar_event_id:
            return values
        people = (colleague or self._get_company_partners()[:1]) | staff.partner_id
        return values | {
            "user_id": staff.id, "partner_ids": [(6, 0, people.ids)], "description": False, "allday": False,
            "privacy": "confidential", "show_as": "free",
        }  # fmt: skip


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def write(self, vals):
        if vals.keys() & MEETING_FIELDS:
            self._check_no_application()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_meeting(self):
        self._check_no_application()

    def _check_no_application(self):
        """:raise UserError: where student and company wouldn't hear of it"""
        if self.env.context.get("vti_meeting"):
            return
        if self.env["vti.application"].sudo().search_count([("calendar_event_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("This meeting belongs to an application. Move it there: then student and company are told.")
            )
