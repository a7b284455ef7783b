import io
import json
from base64 import b64decode

from PyPDF2 import PdfReader

from odoo.tests import HttpCase, TransactionCase, new_test_user

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


class PdfCase(TransactionCase):
    """A document of some pages over partners."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.ui.view"].create(
            {
                "name": "pages",
                "key": "vti_bpv.test_pages",
                "type": "qweb",
                "arch": """
                    <t t-name="vti_bpv.test_pages">
                        <t t-call="web.html_container">
                            <t t-foreach="docs" t-as="o">
                                <t t-call="vti_bpv.pdf_layout">
                                    <t t-set="title">Plan of <t t-out="o.name"/></t>
                                    <p t-foreach="range(60)" t-as="line">
                                        Line <t t-out="line"/> of <t t-out="o.name"/>
                                    </p>
                                </t>
                            </t>
                        </t>
                    </t>""",
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Pages",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": "vti_bpv.test_pages",
                "paperformat_id": cls.env.ref("vti_bpv.paperformat").id,
                "attachment": "'pages-%s.pdf' % object.id",
            }
        )
        cls.env.company.name = "Vereniging Één"
        cls.anna, cls.bo = cls.env["res.partner"].create([{"name": "Anna Vos"}, {"name": "Bo Maas"}])

    def _render(self, partners, **context):
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True, **context)
        content, kind = reports._render_qweb_pdf(self.report, partners.ids)
        self.assertEqual(kind, "pdf")
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


class TestPdf(PdfCase):
    def test_header_footer_and_numbers_on_each_page(self):
        pages = self._render(self.anna)
        self.assertGreater(len(pages), 1)
        for number, text in enumerate(pages, start=1):
            self.assertIn("Vereniging Één", text)
            self.assertIn("Plan of Anna Vos", text)
            self.assertIn(f"Page {number} of {len(pages)}", " ".join(text.split()))
        self.assertIn("Line 0 of Anna Vos", pages[0])
        self.assertIn("Line 59 of Anna Vos", pages[-1])

    def test_records_are_numbered_and_kept_apart(self):
        pages = self._render(self.anna + self.bo)
        half = len(pages) // 2
        self.assertEqual(["Anna" in text for text in pages], [True] * half + [False] * half)
        self.assertIn(f"Page 1 of {half}", " ".join(pages[half].split()))
        kept = self.env["ir.attachment"].search([("res_model", "=", "res.partner"), ("name", "=like", "pages-%.pdf")])
        self.assertEqual(set(kept.mapped("res_id")), set((self.anna + self.bo).ids))

    def test_interface_finds_an_engine(self):
        self.assertEqual(self.env["ir.actions.report"].get_wkhtmltopdf_state(), "ok")

    def test_landscape(self):
        self.env.ref("vti_bpv.paperformat").orientation = "Landscape"
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = reports._render_qweb_pdf(self.report, self.anna.ids)
        box = PdfReader(io.BytesIO(content)).pages[0].mediabox
        self.assertEqual((round(box.width), round(box.height)), (842, 595))


class TestPdfResources(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["ir.actions.report"]
        cls.base = cls.reports._get_report_url()
        cls.owner = new_test_user(cls.env, "pdf_owner", groups="base.group_user")
        cls.portal = new_test_user(cls.env, "pdf_portal", groups="base.group_portal")
        cls.image = cls.env["ir.attachment"].create(
            {"name": "p.png", "raw": b64decode(PIXEL), "res_model": "res.users", "res_id": cls.owner.id}
        )

    def _fetch(self, path, user=None):
        return self.reports.with_user(user or self.env.user)._fetch_for_pdf(self.base + path, self.base)

    def test_bundle_font_and_barcode(self):
        css, kind = self._fetch("/web/assets/1/abc/web.report_assets_common.min.css")
        self.assertEqual(kind, "text/css")
        self.assertIn(b".vti_pdf", css)
        font, _kind = self._fetch("/web/static/fonts/lato/Lato-Reg-webfont.ttf")
        self.assertEqual(font[:4], b"\0\1\0\0")
        self.assertEqual(self._fetch("/report/barcode/QR/42?width=50&height=50")[0][1:4], b"PNG")

    def test_image_only_for_who_may_see_it(self):
        url = f"/web/image/{self.image.id}"
        self.assertEqual(self._fetch(url, self.owner), (b64decode(PIXEL), "image/png"))
        self.assertIsNone(self._fetch(url, self.portal))

    def test_nobody_else_is_asked_and_no_file_is_read(self):
        fetch = self.reports._fetch_for_pdf
        self.assertIsNone(fetch("http://elsewhere.example/web/static/img/logo.png", self.base))
        self.assertIsNone(fetch("file:///etc/passwd", self.base))
        self.assertIsNone(self._fetch("/web/static/../../../odoo.conf"))
        self.assertIsNone(self._fetch("/web/static/img/nothing.png"))


class TestPdfDownload(HttpCase, PdfCase):
    def test_download(self):
        self.authenticate("admin", "admin")
        context = json.dumps({"force_report_rendering": True})
        answer = self.url_open(f"/report/pdf/vti_bpv.test_pages/{self.anna.id}?context={context}")
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "application/pdf"))
        self.assertEqual(answer.content[:4], b"%PDF")
        self.assertIn(b"Lato", answer.content)
