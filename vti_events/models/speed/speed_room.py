from itertools import combinations

from odoo import api, fields, models


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


class SpeedDate(models.Model):
    _inherit = "vti.speed.date"

    walk_note = fields.Text("Walks that take longer than a pause", compute="_compute_walk_note")

    @api.depends("room_ids.walk_minutes", "room_ids.name", "talk_minutes", "pause_minutes")
    def _compute_walk_note(self):
        """Say where a student needs free rounds to walk, as the plan will leave them."""
        for date in self:
            lines = []
            for one, other in combinations(date.room_ids, 2):
                minutes, length = one.walk_minutes + other.walk_minutes, date.talk_minutes + date.pause_minutes
                free = -(-(minutes - date.pause_minutes) // length) if length else 0
                if free > 0:
                    values = {"room": one.name or "", "other": other.name or "", "minutes": minutes, "free": free}
                    lines.append(
                        self.env._(
                            "%(room)s to %(other)s takes %(minutes)s minutes, a pause %(pause)s: the plan keeps "
                            "rounds free between, at least %(free)s.",
                            pause=date.pause_minutes, **values,
                        )
                    )  # fmt: skip
            date.walk_note = "\n".join(lines[:6])
