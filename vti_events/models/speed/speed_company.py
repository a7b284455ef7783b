from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SpeedCompany(models.Model):
    """A company at its tables."""

    _name = "vti.speed.company"
    _description = "Company at a speed-date"
    _order = "speed_date_id, id"
    _side = "company"  # of the table

    speed_date_id = fields.Many2one("vti.speed.date", required=True, ondelete="cascade", index=True)
    employer_id = fields.Many2one(
        "res.partner", "Company", required=True, ondelete="restrict", index=True, domain="[('is_employer', '=', True)]"
    )
    contact_id = fields.Many2one(
        "res.partner", "Who sits there", ondelete="set null", index="btree_not_null",
        domain="[('parent_id', '=', employer_id)]",
    )  # fmt: skip
    room_id = fields.Many2one(
        "vti.speed.room", ondelete="set null", index="btree_not_null", domain="[('speed_date_id', '=', speed_date_id)]"
    )
    tables = fields.Integer(required=True, default=1)
    away_round_ids = fields.Many2many(
        "vti.speed.round", string="Rounds that don't suit", domain="[('speed_date_id', '=', speed_date_id)]"
    )
    talk_limit = fields.Integer("Talks at most", help="0: no limit.")
    left_from_id = fields.Many2one(
        "vti.speed.round", "Leaves before", ondelete="set null", index="btree_not_null", copy=False,
        domain="[('speed_date_id', '=', speed_date_id)]",
    )  # fmt: skip
    vacancy_ids = fields.Many2many(
        "vti.vacancy", string="Places", domain="[('employer_id', '=', employer_id), ('state', '=', 'published')]"
    )
    wish_ids = fields.One2many("vti.speed.wish", "company_id")
    talk_ids = fields.One2many("vti.speed.talk", "company_id")

    _once = models.Constraint("UNIQUE(speed_date_id, employer_id)", "This company is there already.")
    _tables_range = models.Constraint("CHECK(tables BETWEEN 1 AND 20)", "Choose 1 to 20 tables.")
    _limit_range = models.Constraint("CHECK(talk_limit >= 0)", "A number here is 0 or more.")

    @api.depends("employer_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.employer_id.name

    @api.constrains("talk_limit")
    def _check_limit(self):
        self.speed_date_id._check_promise()

    @api.constrains("room_id", "away_round_ids", "vacancy_ids", "left_from_id")
    def _check_own(self):
        for line in self:
            dates = line.room_id.speed_date_id | line.away_round_ids.speed_date_id | line.left_from_id.speed_date_id
            strangers = dates - line.speed_date_id
            if strangers or line.vacancy_ids.employer_id - line.employer_id:
                raise ValidationError(self.env._("A room, round or place belongs to somebody else."))

    def _get_away(self):
        """Numbers of the rounds without this company."""
        self.ensure_one()
        numbers = set(self.away_round_ids.mapped("number"))
        if self.left_from_id:
            rounds = self.speed_date_id.round_ids.mapped("number")
            numbers |= {number for number in rounds if number >= self.left_from_id.number}
        return numbers
