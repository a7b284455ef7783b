from odoo import fields, models


class SpeedRoom(models.Model):
    """A room with tables."""

    _name = "vti.speed.room"
    _description = "Room of a speed-date"
    _order = "sequence, id"

    speed_date_id = fields.Many2one("vti.speed.date", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    walk_minutes = fields.Integer(
        "Minutes from the hall", help="The walk between two rooms takes the minutes of both together."
    )

    _walk_range = models.Constraint("CHECK(walk_minutes BETWEEN 0 AND 120)", "Choose 0 to 120 minutes.")
