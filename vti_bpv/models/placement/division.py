from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.moment import format_day, get_today
from ..selection.division import AHEAD_DAYS
from .placement import OPEN_STATES


class Division(models.AbstractModel):
    """Who has a place, and until when: a student is to be divided again some weeks before the last day."""

    _inherit = "vti.division"

    @api.model
    def _get_student_domain(self, house):
        until = fields.Date.add(get_today(), days=AHEAD_DAYS)
        placed = self.env["vti.placement"].sudo()._search([("state", "in", OPEN_STATES), ("date_to", ">", until)])
        return super()._get_student_domain(house) & ~Domain("id", "in", placed.subselect("student_id"))

    @api.model
    def _get_now(self, students):
        placements_sudo = self.env["vti.placement"].sudo().search(
            [("student_id", "in", students.ids), ("state", "in", OPEN_STATES)], order="date_to"
        )  # fmt: skip
        return super()._get_now(students) | {
            placement.student_id: (placement.employer_id.name, placement.date_to) for placement in placements_sudo
        }


class Application(models.Model):
    _inherit = "vti.application"

    def _get_elsewhere_problem(self):
        problem = super()._get_elsewhere_problem()
        other = self.env["vti.placement"].sudo().search(
            [("student_id", "=", self.student_id.id), ("state", "in", OPEN_STATES),
             ("date_to", ">=", self.offer_date_from), ("date_from", "<=", self.offer_date_to)], limit=1,
        )  # fmt: skip
        if problem or not other:
            return problem
        return self.env._(
            "This student has another place until %(day)s. Call %(training)s.",
            day=format_day(self.env, other.date_to), training=self.training_employer_id.name,
        )  # fmt: skip


class Placement(models.Model):
    """The employer of a bbl student who is lent to the company that trains him or her."""

    _inherit = "vti.placement"

    training_employer_id = fields.Many2one(
        "res.partner", "Employed by", index="btree_not_null", ondelete="restrict", tracking=True,
        domain="[('is_training_employer', '=', True)]",
        help="The training company with which a bbl student has the contract of employment.",
    )  # fmt: skip

    def _portal_readable_fields(self):
        return super()._portal_readable_fields() | {"training_employer_id"}
