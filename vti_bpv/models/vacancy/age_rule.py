from odoo import api, fields, models

from ...tools import period


class AgeRule(models.Model):
    """From what age a kind of work is allowed, and until what age only under supervision.

    The law changes: a row counts from its first to its last day, both included.
    """

    _name = "vti.age.rule"
    _description = "Age rule for a kind of work"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "task_id, valid_from desc, id desc"

    task_id = fields.Many2one("vti.work.task", "Work", required=True, index=True, ondelete="cascade")
    forbidden_below = fields.Integer("Forbidden below age", help="0: never forbidden.")
    supervised_below = fields.Integer("Only supervised below age", help="0: no supervision needed.")
    valid_from = fields.Date("From")
    valid_to = fields.Date("To")
    source = fields.Text(
        required=True, translate=True, help="Where the rule stands: law and article, or a public page."
    )

    _ages_sensible = models.Constraint(
        "CHECK(forbidden_below BETWEEN 0 AND 25 AND supervised_below BETWEEN 0 AND 25)", "An age is from 0 to 25."
    )
    _dates_ordered = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)", "It ends before it begins."
    )

    @api.depends("task_id", "forbidden_below", "supervised_below")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = f"{rule.task_id.name}: {rule._get_sentence()}"

    def _pick(self, day):
        """The first of these rules per task that counts on a day."""
        first = {}
        for rule in self:
            if period.counts_on(rule, day):
                first.setdefault(rule.task_id, rule.id)
        return self.browse(first.values())

    def _get_sentence(self):
        """The rule in words, for visitors and companies."""
        self.ensure_one()
        if self.supervised_below > self.forbidden_below > 0:
            return self.env._(
                "from age %(from)s, with a guide beside you until %(until)s",
                **{"from": self.forbidden_below, "until": self.supervised_below},
            )
        if self.forbidden_below:
            return self.env._("from age %(age)s", age=self.forbidden_below)
        if self.supervised_below:
            return self.env._("with a guide beside you until age %(age)s", age=self.supervised_below)
        return self.env._("any age")
