from odoo import http

from odoo.addons.web.controllers.report import ReportController


class PdfController(ReportController):
    def _is_readonly(self, rule, args):
        # a method: Odoo warns of a plain False below a parent's True
        return False

    @http.route(readonly=_is_readonly)
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """Let a document be kept, and its style sheet be made the first time."""
        return super().report_routes(reportname, docids, converter, **data)
