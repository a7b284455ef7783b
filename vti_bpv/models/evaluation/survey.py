from odoo import api, fields, models

PARTIES = [("student", "Student"), ("company", "Company"), ("school", "School")]


class Survey(models.Model):
    _inherit = "survey.survey"

    vti_party = fields.Selection(
        PARTIES,
        "Sent after an internship to",
        index="btree_not_null",
        copy=False,
        help="When an internship is closed, this person gets a link to these questions. One questionnaire for each.",
    )

    _vti_party_once = models.UniqueIndex(
        "(vti_party) WHERE vti_party IS NOT NULL AND active", "There is a questionnaire for this party already."
    )

    @api.model
    def _of_party(self, party):
        """The questionnaire that this side gets after an internship; sudo, possibly empty."""
        return self.sudo().search([("vti_party", "=", party)], limit=1)
