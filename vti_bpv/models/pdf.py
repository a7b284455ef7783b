import logging
import mimetypes
import re
from base64 import b64decode
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import file_open
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

from ..tools import pdf

_logger = logging.getLogger(__name__)

BUNDLE = re.compile(r"/web/assets/.*?(?P<name>[\w]+\.[\w]+?)(?P<rtl>\.rtl)?(?P<prefixed>\.autoprefixed)?(\.min)?\.css$")
IMAGE = re.compile(
    r"/web/image(?:/(?:(?P<id>\d+)(?:-\w+)?|(?P<model>[a-z_.]+)/(?P<res_id>\d+)/(?P<field>\w+)|(?P<xmlid>\w+\.\w+)))?"
    r"(?:/(?P<width>\d+)x(?P<height>\d+))?(?:/[^/]*)?$"
)
CSS_MARGIN = 11  # mm; Odoo's padding for formats that leave the sides to CSS, here part of the page
STATIC = re.compile(r"/\w+/static/.+$")
BARCODE = re.compile(r"/report/barcode/(?P<barcode_type>\w+)/(?P<value>.+)$")


class IrActionsReport(models.Model):
    """One engine for every PDF, with headers, footers and page numbers on any machine (decision 0002)."""

    _inherit = "ir.actions.report"

    @api.model
    def get_wkhtmltopdf_state(self):
        return "ok"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """One run for each record: its pages are then numbered and stored by themselves."""
        self._check_report_reader(self._get_report(report_ref), res_ids)
        if not res_ids or len(res_ids) == 1 or len(res_ids) != len(set(res_ids)):
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        streams = {}
        for res_id in res_ids:
            streams |= super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=[res_id])
        return streams

    def _get_rendering_context(self, report, docids, data):
        self._check_report_reader(report, docids)
        return super()._get_rendering_context(report, docids, data)

    def _check_report_reader(self, report, docids):
        """Refuse who may not read what a report is about: Odoo's own address lets everybody who logged in make any.

        A document often tells more than the record's fields, as it is made with sudo. Documents for portal users
        come from pages that look whose they are, and make them with sudo.

        :raise AccessError:
        """
        if self.env.su:
            return
        report_sudo, user = report.sudo(), self.env.user
        if not user._is_internal() or (report_sudo.group_ids and not report_sudo.group_ids & user.all_group_ids):
            raise AccessError(self.env._("Only VTI can do this."))
        if docids and report_sudo.model in self.env:
            self.env[report_sudo.model].browse(docids).check_access("read")

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        paperformat = self._get_report(report_ref).get_paperformat() if report_ref else self.get_paperformat()
        page = self._prepare_pdf_page(paperformat, landscape, specific_paperformat_args or {})
        headers, footers = self._split_running(header, "headers"), self._split_running(footer, "footers")
        documents = [
            pdf.compose(
                str(body),
                headers[number] if number < len(headers) else None,
                footers[number] if number < len(footers) else None,
                page,
            )
            for number, body in enumerate(bodies)
        ]
        base_url = self._get_report_url()
        # what a document shows of other records, its reader may see
        reader = self.with_env(self.env(su=False))
        return pdf.write(documents, base_url, lambda url: reader._fetch_for_pdf(url, base_url))

    @api.model
    def _split_running(self, document, kind):
        """The headers (or footers) of Odoo's one document of them all, in the order of the bodies."""
        if not document:
            return []
        root = html.document_fromstring(str(document))
        return list(root.xpath(f"//div[@id='minimal_layout_report_{kind}']/*"))

    @api.model
    def _prepare_pdf_page(self, paperformat, landscape, overrides):
        size = paperformat.format or "A4"
        if size == "custom":
            size = f"{paperformat.page_width}mm {paperformat.page_height}mm"
        landscape = landscape or overrides.get("data-report-landscape") or paperformat.orientation == "Landscape"
        inner = CSS_MARGIN if paperformat.css_margins else 0
        return {
            "size": size,
            "orientation": "" if "mm" in size else "landscape" if landscape else "portrait",
            "top": float(overrides.get("data-report-margin-top", paperformat.margin_top)),
            "bottom": float(overrides.get("data-report-margin-bottom", paperformat.margin_bottom)),
            "left": paperformat.margin_left + inner,
            "right": paperformat.margin_right + inner,
        }

    def _fetch_for_pdf(self, url, base_url):
        """Answer for a URL of a document without a request to the server, or to anybody else.

        :return: content and mimetype; nothing for what isn't ours, isn't there or isn't for this user
        """
        address = urlsplit(url)
        if address.netloc != urlsplit(base_url).netloc:
            _logger.info("A document names %s, which is not fetched", url)
            return None
        try:
            if found := BUNDLE.match(address.path):
                return self._fetch_bundle(found), "text/css"
            if found := IMAGE.match(address.path):
                return self._fetch_image(found.groupdict() | dict(parse_qsl(address.query)))
            if found := BARCODE.match(address.path):
                return self.barcode(**found.groupdict(), **dict(parse_qsl(address.query))), "image/png"
            if STATIC.match(address.path):
                with file_open(address.path.lstrip("/"), "rb") as file:
                    return file.read(), mimetypes.guess_type(address.path)[0] or "application/octet-stream"
        except (UserError, FileNotFoundError, ValueError) as problem:
            _logger.info("A document can't have %s: %s", url, problem)
        return None

    def _fetch_bundle(self, found):
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            found["name"], css=True, js=False, rtl=bool(found["rtl"]), autoprefix=bool(found["prefixed"])
        )
        return bundle.css().sudo().raw

    def _fetch_image(self, asked):
        # not ir.binary's stream: that needs a request, and a cron has none
        model, res_id = asked["model"] or "ir.attachment", asked["res_id"] or asked["id"]
        field = asked["field"] or "raw"
        record = self.env["ir.binary"]._find_record(
            asked["xmlid"], model, res_id and int(res_id), asked.get("access_token"), field=field
        )
        content = record.with_context(bin_size=False)[field] or b""
        if field != "raw":
            content = b64decode(content)
        size = int(asked["width"] or 0), int(asked["height"] or 0)
        return image_process(content, size=size) if any(size) else content, guess_mimetype(content)
