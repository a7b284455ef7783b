from odoo import fields, models


class SurveyUserInput(models.Model):
    """Answers after an event."""

    _inherit = "survey.user_input"

    registration_id = fields.Many2one("event.registration", readonly=True, index="btree_not_null", ondelete="cascade")
    event_id = fields.Many2one(related="registration_id.event_id", store=True, index="btree_not_null")


class EventRegistration(models.Model):
    _inherit = "event.registration"

    def _open_survey(self):
        """Begin to answer, or go on: everybody answers once.

        :return: path of the questions; empty where nothing is asked
        """
        self.ensure_one()
        registration_sudo = self.sudo()
        survey_sudo = registration_sudo.event_id.survey_id
        if not survey_sudo or registration_sudo.state not in ("open", "done"):
            return ""
        given = registration_sudo.survey_input_ids[:1]
        if not given:
            given = survey_sudo._create_answer(
                partner=registration_sudo.partner_id, email=registration_sudo.email, check_attempts=False,
                registration_id=registration_sudo.id,
            )  # fmt: skip
        return f"{survey_sudo.get_start_url()}?answer_token={given.access_token}"
