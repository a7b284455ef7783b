from odoo import api, fields, models

ADULT, YOUNGEST = 18, 12


class Vacancy(models.Model):
    """From what age somebody may be placed, for many places at once."""

    _inherit = "vti.vacancy"

    @api.model
    def _get_age_tables(self):
        """The tables of ages in the order in which rows go before others, read once."""
        order = "valid_from desc nulls last, id desc"
        return (
            self.env["vti.age.rule"].sudo().search([], order=f"task_id, {order}"),
            self.env["vti.working.time.rule"].sudo().search([], order=order),
        )

    def _get_youngest_age(self, tables):
        """From what age on nothing forbids to be placed here, on the first day of work.

        :param tables: what `_get_age_tables` read
        :return: whole years; 18 where nobody younger may
        """
        self.ensure_one()
        vacancy, (age_rules, time_rules) = self.sudo(), tables
        day = max(vacancy.date_from or fields.Date.context_today(self), fields.Date.context_today(self))
        tasks = age_rules.filtered(lambda rule: rule.task_id in vacancy.task_ids)._pick(day)
        limits = [rule.forbidden_below if vacancy.mentor_id else rule.supervised_below for rule in tasks]
        lowest = max([vacancy.min_age, *limits, *tasks.mapped("forbidden_below")])
        for age in range(max(lowest, YOUNGEST), ADULT):
            rule = time_rules._pick(age, day)
            if rule and not vacancy._get_time_breaches(rule):
                return age
        return max(lowest, ADULT)
