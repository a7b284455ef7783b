import io
import json
import re
from unittest.mock import patch

from PyPDF2 import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...controllers.selection import apply as address_check
from ..common import VtiCase, VtiHttpCase

CONTACT = ["contact_name", "contact_email", "contact_phone", "contact_has_cv", "contact_is_adult"]
SECRETS = (
    "Quirine", "Zandstra", "0612345678", "06 12345678", "12 34 56 78", "2007-03-04", "Lijsterlaan", "3511", "quiri.",
)  # fmt: skip


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
                "wishes": "Q. ZANDSTRA, quirinezandstra op insta: quiri. Lijsterlaan 1, 3511-ab. Ik wil lassen leren",
                "side_jobs": "+31 (0)6 12 34 56 78; bij de bakker",
                "skills": "Bel 06 12345678, mail quirine.zandstra@example.org, zie www.quirine.nl.\nIk kan lassen.",
            }
        )  # fmt: skip
        cls.pupil.partner_id.write({"street": "Lijsterlaan 1", "zip": "3511 AB"})
        cls.pupil.enrolment_ids.write({"qualification_id": False, "programme": "Elektro (quirine)"})
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
        code = self.pupil.code
        self.assertEqual(application._get_candidate_name().split(), ["Candidate", code], "no course that VTI knows")
        self.pupil.enrolment_ids.qualification_id = self.qualification
        trade = self.qualification.trade_id.name
        self.assertEqual(" ".join(application._get_candidate_name().split()), f"Candidate {code} · mbo 2 · {trade}")
        for name in ("motivation", "stated_school", "stated_programme", "guardian_state"):
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

    def test_order_tells_no_alphabet(self):
        """Sorted by student, candidates stand in the order in which they came, however they are called."""
        rows = self.application | self.make_application(self.make_student("Zoe Zwart"), self.place)
        rows |= self.make_application(self.make_student("Aart Aarts"), self.place)
        self.env.flush_all()
        students, mine = rows.student_id.ids, rows.with_user(self.user_company)
        self.assertNotEqual(self.env["vti.student"].search([("id", "in", students)]).ids, students, "by name")
        domain = [("id", "in", rows.ids)]
        self.assertEqual(mine.search(domain, order="student_id").ids, rows.ids)
        self.assertEqual(mine.search(domain, order="student_id desc").ids, rows.ids[::-1])
        for group in (
            mine.formatted_read_group(domain, ["student_id"], ["__count"], order="student_id"),
            mine.formatted_read_group(domain, ["student_id"], ["__count"]),
            mine.web_read_group(domain, ["student_id"])["groups"],
        ):
            self.assertEqual([row["student_id"][0] for row in group], students)
        panel = mine.search_panel_select_range("student_id", search_domain=domain)["values"]
        self.assertEqual([row["id"] for row in panel], students)

    def test_attachments_messages_and_mails(self):
        user = self.user_company
        self.assertFalse(self.env["ir.attachment"].with_user(user).search([("name", "ilike", "Quirine")]))
        said = "Quirine called"
        self.application.message_post(body=said, message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertFalse(self.env["mail.message"].with_user(user).search([("body", "ilike", "Quirine")]))
        messages = ("new", "soon", "today", "late", "asks", "over", "withdrawn")
        for message in (*messages, "declined", "offer_over", "other_times", "picked"):
            self.application._tell_company(message, urgent=True)
        self.application.training_employer_id = self.other_company  # these have words of their own
        for message in messages:
            self.application._tell_company(message, urgent=True)
        notices = self.env["vti.notice"].search([("partner_id", "=", self.recruiter.id)])
        self.assertEqual(len(notices.template_id), 2 * len(messages) + 4)
        self.assertEqual(len(notices.mail_id), len(notices))
        self.assertHidden([(n.subject, n.body, n.button_url, n.button_label) for n in notices], "notices")
        for mail in notices.mail_id:
            for email in mail._prepare_outgoing_list():
                self.assertHidden(json.dumps(email, default=str), "mail with its headers")

    def test_profile_without_the_person(self):
        parts = dict(self.as_company().sudo()._get_profile_parts())
        self.assertHidden(parts, "profile")
        self.assertIn("Ik kan lassen.", str(parts))
        self.assertIn("Ik wil lassen leren", str(parts))
        self.assertIn("bij de bakker", str(parts))
        self.assertHidden(self.as_company().study, "study")
        self.assertIn("Elektro", self.as_company().study)
        self.assertIn("soldeer graag", str(parts))

    def test_invitation_opens_it(self):
        self.as_company().action_invite("2099-01-05 10:00:00", "visit")
        application = self.as_company()
        application.invalidate_recordset()
        self.assertEqual(application.contact_name, "Quirine Zandstra")
        self.assertEqual(application.contact_phone, "06 12345678")
        self.assertIn("Quirine", str(application.sudo()._get_profile_parts()))
        self.assertIn("quirine", application.study)

    def test_a_company_that_took_somebody_knows_who(self):
        self.application.write({"state": "accepted", "accepted_on": "2026-11-10 12:00:00"})
        self.assertEqual(self.as_company().contact_name, "Quirine Zandstra")

    def test_others_see_what_they_saw(self):
        for user in (self.make_user(self.pupil.partner_id), self.user_school, self.user_vti):
            self.assertEqual(self.application.with_user(user).contact_name, "Quirine Zandstra", user.login)

    def test_outcome_hides_small_groups(self):
        outcome = self.env["vti.selection.outcome"]
        for number in range(1, 6):
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
        page = self.url_open(f"/en/my/candidates/{number}").text
        self.assertIn("without names", page)
        self.assertNotIn("We called", page, "nobody can be called yet")
        self.assertEqual(self.url_open(f"/my/candidates/{number}/cv").status_code, 404)
        self.pupil.birth_date, self.place.min_age = "2009-12-01", 18
        self.env.flush_all()
        self.assertIn("This place is from age 18.", self.application._get_age_problems())
        self.assertNotIn("from age 18", self.url_open(f"/en/my/candidates/{number}").text, "it tells an age")
        self.authenticate(None, None)
        link = "/application/" + self.application._get_link("company", self.recruiter).split("/application/")[1]
        page = self.url_open(link)
        self.assertEqual(page.status_code, 200)
        self.assertHidden(page.text, "page of the mail")
        self.application.invited_on = "2026-11-10 12:00:00"
        self.assertIn("Quirine", self.url_open(link).text)

    def test_files(self):
        """Documents and calendar entries, with the names they have."""
        self.authenticate(self.user_company.login, self.user_company.login)
        self.application.meeting_at = "2099-01-05 10:00:00"
        link = self.application._get_link("company", self.recruiter).split("/application/")[1]
        for path, kind in (
            (f"/my/candidates/{self.application.id}/profile.pdf", "application/pdf"),
            (f"/my/candidates/{self.application.id}/meeting.ics", "text/calendar"),
            (f"/application/{link}/meeting.ics", None),
        ):  # fmt: skip
            answer = self.url_open(path)
            self.assertHidden(f"{answer.url} {answer.headers}", path)
            if kind:
                self.assertIn(kind, answer.headers["Content-Type"], path)
                self.assertHidden(answer.content.decode("latin-1"), path)
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = reports._render_qweb_pdf("vti_bpv.action_report_application_cv", self.application.ids)
        document = PdfReader(io.BytesIO(content))
        words = document.pages[0].extract_text()
        self.assertIn(self.pupil.code, words)
        self.assertHidden(f"{words} {document.metadata}", "document")

    @mute_logger("odoo.http")
    def test_rpc(self):
        """Odoo's own ways to ask, as the web client has them."""
        self.authenticate(self.user_company.login, self.user_company.login)
        number = self.application.id
        for model, method, args in (
            ("vti.application", "web_search_read", [[], {"display_name": {}, "study": {},
                                                         "student_id": {"fields": {"display_name": {}}}}]),
            ("vti.application", "web_read", [[number], {"contact_name": {}, "contact_phone": {}, "display_name": {}}]),
            ("vti.application", "formatted_read_group", [[], ["student_id"], ["__count"]]),
            ("vti.application", "name_search", ["", []]),
            ("vti.application", "export_data", [[number], ["student_id/name", "contact_name"]]),
            ("vti.application", "message_get_suggested_recipients", [[number]]),
            ("vti.student", "search_read", [[], ["name", "headline"]]),
            ("vti.student", "name_search", ["Quir"]),
            ("vti.enrolment", "search_read", [[], ["display_name", "programme"]]),
            ("res.partner", "search_read", [[["name", "ilike", "quirine"]], ["name"]]),
            ("ir.attachment", "search_read", [[], ["name"]]),
            ("mail.message", "search_read", [[], ["body", "subject", "record_name"]]),
            ("mail.followers", "search_read", [[], ["display_name"]]),
            ("calendar.event", "search_read", [[], ["name"]]),
        ):  # fmt: skip
            with self.subTest(model=model, method=method):
                answer = self.make_jsonrpc_request_raw(
                    "/web/dataset/call_kw", {"model": model, "method": method, "args": args, "kwargs": {}}
                )
                self.assertHidden(answer, f"{model}.{method}")

    def make_jsonrpc_request_raw(self, path, params):
        """The whole answer, with what an error tells, without what the question said."""
        answer = self.url_open(path, json={"jsonrpc": "2.0", "method": "call", "params": params}).json()
        answer.get("error", {}).get("data", {}).pop("debug", None)
        return answer

    def test_student_looks_before_applying(self):
        user = self.make_user(self.pupil.partner_id)
        self.authenticate(user.login, user.login)
        place = self.make_vacancy(nameless=True)
        path = f"/en{place._get_page_path()}/apply"
        page = self.url_open(path).text
        seen = page[page.index("This is what") :]
        self.assertIn(f"Candidate\N{NO-BREAK SPACE}{self.pupil.code}", seen)
        self.assertIn("Ik wil lassen leren", seen)
        self.assertHidden(seen[: seen.index('name="looked"')].replace("/my/", ""), "preview")
        form = {"phone": "06 12345678", "motivation": "Typed", "shown": self._read(page, "shown")}
        form["csrf_token"] = self._read(page, "csrf_token")
        with patch.object(address_check, "get_misuse_error", lambda *args: None):
            answer = self.url_open(path, data=form, allow_redirects=False)
            self.assertEqual(answer.status_code, 422)
            self.assertIn("tick the box", answer.text)
            self.assertIn("Typed", answer.text)
            answer = self.url_open(path, data={**form, "looked": "1"}, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        mine = self.url_open(answer.headers["Location"]).text
        self.assertIn("What the company sees now", mine)
        application = self.env["vti.application"].search([("vacancy_id", "=", place.id)])
        application.invited_on = "2026-11-10 12:00:00"
        self.assertNotIn("What the company sees now", self.url_open(answer.headers["Location"]).text)

    def _read(self, page, name):
        return re.search(rf'name="{name}" value="([^"]+)"', page)[1]

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
