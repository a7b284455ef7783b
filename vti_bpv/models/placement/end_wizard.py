from odoo import fields, models


class PlacementEnd(models.TransientModel):
    """Ask staff why an internship ends early."""

    _name = "vti.placement.end"
    _description = "End an internship early"

    placement_id = fields.Many2one("vti.placement", required=True, ondelete="cascade")
    how = fields.Selection([("broken_off", "Broken off"), ("never_started", "Never started")], required=True)
    reason = fields.Text("Why", required=True)

    def action_end(self):
        self.ensure_one()
        if self.how == "never_started":
            self.placement_id.action_never_start(self.reason)
        else:
            self.placement_id.action_break_off(self.reason)
        return {"type": "ir.actions.act_window_close"}
