from dateutil.relativedelta import relativedelta

from odoo import fields, models

SOON_DAYS = 30


class Season(models.Model):
    _inherit = "vti.season"

    def _get_season_figures(self):
        _ = self.env._
        today = fields.Date.context_today(self)
        soon = today + relativedelta(days=SOON_DAYS)
        figure, model, action = self._make_figure, "vti.placement", "vti_bpv.vti_placement_action"
        return super()._get_season_figures() + [
            figure(10, "internships", _("Running"), model, [("state", "=", "running")], action),
            figure(20, "internships", _("Start within 30 days"), model,
                   [("state", "=", "planned"), ("date_from", ">=", today), ("date_from", "<=", soon)], action),
            figure(30, "internships", _("End within 30 days"), model,
                   [("state", "=", "running"), ("date_to", ">=", today), ("date_to", "<=", soon)], action),
            figure(40, "internships", _("Over, not closed yet"), model,
                   [("state", "in", ("running", "closing")), ("date_to", "<", today)], action, tone="late"),
        ]  # fmt: skip
