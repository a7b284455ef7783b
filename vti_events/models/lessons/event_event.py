from odoo import api, fields, models
from odoo.fields import Domain

from .lesson_plan import MOVES


class EventEvent(models.Model):
    """A lesson or visit that a school asked for, and the company that gives it."""

    _inherit = "event.event"

    guest_employer_id = fields.Many2one(
        "res.partner", "Given by", index="btree_not_null", domain="[('is_employer', '=', True)]"
    )
    lesson_request_ids = fields.One2many("vti.lesson.request", "event_id", "Asked by a school")

    @api.model
    def _get_shown_domain(self):
        domain = super()._get_shown_domain()
        user = self.env.user
        if user.share and not user._is_public():
            domain |= Domain("guest_employer_id", "=", user.sudo().partner_id.commercial_partner_id.id)
        return domain

    def write(self, vals):
        result = super().write(vals)
        if set(MOVES) & set(vals):
            self.sudo().lesson_request_ids._on_event_changed()
        return result
