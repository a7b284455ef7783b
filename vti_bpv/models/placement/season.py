from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

SOON_DAYS = 30


class Season(models.Model):
    _inherit = "vti.season"

    def _get_season_figures(self):
        _ = self.env._
        today = fields.Date.context_today(self)
        soon = today + relativedelta(days=SOON_DAYS)
        running = self._get_season_domain() & Domain("state", "=", "running")
        planned = self._get_season_domain() & Domain("state", "=", "planned")
        over = self._get_season_domain() & Domain("state", "in", ("running", "closing")) & Domain("date_to", "<", today)
        figure, model, action = self._make_figure, "vti.placement", "vti_bpv.vti_placement_action"
        return super()._get_season_figures() + [
            figure(10, "internships", _("Running"), model, running, action),
            figure(20, "internships", _("Start within 30 days"), model,
                   planned & Domain("date_from", ">=", today) & Domain("date_from", "<=", soon), action),
            figure(30, "internships", _("End within 30 days"), model,
                   running & Domain("date_to", ">=", today) & Domain("date_to", "<=", soon), action),
            figure(40, "internships", _("Over, not closed yet"), model, over, action, tone="late"),
        ]  # fmt: skip
