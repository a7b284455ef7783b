from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _serve_fallback(cls):
        # Odoo looks the address up among its files, and PostgreSQL refuses a zero byte: no page, not an error
        return None if "\x00" in request.httprequest.path else super()._serve_fallback()
