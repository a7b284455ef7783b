from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date


class Consent(models.Model):
    """That a person agreed to something: to what text, when, through what, and until when.

    Under 16 the legal representative gives it. What was agreed is never rewritten: it can only be
    withdrawn, at any time, and given anew.
    """

    _name = "vti.consent"
    _description = "Consent"
    _inherit = ["vti.portal.guard"]
    _order = "given_on desc, id desc"

    student_id = fields.Many2one("vti.student", index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Of", required=True, index=True, ondelete="cascade")
    purpose = fields.Selection(
        [("application", "Share with a company"), ("alumni", "Stay in touch as alumnus")], required=True, index=True
    )
    text = fields.Text(required=True, help="The words that were agreed to.")
    given_on = fields.Datetime(required=True, default=fields.Datetime.now)
    given_by_id = fields.Many2one(
        "res.partner", "Given by", required=True, index=True, default=lambda self: self.env.user.partner_id
    )
    channel = fields.Selection(
        [("site", "Site"), ("mail", "Mail link"), ("phone", "Phone"), ("paper", "Paper")],
        required=True,
        default="site",
    )
    valid_until = fields.Date()
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.partner", "Withdrawn by", readonly=True, copy=False, index="btree_not_null")
    is_in_force = fields.Boolean("In force", compute="_compute_is_in_force", search="_search_is_in_force")

    _withdrawn_later = models.Constraint(
        "CHECK(withdrawn_on IS NULL OR withdrawn_on >= given_on)", "It can't be withdrawn before it was given."
    )
    _in_force = models.Index("(partner_id, purpose) WHERE withdrawn_on IS NULL")

    @api.depends("withdrawn_on", "valid_until")
    def _compute_is_in_force(self):
        today = fields.Date.context_today(self)
        for consent in self:
            consent.is_in_force = not consent.withdrawn_on and (not consent.valid_until or consent.valid_until >= today)

    def _search_is_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return [("withdrawn_on", "=", False), "|", ("valid_until", "=", False), ("valid_until", ">=", today)]

    @api.depends("purpose", "given_on")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        labels = dict(self._fields["purpose"]._description_selection(self.env))
        for consent in self:
            day = consent.given_on and fields.Datetime.context_timestamp(consent, consent.given_on).date()
            consent.display_name = f"{labels.get(consent.purpose, '')} {format_date(self.env, day)}".strip()

    def write(self, vals):
        self.check_access("write")  # who may not change it hears that first
        if set(vals) - self._get_changeable_fields():
            raise UserError(self.env._("A consent isn't changed. Withdraw it, and ask for a new one."))
        return super().write(vals)

    @api.model
    def _get_changeable_fields(self):
        return {"withdrawn_on", "withdrawn_by_id"}

    def _portal_readable_fields(self):
        return {"partner_id", "purpose", "text", "given_on", "channel", "valid_until", "withdrawn_on", "is_in_force"}

    def action_withdraw(self):
        """Withdraw these consents, as the person concerned or as VTI; doing it again changes nothing.

        :raise AccessError: where it is somebody else's
        """
        self.check_access("read")
        mine = self.sudo().filtered(lambda consent: consent.partner_id == self.env.user.partner_id)
        if len(mine) < len(self) and not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only the person who gave a consent withdraws it."))
        open_sudo = self.sudo().filtered(lambda consent: not consent.withdrawn_on)
        open_sudo.write({"withdrawn_on": fields.Datetime.now(), "withdrawn_by_id": self.env.user.partner_id.id})
        open_sudo._on_withdrawn()

    def _on_withdrawn(self):
        """Hook for the rooms and modules after this one: these consents (sudo) were just withdrawn."""

    @api.model
    def _get_in_force(self, partner, purpose):
        """The consents of a person for a purpose that hold today (sudo, possibly empty)."""
        return self.sudo().search(
            [("partner_id", "=", partner.id), ("purpose", "=", purpose), ("is_in_force", "=", True)]
        )
