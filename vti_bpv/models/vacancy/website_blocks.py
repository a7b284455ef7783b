from odoo import api, models

from ...tools.place_query import PlaceQuery


class Website(models.Model):
    _inherit = "website"

    @api.model
    def _get_block_link(self, chosen, company):
        """Where all places of a block are: the company's page, else the list with the same filters."""
        company_sudo = self.env["res.partner"].sudo().browse(company or []).exists()
        if company_sudo and company_sudo._is_public_company():
            return f"/bedrijven/{self.env['ir.http']._slug((company_sudo.id, company_sudo.name))}"
        return PlaceQuery(chosen=chosen).url()
