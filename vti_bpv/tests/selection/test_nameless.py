import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase

CONTACT = ["contact_name", "contact_email", "contact_phone", "contact_has_cv", "contact_is_adult"]
SECRETS = ("Quirine", "Zandstra", "quirine.zandstra", "0612345678", "06 12345678", "2007-03-04", "Lijsterlaan")


class NamelessMixin:
    """A student with a name that occurs nowhere else applies in a round without names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pupil = cls.make_student("Quirine Zandstra")
        cls.pupil.write(
            {
                "phone": "06 12345678", "cv": "JVBERi0xLjQ=", "cv_name": "CV Quirine Zandstra.pdf",
                "headline": "Ik ben Quirine en ik soldeer graag",
                "skills": "Bel 06 12345678, mail quirine.zandstra@example.org, zie www.quirine.nl.\nIk kan lassen.",
            }
        )  # fmt: skip
        cls.pupil.partner_id.street = "Lijsterlaan 1"
        cls.place = cls.make_vacancy(contact_id=cls.recruiter.id, nameless=True)
        cls.application = cls.make_application(cls.pupil, cls.place, motivation="Ik, Quirine Zandstra, wil graag")
        cls.env.flush_all()

    def assertHidden(self, text, where):
        for secret in SECRETS:
            self.assertNotIn(secret.lower(), str(text).lower(), where)


@tagged("post_install", "-at_install")
class TestNameless(NamelessMixin, VtiCase):
    """What a company can't learn before it invites, by any way that leads to a record."""

    def as_company(self):
        return self.application.with_user(self.user_company)

    def test_who_chooses_it(self):
        for place, setting, expected in (
            ({}, "", False), ({"nameless": True}, "", True), ({}, "True", True),
        ):  # fmt: skip
            self.env["ir.config_parameter"].set_param("vti_bpv.nameless", setting)
            self.assertEqual(self.make_application(vacancy=self.make_vacancy(**place)).nameless, expected)
        self.env["ir.config_parameter"].set_param("vti_bpv.nameless", "")
        self.season.nameless = True
        self.assertTrue(self.make_application(vacancy=self.make_vacancy()).nameless)

    def test_what_held_when_one_applied_holds(self):
        self.place.nameless = False
        self.assertTrue(self.application.nameless)
        self.assertFalse(self.as_company().contact_name)

    def test_fields(self):
        application = self.as_company()
        self.assertEqual([application[name] for name in CONTACT], [False] * 5)
        readable = [
            name for name in application._fields if application._has_field_access(application._fields[name], "read")
        ]
        self.assertHidden(application.read(readable), "read")
        with self.assertRaises(UserError):
            application.export_data(["display_name", *CONTACT])
        self.assertHidden(application.display_name, "display_name")
        for name in ("motivation", "stated_school", "stated_programme"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                application.read([name])

    def test_search_group_and_names(self):
        applications = self.env["vti.application"].with_user(self.user_company)
        for domain in (
            [("motivation", "ilike", "Quirine")], [("student_id.partner_id.name", "ilike", "Q")],
            [("student_id.birth_date", "=", "2007-03-04")], [("student_id.headline", "ilike", "Q")],
        ):  # fmt: skip
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                applications.search(domain)
        self.assertFalse(applications.name_search("Quirine"))
        with self.assertRaises(AccessError):
            applications.search([("student_id", "ilike", "Quirine")])
        self.assertHidden(applications.formatted_read_group([], ["student_id"], ["__count"]), "read_group")
        with self.assertRaises(AccessError):
            applications.formatted_read_group([], ["motivation"], ["__count"])
        for model in ("vti.student", "res.partner"):
            found = self.env[model].with_user(self.user_company)
            try:
                self.assertFalse(found.name_search("Quirine"), model)
            except AccessError:
                continue

    def test_attachments_messages_and_mails(self):
        user = self.user_company
        self.assertFalse(self.env["ir.attachment"].with_user(user).search([("name", "ilike", "Quirine")]))
        said = "Quirine called"
        self.application.message_post(body=said, message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertFalse(self.env["mail.message"].with_user(user).search([("body", "ilike", "Quirine")]))
        for message in ("new", "soon", "today", "late", "asks", "over", "withdrawn"):
            self.application._tell_company(message, urgent=True)
        notices = self.env["vti.notice"].search([("partner_id", "=", self.recruiter.id)])
        self.assertGreaterEqual(len(notices.mail_id), 7)
        self.assertHidden([(n.subject, n.body, n.button_url, n.button_label) for n in notices], "notices")
        for mail in notices.mail_id:
            for email in mail._prepare_outgoing_list():
                self.assertHidden(json.dumps(email, default=str), "mail with its headers")

    def test_profile_without_the_person(self):
        parts = dict(self.as_company().sudo()._get_profile_parts())
        self.assertHidden(parts, "profile")
        self.assertIn("Ik kan lassen.", str(parts))
        self.assertIn("soldeer graag", str(parts))

    def test_invitation_opens_it(self):
        self.as_company().action_invite("2099-01-05 10:00:00", "visit")
        application = self.as_company()
        application.invalidate_recordset()
        self.assertEqual(application.contact_name, "Quirine Zandstra")
        self.assertEqual(application.contact_phone, "06 12345678")
        self.assertIn("Quirine", str(application.sudo()._get_profile_parts()))

    def test_others_see_what_they_saw(self):
        for user in (self.make_user(self.pupil.partner_id), self.user_school, self.user_vti):
            self.assertEqual(self.application.with_user(user).contact_name, "Quirine Zandstra", user.login)

    def test_outcome_hides_small_groups(self):
        outcome = self.env["vti.selection.outcome"]
        for number in range(2, 6):
            self.make_application(self.make_student(f"Pupil {number}"), self.place)
            self.env.flush_all()
            found = outcome.search([("nameless", "=", True), ("level", "=", "2"), ("learning_path", "=", "bol")])
            self.assertEqual(len(found), int(number == 5), number)
        self.assertEqual((found.student_count, found.invited_count), (5, 0))
        with self.assertRaises(AccessError):
            outcome.with_user(self.user_company).search([])


@tagged("post_install", "-at_install")
class TestNamelessPages(NamelessMixin, VtiHttpCase):
    def test_pages(self):
        number = self.application.id
        self.authenticate(self.user_company.login, self.user_company.login)
        paths = ("/my/candidates", f"/my/candidates/{number}", "/my/candidates/refuse", "/my", "/my/places")
        for path in paths:
            page = self.url_open(f"/en{path}")
            self.assertEqual(page.status_code, 200, path)
            self.assertHidden(page.text, path)
        self.assertIn("without names", self.url_open(f"/en/my/candidates/{number}").text)
        self.assertEqual(self.url_open(f"/my/candidates/{number}/cv").status_code, 404)
        self.authenticate(None, None)
        link = "/application/" + self.application._get_link("company", self.recruiter).split("/application/")[1]
        page = self.url_open(link)
        self.assertEqual(page.status_code, 200)
        self.assertHidden(page.text, "page of the mail")
        self.application.invited_on = "2026-11-10 12:00:00"
        self.assertIn("Quirine", self.url_open(link).text)

    def test_student_is_told_before_applying(self):
        page = self.url_open(f"/en{self.place._get_page_path()}/apply").text
        self.assertIn("First round without names", page)
        other = self.make_vacancy()
        self.assertNotIn("First round without names", self.url_open(f"/en{other._get_page_path()}/apply").text)

    def test_company_chooses_it_for_a_place(self):
        self.make_recognition(self.company)
        place = self.make_vacancy(mentor_id=self.recruiter.id)
        form = place.with_user(self.user_company)._get_form_values()
        place.with_user(self.user_company)._portal_write({**form, "nameless": "1"})
        self.assertTrue(place.nameless)
