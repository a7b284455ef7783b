from odoo import models

from ...tools.flash import FLASH


class WebsitePage(models.Model):
    _inherit = "website.page"

    def _allow_to_use_cache(self, request):
        # A page with a message for one visitor is not kept for the others.
        return super()._allow_to_use_cache(request) and not request.session.get(FLASH)
