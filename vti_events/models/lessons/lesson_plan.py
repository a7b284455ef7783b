from odoo import models

from odoo.addons.vti_bpv.tools.moment import ZONE

MOVES = ("kanban_state", "stage_id", "date_begin", "date_end")


class LessonRequest(models.Model):
    """What both agreed on becomes an event."""

    _inherit = "vti.lesson.request"

    def _plan(self, proposal):
        """Make the event, and tell both."""
        self.ensure_one()
        this_sudo = self.sudo()
        event_sudo = self.env["event.event"].sudo().create(this_sudo._prepare_event_values(proposal))
        proposal.state = "planned"
        this_sudo.write({"state": "planned", "event_id": event_sudo.id})
        this_sudo.activity_ids.unlink()
        self._tell_school("planned")
        proposal._tell_company("planned")
        return event_sudo

    def _prepare_event_values(self, proposal):
        here = self.with_context(lang="nl_NL" if self.env["res.lang"]._get_data(code="nl_NL") else None)
        place = self._get_place()
        at_company = self.kind == "company_visit"
        if at_company:
            place = proposal.offer_id.branch_id or proposal.employer_id
        words = {"what": here._get_what(), "company": proposal.employer_id.name}
        name = (
            here.env._("%(what)s at %(company)s", **words)
            if at_company
            else here.env._("%(what)s by %(company)s", **words)
        )
        return {
            "name": name,
            "event_type_id": self.env.ref(f"vti_events.event_type_{self.kind}").id,
            "user_id": (self.user_id or self.env["vti.application"].sudo()._get_staff_user()).id,
            "date_begin": proposal.begin,
            "date_end": proposal.end,
            "date_tz": ZONE,
            "address_id": place.id,
            "school_ids": [(6, 0, self.school_id.ids)],
            "host_school_id": False if at_company else self.school_id.id,
            "host_employer_id": proposal.employer_id.id if at_company else False,
            "guest_employer_id": proposal.employer_id.id,
            "seats_limited": True,
            "seats_max": self.students,
            "stage_id": self.env.ref("event.event_stage_announced").id,
            "is_published": True,
        }

    def _on_event_changed(self):
        """Follow the event of these: what is called off has ended, and another time is told to both."""
        for request_sudo in self.sudo().filtered(lambda one: one.state == "planned"):
            event, proposal = request_sudo.event_id, request_sudo.coupled_id
            if event.kanban_state == "cancel":
                proposal.state = "withdrawn"
                request_sudo.write({"state": "ended", "end_kind": "called_off"})
                proposal._tell_company("called_off")
                request_sudo._tell_school("called_off", proposal)
            elif (event.date_begin, event.date_end) != (proposal.begin, proposal.end):
                proposal.write({"begin": event.date_begin, "end": event.date_end})
                proposal._tell_company("moved")
                request_sudo._tell_school("moved")

    def _get_giver(self):
        """The company that does it, and its person; sudo, possibly empty."""
        proposal_sudo = self.sudo().coupled_id
        return proposal_sudo.employer_id, proposal_sudo.partner_id

    def action_open_event(self):
        """Open the event that came of it."""
        self.ensure_one()
        self._check_staff()
        return {
            "type": "ir.actions.act_window", "res_model": "event.event", "res_id": self.event_id.id,
            "view_mode": "form",
        }  # fmt: skip
