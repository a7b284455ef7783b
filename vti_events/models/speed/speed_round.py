from odoo import api, fields, models

from odoo.addons.vti_bpv.tools.moment import ZONE

from odoo.tools.misc import format_datetime  # isort: skip


class SpeedRound(models.Model):
    """One turn at the tables."""

    _name = "vti.speed.round"
    _description = "Round of a speed-date"
    _order = "speed_date_id, number"

    speed_date_id = fields.Many2one("vti.speed.date", required=True, ondelete="cascade", index=True)
    number = fields.Integer(required=True)
    starts_at = fields.Datetime(required=True)
    ends_at = fields.Datetime(required=True)

    _number_unique = models.Constraint("UNIQUE(speed_date_id, number)", "This round is there already.")

    @api.depends("number", "starts_at")
    def _compute_display_name(self):
        for turn in self:
            turn.display_name = self.env._("Round %(number)s, %(time)s", number=turn.number, time=turn._get_time())

    def _get_time(self):
        """Dutch clock time of the start."""
        self.ensure_one()
        return format_datetime(self.env, self.starts_at, tz=ZONE, dt_format="HH:mm") if self.starts_at else ""
