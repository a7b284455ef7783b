from odoo import api, fields, models
from odoo.fields import Domain

from .application import OPEN_STATES

OFFICIAL = 5  # school holidays in a year: autumn, Christmas, spring, May, summer
AHEAD_DAYS = 182  # before a season begins its holidays have to be known


class Season(models.Model):
    _inherit = "vti.season"

    holiday_gap = fields.Char("Holidays missing", compute="_compute_holiday_gap", groups="vti_bpv.group_user")

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_holiday_gap(self):
        for season in self:
            season.holiday_gap = ", ".join(season._get_holiday_gaps()) if season.date_from and season.date_to else False

    def _get_holiday_gaps(self):
        """What of the holidays that companies' time stands still in isn't filled in, in words."""
        self.ensure_one()
        Holiday_sudo = self.env["vti.holiday"].sudo()
        summer = self.date_to.replace(month=1, day=1), self.date_to.replace(month=12, day=31)
        counts = {}
        # the building holiday of a school year's summer may begin after its last day
        for kind, first, last in (("school", self.date_from, self.date_to), ("building", *summer)):
            during = [("kind", "=", kind), ("date_from", ">=", first), ("date_from", "<=", last)]
            for region, count in Holiday_sudo._read_group(during, ["region"], ["__count"]):
                counts[kind, region] = count
        kinds, gaps = dict(Holiday_sudo._fields["kind"]._description_selection(self.env)), []
        for kind, enough in (("school", OFFICIAL), ("building", 1)):
            everywhere = counts.get((kind, False), 0)
            lacking = [
                label
                for region, label in Holiday_sudo._fields["region"]._description_selection(self.env)
                if counts.get((kind, region), 0) + everywhere < enough
            ]
            if lacking:
                gaps.append(f"{kinds[kind]} ({', '.join(lacking)})")
        return gaps

    @api.model
    def _get_seasons_without_holidays(self):
        """The running season and the one that begins within half a year, where holidays are missing."""
        today = fields.Date.context_today(self)
        near = [("date_to", ">=", today), ("date_from", "<=", fields.Date.add(today, days=AHEAD_DAYS))]
        return self.search(near).filtered(lambda season: season._get_holiday_gaps())

    def _get_season_figures(self):
        _ = self.env._
        today = fields.Date.context_today(self)
        is_open = self._get_season_domain("vacancy_id.season_id") & Domain("state", "in", OPEN_STATES)
        waiting = is_open & Domain("shown_on", "!=", False)
        hidden = is_open & Domain("guardian_state", "in", ("unknown", "needed", "asked"))
        figure, model, action = self._make_figure, "vti.application", "vti_bpv.vti_application_action"
        bare = Domain("id", "in", self._get_seasons_without_holidays().ids)
        guessed = Domain("to_confirm", "=", True) & Domain("date_to", ">=", today)
        return super()._get_season_figures() + [
            figure(45, "todo", _("School years without all holidays"), "vti.season", bare,
                   "vti_bpv.vti_season_action", note=_("a company's time to answer stands still then"),
                   tone="attention"),
            figure(46, "todo", _("Holidays whose dates are to be confirmed"), "vti.holiday", guessed,
                   "vti_bpv.vti_holiday_action", note=_("look them up where the source says"), tone="attention"),
            figure(20, "todo", _("Applications answered too late"), model, waiting & Domain("answer_by", "<", today),
                   action, tone="late"),
            figure(25, "todo", _("Wait for a parent or date of birth"), model, hidden, action, tone="attention"),
            figure(20, "places", _("Open applications"), model, waiting, action),
        ]  # fmt: skip
