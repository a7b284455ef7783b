from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .application import ENDED_STATES

BATCH = 200
KEEP_WEEKS = 4  # the Dutch data protection authority's term for who wasn't hired


class Application(models.Model):
    """What is forgotten of applications that came to nothing; who, where and how it ended stay, for the figures."""

    _inherit = "vti.application"

    @api.model
    def _get_forget_domain(self):
        until = fields.Datetime.now() - relativedelta(weeks=KEEP_WEEKS)
        return [("state", "in", ENDED_STATES), ("closed_on", "<=", until), ("forgotten_on", "=", False)]

    @api.model
    def _cron_forget(self):
        """Remove what people wrote in applications that ended more than four weeks ago."""
        domain = self._get_forget_domain()
        applications = self.sudo().search(domain, limit=BATCH, order="closed_on")
        applications._forget()
        remaining = self.sudo().search_count(domain)
        self.env["ir.cron"]._commit_progress(len(applications), remaining=remaining)

    def _forget(self):
        self.env["mail.message"].search([("model", "=", self._name), ("res_id", "in", self.ids)]).unlink()
        self.activity_ids.unlink()
        self.with_context(tracking_disable=True).write(
            {
                "motivation": False,
                "stated_school": False,
                "stated_programme": False,
                "meeting_note": False,
                "offer_note": False,
                "refusal_note": False,
                "forgotten_on": fields.Datetime.now(),
            }
        )
