from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiHttpCase


class PagesCase(VtiHttpCase):
    def get(self, url, user=None):
        if user:
            self.authenticate(user.login, user.login)
        return self.url_open("/en" + url, allow_redirects=False)

    def post(self, url, user, files=None, **data):
        self.authenticate(user.login, user.login)
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open("/en" + url, data=data, files=files, allow_redirects=False)


@tagged("post_install", "-at_install")
class TestStudentPages(PagesCase):
    def test_school_sees_its_own_students(self):
        for user, own, other in (
            (self.user_school, self.student, self.other_student),
            (self.user_other_school, self.other_student, self.student),
        ):
            page = self.get("/my/school", user)
            self.assertEqual(page.status_code, 200)
            self.assertIn(own.name, page.text)
            self.assertNotIn(other.name, page.text)
            self.assertIn(own.email, self.get(f"/my/school/student/{own.id}").text)
            self.assertEqual(self.get(f"/my/school/student/{other.id}").status_code, 404)
            self.assertEqual(self.get("/my/school/student/999999").status_code, 404)

    def test_nobody_else_does(self):
        for user in (self.user_student, self.user_company):
            for url in ("/my/school", f"/my/school/student/{self.student.id}", "/my/school/people", "/my/own-students"):
                self.assertEqual(self.get(url, user).status_code, 404, url)
        self.authenticate(None, None)
        self.assertEqual(self.get("/my/school").status_code, 303)

    def test_left_school_is_gone(self):
        self.student.enrolment_ids.date_to = "2026-09-30"
        self.assertNotIn(self.student.name, self.get("/my/school", self.user_school).text)
        self.assertEqual(self.get(f"/my/school/student/{self.student.id}").status_code, 404)

    def test_teacher_sees_own_students_first(self):
        colleague = self.make_student("Kim Bos")
        self.student.enrolment_ids.teacher_id = self.coordinator
        page = self.get("/my/school", self.user_school).text
        self.assertIn(self.student.name, page)
        self.assertNotIn(colleague.name, page)
        self.assertIn(colleague.name, self.get("/my/school?show=all").text)

    def test_filters(self):
        kim = self.make_student("Kim Bos", qualification_id=self.qualification_4.id, is_looking=False)
        kim.enrolment_ids.class_name = "E4A"
        for query, found in (
            ("q=kim", {kim}),
            ("q=%25", set()),
            ("class_name=E4A", {kim}),
            (f"course={self.qualification.id}", {self.student}),
            ("course=abc", {kim, self.student}),
            ("course=99999999999999999999", {kim, self.student}),
            ("standing=looking", {self.student}),
            ("standing=nonsense&show=mine", {kim, self.student}),
        ):
            page = self.get(f"/my/school?{query}", self.user_school)
            self.assertEqual(page.status_code, 200, query)
            shown = {student for student in (kim, self.student) if f'/student/{student.id}"' in page.text}
            self.assertEqual(shown, found, query)

    def test_training_employer_sees_its_own(self):
        trainer = self.make_company("InstallatieWerk", is_training_employer=True)
        user = self.make_user(self.make_contact(trainer))
        self.student.enrolment_ids.training_employer_id = trainer
        page = self.get("/my/own-students", user)
        self.assertIn(self.student.name, page.text)
        self.assertNotIn(self.other_student.name, page.text)
        self.assertEqual(self.get(f"/my/own-students/{self.student.id}").status_code, 200)
        self.assertEqual(self.get(f"/my/own-students/{self.other_student.id}").status_code, 404)
        self.assertEqual(self.get("/my/school").status_code, 404)

    def test_same_number_of_queries_for_one_and_for_many(self):
        def count():
            self.env.cr.flush()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            page = self.get("/my/school?show=all")
            self.assertEqual(page.status_code, 200)
            return self.cr.sql_log_count - before, page.text.count("/my/school/student/")

        teacher = self.make_contact(self.school)
        self.student.enrolment_ids.write({"teacher_id": teacher.id, "class_name": "A"})
        self.get("/my/school", self.user_school)
        count()
        few, rows = count()
        self.assertEqual(rows, 1)
        for number in range(25):
            student = self.make_student(f"Student {number}", is_looking=bool(number % 2))
            student.enrolment_ids.write({"teacher_id": self.make_contact(self.school).id, "class_name": f"A{number}"})
        many, rows = count()
        self.assertEqual(rows, 20)
        # the address book of the second page is the one thing more: its pager asks nothing of the database
        self.assertEqual(many, few)

    def test_people_of_the_school(self):
        page = self.get("/my/school/people", self.user_school).text
        self.assertIn(self.coordinator.name, page)
        self.assertNotIn(self.other_coordinator.name, page)


