from odoo import fields, models
from odoo.fields import Domain

from ...tools import period


class WorkingTimeRule(models.Model):
    """How long, and between what hours, an intern of some age may work.

    Two windows, because the law gives a choice: at 16 and 17 work lies between 6 and 22 or between
    7 and 23 o'clock. Hours are in the Dutch clock, as floats (6.5 is half past six).
    """

    _name = "vti.working.time.rule"
    _description = "Working times by age"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "age_from, valid_from desc, id desc"

    age_from = fields.Integer("From age", required=True)
    age_to = fields.Integer("To age", required=True, help="This age included.")
    max_hours_day = fields.Float("Hours a day at most", required=True)
    max_hours_week = fields.Float("Hours a week at most", required=True)
    window_from = fields.Float("Not before", required=True, default=0.0)
    window_to = fields.Float("Not after", required=True, default=24.0)
    late_window_from = fields.Float("Or: not before")
    late_window_to = fields.Float("Or: not after", help="0: there is one window only.")
    valid_from = fields.Date("From")
    valid_to = fields.Date("To")
    source = fields.Text(
        required=True, translate=True, help="Where the rule stands: law and article, or a public page."
    )

    _ages_ordered = models.Constraint("CHECK(age_to >= age_from AND age_from >= 0)", "The ages are in the wrong order.")
    _dates_ordered = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)", "It ends before it begins."
    )

    def _compute_display_name(self):
        for rule in self:
            rule.display_name = self.env._("Age %(low)s to %(high)s", low=rule.age_from, high=rule.age_to)

    def _of_age(self, age, day):
        """The rule for an age on a day; empty where there is none."""
        return self.search(
            Domain("age_from", "<=", age) & Domain("age_to", ">=", age) & period.in_force_on(day),
            order="valid_from desc nulls last, id desc",
            limit=1,
        )

    def _pick(self, age, day):
        """The first of these rules for an age that counts on a day."""
        return self.filtered(lambda rule: rule.age_from <= age <= rule.age_to and period.counts_on(rule, day))[:1]

    def _fits(self, time_from, time_to):
        """Whether a working day lies in one of the windows."""
        self.ensure_one()
        early = self.window_from <= time_from and time_to <= self.window_to
        late = self.late_window_to and self.late_window_from <= time_from and time_to <= self.late_window_to
        return bool(early or late)
