from odoo import models


class EventRegistration(models.Model):
    """Checking in at the door, by badge or QR code, is also checking in for the speed-date."""

    _inherit = "event.registration"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "done":
            lines = self.env["vti.speed.student"].sudo().search(
                [("registration_id", "in", self.ids), ("is_absent", "=", True)]
            )  # fmt: skip
            lines.is_absent = False
        return result
