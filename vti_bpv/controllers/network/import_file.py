from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from ...importing import sheets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportFiles(http.Controller):
    @http.route("/vti/import/<string:kind>/template.<string:extension>", type="http", auth="user", readonly=True)
    def template(self, kind, extension):
        Import = self._get_import()
        if kind not in Import._fields["kind"].get_values(request.env):
            raise NotFound
        description = Import._get_kind_model(kind)._get_format()
        if extension == "xlsx":
            return self._send(sheets.make_template_xlsx(description), f"{description.title}.xlsx", XLSX)
        if extension == "csv":
            return self._send(
                sheets.make_template_csv(description), f"{description.title}.csv", "text/csv; charset=utf-8"
            )
        raise NotFound

    @http.route("/vti/import/<int:import_id>/errors.xlsx", type="http", auth="user", readonly=True)
    def errors(self, import_id):
        record = self._get_import().browse(import_id).exists()
        if not record or not record.has_access("read") or not record.file or not record.error_count:
            raise NotFound
        words = {line.number: line.message for line in record.error_line_ids}
        heading = request.env._("What is wrong")
        data = sheets.make_report(record._get_kind_model()._get_format(), record._get_data(), words, heading)
        return self._send(data, request.env._("Errors") + ".xlsx", XLSX)

    def _get_import(self):
        Import = request.env["vti.import"]
        if not Import.has_access("read"):
            raise NotFound
        return Import

    def _send(self, data, name, content_type):
        return request.make_response(
            data,
            [
                ("Content-Type", content_type),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )
