from odoo import fields, models
from odoo.fields import Domain


class Season(models.Model):
    _inherit = "vti.season"

    nameless = fields.Boolean(
        "First round without names", help="At all its places companies see who applied once they invite."
    )

    def _get_season_figures(self):
        _ = self.env._
        [(left,)] = self.env["vti.vacancy"]._read_group(self._get_vacancy_domain("published"), [], ["places_left:sum"])
        in_season, model, action = self._get_season_domain(), "vti.vacancy", "vti_bpv.vti_vacancy_action"
        figure, weeks = self._make_figure, self.env["vti.vacancy"]._get_confirm_weeks()
        return super()._get_season_figures() + [
            figure(10, "todo", _("Vacancies to review"), model, self._get_vacancy_domain("review"), action,
                   tone="attention"),
            figure(35, "todo", _("Vacancies not confirmed for %(weeks)s weeks", weeks=weeks), model,
                   in_season & Domain("is_unconfirmed", "=", True), action, tone="late"),
            figure(15, "network", _("Companies to call about next season"), "vti.campaign.company",
                   Domain("activity_ids", "!=", False) & Domain("campaign_id.state", "=", "running"),
                   "vti_bpv.vti_campaign_company_action", tone="attention"),
            figure(5, "places", _("Vacancies online"), model, self._get_vacancy_domain("published"), action,
                   note=_("%(count)s places left", count=left or 0)),
            figure(15, "places", _("Vacancies paused"), model, self._get_vacancy_domain("paused"), action),
        ]  # fmt: skip

    def _get_vacancy_domain(self, state):
        return self._get_season_domain() & Domain("state", "=", state)

    def _get_open_places_by(self):
        counts = {"level": {}, "trade": {}}
        for trade, levels, left in self.env["vti.vacancy"]._read_group(
            self._get_vacancy_domain("published"), ["trade_id", "levels"], ["places_left:sum"]
        ):
            counts["trade"][trade.id] = counts["trade"].get(trade.id, 0) + left
            for level in levels or "":
                counts["level"][level] = counts["level"].get(level, 0) + left
        return counts
