from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import scheduling

ROUNDS, TABLES = range(4, 17, 2), (1, 2, 3)


class SpeedDate(models.Model):
    """What a speed-date brought, and what other numbers of rounds and tables would bring."""

    _inherit = "vti.speed.date"

    first_wish_share = fields.Float("First wishes met", compute="_compute_figures", help="Of students with a wish.")
    least_served = fields.Integer("Fewest talks of a student", compute="_compute_figures")
    both_yes_count = fields.Integer("Two times yes", compute="_compute_figures")
    placement_count = fields.Integer("Internships that came of it", compute="_compute_figures")

    def _compute_figures(self):
        """Count in the database, whatever the number of talks."""
        Talk, Wish, Student = (self.env[f"vti.speed.{name}"] for name in ("talk", "wish", "student"))
        mine = [("speed_date_id", "in", self.ids)]
        yes = dict(Talk._read_group([*mine, ("both_yes", "=", True)], ["speed_date_id"], ["__count"]))
        placed = [*mine, ("application_id.state", "=", "placed")]
        placements = dict(Talk._read_group(placed, ["speed_date_id"], ["__count"]))
        firsts = {(w.student_id, w.company_id) for w in Wish.search([*mine, ("student_rank", "=", 1)])}
        met = {(t.student_id, t.company_id) for t in Talk.search(mine)} & firsts
        for date in self:
            wishes = sum(student.speed_date_id == date for student, _company in firsts)
            date.first_wish_share = sum(student.speed_date_id == date for student, _c in met) / (wishes or 1)
            there = Student.search([("speed_date_id", "=", date.id), ("is_absent", "=", False)])
            date.least_served = min(there.mapped("talk_count"), default=0)
            date.both_yes_count, date.placement_count = yes.get(date, 0), placements.get(date, 0)

    @api.readonly
    def action_what_if(self, students, companies, wishes):
        """Tell what share of first wishes other numbers of rounds and tables are expected to meet.

        :param int students: how many are expected, 1 to 5000
        :param int companies: 1 to 500
        :param int wishes: of each student, 1 to 15
        :return: dict with `rounds` and per number of tables `shares` and `served`, in percent
        """
        self.check_access("read")
        self.ensure_one()
        limits = ((students, 5000), (companies, 500), (wishes, 15))
        if not all(isinstance(number, int) and 1 <= number <= most for number, most in limits):
            raise UserError(self.env._("Choose 1 to 5000 students, 1 to 500 companies and 1 to 15 wishes."))
        crowd = scheduling.Crowd(
            students, companies, wishes, wishes, self.student_limit or None, max(1, self.promise)
        )  # fmt: skip
        points = scheduling.expect(crowd, ROUNDS, TABLES, draws=2)
        return {
            "rounds": list(ROUNDS),
            "lines": [
                {
                    "tables": tables,
                    "shares": [round(100 * p.first) for p in points if p.tables == tables],
                    "served": [round(100 * p.served) for p in points if p.tables == tables],
                }
                for tables in TABLES
            ],
        }
