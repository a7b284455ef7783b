import re

from psycopg2.errors import UniqueViolation

from odoo import models
from odoo.exceptions import ConcurrencyError
from odoo.http import request

# an address in the language of the page: without a language in front, and nothing to resolve
ADDRESS = re.compile(r"/(?![a-z]{2,3}([_@]\w+)?([/?#]|$)|/|.*/\.)")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _url_for(cls, url_from, lang_code=None):
        """Leave an address as it is in the website's first language, where it has nothing in front.

        Odoo takes it apart and looks for its route to find the same, twenty to eighty times a page.
        """
        if lang_code is None and ADDRESS.match(url_from or "") and cls._is_first_lang():
            return url_from
        return super()._url_for(url_from, lang_code)

    @classmethod
    def _is_first_lang(cls):
        """Whether the page is in the website's first language, and no address is rewritten."""
        if not hasattr(request, "vti_first_lang"):
            rewrites = request.env["ir.http"]._rewrite_len(request.website_routing)
            request.vti_first_lang = None if rewrites else cls._get_default_lang().code
        return request.vti_first_lang == request.env.lang

    @classmethod
    def _serve_fallback(cls):
        # Odoo looks the address up among its files, and PostgreSQL refuses a zero byte: no page, not an error
        return None if "\x00" in request.httprequest.path else super()._serve_fallback()

    @classmethod
    def _dispatch(cls, endpoint):
        """Serve a form of the site once more when a unique index refuses it: it was sent twice.

        Both taps looked before either had written. The second time the page finds what the first tap
        made, and says so in its own words; refused again, it isn't a double tap, and stays an error.
        """
        if request.dispatcher.routing_type == "http":
            cls._take_out_zero_bytes()
        try:
            return super()._dispatch(endpoint)
        except UniqueViolation as error:
            if not getattr(request, "is_frontend", False) or hasattr(request, "vti_served_again"):
                raise
            request.vti_served_again = True
            raise ConcurrencyError("The same form was sent twice") from error

    @classmethod
    def _take_out_zero_bytes(cls):
        """Leave zero bytes out of what was sent: nobody types one, and PostgreSQL refuses it in a text.

        :raise NotFound: for an address with one
        """
        if "\x00" in request.httprequest.path:
            raise request.not_found()
        request.params = {
            name: value.replace("\x00", "") if isinstance(value, str) else value
            for name, value in request.params.items()
        }

    @classmethod
    def _post_dispatch(cls, response):
        """Keep our pages out of other sites' frames, where a click could be stolen; a page may allow it itself."""
        result = super()._post_dispatch(response)
        if response.mimetype == "text/html" and "Content-Security-Policy" not in response.headers:
            response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        return result
