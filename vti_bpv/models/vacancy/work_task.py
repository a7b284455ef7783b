from odoo import fields, models
from odoo.fields import Domain

from ...tools import period


class WorkTask(models.Model):
    """A kind of work that the young may not do, or only under supervision."""

    _name = "vti.work.task"
    _description = "Work with an age limit"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    description = fields.Char("When it counts", translate=True, help="What a company needs to know to tick it or not.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    rule_ids = fields.One2many("vti.age.rule", "task_id", "Age rules")

    def _get_rules_on(self, day):
        """The rule that is in force for each of these tasks on a day.

        :return: vti.age.rule, at most one per task (the newest one)
        """
        rules = self.env["vti.age.rule"].search(
            Domain("task_id", "in", self.ids) & period.in_force_on(day),
            order="task_id, valid_from desc nulls last, id desc",
        )
        return rules._pick(day)
