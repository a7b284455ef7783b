from odoo import fields, models


class VacancySendBack(models.TransientModel):
    """Asks VTI's reviewer what a company should change."""

    _name = "vti.vacancy.send.back"
    _description = "Send a place back"

    vacancy_id = fields.Many2one("vti.vacancy", required=True, ondelete="cascade")
    reason = fields.Text("What should change", required=True, help="The company reads this.")

    def action_send(self):
        """Give the place back with this reason."""
        self.ensure_one()
        return self.vacancy_id.action_send_back(self.reason)
