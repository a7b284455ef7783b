import io
import re
import time
import zipfile
from unittest.mock import patch

from lxml import html
from PIL import Image

from odoo.tests import tagged
from odoo.tools.misc import hash_sign

from ...controllers.selection import common
from ...tools import upload
from ..common import VtiHttpCase

NEW = "new.person@example.org"


@tagged("post_install", "-at_install")
class TestApplyPages(VtiHttpCase):
    """Applying as a visitor and logged in, and the mail to oneself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vacancy = cls.make_vacancy()
        cls.path = cls.vacancy._get_page_path()
        cls.startClassPatcher(patch.object(common, "MIN_SECONDS", 0))

    def form(self, path=None):
        """The hidden values of a form as it is shown."""
        html = self.url_open(path or f"{self.path}/apply").text
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))

    def csrf(self):
        return self.form(f"{self.path}/mail")["csrf_token"]

    def post(self, path, values, files=None):
        return self.url_open(path, data=values, files=files, allow_redirects=False)

    def fill(self, **values):
        return {
            **self.form(), "name": "New Person", "email": NEW, "phone": "06 12345678",
            "school_id": str(self.school.id), "qualification_id": str(self.qualification.id),
            "motivation": "I like it", **values,
        }  # fmt: skip

    def requests(self):
        return self.env["vti.application.request"].search([])

    def apply_as_visitor(self, **values):
        response = self.post(f"{self.path}/apply", self.fill(**values))
        self.assertEqual((response.status_code, response.headers["Location"]), (303, f"{self.path}/apply/sent"))
        return self.requests()[:1]

    def confirm(self, request, **values):
        path = request._get_confirm_url().split("/", 3)[3]
        return self.post(f"/{path}", {"csrf_token": self.csrf(), **values})

    # ------------------------------------------------------------------ visitor

    def test_nothing_exists_before_the_address_is_confirmed(self):
        request = self.apply_as_visitor()
        self.assertFalse(self.env["res.partner"].search([("email", "=", NEW)]))
        self.assertFalse(self.env["res.users"].search([("login", "=", NEW)]))
        self.assertFalse(self.vacancy.application_ids)
        # opening the link, as a mail scanner does, changes nothing
        url = request._get_confirm_url()
        self.assertEqual(self.url_open(url[url.index("/application") :]).status_code, 200)
        self.assertFalse(self.vacancy.application_ids)

    def test_confirming_makes_student_account_and_application(self):
        request = self.apply_as_visitor()
        self.assertEqual(self.confirm(request).status_code, 422, "the date of birth is missing")
        self.assertEqual(self.confirm(request, birth_date="2007-01-01").status_code, 303)
        application = self.vacancy.application_ids
        student = application.student_id
        self.assertEqual((student.partner_id.name, student.email, student.phone), ("New Person", NEW, "06 12345678"))
        self.assertEqual(student.enrolment_id.school_id, self.school)
        self.assertTrue(student.activated_on)
        self.assertEqual((application.state, application.guardian_state), ("submitted", "not_needed"))
        user = student.user_ids
        self.assertEqual(user.login, NEW)
        self.assertTrue(user.has_group("vti_bpv.group_student"))
        self.assertFalse(self.requests())

    def test_link_works_once(self):
        request = self.apply_as_visitor()
        url = request._get_confirm_url()
        path = url[url.index("/application") :]
        self.assertEqual(self.confirm(request, birth_date="2007-01-01").status_code, 303)
        self.assertEqual(self.url_open(path).status_code, 410)
        again = self.post(path, {"csrf_token": self.csrf(), "birth_date": "2007-01-01"})
        self.assertEqual(again.status_code, 410)
        self.assertEqual(len(self.vacancy.application_ids), 1)

    def test_false_and_old_links(self):
        request = self.apply_as_visitor()
        url = request._get_confirm_url()
        path = url[url.index("/application") :]
        for wrong in ("/application/confirm/x", path[:-3] + "abc", path.replace("confirm", "student")):
            self.assertEqual(self.url_open(wrong).status_code, 410, wrong)
        with self.at("2036-01-01"):
            old = self.env["vti.application.request"]._open_link("application_confirm", path.rsplit("/", 1)[-1])
        self.assertFalse(old[0])

    def test_same_page_for_known_and_unknown_addresses(self):
        pages = []
        for email in (NEW, self.student.email, self.recruiter.email, self.user_vti.email):
            self.authenticate(None, None)
            self.apply_as_visitor(email=email)
            html = self.url_open(f"{self.path}/apply/sent").text
            pages.append(re.sub(r'csrf_token: "[^"]*"', "", html.replace(email, "MAIL")))
        self.assertEqual(len({re.sub(r"\s+", " ", page) for page in pages}), 1)

    def test_address_with_an_account_applies_as_that_student(self):
        request = self.apply_as_visitor(email=self.student.email.upper(), name="Somebody Else")
        self.assertEqual(self.confirm(request).status_code, 303)
        self.assertEqual(self.vacancy.application_ids.student_id, self.student)
        self.assertEqual(self.student.partner_id.name, "Sam Jansen", "a form doesn't rename who exists")

    def test_address_of_a_company_cannot_become_a_student(self):
        request = self.apply_as_visitor(email=self.user_company.login)
        self.assertEqual(self.confirm(request, birth_date="2007-01-01").status_code, 422)
        self.assertFalse(self.vacancy.application_ids)

    def test_closed_meanwhile(self):
        request = self.apply_as_visitor()
        self.vacancy.state = "closed"
        response = self.confirm(request, birth_date="2007-01-01")
        self.assertEqual(response.status_code, 422)
        self.assertIn("open any more", response.text)
        self.assertFalse(self.env["res.partner"].search([("email", "=", NEW)]), "nothing stays behind")

    def test_closed_place(self):
        values = self.fill()
        self.vacancy.state = "closed"
        self.assertEqual(self.url_open(f"{self.path}/apply").status_code, 410)
        self.assertEqual(self.post(f"{self.path}/apply", values).status_code, 410)
        self.assertFalse(self.requests())

    def test_drafts_and_nonsense_are_not_found(self):
        draft = self.make_vacancy(state="draft")
        for path in (
            draft._get_page_path(),
            "/stages/nonsense",
            "/stages/x-999999999",
            "/stages/x-99999999999999999999",
        ):
            self.assertEqual(self.url_open(f"{path}/apply").status_code, 404, path)
            self.assertEqual(self.url_open(f"{path}/mail").status_code, 404, path)

    def test_school_of_ones_own(self):
        request = self.apply_as_visitor(school_id="other", school_name="Vakschool", qualification_id="other",
                                        programme="Koudetechniek")  # fmt: skip
        self.confirm(request, birth_date="2007-01-01")
        application = self.vacancy.application_ids
        self.assertFalse(application.enrolment_id)
        self.assertEqual((application.stated_school, application.stated_programme), ("Vakschool", "Koudetechniek"))
        self.assertIn("Vakschool", application.activity_ids.note)

    # ------------------------------------------------------------------ mistakes

    def test_mistakes_are_told_and_nothing_typed_is_lost(self):
        for field, value in (
            ("name", ""), ("email", "no address"), ("email", "a b@c.nl"), ("phone", "12"), ("school_id", "0"),
            ("school_id", "999999"), ("school_id", str(self.company.id)), ("school_id", "other"),
            ("qualification_id", ""), ("motivation", "x" * 501),
        ):  # fmt: skip
            with self.subTest(field=field, value=value):
                response = self.post(
                    f"{self.path}/apply",
                    self.fill(**{field: value, "phone": value if field == "phone" else "06 99887766"}),
                )
                self.assertEqual(response.status_code, 422)
                self.assertIn("vti-errors", response.text)
                if field != "phone":
                    self.assertIn("06 99887766", response.text)
        self.assertFalse(self.requests())

    def test_robots(self):
        trapped = self.post(f"{self.path}/apply", self.fill(homepage="http://spam.example"))
        self.assertEqual(trapped.status_code, 303, "it is not told that it was noticed")
        unseen = self.post(f"{self.path}/apply", self.fill(shown=""))
        self.assertEqual(unseen.status_code, 422)
        with patch.object(common, "MIN_SECONDS", 5):
            self.assertEqual(self.post(f"{self.path}/apply", self.fill()).status_code, 422)
        self.assertFalse(self.requests())

    def test_who_mends_a_field_is_not_too_fast(self):
        shown = hash_sign(self.env, "vti.form", [f"apply{self.vacancy.id}", int(time.time()) - 10], expiration_hours=24)
        with patch.object(common, "MIN_SECONDS", 5):
            wrong = self.post(f"{self.path}/apply", self.fill(shown=shown, name=""))
            self.assertEqual(wrong.status_code, 422)
            again = re.search(r'name="shown" value="([^"]*)"', wrong.text)[1]
            self.assertEqual(self.post(f"{self.path}/apply", self.fill(shown=again)).status_code, 303)

    def test_a_form_that_comes_back_asks_for_the_cv_again(self):
        files = {"cv": ("cv.pdf", b"%PDF-1.4 ...")}
        page = html.fromstring(self.post(f"{self.path}/apply", self.fill(name=""), files=files).content)
        self.assertEqual(page.xpath("//*[@aria-invalid='true']/@name"), ["name", "cv"])
        self.assertIn("once more", page.xpath("string(//*[@id='cv_error'])"))

    def test_fields_have_only_what_is_theirs(self):
        page = html.fromstring(self.url_open(f"{self.path}/apply").content)
        self.assertEqual(page.xpath("//main//*[@accept]/@name"), ["cv"])
        self.assertFalse(page.xpath("//main//*[@min or @max]"))

    def test_too_often_for_one_address(self):
        for number in range(11):
            response = self.post(f"{self.path}/apply", self.fill())
            self.assertEqual(response.status_code, 303 if number < 10 else 422, number)

    def test_cv_is_judged_by_its_content(self):
        picture, word = io.BytesIO(), io.BytesIO()
        Image.new("RGB", (5, 5)).save(picture, "PNG")
        with zipfile.ZipFile(word, "w") as archive:
            archive.writestr("[Content_Types].xml", "x")
            archive.writestr("word/document.xml", "x")
        for name, content, status in (
            ("cv.pdf", b"%PDF-1.4 ...", 303),
            ("cv.exe", picture.getvalue(), 303),
            ("cv.docx", word.getvalue(), 303),
            ("cv.pdf", b"<script>alert(1)</script>", 422),
            ("cv.png", b"GIF89a", 422),
            ("cv.docx", b"PK\x03\x04 broken", 422),
            ("cv.pdf", b"%PDF-" + b"x" * (upload.MAX_BYTES - 5), 303),
            ("cv.pdf", b"%PDF-" + b"x" * (upload.MAX_BYTES - 4), 422),
        ):
            with self.subTest(name=name, size=len(content)):
                values = self.fill(email=f"{len(content)}@example.org")
                response = self.post(f"{self.path}/apply", values, files={"cv": (name, content)})
                self.assertEqual(response.status_code, status)
        names = set(self.requests().mapped("cv_name"))
        self.assertEqual(names, {"cv.pdf", "cv.png", "cv.docx"})

    # ------------------------------------------------------------------ logged in

    def test_student_applies_at_once(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        values = {**self.form(), "phone": "06 11112222", "motivation": "Yes"}
        response = self.post(f"{self.path}/apply", values)
        application = self.vacancy.application_ids
        self.assertEqual(response.headers["Location"], f"/my/applications/{application.id}")
        self.assertEqual((application.student_id, application.state), (self.student, "submitted"))
        self.assertEqual(self.student.phone, "06 11112222")
        # and not twice
        self.assertEqual(self.post(f"{self.path}/apply", values).status_code, 409)
        self.assertEqual(self.url_open(f"{self.path}/apply").status_code, 409)

    def test_who_still_waits_for_a_parent_is_not_told_that_it_is_on_its_way(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        for birth_date, words in (("2000-01-01", "is on its way"), ("2012-01-01", "what is still needed")):
            self.student.birth_date = birth_date
            place = self.make_vacancy()._get_page_path()
            values = {**self.form(f"{place}/apply"), "phone": "06 11112222"}
            self.assertIn(words, self.url_open(self.post(f"{place}/apply", values).headers["Location"]).text)

    def test_the_next_time_a_school_outside_the_list_is_filled_in(self):
        self.student.enrolment_ids.unlink()
        self.authenticate(self.user_student.login, self.user_student.login)
        values = {"phone": "06 11112222", "school_id": "other", "school_name": "Techniekschool Oost",
                  "qualification_id": "other", "programme": "Installatie"}  # fmt: skip
        self.assertEqual(self.post(f"{self.path}/apply", {**self.form(), **values}).status_code, 303)
        page = html.fromstring(self.url_open(f"{self.make_vacancy()._get_page_path()}/apply").content)
        shown = {}
        for name in values:
            chosen = f"//input[@name='{name}']/@value | //select[@name='{name}']/option[@selected]/@value"
            shown[name] = page.xpath(f"string({chosen})")
        self.assertEqual(shown, values)

    def test_a_visitor_sets_a_mail_to_staff_going_in_the_name_of_vti(self):
        self.env.company.email = "stage@vti.example.org"
        request = self.apply_as_visitor(school_id="other", school_name="Techniekschool Oost")
        before = self.env["mail.mail"].search([])
        self.confirm(request, birth_date="2000-01-01")
        self.assertTrue(self.vacancy.application_ids.activity_ids, "staff look which school it is")
        told = self.env["mail.message"].search([("model", "=", "vti.application"), ("subject", "!=", False)])
        mails = self.env["mail.mail"].search([]) - before
        self.assertTrue(told | mails.mail_message_id)
        self.assertFalse((told | mails.mail_message_id).filtered(lambda message: not message.email_from))

    def test_company_and_staff_do_not_apply(self):
        for user in (self.user_company, self.user_school):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(f"{self.path}/apply").status_code, 403)
            self.assertEqual(self.post(f"{self.path}/apply", self.fill_logged_in()).status_code, 403)
        self.assertFalse(self.vacancy.application_ids)

    def fill_logged_in(self):
        return {"csrf_token": self.csrf(), "phone": "06 11112222"}

    # ------------------------------------------------------------------ mail to oneself

    def test_mail_this_place(self):
        path = f"{self.path}/mail"
        mails = self.env["mail.mail"].search([])
        partners = self.env["res.partner"].search_count([])
        self.assertEqual(self.post(path, {**self.form(path), "email": "x"}).status_code, 422)
        for number in range(6):
            response = self.post(path, {**self.form(path), "email": "me@example.org"})
            self.assertEqual(response.status_code, 303 if number < 5 else 422)
        new = self.env["mail.mail"].search([]) - mails
        self.assertEqual({mail.email_to for mail in new}, {"me@example.org"} if new else set())
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
