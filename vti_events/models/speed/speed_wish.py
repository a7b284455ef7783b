from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...scheduling import pair_points


class SpeedWish(models.Model):
    """Two of whom at least one wants to meet the other."""

    _name = "vti.speed.wish"
    _description = "Wish for a speed-date"
    _order = "speed_date_id, student_id, student_rank, id"

    speed_date_id = fields.Many2one(related="student_id.speed_date_id", store=True, index=True)
    student_id = fields.Many2one("vti.speed.student", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("vti.speed.company", required=True, ondelete="cascade", index=True)
    student_rank = fields.Integer("Wish of the student", help="1 is the first wish, 0 no wish.")
    company_rank = fields.Integer("Wish of the company", help="1 is the first wish, 0 no wish.")
    points = fields.Integer(compute="_compute_points")

    _pair_unique = models.Constraint("UNIQUE(student_id, company_id)", "This wish is there already.")
    _rank_range = models.Constraint("CHECK(student_rank >= 0 AND company_rank >= 0)", "A number here is 0 or more.")

    @api.depends(
        "student_rank", "company_rank", "student_id", "company_id.vacancy_ids", "company_id.want_levels",
        "company_id.want_path", "company_id.want_trade_ids", "company_id.want_from", "company_id.want_km",
    )  # fmt: skip
    def _compute_points(self):
        """Both sides' wishes; the company's criteria stand in for a choice that it didn't make by hand."""
        for wish in self:
            fit = (0, 0)
            if wish.student_rank and not wish.company_rank:
                fit = wish.company_id._count_met(wish.student_id)
            wish.points = pair_points(wish.student_rank, wish.company_rank, *fit)

    @api.constrains("student_id", "company_id")
    def _check_pair(self):
        if any(wish.company_id.speed_date_id != wish.student_id.speed_date_id for wish in self):
            raise ValidationError(self.env._("The student and the company are at different speed-dates."))

    @api.depends("student_id", "company_id")
    def _compute_display_name(self):
        for wish in self:
            wish.display_name = f"{wish.student_id.display_name} - {wish.company_id.display_name}"

    @api.model
    def _rank(self, mine, others):
        """Keep the wishes of one side, in order; what was wished before and isn't now goes.

        :param mine: the vti.speed.student or vti.speed.company who wishes
        :param others: lines of the other side, best first
        """
        side, other = mine._side, "company" if mine._side == "student" else "student"
        have = {wish[f"{other}_id"]: wish for wish in mine.wish_ids}
        for rank, line in enumerate(others, 1):
            wish = have.pop(line, None)
            if wish:
                wish[f"{side}_rank"] = rank
            else:
                self.create({f"{side}_id": mine.id, f"{other}_id": line.id, f"{side}_rank": rank})
        for wish in have.values():
            wish[f"{side}_rank"] = 0
            if not wish[f"{other}_rank"]:
                wish.unlink()
