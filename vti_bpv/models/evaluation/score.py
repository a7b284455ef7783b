from odoo import fields, models
from odoo.tools import SQL

from .survey import PARTIES


class EvaluationScore(models.Model):
    """Every score that was given about an internship, for averages; read by VTI alone."""

    _name = "vti.evaluation.score"
    _description = "Score about an internship"
    _auto = False
    _order = "answered_on desc, id desc"
    _rec_name = "question_id"

    user_input_id = fields.Many2one("survey.user_input", "Answers", readonly=True)
    placement_id = fields.Many2one("vti.placement", "Internship", readonly=True)
    party = fields.Selection(PARTIES, "By", readonly=True)
    question_id = fields.Many2one("survey.question", readonly=True)
    score = fields.Float("Average score", readonly=True, aggregator="avg")
    employer_id = fields.Many2one("res.partner", "Company", readonly=True)
    school_id = fields.Many2one("res.partner", readonly=True)
    qualification_id = fields.Many2one("vti.qualification", readonly=True)
    season_id = fields.Many2one("vti.season", readonly=True)
    answered_on = fields.Datetime("Answered", readonly=True)

    @property
    def _table_query(self):
        return SQL("""
            SELECT line.id, line.user_input_id, line.question_id, line.value_scale::float AS score,
                   answer.placement_id, answer.party, answer.end_datetime AS answered_on,
                   placement.employer_id, placement.school_id, placement.qualification_id, placement.season_id
              FROM survey_user_input_line line
              JOIN survey_user_input answer ON answer.id = line.user_input_id
              JOIN vti_placement placement ON placement.id = answer.placement_id
             WHERE line.answer_type = 'scale' AND line.skipped IS NOT TRUE AND answer.state = 'done'
               AND answer.test_entry IS NOT TRUE
        """)
