from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.moment import format_moment
from .application import ENDED_STATES, MEETING_KINDS

MOST = 5  # moments proposed at once
REMIND_HOURS = 48
# mails that carry the meeting as a calendar file, and those that carry its end
MEETING_MAILS = ("student_invited", "student_moved", "student_picked", "company_picked")
OFF_MAILS = (
    "student_refused", "student_filled", "student_closed", "student_elsewhere", "student_expired", "student_lapsed",
    "student_offer_over", "student_guardian_refused",
    "company_withdrawn", "company_declined", "company_over", "company_offer_over",
)  # fmt: skip


class MeetingSlot(models.Model):
    """A moment at which a company can meet one candidate for a place, proposed to one or several.

    Who picks it first has it. Portal users have no right on it: the pages of the two sides show it.
    """

    _name = "vti.meeting.slot"
    _description = "Proposed moment to meet"
    _order = "start, id"
    _rec_name = "start"

    vacancy_id = fields.Many2one("vti.vacancy", "Place", required=True, index=True, ondelete="cascade")
    start = fields.Datetime(required=True)
    proposed_ids = fields.Many2many("vti.application", string="Proposed to")
    application_id = fields.Many2one("vti.application", "Picked by", index="btree_not_null", ondelete="set null")

    _once = models.UniqueIndex("(vacancy_id, start)", "This moment is proposed already.")

    @api.model
    def _find_or_make(self, vacancy, starts):
        """The moments of a place; one that stands already is shared with who got it before."""
        found = self.search([("vacancy_id", "=", vacancy.id), ("start", "in", starts)])
        known = set(found.mapped("start"))
        return found | self.create([{"vacancy_id": vacancy.id, "start": s} for s in starts if s not in known])

    @api.autovacuum
    def _gc_slots(self):
        self.search([("start", "<", fields.Datetime.now() - timedelta(days=90))], limit=5000).unlink()


