import io

from PyPDF2 import PdfReader

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase


@tagged("post_install", "-at_install")
class TestCv(VtiCase):
    """A CV of one page from the profile, filled by the student alone."""

    def test_own_answers_only(self):
        student = self.student.with_user(self.user_student)
        student.action_save_cv_answer("tools_used", " Multimeter ")
        self.assertEqual(self.student.tools_used, "Multimeter")
        self.assertFalse(student.action_save_cv_answer("birth_date", "2000-01-01"), "no question")
        for user in (self.user_other_student, self.user_school, self.user_company):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.student.with_user(user).action_save_cv_answer("tools_used", "x")
        with self.assertRaises(UserError):
            student.action_save_cv_answer("languages", "x" * 121)

    def test_a_full_one_is_one_page(self):
        text = "Ik maakte een schakelkast met relais en een noodstop. " * 30
        self.student.write({"skills": text, "wishes": text, "tools_used": text, "side_jobs": text,
                            "languages": "Nederlands, Turks", "headline": "Ik wil weten hoe het werkt",
                            "interest_ids": [(6, 0, self.env["vti.interest"].search([]).ids)]})  # fmt: skip
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = reports._render_qweb_pdf("vti_bpv.action_report_student_cv", self.student.ids)
        pages = PdfReader(io.BytesIO(content)).pages
        self.assertEqual(len(pages), 1)
        self.assertIn("Sam Jansen", pages[0].extract_text())
        self.assertIn("Turks", pages[0].extract_text())

    def test_lines_and_pictures(self):
        """A list of short lines fits on the page too; what the letters lack is left out."""
        self.student.write({"skills": "Kast\n\n" * 60, "tools_used": "🔧 Tang ✅️\n👷🏽‍♂️\nBoor", "side_jobs": "🎉",
                            "headline": "Ik bouw🔧 graag 🎉 iets", "wishes": "x\n" * 8})  # fmt: skip
        values = self.student._get_cv_values()
        texts = dict(values["parts"])
        self.assertEqual(values["headline"], "Ik bouw graag iets")
        self.assertEqual(texts["What I can and have made"].split("\n")[-1], "Kast …")
        self.assertEqual(texts["What I can and have made"].count("\n"), 7)
        self.assertEqual(texts["Tools and machines I have used"], "Tang\nBoor")
        self.assertEqual(texts["What I want to learn"].split("\n"), ["x"] * 8, "just what fits")
        self.assertNotIn("Side jobs and work", texts)
        self.assertTrue(values["is_cut"])
        self.student.skills = "Kast"
        self.assertFalse(self.student._get_cv_values()["is_cut"])

    def test_nameless_variant(self):
        self.student.write({"phone": "06 12345678", "headline": "Sam soldeert graag", "languages": "Nederlands"})
        application = self.make_application(vacancy=self.make_vacancy(nameless=True))
        values = application._get_cv_values()
        self.assertNotIn("Sam", str(values))
        self.assertNotIn("06 12345678", str(values))
        application.invited_on = "2026-11-10 12:00:00"
        self.assertEqual(application._get_cv_values()["name"], "Sam Jansen")


@tagged("post_install", "-at_install")
class TestCvPages(VtiHttpCase):
    def test_all_questions(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        steps = self.student._get_cv_steps()
        form = {"csrf_token": http.Request.csrf_token(self)}
        for number, step in enumerate(steps, 1):
            path = f"/en/my/cv/{number}"
            self.assertEqual(self.url_open(path).status_code, 200)
            answer = self.env["vti.interest"].search([], limit=2).ids if step["name"] == "interest_ids" else "Dutch"
            done = self.url_open(path, data={**form, step["name"]: answer}, allow_redirects=False)
            self.assertEqual(done.status_code, 303)
            after = f"/my/cv/{number + 1}" if number < len(steps) else "/my/cv"
            self.assertTrue(done.headers["Location"].endswith(after), done.headers["Location"])
        self.assertEqual(self.student.languages, "Dutch")
        self.assertEqual(len(self.student.interest_ids), 2)
        document = self.url_open("/my/cv.pdf")
        self.assertEqual(document.status_code, 200)
        self.assertIn("Sam Jansen", document.text)  # in tests a document is made as HTML

    def test_too_long_keeps_what_was_typed(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        form = {"csrf_token": http.Request.csrf_token(self), "tools_used": "y" * 1001}
        answer = self.url_open("/en/my/cv/3", data=form)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("y" * 1001, answer.text)

    def test_who_is_no_student(self):
        self.authenticate(self.user_company.login, self.user_company.login)
        for path in ("/my/cv", "/my/cv/1", "/my/cv.pdf"):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        self.authenticate(self.user_student.login, self.user_student.login)
        for path in ("/my/cv/0", "/my/cv/99"):
            self.assertEqual(self.url_open(path).status_code, 404, path)

    def test_company_gets_the_profile_of_its_candidates(self):
        self.student.skills = "Ik kan lassen"
        application = self.make_application()
        path = f"/my/candidates/{application.id}/profile.pdf"
        for user, status in ((self.user_company, 200), (self.user_other_company, 404), (self.user_student, 404)):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(path).status_code, status, user.login)
