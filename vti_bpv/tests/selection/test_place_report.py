import io
import re
from unittest.mock import patch

from lxml import html
from PyPDF2 import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail

from ..common import VtiCase, VtiHttpCase


@tagged("post_install", "-at_install")
class TestPlaceReport(MockEmail, VtiCase):
    def test_vti_looks_and_answers(self):
        reports = self.env["vti.place.report"]
        with self.at("2026-11-10 12:00:00"):
            report = reports._tell(self.make_vacancy(), "gone", "It closed.", "eve@example.org")
            unsafe = reports._tell(self.make_vacancy(), "unsafe")
            self.assertEqual(
                [str(r.activity_ids.date_deadline) for r in (report, unsafe)], ["2026-11-12", "2026-11-10"]
            )
            for user in (self.user_company, self.user_student):
                with self.assertRaises(AccessError):
                    report.with_user(user).action_done()
            with self.assertRaises(UserError):
                report.with_user(self.user_vti).action_done()
            report.with_user(self.user_vti).outcome = "We called: it is gone."
            with self.mock_mail_gateway(mail_unlink_sent=False):
                report.with_user(self.user_vti).action_done()
        mail = self.env["mail.mail"].search([("email_to", "=", "eve@example.org")])
        self.assertEqual(mail.state, "sent", "at once")
        self.assertIn("We called: it is gone.", mail.body_html)
        self.assertFalse(report.activity_ids)
        for day, email in (("2026-12-08", "eve@example.org"), ("2026-12-09", False)):
            with self.at(f"{day} 12:00:00"):
                reports._gc_addresses()
            self.assertEqual(report.email, email)


@tagged("post_install", "-at_install")
class TestPlaceReportPage(VtiHttpCase):
    def setUp(self):
        super().setUp()
        self.place = self.make_vacancy()
        self.path = f"{self.place._get_page_path()}/report"
        self.authenticate(None, None)

    def post(self, **data):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(self.path).text)[1]
        with patch("odoo.addons.vti_bpv.controllers.selection.common.looks_automatic", return_value=False):
            answer = self.url_open(self.path, data={"csrf_token": token, **data}, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def test_a_visitor_tells(self):
        self.assertIn("/report", self.url_open(self.place._get_page_path()).text)
        self.assertEqual(self.post(reason="wrong", text="It says Utrecht").status_code, 303)
        report = self.env["vti.place.report"].search([])
        self.assertEqual((report.vacancy_id, report.reason, report.text), (self.place, "wrong", "It says Utrecht"))

    def test_what_is_wrong_is_said(self):
        for data in ({"reason": "x"}, {"reason": "other"}, {"reason": "gone", "email": "eve"},
                     {"reason": "gone", "text": "x" * 1001}):  # fmt: skip
            with self.subTest(data):
                self.assertEqual(self.post(**data).status_code, 422)
        self.assertFalse(self.env["vti.place.report"].search([]))

    def test_not_too_often(self):
        statuses = [self.post(reason="gone", email="eve@example.org").status_code for _number in range(6)]
        self.assertEqual(statuses, [303] * 5 + [422])

    def test_posters(self):
        draft, company = self.make_vacancy(state="draft"), self.company
        slug = self.env["ir.http"]._slug
        self.assertEqual(
            self.url_open(f"{self.place._get_page_path()}/poster.pdf", allow_redirects=False).status_code, 303
        )
        self.authenticate(self.user_school.login, self.user_school.login)
        for path in (self.place._get_page_path(), f"/bedrijven/{slug(company)}"):
            answer = self.url_open(f"{path}/poster.pdf")
            self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "application/pdf"))
            self.assertIn("/poster.pdf", self.url_open(path).text)
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)  # tests get HTML otherwise
        for report, record in (("place", self.place), ("company", company)):
            content, _kind = reports._render_qweb_pdf(f"vti_bpv.action_report_{report}_poster", record.ids)
            self.assertEqual(content[:5], b"%PDF-")
        # the longest title, the longest text and forty places: still one sheet each
        self.place.write({"name": "Elektromonteur " * 10, "description": "Je trekt kabels. " * 290})
        for number in range(39):
            self.make_vacancy(name=f"Plek {number}")
        for report, record in (("place", self.place), ("company", company)):
            content, _kind = reports._render_qweb_pdf(f"vti_bpv.action_report_{report}_poster", record.ids)
            self.assertEqual(len(PdfReader(io.BytesIO(content)).pages), 1, report)
        page, _kind = reports._render_qweb_html("vti_bpv.action_report_company_poster", company.ids)
        text = " ".join(html.fromstring(page).text_content().split())
        self.assertIn("And 34 more", text)
        self.assertIn(f"/bedrijven/{company.id}", text)
        self.authenticate(None, None)
        answer = self.url_open(f"/stages/{self.place.id}")
        self.assertEqual(answer.url.rpartition("/")[2], self.place._get_page_path().rpartition("/")[2])
        self.authenticate(self.user_school.login, self.user_school.login)
        for path in (f"/stages/{slug(draft)}", f"/bedrijven/{slug(self.school)}", "/stages/x-999999"):
            self.assertEqual(self.url_open(f"{path}/poster.pdf").status_code, 404)
