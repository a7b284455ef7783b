from odoo import api, fields, models


class Consent(models.Model):
    """That a person agreed to something: to what text, when, through what, and until when.

    Under 16 the legal representative gives it; it can be withdrawn at any time.
    """

    _name = "vti.consent"
    _description = "Consent"
    _inherit = ["vti.portal.guard"]
    _order = "given_on desc, id desc"

    student_id = fields.Many2one("vti.student", index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Of", required=True, index=True, ondelete="cascade")
    purpose = fields.Selection([("application", "Share with a company"), ("alumni", "Stay in touch as alumnus")],
                               required=True)
    text = fields.Text(required=True, readonly=True, help="The words that were agreed to.")
    given_on = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    given_by_id = fields.Many2one("res.partner", required=True, readonly=True, index=True)
    channel = fields.Selection([("site", "Site"), ("mail", "Mail link"), ("phone", "Phone"), ("paper", "Paper")],
                               required=True, default="site", readonly=True)
    valid_until = fields.Date()
    withdrawn_on = fields.Datetime(readonly=True)
    withdrawn_by_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    is_in_force = fields.Boolean(compute="_compute_is_in_force", search="_search_is_in_force")

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

    def _portal_readable_fields(self):
        return {"purpose", "text", "given_on", "channel", "valid_until", "withdrawn_on", "is_in_force"}

    @api.depends("purpose", "given_on")
    def _compute_display_name(self):
        labels = dict(self._fields["purpose"]._description_selection(self.env))
        for consent in self:
            consent.display_name = f"{labels.get(consent.purpose, '')} {fields.Date.to_string(consent.given_on) or ''}"
