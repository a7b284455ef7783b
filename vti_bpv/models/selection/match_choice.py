from odoo import api, fields, models
from odoo.exceptions import AccessError


class MatchChoice(models.TransientModel):
    """A row of the list that VTI opens from a student or a place: who or what suits, and why."""

    _name = "vti.match.choice"
    _description = "Match to choose from"
    _inherit = ["vti.match.reasoned"]
    _order = "score desc, id"

    student_id = fields.Many2one("vti.student", required=True, readonly=True, ondelete="cascade")
    vacancy_id = fields.Many2one("vti.vacancy", "Place", required=True, readonly=True, ondelete="cascade")
    employer_id = fields.Many2one(related="vacancy_id.employer_id", string="Company")
    town = fields.Char(related="vacancy_id.town")
    enrolment_id = fields.Many2one(related="student_id.enrolment_id")
    score = fields.Integer("Suits (0 to 100)", readonly=True)

    @api.model
    def _open(self, pairs, name):
        """Show these pairs.

        :param pairs: rows of (vti.student, vti.vacancy, Match)
        """
        if not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI sees this page."))
        choices = self.create(
            [
                {
                    "student_id": student.id, "vacancy_id": vacancy.id, "score": match.score,
                    "reasons": [reason.as_dict() for reason in match.reasons],
                }
                for student, vacancy, match in pairs
            ]
        )  # fmt: skip
        action = self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_match_choice_action")
        return action | {"name": name, "display_name": name, "domain": [("id", "in", choices.ids)]}

    def action_propose(self):
        """Make a proposal of it, by hand, and show it."""
        self.ensure_one()
        self.check_access("write")
        Proposal = self.env["vti.match.proposal"]
        pair = [("student_id", "=", self.student_id.id), ("vacancy_id", "=", self.vacancy_id.id)]
        proposal = Proposal.search(pair, limit=1) or Proposal.create(
            {
                "student_id": self.student_id.id,
                "enrolment_id": self.student_id.enrolment_id.id,
                "vacancy_id": self.vacancy_id.id,
                "score": self.score,
                "reasons": self.reasons,
            }
        )
        return {
            "type": "ir.actions.act_window", "res_model": proposal._name, "res_id": proposal.id, "view_mode": "form",
        }  # fmt: skip
