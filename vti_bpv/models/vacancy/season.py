from dateutil.relativedelta import relativedelta

from odoo import fields, models

LAGGING_DAYS = 42  # a company is asked to confirm every six weeks


class Season(models.Model):
    _inherit = "vti.season"

    def _get_season_figures(self):
        _ = self.env._
        open_places = [("state", "=", "published"), ("places_left", ">", 0), ("season_id", "in", [*self.ids, False])]
        [(left,)] = self.env["vti.vacancy"]._read_group(open_places, [], ["places_left:sum"])
        lagging = fields.Date.context_today(self) - relativedelta(days=LAGGING_DAYS)
        figure, action = self._make_figure, "vti_bpv.vti_vacancy_action"
        return super()._get_season_figures() + [
            figure(10, "todo", _("Places to review"), "vti.vacancy", [("state", "=", "review")], action,
                   tone="attention"),
            figure(35, "todo", _("Places not confirmed for 6 weeks"), "vti.vacancy",
                   [("state", "=", "published"), ("confirmed_on", "<", lagging)], action, tone="late"),
            figure(5, "places", _("Open places"), "vti.vacancy", open_places, action, value=left or 0),
            figure(15, "places", _("Paused"), "vti.vacancy",
                   [("state", "=", "paused"), ("season_id", "in", [*self.ids, False])], action),
        ]  # fmt: skip

    def _get_open_places_by(self):
        domain = [("state", "=", "published"), ("places_left", ">", 0), ("season_id", "in", [*self.ids, False])]
        counts = {"level": {}, "trade": {}}
        for trade, levels, left in self.env["vti.vacancy"]._read_group(
            domain, ["trade_id", "levels"], ["places_left:sum"]
        ):
            counts["trade"][trade.id] = counts["trade"].get(trade.id, 0) + left
            for level in levels or "":
                counts["level"][level] = counts["level"].get(level, 0) + left
        return counts
