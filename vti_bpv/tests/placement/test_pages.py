import re

from lxml.html import fromstring

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestInternshipPages(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mentor = cls.make_contact(cls.company, name="Ilse Vos", phone="030 123 45 67")
        cls.teacher = cls.make_contact(cls.school, name="Karel Smit")
        cls.placement = cls.make_placement(
            workplace_mentor_id=cls.mentor.id, date_from="2020-01-06", date_to="2040-06-29", state="running"
        )
        cls.other_placement = cls.make_placement(
            cls.other_student, cls.make_vacancy(cls.other_company), date_from="2020-01-06", date_to="2040-06-29",
            state="running",
        )  # fmt: skip
        cls.path = f"/my/internships/{cls.placement.id}"

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def get(self, path):
        return self.url_open("/en" + path, allow_redirects=False)

    def post(self, path, **data):
        data["csrf_token"] = Request.csrf_token(self)
        return self.url_open("/en" + self.path + path, data=data, allow_redirects=False)

    def test_my_pages_count_what_the_list_opens_with(self):
        self.make_placement(date_from="2019-01-07", date_to="2019-06-28", state="closed")
        self.log_in(self.user_student)
        count = fromstring(self.get("/my").text).xpath(
            "string(//h2[a[contains(@href, '/my/internships')]]/span[contains(@class, 'vti-count')])"
        )
        listed = fromstring(self.get("/my/internships").text)
        self.assertEqual((count, len(listed.xpath("//article"))), ("1", 1))
        self.assertIn("Not over", listed.xpath("string(//nav[contains(@class, 'vti-tabs')]//*[@aria-current='page'])"))

    def test_who_only_has_old_internships_sees_those(self):
        self.placement.state = "closed"
        self.log_in(self.user_student)
        listed = fromstring(self.get("/my/internships").text)
        self.assertEqual(len(listed.xpath("//article")), 1)
        self.assertIn("Over", listed.xpath("string(//nav[contains(@class, 'vti-tabs')]//*[@aria-current='page'])"))

    def test_each_sees_its_own(self):
        pairs = ((self.user_student, self.user_other_student), (self.user_company, self.user_other_company),
                 (self.user_school, self.user_other_school))  # fmt: skip
        for user, other in pairs:
            self.log_in(user)
            self.assertEqual(self.get(self.path).status_code, 200)
            self.assertEqual(self.get(f"{self.path}/calendar.ics").status_code, 200)
            self.assertIn(f'href="/en{self.path}"', self.get("/my/internships").text)
            self.log_in(other)
            self.assertEqual(self.get(self.path).status_code, 404)
            self.assertEqual(self.get(f"{self.path}/calendar.ics").status_code, 404)
            listed = self.get("/my/internships")
            self.assertEqual(listed.status_code, 200)
            self.assertEqual(
                re.findall(r'href="/en/my/internships/(\d+)"', listed.text), [str(self.other_placement.id)]
            )

    def test_visitors_log_in_first(self):
        for path in ("/my/internships", self.path):
            answer = self.get(path)
            self.assertEqual(answer.status_code, 303)
            self.assertIn("/web/login", answer.headers["Location"])

    def test_what_is_no_internship_is_not_found(self):
        self.log_in(self.user_student)
        for path in ("/my/internships/999999", "/my/internships/x", "/my/internships/999999/calendar.ics"):
            self.assertEqual(self.get(path).status_code, 404, path)
        for query in ("page/0", "page/99", "?state=nonsense&q=%25", "page/2?state=over"):
            path = f"/my/internships{'/' if query[0] == 'p' else ''}{query}"
            self.assertEqual(self.get(path).status_code, 200, path)

    def test_student_sees_who_guides_and_company_who_comes(self):
        self.log_in(self.user_student)
        text = self.get(self.path).text
        self.assertIn("Ilse Vos", text)
        self.assertIn("030 123 45 67", text)
        self.assertNotIn(f"{self.path}/dates", text)
        self.log_in(self.user_company)
        text = self.get(self.path).text
        self.assertIn("Sam Jansen", text)
        self.assertIn("sam.jansen@example.org", text)

    def test_search_by_name_stays_within_ones_own(self):
        self.log_in(self.user_company)
        self.assertIn(self.path, self.get("/my/internships?q=sam").text)
        for query in ("noor", "sam noor", "%"):
            self.assertNotIn("Noor", self.get(f"/my/internships?q={query}").text)

    def test_company_names_people(self):
        self.log_in(self.user_company)
        answer = self.post("/people", buddy_id=str(self.mentor.id))
        self.assertEqual((answer.status_code, self.placement.buddy_id), (303, self.mentor))
        self.assertTrue(answer.headers["Location"].endswith(self.path))
        answer = self.post("/people", buddy_id=str(self.other_recruiter.id))
        self.assertEqual((answer.status_code, self.placement.buddy_id), (422, self.mentor))
        self.assertIn("Choose somebody who works at", answer.text)
        self.assertEqual(self.post("/people", teacher_id=str(self.teacher.id)).status_code, 404)
        self.post("/people", buddy_id="1e3; drop")
        self.assertFalse(self.placement.buddy_id)

    def test_school_names_its_teacher(self):
        self.log_in(self.user_school)
        self.assertEqual(self.post("/people", teacher_id=str(self.teacher.id)).status_code, 303)
        self.assertEqual(self.placement.teacher_id, self.teacher)

    def test_dates_keep_what_was_typed(self):
        self.log_in(self.user_company)
        answer = self.post("/dates", date_from="2020-01-06", date_to="2019-01-01")
        self.assertEqual(answer.status_code, 422)
        self.assertIn('value="2019-01-01"', answer.text)
        self.assertIn('aria-invalid="true"', answer.text)
        answer = self.post("/dates", date_from="2020-01-06", date_to="2041-01-01")
        self.assertEqual(answer.status_code, 422, "longer than four years")
        self.placement.date_from = "2039-01-01"
        answer = self.post("/dates", date_from="2039-01-01", date_to="2041-01-01")
        self.assertEqual((answer.status_code, str(self.placement.date_to)), (303, "2041-01-01"))

    def test_ends_by_company_only(self):
        for user in (self.user_student, self.user_school, self.user_other_company):
            self.log_in(user)
            for path in ("/close", "/start", "/end", "/dates"):
                self.assertEqual(self.post(path, reason="No").status_code, 404, path)
        self.assertEqual(self.placement.state, "running")
        self.log_in(self.user_company)
        self.assertEqual(self.post("/close").status_code, 422, "before the last day")
        self.assertEqual(self.post("/end", reason=" ").status_code, 422)
        self.assertEqual(self.post("/end", reason="Only sweeping").status_code, 303)
        self.assertEqual(self.placement.state, "broken_off")
        self.assertEqual(self.post("/close").status_code, 422)
        self.log_in(self.user_student)
        self.assertNotIn("Only sweeping", self.get(self.path).text)

    def test_nothing_changes_on_get(self):
        self.log_in(self.user_company)
        for path in ("close", "end", "people", "dates", "stay", "confirm"):
            answer = self.get(f"{self.path}/{path}")  # a tab that a phone opens anew
            self.assertEqual(answer.status_code, 303, path)
            self.assertTrue(answer.headers["Location"].endswith(f"{self.path}#{path}"), path)
        self.assertEqual((self.placement.state, self.placement.end_reason), ("running", False))

    @mute_logger("odoo.http")
    def test_post_needs_its_token(self):
        self.log_in(self.user_company)
        answer = self.url_open(f"/en{self.path}/end", data={"reason": "No"}, allow_redirects=False)
        self.assertEqual((answer.status_code, self.placement.state), (400, "running"))

    def test_calendar_file(self):
        self.log_in(self.user_student)
        text = self.get(f"{self.path}/calendar.ics").text
        self.assertIn("DTSTART;VALUE=DATE:20200106", text)
        self.assertIn("DTEND;VALUE=DATE:20400630", text, "the day after the last")

    def test_list_takes_as_many_queries_for_80_as_for_1(self):
        def count():
            self.get("/my/internships")
            before = self.cr.sql_log_count
            self.assertEqual(self.get("/my/internships").status_code, 200)
            return self.cr.sql_log_count - before

        self.log_in(self.user_company)
        one = count()
        vacancy = self.placement.vacancy_id
        for number in range(79):
            student = self.make_student(f"Student {number}")
            self.make_placement(student, vacancy, state="running", date_from="2021-01-01")
        self.env.flush_all()
        self.assertEqual(count(), one)
        self.assertEqual(len(set(re.findall(r"/my/internships/(\d+)", self.get("/my/internships").text))), 20)
