from odoo import http
from odoo.http import request

from .stages import Stages


class Posters(http.Controller):
    """Posters with a QR code for a school's or company's wall.

    For who is logged in: making a document costs more than showing a page.
    """

    @http.route("/stages/<string:slug>/poster.pdf", type="http", auth="user", website=True, sitemap=False)
    def place_poster(self, slug, **_params):
        place_sudo = Stages._find(slug, "vti.vacancy")
        if place_sudo.state != "published":
            raise request.not_found()
        return self._answer("vti_bpv.action_report_place_poster", place_sudo)

    @http.route("/bedrijven/<string:slug>/poster.pdf", type="http", auth="user", website=True, sitemap=False)
    def company_poster(self, slug, **_params):
        company_sudo = Stages._find(slug, "res.partner")
        if not company_sudo or not company_sudo._is_public_company():
            raise request.not_found()
        return self._answer("vti_bpv.action_report_company_poster", company_sudo)

    @staticmethod
    def _answer(report, record_sudo):
        content, _kind = request.env["ir.actions.report"].sudo()._render_qweb_pdf(report, record_sudo.ids)
        return request.make_response(content, [
            ("Content-Type", "application/pdf"), ("Content-Disposition", 'inline; filename="poster.pdf"'),
        ])  # fmt: skip
