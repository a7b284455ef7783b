from dateutil.relativedelta import relativedelta

from odoo import fields, models

from .survey import PARTIES

OPEN_FOR_DAYS = 42


class Placement(models.Model):
    _inherit = "vti.placement"

    user_input_ids = fields.One2many("survey.user_input", "placement_id", "Answers afterwards")
    answered_count = fields.Integer("Answered", compute="_compute_answered_count", groups="vti_bpv.group_user")

    def _compute_answered_count(self):
        counts = dict(
            self.env["survey.user_input"]
            .sudo()
            ._read_group([("placement_id", "in", self.ids), ("state", "=", "done")], ["placement_id"], ["__count"])
        )
        for placement in self:
            placement.answered_count = counts.get(placement.sudo(), 0)

    def _on_closed(self):
        result = super()._on_closed()
        for placement in self.sudo():
            placement._ask_how_it_went()
        return result

    def _ask_how_it_went(self):
        """Mail each side its questions, once; who has no address isn't asked."""
        self.ensure_one()
        asked = set(self.user_input_ids.mapped("party"))
        people = {
            "student": self.student_id.partner_id,
            "company": self._get_company_contact(),
            "school": self._get_school_contact(),
        }
        for party, _label in PARTIES:
            survey, partner = self.env["survey.survey"]._of_party(party), people[party]
            if party in asked or not survey or not partner.email:
                continue
            answer = survey._create_answer(
                partner=partner, check_attempts=False, placement_id=self.id, party=party,
                deadline=fields.Datetime.now() + relativedelta(days=OPEN_FOR_DAYS),
            )  # fmt: skip
            self._notify("vti_bpv.mail_survey_invite", partner, path=answer._get_answer_url(),
                         label=lambda env: env._("Answer the questions"))  # fmt: skip

    def _get_own_answer(self):
        """The current user's own, still open questions about this internship; sudo, possibly empty."""
        self.ensure_one()
        return self.env["survey.user_input"].sudo().search([
            ("placement_id", "=", self.id), ("partner_id", "=", self.env.user.partner_id.id), ("state", "!=", "done"),
            ("deadline", ">", fields.Datetime.now()),
        ], limit=1)  # fmt: skip

    def action_open_answers(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.survey_user_input_action_placement") | {
            "domain": [("placement_id", "=", self.id)]
        }
