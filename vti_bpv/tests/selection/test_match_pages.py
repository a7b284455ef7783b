from odoo import http
from odoo.tests import tagged

from ..common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestMatchPages(VtiHttpCase):
    def get(self, url, user=None):
        if user:
            self.authenticate(user.login, user.login)
        return self.url_open("/en" + url, allow_redirects=False)

    def save(self, user, **data):
        self.authenticate(user.login, user.login)
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open("/en/my/profile/save", data=data, allow_redirects=False)

    def test_own_places(self):
        place = self.make_vacancy(name="Fitter near by")
        self.other_student.enrolment_ids.qualification_id = self.qualification_4
        page = self.get("/my/matches", self.user_student)
        self.assertEqual(page.status_code, 200)
        self.assertIn(place.name, page.text)
        self.assertIn("Offered for this course", page.text)
        self.assertIn("how you travel", page.text, "what would help to find better ones")
        self.assertIn(place.name, self.get("/my/home").text)
        page = self.get("/my/matches", self.user_other_student)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(place.name, page.text)

    def test_nobody_else(self):
        for user in (self.user_company, self.user_school):
            self.assertEqual(self.get("/my/matches", user).status_code, 404)
            self.assertNotIn("/my/matches", self.get("/my/home").text)
        self.authenticate(None, None)
        self.assertEqual(self.get("/my/matches").status_code, 303)

    def test_who_looks_no_more_gets_no_card(self):
        self.make_vacancy()
        self.assertIn("/my/matches", self.get("/my/home", self.user_student).text)
        self.student.is_looking = False
        self.assertNotIn("/my/matches", self.get("/my/home").text)

    def test_without_course_or_place(self):
        self.student.enrolment_ids.unlink()
        self.student.zip = False
        page = self.get("/my/matches", self.user_student)
        self.assertEqual(page.status_code, 200)
        self.assertIn("what you study", page.text)

    def test_school_sees_them_per_student(self):
        place = self.make_vacancy(name="Fitter near by")
        page = self.get(f"/my/school/student/{self.student.id}", self.user_school)
        self.assertIn(place.name, page.text)
        self.assertEqual(self.get(f"/my/school/student/{self.student.id}", self.user_other_school).status_code, 404)
        self.student.is_looking = False
        self.assertNotIn(place.name, self.get(f"/my/school/student/{self.student.id}", self.user_school).text)

    def test_wishes_are_kept(self):
        solar, cooling = self.env.ref("vti_bpv.interest_solar"), self.env.ref("vti_bpv.interest_cooling")
        answer = self.save(
            self.user_student, travel_mode="bike", wish_from="1-2-2027", wish_days="4", wish_side_job="1",
            interest_ids=[solar.id, cooling.id, 999999999, "x"], is_looking="1",
        )  # fmt: skip
        self.assertEqual(answer.status_code, 303)
        student = self.student
        self.assertEqual(student.interest_ids, solar | cooling)
        self.assertEqual(
            (student.travel_mode, str(student.wish_from), student.wish_days, student.wish_side_job),
            ("bike", "2027-02-01", 4, True),
        )
        page = self.get("/my/profile").text
        self.assertIn('value="2027-02-01"', page)
        answer = self.save(self.user_student, is_looking="1")
        self.assertFalse(student.interest_ids or student.travel_mode or student.wish_from or student.wish_side_job)

    def test_wrong_wishes_keep_what_was_typed(self):
        answer = self.save(
            self.user_student, travel_mode="rocket", wish_from="31-2-2027", wish_days="9", headline="Typed with care"
        )
        self.assertEqual(answer.status_code, 422)
        for text in (
            "Choose one of the list.",
            "Give the day on which you can start, such as 1-2-2027.",
            "Type how many days a week: a number from 1 to 7.",
        ):
            self.assertIn(text, answer.text)
        self.assertIn("Typed with care", answer.text)
        self.assertFalse(self.student.headline)
