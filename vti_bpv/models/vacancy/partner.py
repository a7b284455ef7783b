from odoo import models


class Partner(models.Model):
    _inherit = "res.partner"

    def _get_open_places(self, limit=60):
        """The published places of a company, newest first; sudo."""
        self.ensure_one()
        return self.env["vti.vacancy"].sudo().search(
            [("employer_id", "=", self.id), ("state", "=", "published")],
            order="published_on desc, id desc", limit=limit,
        )

    def _is_public_company(self):
        """Whether visitors may see this partner's page: a member, or a company with an open place."""
        self.ensure_one()
        partner = self.sudo()
        return bool(
            partner.active and partner.is_employer and partner.is_company
            and (partner.membership_state == "member" or partner._get_open_places(limit=1))
        )