class Application(models.Model):
    """Meeting at a moment that the student picks."""

    _inherit = "vti.application"

    slot_ids = fields.Many2many("vti.meeting.slot", string="Proposed moments", groups="vti_bpv.group_user", copy=False)
    times_declined_on = fields.Datetime("Asked for other moments on", readonly=True, copy=False)
    pick_reminded = fields.Boolean("Reminded to pick", readonly=True, copy=False)

    def _get_clock_start(self):
        """Once the last proposed moment passed, or other ones were asked for, the company is awaited again."""
        if self.state != "invited" or self.meeting_at:
            return super()._get_clock_start()
        starts = self.sudo().slot_ids.mapped("start")
        return max(starts) if starts else self.times_declined_on or None

    @api.depends("slot_ids", "times_declined_on")
    def _compute_answer_by(self):
        return super()._compute_answer_by()

    @api.depends("slot_ids", "times_declined_on")
    def _compute_clock_step(self):
        return super()._compute_clock_step()

    def write(self, vals):
        if vals.get("meeting_at") and "slot_ids" not in vals:
            vals = {**vals, "times_declined_on": False}
            self._release_slots()
        return super().write(vals)

    def _release_slots(self):
        """Give picked moments free, and forget what was proposed."""
        applications_sudo = self.sudo().filtered("slot_ids")
        self.env["vti.meeting.slot"].sudo().search([("application_id", "in", self.ids)]).application_id = False
        applications_sudo.slot_ids = False

    def _on_ended(self):
        self._release_slots()
        return super()._on_ended()

    # ------------------------------------------------------------------ the company proposes

    def action_propose_moments(self, moments, meeting_kind, meeting_note=None):
        """Invite the student to meet, at one of several moments that he or she picks from.

        :param list moments: two to five datetimes in UTC, or their texts
        :param str meeting_kind: one of MEETING_KINDS
        """
        self.ensure_one()
        self._check_actor("company")
        values = {"moments": moments, "meeting_kind": meeting_kind, "meeting_note": meeting_note}
        self._raise_first(self._get_proposal_errors(values))
        self._log_step("invited")
        application_sudo = self.sudo()
        application_sudo._release_slots()
        starts = sorted({fields.Datetime.to_datetime(moment) for moment in moments})
        slots_sudo = application_sudo.env["vti.meeting.slot"]._find_or_make(application_sudo.vacancy_id, starts)
        application_sudo.write(
            {
                "state": "offered" if application_sudo.state == "offered" else "invited",
                "invited_on": fields.Datetime.now(),
                "meeting_at": False,
                "meeting_kind": meeting_kind,
                "meeting_note": (meeting_note or "").strip() or False,
                "slot_ids": [(6, 0, slots_sudo.ids)],
                "times_declined_on": False,
                "pick_reminded": False,
            }
        )
        application_sudo.vacancy_id._note_confirmed()
        application_sudo._tell_student("proposed", urgent=True)
        return True

    def _get_proposal_errors(self, values):
        errors = self._get_answer_errors()
        moments = values.get("moments") or []
        now, seen = fields.Datetime.now(), set()
        for number, moment in enumerate(moments, 1):
            name = "meeting_at" if number == 1 else f"meeting_at_{number}"
            start = self._read_meeting(moment)
            if not start:
                errors[name] = self.env._("Choose a day and a time.")
            elif start <= now:
                errors[name] = self.env._("This moment has passed. Choose a later one.")
            elif start in seen:
                errors[name] = self.env._("This moment is here twice.")
            seen.add(start)
        if not 2 <= len(moments) <= MOST:
            errors["meeting_at"] = self.env._("Propose two to five moments.")
        if values.get("meeting_kind") not in dict(MEETING_KINDS):
            errors["meeting_kind"] = self.env._("Choose how you meet.")
        return errors

    # ------------------------------------------------------------------ the student picks

    def _get_open_slots(self):
        """The moments that this student can pick now; sudo.

        :return: vti.meeting.slot
        """
        self.ensure_one()
        application_sudo = self.sudo()
        if application_sudo.state not in ("invited", "offered") or application_sudo.meeting_at:
            return application_sudo.env["vti.meeting.slot"]
        now = fields.Datetime.now()
        return application_sudo.slot_ids.filtered(lambda slot: slot.start > now and not slot.application_id)

    def _is_asked_to_pick(self):
        """Whether moments were proposed of which none is picked yet, free or not."""
        self.ensure_one()
        application_sudo = self.sudo()
        return application_sudo.state == "invited" and not application_sudo.meeting_at and bool(
            application_sudo.slot_ids
        )  # fmt: skip

    def action_pick_slot(self, slot_id):
        """The student picks a moment; of two who pick the same one the second reads that it has gone.

        :param int slot_id: one of the moments proposed to this student
        """
        self.ensure_one()
        self._check_actor("student")
        application_sudo = self.sudo()
        if not slot_id:
            raise UserError(self.env._("Pick one of the moments first."))
        slot_sudo = application_sudo.slot_ids.filtered(lambda slot: str(slot.id) == str(slot_id))
        if slot_sudo:
            self.env.flush_all()
            self.env.cr.execute(SQL("SELECT 1 FROM vti_meeting_slot WHERE id = %s FOR UPDATE", slot_sudo.id))
            self.env.invalidate_all(flush=False)
        if not slot_sudo or slot_sudo not in self._get_open_slots():
            raise UserError(self.env._("This moment has just gone. Pick another one."))
        slot_sudo.application_id = application_sudo
        application_sudo.write({"meeting_at": slot_sudo.start, "slot_ids": [(6, 0, slot_sudo.ids)]})
        application_sudo._tell_student("picked", urgent=True)
        application_sudo._tell_company("picked", urgent=True)
        return True

    def action_ask_other_times(self):
        """None of the moments suits the student: the company proposes again."""
        self.ensure_one()
        self._check_actor("student")
        if not self._is_asked_to_pick():
            raise UserError(self.env._("No moments were proposed to you."))
        application_sudo = self.sudo()
        application_sudo._release_slots()
        application_sudo.times_declined_on = fields.Datetime.now()
        application_sudo._tell_company("other_times", urgent=True)
        return True

    @api.model
    def _get_clock_domains(self, today):
        before = fields.Datetime.now() - timedelta(hours=REMIND_HOURS)
        to_pick = [
            ("state", "=", "invited"), ("meeting_at", "=", False), ("pick_reminded", "=", False),
            ("invited_on", "<=", before), ("slot_ids", "any", [("start", ">", fields.Datetime.now())]),
        ]  # fmt: skip
        return [*super()._get_clock_domains(today), ("_remind_to_pick", to_pick)]

    def _remind_to_pick(self):
        self.pick_reminded = True
        if self._get_open_slots():
            self._tell_student("proposed", urgent=True)

    # ------------------------------------------------------------------ in words, and in mails

    def _get_slot_options(self):
        """The open moments for a form: list of (id, words in Dutch time)."""
        return [(slot.id, format_moment(self.env, slot.start)) for slot in self._get_open_slots()]

    def _get_next_step(self):
        if not self._is_asked_to_pick():
            return super()._get_next_step()
        company = self.sudo().employer_id.name
        if self._get_open_slots():
            return self.env._("%(company)s wants to meet you. Pick a moment that suits you.", company=company)
        return self.env._("The moments that %(company)s proposed have gone. Ask for other ones.", company=company)

    def _get_button_label(self, message):
        if message == "proposed":
            return self.env._("Pick a moment")
        if message == "picked":
            return self.env._("See the meeting")
        if message == "other_times":
            return self.env._("Propose other moments")
        return super()._get_button_label(message)

    def _get_notice_files(self, template):
        """Put the meeting in the calendar of who reads the mail about it, or take it out where it is off."""
        off = self.state in ENDED_STATES and bool(self.meeting_at) and self.meeting_at > fields.Datetime.now()
        names = OFF_MAILS if off else MEETING_MAILS
        if template and template in [self.env.ref(f"vti_bpv.mail_template_{name}") for name in names]:
            return [("meeting.ics", self._get_meeting_ics(cancelled=off).encode())]
        return []
