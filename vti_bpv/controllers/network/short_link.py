from odoo import http
from odoo.http import request


class ShortLinks(http.Controller):
    """The short address in a text message, which leads where the button of the mail leads."""

    @http.route("/go/<string:code>", type="http", auth="public", website=True, multilang=False, methods=["GET"],
                sitemap=False)  # fmt: skip
    def go(self, code, **_kwargs):
        url = request.env["vti.notice"]._find_button(code)
        if url:
            response = request.redirect(url, code=303, local=False)
        else:
            response = request.render("vti_bpv.link_over_page", {"kind": "text"}, status=410)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
