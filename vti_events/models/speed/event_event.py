from odoo import fields, models


class EventEvent(models.Model):
    """An event that may have a speed-date in it."""

    _inherit = "event.event"

    speed_date_ids = fields.One2many("vti.speed.date", "event_id")

    def write(self, vals):
        begins = {event: event.date_begin for event in self} if "date_begin" in vals else {}
        result = super().write(vals)
        for event, begin in begins.items():
            event.sudo().speed_date_ids._move(event.date_begin - begin)
        return result

    def _tell_all(self, template_xmlid):
        """Tell the companies at the tables too; they didn't sign up."""
        self.sudo().speed_date_ids._tell_companies(template_xmlid)
        return super()._tell_all(template_xmlid)

    def action_open_speed_date(self):
        """Open the speed-date of the event, or begin one."""
        self.ensure_one()
        self.check_access("write")
        date = self.speed_date_ids[:1] or self.speed_date_ids.create({"event_id": self.id})
        return {
            "type": "ir.actions.act_window", "res_model": "vti.speed.date", "res_id": date.id, "view_mode": "form",
        }  # fmt: skip
