from odoo import http
from odoo.http import request

from odoo.addons.website.controllers.main import Website


class WebsiteInfo(Website):
    @http.route(sitemap=False)
    def website_info(self, **_params):
        """Show nobody which version and modules of Odoo run here: no visitor needs that, and who attacks does."""
        raise request.not_found()
