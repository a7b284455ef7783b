from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.vti_bpv.tools.moment import format_moment

STATES = [
    ("waiting", "Waiting"),
    ("offered", "May come"),
    ("taken", "Comes"),
    ("lapsed", "Didn't answer"),
    ("left", "Left the list"),
]
IN_QUEUE = ("waiting", "offered")
HOURS = 48  # to say yes, unless VTI set another term
KEEP_DAYS = 90


class EventWaiting(models.Model):
    """Somebody who waits for a seat: moves up by itself, and becomes a registration on saying yes in time."""

    _name = "vti.event.waiting"
    _description = "Waiting list of an event"
    _inherit = ["vti.signed.link"]
    _order = "event_id, id"
    _rec_name = "name"

    event_id = fields.Many2one("event.event", required=True, readonly=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one("res.partner", "Person", readonly=True, ondelete="cascade", index="btree_not_null")
    name = fields.Char(required=True)
    email = fields.Char()
    answers = fields.Json(readonly=True)
    state = fields.Selection(STATES, required=True, default="waiting", readonly=True)
    place = fields.Integer("Place in the queue", compute="_compute_place")
    offer_until = fields.Datetime("Seat kept until", readonly=True)
    offer_until_text = fields.Char(compute="_compute_offer_until_text")
    registration_id = fields.Many2one("event.registration", readonly=True, ondelete="set null", index="btree_not_null")

    _person_once = models.UniqueIndex(
        "(event_id, partner_id) WHERE partner_id IS NOT NULL AND state IN ('waiting', 'offered')",
        "This person is on the waiting list already.",
    )
    _address_once = models.UniqueIndex(
        "(event_id, lower(email)) WHERE partner_id IS NULL AND state IN ('waiting', 'offered')",
        "This person is on the waiting list already.",
    )
    _queue = models.Index("(event_id, state, id) WHERE state IN ('waiting', 'offered')")
    _due = models.Index("(offer_until) WHERE state = 'offered'")

    @api.depends("state", "event_id.waiting_ids.state")
    def _compute_place(self):
        queues = {}
        for event in self.event_id:
            ids = self.search([("event_id", "=", event.id), ("state", "=", "waiting")], order="id").ids
            queues[event] = {number: place for place, number in enumerate(ids, 1)}
        for waiting in self:
            waiting.place = queues[waiting.event_id].get(waiting.id, 0)

    # ------------------------------------------------------------------ life

    def _offer(self):
        """Keep a seat for these people, and ask whether they still come."""
        now = fields.Datetime.now()
        hours = int(self.env["ir.config_parameter"].sudo().get_param("vti_bpv.event_offer_hours") or HOURS)
        cron = self.env.ref("vti_events.cron_event_waiting").sudo()
        for waiting in self:
            left = waiting.event_id.date_begin - now
            waiting.write({"state": "offered", "offer_until": now + min(timedelta(hours=hours), left / 2)})
            waiting._tell("vti_events.mail_waiting_offer", self.env._("Say yes or no"))
            cron._trigger(at=waiting.offer_until)

    def _can_take(self):
        """Whether the seat is still kept for this person."""
        self.ensure_one()
        return self.state == "offered" and fields.Datetime.now() < self.offer_until and self.event_id._can_sign_up()

    def _take(self):
        """Say yes: the kept seat becomes a registration.

        :return: the registration (sudo)
        :raise UserError: the term has passed, or the event is over
        """
        self.ensure_one()
        self.event_id._claim_seats()
        self.invalidate_recordset(["state"])
        if not self._can_take():
            raise UserError(self.env._("This seat isn't kept for you any more."))
        self.state = "taken"
        self.flush_recordset()
        self.event_id.invalidate_recordset(["seats_available"])
        values = self.event_id._prepare_sign_up(
            self.partner_id, {"name": self.name, "email": self.email}, self.answers or []
        )
        self.registration_id = self.env["event.registration"].sudo().create(values)
        return self.registration_id

    def _leave(self):
        """Say no, or leave the list: whoever waits next gets the kept seat."""
        self.ensure_one()
        if self.state not in IN_QUEUE:
            raise UserError(self.env._("You aren't on the waiting list any more."))
        self.state = "left"
        self.event_id._fill_seats()

    @api.model
    def _cron_lapse(self):
        """Pass on the seats of who didn't answer in time."""
        now = fields.Datetime.now()
        due = [("state", "=", "offered"), ("offer_until", "<=", now)]
        events = [event for (event,) in self._read_group(due, ["event_id"])]
        for left, event in enumerate(events, 1 - len(events)):
            event._claim_seats()
            late = self.search([*due, ("event_id", "=", event.id)])
            late.state = "lapsed"
            if event._can_sign_up():
                for waiting in late:
                    waiting._tell("vti_events.mail_waiting_lapsed", self.env._("See the event"))
                event._fill_seats()
            if self.env.context.get("cron_id"):
                self.env["ir.cron"]._commit_progress(1, remaining=-left)

    @api.model
    def _get_mine(self, person):
        """What somebody waits for, soonest first; sudo."""
        waiting_sudo = self.sudo().search(
            [("partner_id", "=", person.id), ("state", "in", IN_QUEUE), ("event_id.is_published", "=", True),
             ("event_id.date_begin", ">", fields.Datetime.now())]
        )  # fmt: skip
        return waiting_sudo.sorted(lambda one: one.event_id.date_begin)

    @api.autovacuum
    def _gc_waiting(self):
        """Forget who waited for what was long ago."""
        before = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.search([("event_id.date_end", "<", before)], limit=5000).unlink()

    # ------------------------------------------------------------------ telling

    def _get_link(self):
        """Address of the page where this person says yes or no, without logging in."""
        self.ensure_one()
        return f"{self.get_base_url()}/events/seat/{self._sign_link('event_seat', self.partner_id, 400)}"

    def _tell(self, template_xmlid, label):
        self.ensure_one()
        Notice = self.env["vti.notice"].sudo()
        if self.partner_id:
            Notice._post(template_xmlid, self, self.partner_id, self._get_link(), label, urgent=True)
        else:
            Notice._mail_address(self.env.ref(template_xmlid), self, self._get_link(), label)

    @api.depends("offer_until")
    @api.depends_context("lang")
    def _compute_offer_until_text(self):
        for waiting in self:
            waiting.offer_until_text = format_moment(self.env, waiting.offer_until)
