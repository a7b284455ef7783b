from odoo import fields, models


class Partner(models.Model):
    _inherit = "res.partner"

    application_waiting_count = fields.Integer(
        "Applications that wait",
        compute="_compute_application_waiting_count",
        groups="vti_bpv.group_user",
        help="Sent, and not answered by the company yet.",
    )

    def _compute_application_waiting_count(self):
        """Applications at a company, or of a school's students."""
        waiting = [("state", "=", "submitted")]
        at_companies, of_schools = (
            self._get_counts("vti.application", name, waiting) for name in ("employer_id", "school_id")
        )
        for partner in self:
            counts = of_schools if partner.is_school else at_companies
            partner.application_waiting_count = counts.get(partner._origin, 0)

    def action_open_applications(self):
        """Show the applications at this company, or of this school's students."""
        self.ensure_one()
        name = "school_id" if self.is_school else "employer_id"
        return self._open_list("vti_bpv.vti_application_action", [(name, "=", self.id)])
