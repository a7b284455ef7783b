from odoo import api, fields, models
from odoo.exceptions import UserError

CALENDAR_DAYS = 400  # how long the link in a mail to one's registration works


class EventRegistration(models.Model):
    """Who comes: seats one after another, for whom the event is, and the way to cancel."""

    _name = "event.registration"
    _inherit = ["event.registration", "vti.signed.link"]

    _comes_once = models.UniqueIndex(
        "(event_id, partner_id) WHERE partner_id IS NOT NULL AND state IN ('draft', 'open', 'done') AND active",
        "This person is signed up already.",
    )
    _of_person = models.Index("(partner_id, event_id) WHERE partner_id IS NOT NULL AND state != 'cancel'")

    @api.model_create_multi
    def create(self, vals_list):
        events = self.env["event.event"].sudo().browse({vals["event_id"] for vals in vals_list if vals.get("event_id")})
        events._claim_seats()
        if self.env.user.share:  # whoever isn't staff, sudo or not: an event is for whom it is for
            for vals in vals_list:
                person = self.env["res.partner"].browse(vals.get("partner_id"))
                self.env["event.event"].browse(vals.get("event_id"))._check_for(person)
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("state") in ("open", "done"):
            self.filtered(lambda r: r.state in ("draft", "cancel")).event_id.sudo()._claim_seats()
        return super().write(vals)

    def _can_cancel(self):
        """Whether one can still cancel by oneself: until it begins."""
        self.ensure_one()
        return self.state == "open" and self.sudo().event_id.date_begin > fields.Datetime.now()

    def _cancel_by_person(self):
        """Take back one's registration; who wants to come on can come in.

        :raise UserError: it has begun, or was cancelled
        """
        self.ensure_one()
        if not self._can_cancel():
            raise UserError(self.env._("You can't cancel this any more. Call us if you can't come."))
        self.sudo().action_cancel()

    def _get_link(self):
        """Address of the page where this person sees and cancels the registration, without logging in."""
        self.ensure_one()
        return f"{self.get_base_url()}/events/mine/{self._sign_link('registration', self.partner_id, CALENDAR_DAYS)}"

    def _get_survey_link(self):
        """Address of the questions afterwards."""
        self.ensure_one()
        return f"{self.get_base_url()}/events/after/{self._sign_link('event_survey', self.partner_id, 60)}"

    # ------------------------------------------------------------------ lists

    @api.model
    def _count_coming(self, person):
        return self.sudo().search_count(self._get_coming_domain(person))

    @api.model
    def _get_coming_domain(self, person):
        now = fields.Datetime.now()
        return [("partner_id", "=", person.id), ("state", "=", "open"), ("event_id.date_end", ">=", now),
                ("event_id.is_published", "=", True)]  # fmt: skip

    @api.model
    def _get_mine(self, person):
        """What a person goes to, soonest first, and the last twenty of what was.

        :return: two recordsets, sudo
        """
        Registration_sudo = self.sudo()
        coming_sudo = Registration_sudo.search(self._get_coming_domain(person))
        past_sudo = Registration_sudo.search(
            [("partner_id", "=", person.id), ("state", "in", ("open", "done")),
             ("event_id.date_end", "<", fields.Datetime.now())], limit=20,
        )  # fmt: skip
        return coming_sudo.sorted(lambda r: r.event_id.date_begin), past_sudo
