from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.months import parse_months
from .vacancy_confirm import SEASON_MONTHS, TERMS


class ResConfigSettings(models.TransientModel):
    """The terms in which companies say that their places still stand."""

    _inherit = "res.config.settings"

    vti_confirm_weeks = fields.Integer(
        "Ask about places every", config_parameter="vti_bpv.confirm_weeks", default=TERMS["confirm_weeks"][0],
        help="In weeks. So long it counts that a company said its place still stands.",
    )  # fmt: skip
    vti_confirm_weeks_season = fields.Integer(
        "In the season every", config_parameter="vti_bpv.confirm_weeks_season",
        default=TERMS["confirm_weeks_season"][0], help="In weeks.",
    )  # fmt: skip
    vti_confirm_season_months = fields.Char(
        "Months of the season", config_parameter="vti_bpv.confirm_season_months", default=SEASON_MONTHS,
        help="By number, such as 10-12, 4-6.",
    )  # fmt: skip
    vti_confirm_remind_days = fields.Integer(
        "Remind after", config_parameter="vti_bpv.confirm_remind_days", default=TERMS["confirm_remind_days"][0],
        help="In days after the question.",
    )  # fmt: skip
    vti_confirm_offline_days = fields.Integer(
        "Take places offline after", config_parameter="vti_bpv.confirm_offline_days",
        default=TERMS["confirm_offline_days"][0], help="In days after the question, and never before a reminder.",
    )  # fmt: skip

    @api.constrains("vti_confirm_weeks", "vti_confirm_weeks_season", "vti_confirm_season_months",
                    "vti_confirm_remind_days", "vti_confirm_offline_days")  # fmt: skip
    def _check_confirm_terms(self):
        for settings in self:
            for name, (_default, low, high) in TERMS.items():
                field = self._fields[f"vti_{name}"]
                if not low <= settings[field.name] <= high:
                    raise ValidationError(self.env._(
                        "%(label)s: give a number from %(low)s to %(high)s.",
                        label=field._description_string(self.env), low=low, high=high,
                    ))  # fmt: skip
            if settings.vti_confirm_weeks_season > settings.vti_confirm_weeks:
                raise ValidationError(self.env._("In the season, companies are asked at least as often."))
            if settings.vti_confirm_offline_days <= settings.vti_confirm_remind_days:
                raise ValidationError(self.env._("A place goes offline some days after the reminder."))
            try:
                parse_months(settings.vti_confirm_season_months)
            except ValueError as error:
                raise ValidationError(
                    self.env._("Write months by number, such as 10-12, 4-6; not “%(text)s”.", text=error)
                ) from error
