from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

CONFIRM_WEEKS = 8  # how long it counts that a company said its place still stands


class Vacancy(models.Model):
    """Whether a published place is known to stand; the one rule of who lags."""

    _inherit = "vti.vacancy"

    is_unconfirmed = fields.Boolean(
        "Not confirmed in time",
        compute="_compute_is_unconfirmed",
        search="_search_is_unconfirmed",
        groups="vti_bpv.group_user",
        help="It is online, and its company didn't say lately that the place still stands.",
    )

    @api.depends("state", "confirmed_on")
    def _compute_is_unconfirmed(self):
        before = self._get_confirmed_before()
        for vacancy in self:
            day = vacancy.confirmed_on
            vacancy.is_unconfirmed = vacancy.state == "published" and (not day or day < before)

    def _search_is_unconfirmed(self, operator, value):
        if operator != "in":
            return NotImplemented
        old = Domain("confirmed_on", "=", False) | Domain("confirmed_on", "<", self._get_confirmed_before())
        return Domain("state", "=", "published") & old

    @api.model
    def _get_confirmed_before(self):
        """The first day on which a confirmation still counts."""
        return fields.Date.context_today(self) - relativedelta(weeks=CONFIRM_WEEKS)
