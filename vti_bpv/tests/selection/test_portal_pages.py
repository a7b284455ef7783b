import re

from lxml.html import fromstring

from odoo.tests import tagged

from ..common import VtiHttpCase


class PagesCase(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student.write({"cv": "JVBERi0xLjQ=", "cv_name": "cv.pdf"})
        cls.vacancy = cls.make_vacancy()
        cls.application = cls.make_application(vacancy=cls.vacancy)
        cls.reason = cls.env.ref("vti_bpv.refusal_reason_period")

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def post(self, path, **values):
        html = self.url_open(f"{self.vacancy._get_page_path()}/mail").text
        values["csrf_token"] = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
        return self.url_open(path, data=values, allow_redirects=False)


@tagged("post_install", "-at_install")
class TestStudentPages(PagesCase):
    def test_own_passes_and_others_do_not(self):
        path = f"/my/applications/{self.application.id}"
        for user, status in (
            (self.user_student, 200), (self.user_other_student, 404), (self.user_company, 404), (self.user_school, 404),
        ):  # fmt: skip
            self.log_in(user)
            self.assertEqual(self.url_open(path).status_code, status, user.login)
            self.assertEqual(self.vacancy.name in self.url_open("/my/applications").text, status == 200, user.login)
            answer = self.post(f"{path}/withdraw")
            self.assertEqual(answer.status_code, 303 if status == 200 else 404, user.login)
            self.application.state = "submitted"
        self.assertEqual(self.url_open("/my/applications/999999999").status_code, 404)

    def test_asking_changes_nothing(self):
        self.log_in(self.user_student)
        self.assertIn(
            "Withdraw this application?", self.url_open(f"/my/applications/{self.application.id}?ask=withdraw").text
        )
        self.assertEqual(self.application.state, "submitted")

    def test_accept_and_too_late(self):
        self.application.write({"state": "offered", "offer_date_from": "2027-02-01", "offer_date_to": "2027-06-30"})
        self.log_in(self.user_student)
        path = f"/my/applications/{self.application.id}"
        self.assertEqual(self.post(f"{path}/accept").status_code, 303)
        self.assertIn(self.application.state, ("accepted", "placed"))
        again = self.post(f"{path}/accept")
        self.assertEqual(again.status_code, 422)
        self.assertIn("already", again.text)
        self.assertEqual(self.post(f"{path}/nonsense").status_code, 404)

    def test_meeting_file(self):
        path = f"/my/applications/{self.application.id}/meeting.ics"
        self.log_in(self.user_student)
        self.assertEqual(self.url_open(path).status_code, 404)
        self.application.write({"state": "invited", "meeting_at": "2027-01-05 13:00:00", "meeting_kind": "visit"})
        response = self.url_open(path)
        self.assertEqual(response.headers["Content-Type"], "text/calendar; charset=utf-8")
        self.log_in(self.user_other_student)
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_as_many_queries_for_80(self):
        self.log_in(self.user_student)
        self.assert_flat("/my/applications", lambda: self.make_application(vacancy=self.make_vacancy()))

    def assert_flat(self, path, make):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.url_open(path).status_code, 200)
            return self.env.cr.sql_log_count - before

        self.registry.clear_all_caches()
        count()
        one = count()
        for _number in range(79):
            make()
        self.registry.clear_all_caches()
        count()
        self.assertEqual(count(), one)


