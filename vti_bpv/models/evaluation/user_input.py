from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .survey import PARTIES

REMIND_AFTER_DAYS = 7
BATCH = 200


class SurveyUserInput(models.Model):
    """One person's answers about one internship; opened by the link in the mail, without a login."""

    _inherit = "survey.user_input"

    placement_id = fields.Many2one(
        "vti.placement", "Internship", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    party = fields.Selection(PARTIES, "As", readonly=True)
    employer_id = fields.Many2one(related="placement_id.employer_id", store=True, index="btree_not_null")
    school_id = fields.Many2one(related="placement_id.school_id", store=True, index="btree_not_null")
    season_id = fields.Many2one(related="placement_id.season_id", store=True, index="btree_not_null")
    reminded_on = fields.Datetime("Reminded", readonly=True)

    _once_per_party = models.UniqueIndex(
        "(placement_id, party) WHERE placement_id IS NOT NULL AND test_entry IS NOT TRUE",
        "This person was asked about this internship already.",
    )
    _reminder_due = models.Index("(create_date) WHERE placement_id IS NOT NULL AND reminded_on IS NULL")

    def _get_answer_url(self):
        """Path of the page where the questions are answered; the token in it is the key."""
        self.ensure_one()
        return f"{self.survey_id.get_start_url()}?answer_token={self.access_token}"

    @api.model
    def _cron_remind(self):
        """Remind once, a week after asking, who hasn't answered and still can."""
        now = fields.Datetime.now()
        due = [
            ("placement_id", "!=", False), ("reminded_on", "=", False), ("state", "!=", "done"),
            ("test_entry", "=", False), ("create_date", "<=", now - relativedelta(days=REMIND_AFTER_DAYS)),
            ("deadline", ">", now),
        ]  # fmt: skip
        while inputs := self.search(due, limit=BATCH, order="id"):
            inputs.reminded_on = now
            for answer in inputs.filtered("partner_id.email"):
                answer.placement_id._notify(
                    "vti_bpv.mail_survey_reminder", answer.partner_id, path=answer._get_answer_url(),
                    label=lambda env: env._("Answer the questions"),
                )  # fmt: skip
            if self.env.context.get("cron_id"):
                self.env["ir.cron"]._commit_progress(len(inputs), remaining=self.search_count(due))
