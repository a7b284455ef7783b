"""What matching adds to companies, applications, students and the season."""

from odoo import api, models
from odoo.fields import Domain


class Partner(models.Model):
    _inherit = "res.partner"

    def _get_intern_room(self):
        """How many more interns each of these companies takes, where it has a limit.

        :return: dict of id of the company -> number
        """
        limited = self.sudo().filtered("max_interns")
        taken = limited._count_interns()
        return {company.id: max(0, company.max_interns - taken.get(company.id, 0)) for company in limited}

    def _count_interns(self):
        """Hook for the rooms after this one: how many interns each of these companies has, or is to have.

        :return: dict of id of the company -> number
        """
        return {}


class Application(models.Model):
    _inherit = "vti.application"

    @api.model_create_multi
    def create(self, vals_list):
        applications = super().create(vals_list)
        applications.sudo()._note_proposals()
        return applications

    def _note_proposals(self):
        """Let a proposal know what came of it."""
        proposals = self.env["vti.match.proposal"].search(
            [("student_id", "in", self.student_id.ids), ("vacancy_id", "in", self.vacancy_id.ids)]
        )
        by_pair = {(proposal.student_id, proposal.vacancy_id): proposal for proposal in proposals}
        for application in self:
            proposal = by_pair.get((application.student_id, application.vacancy_id))
            if proposal:
                proposal.application_id = application


class Student(models.Model):
    _inherit = "vti.student"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("activated_on"):
            Proposal_sudo = self.env["vti.match.proposal"].sudo()
            mine = Proposal_sudo._get_unanswered_domain() & Domain("student_id", "in", self.ids)
            Proposal_sudo.search(mine)._tell_waiting_companies()
        return result


class Season(models.Model):
    _inherit = "vti.season"

    def _get_season_figures(self):
        _ = self.env._
        of_season = Domain("season_id", "in", self.ids) if self else Domain.TRUE
        figure = self._make_figure
        return super()._get_season_figures() + [
            figure(15, "todo", _("Proposals of the radar"), "vti.match.proposal",
                   of_season & Domain("state", "=", "proposed"), "vti_bpv.vti_match_proposal_action",
                   tone="attention"),
            figure(15, "places", _("No place found for"), "vti.match.gap",
                   of_season & Domain("is_newest", "=", True), "vti_bpv.vti_match_gap_action",
                   note=_("by the radar"), tone="attention"),
        ]  # fmt: skip
