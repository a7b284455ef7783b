from odoo import fields, models
from odoo.fields import Domain

from .application import OPEN_STATES


class Season(models.Model):
    _inherit = "vti.season"

    def _get_season_figures(self):
        _ = self.env._
        today = fields.Date.context_today(self)
        is_open = self._get_season_domain("vacancy_id.season_id") & Domain("state", "in", OPEN_STATES)
        waiting = is_open & Domain("shown_on", "!=", False)
        hidden = is_open & Domain("guardian_state", "in", ("unknown", "needed", "asked"))
        figure, model, action = self._make_figure, "vti.application", "vti_bpv.vti_application_action"
        return super()._get_season_figures() + [
            figure(20, "todo", _("Applications answered too late"), model, waiting & Domain("answer_by", "<", today),
                   action, tone="late"),
            figure(25, "todo", _("Wait for a parent or date of birth"), model, hidden, action, tone="attention"),
            figure(20, "places", _("Open applications"), model, waiting, action),
        ]  # fmt: skip
