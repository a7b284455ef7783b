from odoo import api, fields, models

from .application import MEETING_KINDS


class ApplicationAnswer(models.TransientModel):
    """Staff answer an application on behalf of its company."""

    _name = "vti.application.answer"
    _description = "Answer an application"

    application_id = fields.Many2one("vti.application", required=True, ondelete="cascade")
    answer = fields.Selection([("invite", "Invite"), ("offer", "Offer the place"), ("refuse", "Say no")], required=True)
    meeting_at = fields.Datetime("Day and time")
    meeting_kind = fields.Selection(MEETING_KINDS, "How", default="visit")
    date_from = fields.Date("First day", compute="_compute_dates", store=True, readonly=False)
    date_to = fields.Date("Last day", compute="_compute_dates", store=True, readonly=False)
    until = fields.Date("Stands until", help="Empty: as long as the clock gives the student.")
    mentor_id = fields.Many2one("res.partner", domain="[('id', 'in', mentor_ids)]")
    mentor_ids = fields.Many2many("res.partner", string="Who can guide", compute="_compute_mentor_ids")
    reason_id = fields.Many2one("vti.refusal.reason", domain="[('is_automatic', '=', False)]")
    note = fields.Text("Line for the student")
    problems = fields.Text(compute="_compute_problems")

    @api.depends("application_id")
    def _compute_dates(self):
        for wizard in self:
            vacancy = wizard.application_id.vacancy_id
            wizard.date_from, wizard.date_to = vacancy.date_from, vacancy.date_to

    @api.depends("application_id")
    def _compute_mentor_ids(self):
        for wizard in self:
            choices = wizard.application_id._get_mentor_choices(wizard.application_id.vacancy_id)
            wizard.mentor_ids = [number for number, _name in choices]

    @api.depends("application_id")
    def _compute_problems(self):
        for wizard in self:
            wizard.problems = "\n".join(wizard.application_id._get_age_problems())

    def action_answer(self):
        self.ensure_one()
        application = self.application_id
        if self.answer == "invite":
            application.action_invite(self.meeting_at, self.meeting_kind, self.note)
        elif self.answer == "offer":
            application.action_offer(self.date_from, self.date_to, self.note, self.until, self.mentor_id.id)
        else:
            application.action_refuse(self.reason_id.id, self.note)
        return {"type": "ir.actions.act_window_close"}
