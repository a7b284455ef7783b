from urllib.parse import quote

from odoo import models
from odoo.http import request
from odoo.tools import lazy

from ...tools.flash import FLASH


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _prepare_frontend_environment(self, values):
        """Give our page what it shows: messages that wait for the user, and where one is."""
        qweb = super()._prepare_frontend_environment(values)
        values.setdefault("vti_flash", lazy(lambda: request.session.pop(FLASH, [])))
        values.setdefault("vti_page_path", lazy(self._get_page_path))
        return qweb

    def _get_page_path(self):
        """Path and query of this page without its language, quoted to be part of a query."""
        query = request.httprequest.query_string.decode("utf-8", "replace")
        return quote(request.httprequest.path + (f"?{query}" if query and request.httprequest.method == "GET" else ""))

    def _get_bundles_to_pregenarate(self):
        scripts, styles = super()._get_bundles_to_pregenarate()
        ours = {"vti_bpv.assets_public"}
        return scripts | ours, styles | ours
