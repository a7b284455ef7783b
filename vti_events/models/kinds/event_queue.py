from odoo import api, fields, models
from odoo.exceptions import UserError

from .event_waiting import IN_QUEUE

SEATS = {"seats_max", "seats_limited", "kanban_state", "stage_id", "is_published"}


class EventEvent(models.Model):
    """The queue for a full event: a seat that comes free is kept for whoever waits longest."""

    _inherit = "event.event"

    waiting_ids = fields.One2many("vti.event.waiting", "event_id", "Waiting list")
    waiting_count = fields.Integer(compute="_compute_waiting_count", compute_sudo=True)

    @api.depends("waiting_ids.state")
    def _compute_waiting_count(self):
        for event in self:
            event.waiting_count = len(event.waiting_ids.filtered(lambda waiting: waiting.state in IN_QUEUE))

    @api.depends("waiting_ids.state")
    def _compute_seats(self):
        """Take off the seats that are kept for who may say yes."""
        result = super()._compute_seats()
        groups = (
            self.env["vti.event.waiting"]
            .sudo()
            ._read_group([("event_id", "in", self.ids), ("state", "=", "offered")], ["event_id"], ["__count"])
        )
        for event, count in groups:
            if event.seats_max > 0 and not event.is_multi_slots:
                self.browse(event.id).seats_available -= count
        return result

    def write(self, vals):
        result = super().write(vals)
        if SEATS & set(vals):
            self._fill_seats()
        return result

    def _fill_seats(self):
        """Keep the free seats for who waits longest, and ask them."""
        queue = self.env["vti.event.waiting"].sudo()
        waited = {event for (event,) in queue._read_group(
            [("event_id", "in", self.ids), ("state", "=", "waiting")], ["event_id"])}  # fmt: skip
        for event_sudo in self.sudo().filtered(lambda event: event in waited and event._can_sign_up()):
            event_sudo._claim_seats()
            event_sudo.invalidate_recordset(["seats_available"])
            free = event_sudo.seats_available if event_sudo.seats_limited and event_sudo.seats_max else None
            if free is None or free > 0:
                domain = [("event_id", "=", event_sudo.id), ("state", "=", "waiting")]
                queue.search(domain, order="id", limit=free)._offer()

    def _find_waiting(self, person=None, email=None):
        """Somebody's place in the queue; sudo, possibly empty."""
        self.ensure_one()
        domain = [("event_id", "=", self.id), ("state", "in", IN_QUEUE)]
        domain += (
            [("partner_id", "=", person.id)] if person else [("partner_id", "=", False), ("email", "=ilike", email)]
        )
        return self.env["vti.event.waiting"].sudo().search(domain, limit=1)

    def _sign_up_or_wait(self, person, values=None, answers=()):
        """Sign somebody up, or put them on the waiting list where all seats are taken.

        :return: event.registration or vti.event.waiting (sudo); see `_sign_up`
        """
        self.ensure_one()
        values = values or {}
        waiting = self._find_waiting(person, values.get("email"))
        if waiting:
            return waiting._take() if waiting._can_take() else waiting
        if self._can_sign_up() and self._is_full() and not self._find_registration(person, values.get("email")):
            return self._join_queue(person, values, answers)
        return self._sign_up(person, values, answers)

    def _join_queue(self, person, values, answers):
        self._check_for(person)
        contact = self._get_contact_values(person, values)
        if not contact["name"]:
            raise UserError(self.env._("Fill in your name."))
        waiting = self.env["vti.event.waiting"].sudo().create(
            {"event_id": self.id, "partner_id": person.id, "name": contact["name"], "email": contact["email"],
             "answers": list(answers)}
        )  # fmt: skip
        waiting._tell("vti_events.mail_waiting_joined", self.env._("See your place, or leave the list"))
        return waiting


class EventRegistration(models.Model):
    """A seat that comes free."""

    _inherit = "event.registration"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("cancel", "draft") or vals.get("active") is False:
            self.event_id._fill_seats()
        return result

    def unlink(self):
        events = self.event_id
        result = super().unlink()
        events.exists()._fill_seats()
        return result
