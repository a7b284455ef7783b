from odoo import fields, models


class EventEvent(models.Model):
    """An event that may have a speed-date in it."""

    _inherit = "event.event"

    speed_date_ids = fields.One2many("vti.speed.date", "event_id")

    def action_open_speed_date(self):
        """Open the speed-date of the event, or begin one."""
        self.ensure_one()
        self.check_access("write")
        date = self.speed_date_ids[:1] or self.speed_date_ids.create({"event_id": self.id})
        return {
            "type": "ir.actions.act_window", "res_model": "vti.speed.date", "res_id": date.id, "view_mode": "form",
        }  # fmt: skip
