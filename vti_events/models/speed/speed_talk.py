from odoo import api, fields, models

ANSWERS = [("yes", "Yes"), ("maybe", "Maybe"), ("no", "No")]


class SpeedTalk(models.Model):
    """A student at a table in a round."""

    _name = "vti.speed.talk"
    _description = "Talk at a speed-date"
    _order = "speed_date_id, round_number, company_id, table, id"

    speed_date_id = fields.Many2one(related="round_id.speed_date_id", store=True, index=True)
    round_id = fields.Many2one("vti.speed.round", required=True, ondelete="restrict", index=True)
    round_number = fields.Integer(related="round_id.number", store=True, string="Round no.")
    company_id = fields.Many2one("vti.speed.company", required=True, ondelete="cascade", index=True)
    table = fields.Integer(required=True, default=1)
    student_id = fields.Many2one("vti.speed.student", required=True, ondelete="cascade", index=True)
    locked = fields.Boolean(help="A new plan leaves this talk as it is.")
    student_rank = fields.Integer("Wish of the student", compute="_compute_ranks")
    company_rank = fields.Integer("Wish of the company", compute="_compute_ranks")

    # PostgreSQL itself sees to it that nobody is at two tables; at the end of a change, as people may change places.
    _student_once = models.Constraint(
        "UNIQUE(round_id, student_id) DEFERRABLE INITIALLY DEFERRED", "A student has two talks in one round."
    )
    _pair_once = models.Constraint(
        "UNIQUE(company_id, student_id) DEFERRABLE INITIALLY DEFERRED", "These two meet already."
    )
    _table_once = models.Constraint(
        'UNIQUE(round_id, company_id, "table") DEFERRABLE INITIALLY DEFERRED', "Two students are at one table."
    )

    @api.depends("student_id", "company_id")
    def _compute_ranks(self):
        wishes = {
            (wish.student_id, wish.company_id): wish
            for wish in self.env["vti.speed.wish"].search(
                [("student_id", "in", self.student_id.ids), ("company_id", "in", self.company_id.ids)]
            )
        }
        none = self.env["vti.speed.wish"]
        for talk in self:
            wish = wishes.get((talk.student_id, talk.company_id), none)
            talk.student_rank, talk.company_rank = wish.student_rank, wish.company_rank

    @api.depends("student_id", "company_id", "round_id")
    def _compute_display_name(self):
        for talk in self:
            talk.display_name = f"{talk.round_number}: {talk.student_id.display_name} - {talk.company_id.display_name}"
