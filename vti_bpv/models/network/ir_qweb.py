from urllib.parse import quote

from odoo import models
from odoo.http import request
from odoo.tools import lazy

from ...tools.flash import FLASH

SAFE = ("/", "https://", "http://", "mailto:")  # starts of addresses that run no script


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _prepare_frontend_environment(self, values):
        """Give our page what it shows: messages that wait for the user, and where one is."""
        qweb = super()._prepare_frontend_environment(values)
        website = request.website
        request.vti_plain = not (request.session.debug or website.cookies_bar or website.cdn_activated)
        values.setdefault("vti_flash", lazy(lambda: request.session.pop(FLASH, [])))
        values.setdefault("vti_page_path", lazy(self._get_page_path))
        return qweb

    def _is_plain(self):
        """Whether Odoo would change nothing in the elements of this page but their addresses."""
        if not request or any(map(self.env.context.get, ("inherit_branding", "edit_translations", "rendering_bundle"))):
            return False
        return getattr(request, "vti_plain", False)

    def _post_processing_att(self, tagName, atts):
        """Save what Odoo asks anew for each element, a few hundred times a page, where it wouldn't change anything."""
        if tagName == "img" or "style" in atts or "__is_static_node" in atts or not self._is_plain():
            return super()._post_processing_att(tagName, atts)
        name = self.URL_ATTRS.get(tagName)
        if name and (address := atts.get(name)):
            if not str(address).startswith(SAFE):
                return super()._post_processing_att(tagName, atts)
            if str(address).startswith("/"):
                atts[name] = self.env["ir.http"]._url_for(str(address))
        return atts

    def _get_page_path(self):
        """Path and query of this page without its language, quoted to be part of a query."""
        query = request.httprequest.query_string.decode("utf-8", "replace")
        return quote(request.httprequest.path + (f"?{query}" if query and request.httprequest.method == "GET" else ""))

    def _get_bundles_to_pregenarate(self):
        scripts, styles = super()._get_bundles_to_pregenarate()
        ours = {"vti_bpv.assets_public"}
        return scripts | ours, styles | ours
