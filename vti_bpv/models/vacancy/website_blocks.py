import re

from odoo import api, models

from ...tools.place_query import PlaceQuery

# a block that isn't ours, or what the editor's toolbar makes of a text
ODOO_STYLE = re.compile(
    r'data-snippet="(?!s_vti_)|class="(?:[^"]* )?(?:btn|fa|img|row|o_cc|(?:text|bg)-o-|h[1-6]-fs|display-\d)[" \d-]'
)


class Website(models.Model):
    _inherit = "website"

    @api.model
    def _needs_odoo_style(self, *parts):
        """Whether VTI put something in a page with the editor that our own few kilobytes of style don't cover.

        :param parts: HTML, or None
        """
        return any(ODOO_STYLE.search(str(part)) for part in parts if part)

    @api.model
    def _get_block_link(self, chosen, company):
        """Where all places of a block are: the company's page, else the list with the same filters."""
        company_sudo = self.env["res.partner"].sudo().browse(company or []).exists()
        if company_sudo and company_sudo._is_public_company():
            return f"/bedrijven/{self.env['ir.http']._slug((company_sudo.id, company_sudo.name))}"
        return PlaceQuery(chosen=chosen).url()