@tagged("post_install", "-at_install")
class TestProfilePage(PagesCase):
    VALUES = {"headline": "I like solar panels", "skills": "Bike repair", "wishes": "", "phone": "06 12345678",
              "zip": "3447gg", "max_distance_km": "15", "is_looking": "1"}  # fmt: skip

    def test_saves_own_profile(self):
        answer = self.post("/my/profile/save", self.user_student, **self.VALUES)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith("/my/profile"))
        student = self.student
        self.assertEqual(
            (student.headline, student.zip, student.city, student.max_distance_km, student.is_looking),
            ("I like solar panels", "3447 GG", "Woerden", 15, True),
        )
        self.assertFalse(self.other_student.headline)
        self.assertIn("I like solar panels", self.get("/my/profile").text)

    def test_what_is_wrong_is_told_and_nothing_is_lost(self):
        for name, wrong in (("zip", "12"), ("phone", "abc"), ("max_distance_km", "-3"), ("headline", "x" * 121)):
            page = self.post("/my/profile/save", self.user_student, **(self.VALUES | {name: wrong}))
            self.assertEqual(page.status_code, 422)
            self.assertIn(f'id="{name}_error"', page.text)
            self.assertIn("Bike repair", page.text)
            self.assertIn(f'value="{wrong}"', page.text)
        self.assertFalse(self.student.headline)

    def test_cv_is_judged_by_its_content(self):
        page = self.post("/my/profile/save", self.user_student, files={"cv": ("cv.pdf", b"MZ no pdf")}, **self.VALUES)
        self.assertIn('id="cv_error"', page.text)
        self.assertFalse(self.student.cv)
        self.post("/my/profile/save", self.user_student, files={"cv": ("cv.pdf", b"%PDF-1.4 mine")}, **self.VALUES)
        self.assertEqual(self.student.cv_name, "cv.pdf")
        mine = self.get("/my/profile/cv", self.user_student)
        self.assertEqual(mine.content, b"%PDF-1.4 mine")
        self.assertIn("attachment", mine.headers["Content-Disposition"])
        self.assertEqual(self.get("/my/profile/cv", self.user_other_student).status_code, 404)
        self.post("/my/profile/cv/remove", self.user_other_student)
        self.assertTrue(self.student.cv)
        self.post("/my/profile/cv/remove", self.user_student)
        self.assertFalse(self.student.cv)

    def test_only_for_students(self):
        self.assertEqual(self.get("/my/profile", self.user_company).status_code, 404)
        self.assertEqual(self.post("/my/profile/save", self.user_school, **self.VALUES).status_code, 404)

    def test_values_outside_the_profile_are_left_out(self):
        student = self.student.with_user(self.user_student)
        student.action_save_profile({"headline": "Hi", "birth_date": "1990-01-01", "activated_on": False})
        self.assertEqual((self.student.headline, str(self.student.birth_date)), ("Hi", "2007-03-04"))
        for user in (self.user_other_student, self.user_company, self.user_school, self.user_vti):
            with self.assertRaises(AccessError):
                self.student.with_user(user).action_save_profile({"headline": "Ha"})
            with self.assertRaises(AccessError):
                self.student.with_user(user).action_remove_cv()
        with self.assertRaises(UserError):
            student.action_save_profile({"zip": "nowhere"})

    def test_withdraws_own_consent_once(self):
        consents = [
            self.env["vti.consent"].create(
                {"partner_id": student.partner_id.id, "student_id": student.id, "purpose": "alumni", "text": "Stay"}
            )
            for student in (self.student, self.other_student)
        ]
        url = f"/my/consents/{consents[0].id}/withdraw"
        self.assertEqual(self.post(url, self.user_other_student).status_code, 404)
        self.assertTrue(consents[0].is_in_force)
        self.assertEqual(self.get(url, self.user_student).status_code, 303)
        self.assertTrue(consents[0].is_in_force, "a GET never writes")
        for _time in range(2):
            self.assertEqual(self.post(url, self.user_student).status_code, 303)
        self.assertEqual([consent.is_in_force for consent in consents], [False, True])