@tagged("post_install", "-at_install")
class TestCompanyPages(PagesCase):
    def test_own_passes_and_others_do_not(self):
        path = f"/my/candidates/{self.application.id}"
        for user, status in (
            (self.user_company, 200), (self.user_other_company, 404), (self.user_student, 404), (self.user_school, 404),
        ):  # fmt: skip
            self.log_in(user)
            self.assertEqual(self.url_open(path).status_code, status, user.login)
            self.assertEqual(self.url_open(f"{path}/cv").status_code, status, user.login)
            self.assertEqual(f'{path}"' in self.url_open("/my/candidates").text, status == 200, user.login)
            answer = self.post(f"{path}/refuse", reason_id=self.reason.id)
            self.assertEqual(answer.status_code, 303 if status == 200 else 404, user.login)
            self.application.state = "submitted"

    def test_invite_offer_refuse(self):
        self.log_in(self.user_company)
        path = f"/my/candidates/{self.application.id}"
        wrong = self.post(f"{path}/invite", meeting_at="x", meeting_kind="visit", meeting_note="Bring shoes")
        self.assertEqual(wrong.status_code, 422)
        self.assertIn("Bring shoes", wrong.text)
        self.post(f"{path}/invite", meeting_at="2035-07-01T14:30", meeting_kind="visit")
        self.assertEqual(str(self.application.meeting_at), "2035-07-01 12:30:00", "Dutch summer time")
        self.post(f"{path}/invite", meeting_at="2035-01-10T14:30", meeting_kind="phone")
        self.assertEqual(str(self.application.meeting_at), "2035-01-10 13:30:00", "Dutch winter time")
        self.assertEqual(self.post(f"{path}/offer", date_from="2035-02-01", date_to="2035-01-01").status_code, 422)
        self.assertEqual(self.post(f"{path}/offer", date_from="2035-02-01", date_to="2035-06-01").status_code, 303)
        self.assertEqual(self.application.state, "offered")
        self.assertEqual(
            self.post(f"{path}/refuse", reason_id=self.reason.id, refuse_note="Good luck").status_code, 303
        )
        self.assertEqual(self.application.refusal_note, "Good luck")
        self.assertEqual(self.post(f"{path}/refuse", reason_id=self.reason.id).status_code, 422)

    def test_too_long_a_note_is_kept_and_explained(self):
        self.log_in(self.user_company)
        path = f"/my/candidates/{self.application.id}"
        period = {"date_from": "2035-02-01", "date_to": "2035-06-01"}
        for action, field, values in (
            ("invite", "meeting_note", {"meeting_at": "2035-07-01T14:30", "meeting_kind": "visit"}),
            ("offer", "offer_note", period), ("refuse", "refuse_note", {"reason_id": self.reason.id}),
        ):  # fmt: skip
            answer = self.post(f"{path}/{action}", **values, **{field: "x" * 2001})
            self.assertEqual(answer.status_code, 422, action)
            page = fromstring(answer.text)
            self.assertEqual(page.xpath("//*[@aria-invalid='true']/@id"), [field])
            self.assertEqual(page.xpath(f"string(//*[@id='{field}'])").strip(), "x" * 2001)
            self.assertTrue(page.xpath("//*[@id='date_from']/@value")[0], "the offer's days stay")
        self.assertEqual(self.application.state, "submitted")
        self.assertEqual(self.post(f"{path}/offer", **period, offer_note="x" * 2000).status_code, 303)

    def test_what_nobody_types(self):
        """Figures and days that no calendar has are refused in words; a zero byte is left out of a text."""
        self.log_in(self.user_company)
        path, period = f"/my/candidates/{self.application.id}", {"date_from": "2035-02-01", "date_to": "2035-06-01"}
        for moment in ("0001-01-01T00:00", "9999-12-31T23:59", "9999-99-99", "2035-01-10T14:30+99:99", "\u00b2"):
            answer = self.post(f"{path}/invite", meeting_at=moment, meeting_kind="visit", meeting_note="Bring shoes")
            self.assertEqual(answer.status_code, 422, moment)
            self.assertEqual(fromstring(answer.text).xpath("//*[@aria-invalid='true']/@id"), ["meeting_at"])
        for field in period:
            for day in ("0001-01-01", "9999-12-31", "2206-02-01"):
                answer = self.post(f"{path}/offer", **{**period, field: day})
                self.assertEqual(answer.status_code, 422, (field, day))
                self.assertIn("Look at the year again.", answer.text)
        for reason in ("9" * 30, "-1", "\u00b2", str(2**63)):
            self.assertEqual(self.post(f"{path}/refuse", reason_id=reason).status_code, 422, reason)
        self.assertEqual(self.application.state, "submitted")
        for address in ("/my/candidates?place=%C2%B2", f"/my/candidates?place={10**30}", "/my/candidates?state=%00"):
            self.assertEqual(self.url_open(address).status_code, 200, address)
        for number in (2**31, 10**30):
            self.assertEqual(self.url_open(f"/my/candidates/{number}").status_code, 404)
        self.assertEqual(self.post(f"{path}/note", note="Calls\x00 back", kind="called").status_code, 303)
        self.assertEqual(self.application.step_ids.note, "Calls back")

    def test_no_cv_and_no_name_after_the_end(self):
        self.log_in(self.user_company)
        path = f"/my/candidates/{self.application.id}"
        self.application.motivation = "I, Sam Jansen, pull cables"
        self.assertIn("Sam Jansen, pull", self.url_open(path).text)
        cv = self.url_open(f"{path}/cv")
        self.assertEqual(cv.content, b"%PDF-1.4")
        self.assertTrue(cv.headers["Content-Disposition"].startswith("attachment"))
        self.application.state = "refused"
        self.assertNotIn("Sam Jansen", self.url_open(path).text)
        self.assertEqual(self.url_open(f"{path}/cv").status_code, 404)

    def test_start_page_leads_here(self):
        for user, address in ((self.user_company, "/my/candidates"), (self.user_student, "/my/applications")):
            self.log_in(user)
            self.assertIn(f'{address}"', self.url_open("/my").text)

    def test_filters(self):
        self.log_in(self.user_company)
        other = self.make_vacancy(name="Heat pumps")
        for query, seen in (
            ("", True), ("?state=waiting", True), ("?state=invited", False), ("?state=x", True),
            (f"?place={other.id}", True), (f"?place={self.vacancy.id}", True), ("?place=x&page=-3", True),
        ):  # fmt: skip
            response = self.url_open(f"/my/candidates{query}")
            self.assertEqual((response.status_code, "Sam Jansen" in response.text), (200, seen), query)

    def test_as_many_queries_for_80(self):
        self.log_in(self.user_company)
        students = iter([self.make_student(f"Student {number}") for number in range(79)])
        TestStudentPages.assert_flat(
            self, "/my/candidates", lambda: self.make_application(next(students), self.vacancy)
        )


