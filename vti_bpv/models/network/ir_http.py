from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _serve_fallback(cls):
        # Odoo looks the address up among its files, and PostgreSQL refuses a zero byte: no page, not an error
        return None if "\x00" in request.httprequest.path else super()._serve_fallback()

    @classmethod
    def _post_dispatch(cls, response):
        """Keep our pages out of other sites' frames, where a click could be stolen; a page may allow it itself."""
        result = super()._post_dispatch(response)
        if response.mimetype == "text/html" and "Content-Security-Policy" not in response.headers:
            response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        return result