@tagged("post_install", "-at_install")
class TestCompanyPage(PagesCase):
    def test_own_company_only(self):
        self.make_recognition(self.company)
        self.make_recognition(self.other_company, qualification_id=self.qualification_4.id)
        page = self.get("/my/company", self.user_company).text
        self.assertIn(self.company.name, page)
        self.assertIn(self.recruiter.email, page)
        self.assertIn(self.qualification.name, page)
        for other in (self.other_company.name, self.other_recruiter.email):
            self.assertNotIn(other, page)
        for user in (self.user_student, self.user_school):
            self.assertEqual(self.get("/my/company", user).status_code, 404)
            self.assertEqual(self.post("/my/company/save", user, about="x").status_code, 404)

    def test_text_about_the_company(self):
        self.assertEqual(self.post("/my/company/save", self.user_company, about="We build").status_code, 303)
        self.assertEqual((self.company.about, self.other_company.about), ("We build", False))
        page = self.post("/my/company/save", self.user_company, about="x" * 3001)
        self.assertEqual(page.status_code, 422)
        self.assertIn("x" * 3001, page.text)
        self.assertEqual(self.company.about, "We build")
        with self.assertRaises(AccessError):
            self.company.with_user(self.user_other_company).action_save_about("Bad")

    def test_who_is_limited_to_branches_reads_only(self):
        self.recruiter.branch_scope_ids = self.make_branch(self.company)
        self.assertNotIn("/my/company/save", self.get("/my/company", self.user_company).text)
        with self.assertRaises(AccessError):
            self.company.with_user(self.user_company).action_save_about("Bad")

    def test_question_becomes_a_task(self):
        self.assertEqual(self.post("/my/company/ask", self.user_company, question=" ").status_code, 422)
        self.assertFalse(self.company.activity_ids)
        self.assertEqual(self.post("/my/company/ask", self.user_company, question="Access for Mo").status_code, 303)
        self.assertIn("Access for Mo", self.company.activity_ids.note)
        self.assertTrue(self.company.activity_ids.user_id.has_group("vti_bpv.group_user"))


@tagged("post_install", "-at_install")
class TestMyAccount(PagesCase):
    def test_change_own_details_only(self):
        person, company = self.user_company.partner_id, self.company.name
        self.assertNotIn("vat", self.get("/my/account", self.user_company).text)
        answer = self.post(
            "/my/account/save",
            self.user_company,
            name=" Hans  Vos ",
            email="hans@bedrijf.example",
            phone="06 12345678",
            company_name="Another",
            parent_id="1",
            partner_id=str(self.user_other_student.partner_id.id),
        )
        self.assertEqual(answer.status_code, 303)
        self.assertEqual((person.name, person.email, person.phone), ("Hans Vos", "hans@bedrijf.example", "06 12345678"))
        self.assertEqual((person.commercial_partner_id.name, self.company.name), (company, company))
        self.assertNotEqual(self.user_other_student.partner_id.name, "Hans Vos")

    def test_wrong_details_change_nothing(self):
        person = self.user_student.partner_id
        before = (person.name, person.email, person.phone)
        answer = self.post("/my/account/save", self.user_student, name="", email="x", phone="12")
        self.assertEqual(answer.status_code, 422)
        for name in ("name", "email", "phone"):
            self.assertIn(f'id="{name}_error"', answer.text)
        self.assertEqual((person.name, person.email, person.phone), before)
        self.assertEqual(
            self.post("/my/account/save", self.user_student, name="x" * 101, email="a@b.nl").status_code, 422
        )

    def test_address_of_a_form_opened_anew(self):
        answer = self.get("/my/account/save", self.user_student)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith("/my/account"))