@tagged("post_install", "-at_install")
class TestLinks(PagesCase):
    """Links in mails: opening changes nothing, and the role of today counts."""

    def path(self, role, partner):
        url = self.application._get_link(role, partner)
        return url[url.index("/application") :]

    def test_company_answers_without_logging_in(self):
        path = self.path("company", self.recruiter)
        html = self.url_open(path).text
        self.assertIn("Sam", html)
        for private in ("Jansen", self.student.email):
            self.assertNotIn(private, html)
        self.assertEqual(self.application.state, "submitted")
        self.assertEqual(self.post(f"{path}/refuse", reason_id=self.reason.id).status_code, 303)
        self.assertEqual(self.application.state, "refused")
        self.assertEqual(self.post(f"{path}/refuse", reason_id=self.reason.id).status_code, 422)
        self.assertNotIn("Sam", self.url_open(path).text)

    def test_a_link_leads_nowhere_that_asks_to_log_in(self):
        self.application.guardian_state = "needed"
        path = self.path("student", self.student.partner_id)
        wrong = self.post(f"{path}/guardian", guardian_name="", guardian_email="x")
        self.assertEqual(wrong.status_code, 422)
        for page in (self.url_open(path), wrong):
            main = fromstring(page.content).xpath("//main")[0]
            self.assertFalse([link for link in main.xpath(".//a/@href") if "/my" in link])
            withdraw = main.xpath("string(.//a[contains(@href, 'ask=withdraw')]/@href)")
            self.assertEqual(self.url_open(withdraw).status_code, 200, "also from a form that came back")
        self.log_in(self.user_student)
        crumbs = fromstring(self.url_open(f"/my/applications/{self.application.id}").content)
        self.assertEqual(
            crumbs.xpath("//nav[contains(@class, 'vti-breadcrumbs')]//a/text()"), ["My pages", "My applications"]
        )

    def test_role_of_today(self):
        path = self.path("company", self.recruiter)
        stranger = self.path("company", self.other_recruiter)
        self.assertEqual(self.url_open(stranger).status_code, 410)
        self.application.guardian_state = "asked"
        self.assertEqual(self.url_open(path).status_code, 410)
        self.application.guardian_state = "not_needed"
        self.user_company.active = False
        self.assertEqual(self.url_open(path).status_code, 410)
        self.assertEqual(self.post(f"{path}/refuse", reason_id=self.reason.id).status_code, 410)
        self.assertEqual(self.application.state, "submitted")

    def test_link_of_one_purpose_opens_no_other(self):
        student = self.path("student", self.student.partner_id)
        self.assertEqual(self.url_open(student).status_code, 200)
        for role in ("company", "guardian", "confirm"):
            self.assertEqual(self.url_open(student.replace("student", role)).status_code, 410, role)
        self.assertEqual(self.url_open(self.path("student", self.other_student.partner_id)).status_code, 410)

    def test_student_withdraws_by_link(self):
        path = self.path("student", self.student.partner_id)
        self.url_open(f"{path}?ask=withdraw")
        self.assertEqual(self.application.state, "submitted")
        self.assertEqual(self.post(f"{path}/withdraw").status_code, 303)
        self.assertEqual(self.application.state, "withdrawn")

    def test_password_is_chosen_once(self):
        newcomer = self.make_student("Nieuw Komer")
        application = self.make_application(newcomer, self.vacancy)
        url = application._get_link("student", newcomer.partner_id)
        path = url[url.index("/application") :]
        self.assertIn("Choose a password", self.url_open(path).text)
        answer = self.post(f"{path}/password")
        self.assertIn("/web/reset_password?", answer.headers["Location"])
        self.env["res.users.log"].with_user(newcomer.user_ids).sudo().create({})
        self.env.invalidate_all()
        self.assertIn("/web/login", self.post(f"{path}/password").headers["Location"])

    def test_guardian_answers_by_link(self):
        self.student.birth_date = "2012-01-01"
        self.application.guardian_state = "needed"
        self.application.with_user(self.user_student).action_name_guardian("Ma Jansen", "ma@example.org")
        partner = self.application.guardian_id.partner_id
        path = self.path("guardian", partner)
        self.assertIn("Yes, I agree", self.url_open(path).text)
        self.assertEqual(self.application.guardian_state, "asked")
        students_page = self.path("student", self.student.partner_id)
        self.assertIn("Waits for your parent", self.url_open(students_page).text)
        self.assertEqual(self.post(f"{path}", answer="yes").status_code, 303)
        self.assertEqual(self.application.guardian_state, "confirmed")
        self.assertIn("I no longer agree", self.url_open(path).text)
        self.post(path, answer="no")
        self.assertEqual(self.application.guardian_state, "confirmed", "a no is about what is still asked")
        self.assertEqual(self.post(f"{path}", answer="back").status_code, 303)
        self.assertEqual(self.application.guardian_state, "refused")
        self.assertIn("nothing to answer", self.url_open(path).text)

    def test_guardian_answers_a_new_one_and_takes_back_an_old_one(self):
        self.student.birth_date = "2012-01-01"
        self.application.guardian_state = "needed"
        other = self.make_application(self.student, self.make_vacancy(), guardian_state="needed")
        self.application.with_user(self.user_student).action_name_guardian("Ma Jansen", "ma@example.org")
        self.application.guardian_state = "confirmed"
        path = self.path("guardian", self.application.guardian_id.partner_id)
        page = self.url_open(path).text
        self.assertIn("Yes, I agree", page)
        self.assertIn("I no longer agree", page)
        self.post(path, answer="no")
        self.assertEqual((self.application.guardian_state, other.guardian_state), ("confirmed", "refused"))
        self.post(path, answer="back")
        self.assertEqual(self.application.guardian_state, "refused")

    def test_imported_student_starts(self):
        imported = self.make_student("Im Ported", activated_on=False)
        path = f"/student/start/{imported._sign_link('start', imported.partner_id)}"
        self.assertEqual(self.url_open(path).status_code, 200)
        self.assertFalse(imported.activated_on)
        self.assertEqual(self.post(path).status_code, 303)
        self.assertTrue(imported.activated_on)
        self.assertEqual(self.url_open("/student/start/x").status_code, 410)


@tagged("post_install", "-at_install")
class TestCompanyAfterwards(PagesCase):
    def test_address_of_a_form_opened_anew(self):
        self.log_in(self.user_company)
        for action in ("invite", "offer", "refuse"):
            answer = self.url_open(f"/en/my/candidates/{self.application.id}/{action}", allow_redirects=False)
            self.assertEqual(answer.status_code, 303)
            self.assertTrue(answer.headers["Location"].endswith(f"/my/candidates/{self.application.id}"))
        self.assertEqual(self.application.state, "submitted")

    def test_only_who_has_to_answer_is_asked_to(self):
        self.log_in(self.user_company)
        path = f"/my/candidates/{self.application.id}"
        self.application.write({"state": "submitted", "answer_by": "2090-01-01"})
        self.assertIn("Please answer by", self.url_open(path).text)
        self.application.write({"state": "offered", "offer_date_from": "2090-02-01", "offer_date_to": "2090-06-30"})
        self.assertNotIn("Please answer by", self.url_open(path).text)
