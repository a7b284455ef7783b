import re
from datetime import date

from psycopg2 import IntegrityError

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import VtiCase, VtiHttpCase

FIRST, LAST = "2026-12-01", "2027-05-31"
NOON = "2026-11-10 12:00"


class DivisionMixin:
    """Opleidingsbedrijf Midden employs Sam; Installatiewerk, of the same kind, employs Noor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vti.holiday"].search([]).unlink()
        cls.house = cls.make_company("Opleidingsbedrijf Midden", is_training_employer=True)
        cls.other_house = cls.make_company("Installatiewerk", is_training_employer=True)
        cls.user_house = cls.make_user(cls.make_contact(cls.house))
        cls.user_other_house = cls.make_user(cls.make_contact(cls.other_house))
        for student, house in ((cls.student, cls.house), (cls.other_student, cls.other_house)):
            student.enrolment_ids.write({"training_employer_id": house.id, "learning_path": "bbl"})
        cls.make_recognition(cls.company)
        with cls.at(NOON):
            cls.place = cls.make_vacancy(learning_path="bbl", salary=1200, date_from=FIRST, date_to="2027-12-31")
        cls.env.flush_all()

    @classmethod
    def divide(cls, value=None, student=None, user=None, first=FIRST, last=LAST):
        """Ask a company as a training company does; the application, sudo."""
        student = student or cls.student
        Application = cls.env["vti.application"].with_user(user or cls.user_house)
        Application._divide({str(student.id): value or f"v{cls.place.id}"}, first, last)
        return cls.env["vti.application"].search([("student_id", "=", student.id)], limit=1, order="id desc")

    def get_mails(self, partner):
        names = self.env["vti.notice"].search([("partner_id", "=", partner.id)]).template_id.get_external_id().values()
        return sorted(name.split("mail_template_")[-1] for name in names)


@tagged("post_install", "-at_install")
class TestDivision(DivisionMixin, VtiCase):
    """A training company asks members to take its students."""

    def test_a_yes_makes_the_internship(self):
        elsewhere = self.make_application(vacancy=self.make_vacancy(self.other_company))
        with self.at(NOON):
            asked = self.divide()
            self.assertEqual((asked.state, asked.training_employer_id), ("submitted", self.house))
            self.assertEqual(str(asked.answer_by), "2026-11-24", "the clock of all applications")
            self.assertEqual(self.get_mails(self.recruiter), ["company_division"])
            self.assertEqual(self.get_mails(self.student.partner_id), ["student_division"])
            asked.with_user(self.user_company).action_take()
        placement = asked.placement_id
        self.assertEqual((asked.state, self.place.state, self.place.places_left), ("placed", "filled", 0))
        self.assertEqual((placement.employer_id, placement.training_employer_id), (self.company, self.house))
        self.assertEqual((str(placement.date_from), str(placement.date_to)), (FIRST, LAST))
        self.assertEqual((elsewhere.state, elsewhere.end_kind), ("withdrawn", "elsewhere"))
        self.assertEqual(self.get_mails(self.user_house.partner_id), ["training_news"])
        self.assertIn("mail_placement_made", "".join(self.get_mails(self.student.partner_id)))

    def test_a_bbl_student_who_applied_is_employed_by_the_training_company_too(self):
        with self.at(NOON):
            own = self.make_application(vacancy=self.place)
            own.with_user(self.user_company).action_offer(FIRST, LAST)
            own.with_user(self.user_student).action_accept()
        self.assertEqual(own.placement_id.training_employer_id, self.house)

    def test_a_no_gives_the_student_back(self):
        reason = self.env["vti.refusal.reason"].sudo()._get_choices()[:1]
        Division = self.env["vti.division"]
        with self.at(NOON):
            self.assertEqual(Division._get_students(self.house), self.student)
            asked = self.divide()
            self.assertFalse(Division._get_students(self.house))
            asked.with_user(self.user_company).action_refuse(reason.id)
            self.assertEqual(Division._get_students(self.house), self.student)
            (row,) = Division._get_rows(self.house, date(2026, 12, 1), date(2027, 5, 31))
        self.assertEqual(row["choices"], [], "the same place isn't proposed twice")
        self.assertEqual(self.get_mails(self.student.partner_id), ["student_division", "student_division_over"])
        self.assertEqual(self.get_mails(self.user_house.partner_id), ["training_news"])

    def test_a_member_without_a_place(self):
        self.make_recognition(self.other_company)
        with self.at(NOON):
            (row,) = self.env["vti.division"]._get_rows(self.house, date(2026, 12, 1), date(2027, 5, 31))
            self.assertEqual([choice["value"] for choice in row["choices"]], [f"v{self.place.id}"])
            self.assertEqual([member["value"] for member in row["members"]], [f"b{self.other_company.id}"])
            asked = self.divide(f"b{self.other_company.id}")
            place = asked.vacancy_id
            self.assertEqual((place.state, place.employer_id), ("draft", self.other_company))
            asked.with_user(self.user_other_company).action_take()
            self.assertEqual((place.state, place.places_left, asked.state), ("filled", 0, "placed"))

    def test_a_place_made_for_one_goes_with_a_no(self):
        self.make_recognition(self.other_company)
        with self.at(NOON):
            asked = self.divide(f"b{self.other_company.id}")
            asked.with_user(self.user_house).action_take_back()
        self.assertEqual((asked.state, asked.end_kind, asked.vacancy_id.state), ("withdrawn", "taken_back", "closed"))
        self.assertEqual(self.get_mails(self.other_recruiter), ["company_division", "company_division_back"])
        self.assertFalse(self.get_mails(self.user_house.partner_id), "who took it back knows")

    def test_only_recognised_members(self):
        lapsed = self.make_recognition(self.other_company, date_end="2026-11-09")
        for end, values in (("2026-11-09", []), ("2026-11-10", [f"b{self.other_company.id}"])):
            lapsed.date_end = end
            with self.at(NOON):
                (row,) = self.env["vti.division"]._get_rows(self.house, date(2026, 12, 1), date(2027, 5, 31))
            self.assertEqual([member["value"] for member in row["members"]], values)

    def test_the_next_one_comes_ahead_of_the_end(self):
        running = self.make_placement(date_from="2026-09-01", date_to="2027-01-05", state="running")
        Division = self.env["vti.division"]
        for day, shown in (("2026-11-09", False), ("2026-11-10", True)):  # 57 and 56 days before
            with self.at(f"{day} 12:00"):
                self.assertEqual(bool(Division._get_students(self.house)), shown, day)
        with self.at(NOON):
            (row,) = Division._get_rows(self.house, date(2026, 12, 1), date(2027, 5, 31))
            self.assertEqual((row["date_from"], row["now"]), (date(2027, 1, 6), (self.company.name, running.date_to)))
            asked = self.divide()
            self.assertEqual(str(asked.offer_date_from), "2027-01-06")
            running.date_to = "2027-01-06"
            with self.assertRaisesRegex(UserError, "another place"):
                asked.with_user(self.user_company).action_take()

    def test_what_is_refused(self):
        Application = self.env["vti.application"].with_user(self.user_house)
        good = {self.student.id: f"v{self.place.id}"}
        with self.at(NOON):
            for choices, first, last, field in (
                ({}, FIRST, LAST, "form"), (good, "2026-11-09", LAST, "date_from"), (good, "x", LAST, "date_from"),
                (good, FIRST, FIRST, "date_to"), (good, FIRST, "2029-01-01", "date_to"),
                ({self.other_student.id: f"v{self.place.id}"}, FIRST, LAST, "form"),
                ({self.student.id: "v0"}, FIRST, LAST, f"student_{self.student.id}"),
                ({self.student.id: f"b{self.other_company.id}"}, FIRST, LAST, f"student_{self.student.id}"),
            ):  # fmt: skip
                chosen = dict(choices)
                self.assertEqual([*Application._get_division_errors(chosen, first, last)], [field], (choices, first))
            self.student.activated_on = False
            self.assertEqual([*Application._get_division_errors(good, FIRST, LAST)], [f"student_{self.student.id}"])

    def test_no_more_students_than_places(self):
        self.other_student.enrolment_ids.training_employer_id = self.house
        both = {student.id: f"v{self.place.id}" for student in self.student + self.other_student}
        Application = self.env["vti.application"].with_user(self.user_house)
        with self.at(NOON):
            self.assertEqual(len(Application._get_division_errors(both, FIRST, LAST)), 1)
            self.divide()
            rows = self.env["vti.division"]._get_rows(self.house, date(2026, 12, 1), date(2027, 5, 31))
        self.assertEqual([row["choices"] for row in rows], [[]], "one place, asked for already")

    def test_a_whole_division_keeps_to_the_limits(self):
        third = self.make_student("Mo Visser", learning_path="bbl")
        (self.other_student.enrolment_ids | third.enrolment_ids).training_employer_id = self.house
        self.place.places_offered = 2
        days = (date(2026, 12, 1), date(2027, 5, 31))
        with self.at(NOON):
            rows = self.env["vti.division"]._get_rows(self.house, *days, whole=True)
            self.assertEqual(sorted(row["chosen"] for row in rows), ["", *[f"v{self.place.id}"] * 2])
            self.company.max_interns = 1
            rows = self.env["vti.division"]._get_rows(self.house, *days, whole=True)
            self.assertEqual(sorted(row["chosen"] for row in rows), ["", "", f"v{self.place.id}"])

    def test_a_guardian_first(self):
        self.make_recognition(self.other_company)
        partner = self.env["res.partner"].create({"name": "Joke", "email": "joke@example.org"})
        self.env["vti.guardian"].create({"student_id": self.student.id, "partner_id": partner.id})
        for born, state, mails in (("2010-11-11", "asked", []), ("2010-11-10", "not_needed", ["company_division"])):
            self.student.birth_date = born  # 16 on the day itself
            with self.at(NOON):
                asked = self.divide(f"b{self.other_company.id}")
                self.assertEqual((asked.guardian_state, self.get_mails(self.other_recruiter)), (state, mails))
                self.assertEqual(bool(asked.shown_on), bool(mails))
                self.assertEqual(self.get_mails(partner), [] if mails else ["guardian_division"])
                asked.action_take_back()
            self.env["vti.notice"].search([("partner_id", "in", (self.other_recruiter + partner).ids)]).unlink()

    def test_reminders_speak_of_the_training_company(self):
        """By the clock of all applications, in words of their own: no student applied here."""
        with self.at(NOON):
            asked = self.divide()
        for day in ("2026-11-20", "2026-11-24", "2026-11-25", "2026-12-02"):
            with self.at(f"{day} 12:00"):
                self.env["vti.application"]._cron_answers()
        self.assertEqual(asked.state, "lapsed")
        names = ("", "_lapsed", "_late", "_soon", "_today")
        self.assertEqual(self.get_mails(self.recruiter), [f"company_division{name}" for name in names])
        self.assertEqual(self.get_mails(self.student.partner_id), ["student_division", "student_division_over"])
        notices = self.env["vti.notice"].search([("partner_id", "=", self.recruiter.id)])
        answers = notices.filtered(lambda notice: "/application/company/" in (notice.button_url or ""))
        self.assertEqual(len(answers), 4, "all but the last one open the page to answer on")
        for notice in notices:
            self.assertIn(self.house.name, notice.subject + notice.body)
            self.assertNotIn("applied", notice.subject + notice.body)

    def test_a_student_is_asked_for_once_at_a_time(self):
        self.make_recognition(self.other_company)
        with self.at(NOON):
            asked = self.divide()
            other = self.make_vacancy(self.other_company)
            # as a colleague would who had looked before
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.make_application(vacancy=other, training_employer_id=self.house.id).flush_recordset()
            asked.action_take_back()
            self.assertEqual(self.divide(f"b{self.other_company.id}").state, "submitted")

    def test_the_student_says_that_something_is_wrong(self):
        with self.at(NOON):
            asked = self.divide()
            with self.assertRaises(UserError):
                asked.with_user(self.user_student).action_withdraw()
            for text, ok in (("  ", False), ("x" * 2001, False), ("Too far", True)):
                self.assertEqual(not asked._get_objection_errors({"objection": text}), ok)
            asked.with_user(self.user_student).action_object(" Too far ")
        self.assertEqual(asked.objection, "Too far")
        self.assertEqual(self.get_mails(self.user_house.partner_id), ["training_news"])
        self.assertTrue(asked.activity_ids)
        with self.assertRaises(AccessError):
            asked.with_user(self.user_company).read(["objection"])

    def test_nobody_else(self):
        with self.at(NOON):
            asked = self.divide()
            for user, deed in (
                (self.user_other_house, asked.action_take_back), (self.user_company, asked.action_take_back),
                (self.user_other_company, asked.action_take), (self.user_house, asked.action_take),
                (self.user_student, asked.action_take), (self.user_school, asked.action_take),
            ):  # fmt: skip
                with self.assertRaises(AccessError, msg=(user.name, deed.__name__)):
                    getattr(asked.with_user(user), deed.__name__)()
            with self.assertRaises(AccessError):
                asked.with_user(self.user_other_student).action_object("Too far")
            for user in (self.user_company, self.user_student, self.user_school):
                with self.assertRaises(AccessError):
                    self.env["vti.application"].with_user(user)._divide({}, FIRST, LAST)
            for user in (self.user_house, self.user_other_house, self.user_other_company, self.user_other_student):
                self.assertFalse(asked.with_user(user).has_access("read"), user.name)

    def test_an_application_of_a_student_takes_an_offer(self):
        own = self.make_application(vacancy=self.place)
        with self.at(NOON), self.assertRaisesRegex(UserError, "offer"):
            own.with_user(self.user_company).action_take()


@tagged("post_install", "-at_install")
class TestDivisionPages(DivisionMixin, VtiHttpCase):
    """The pages, for the own training company and for another."""

    def post(self, url, **data):
        token = http.Request.csrf_token(self)
        return self.url_open(url, data={"csrf_token": token, **data}, allow_redirects=False)

    def test_pages_of_a_place_that_nobody_else_sees(self):
        self.make_recognition(self.other_company)
        asked = self.divide(f"b{self.other_company.id}")
        ways = {"company": self.other_recruiter, "student": self.student.partner_id}
        links = {role: re.sub(r"^https?://[^/]+", "/en", asked._get_link(role, who)) for role, who in ways.items()}
        for role, link in links.items():
            page = self.url_open(link).text
            self.assertIn(asked.vacancy_id.name, page)
            self.assertNotIn(asked.vacancy_id._get_page_path(), page, f"{role}: a link that leads nowhere")
        asked.with_user(self.user_house).action_take_back()
        self.assertIn("no longer asks this", self.url_open(links["company"]).text)
        page = self.url_open(links["student"]).text
        for said in ("See places like it", "Perhaps this is something for you"):
            self.assertNotIn(said, page, "the training company looks on")

    def test_page_and_answer_by_mail_link(self):
        self.authenticate(self.user_house.login, self.user_house.login)
        page = self.url_open("/my/divide?whole=1").text
        self.assertIn(f'value="v{self.place.id}" selected="selected"', page)
        self.assertIn("Sam Jansen", page)
        self.assertNotIn("Noor de Wit", page)
        form = {f"student_{self.student.id}": f"v{self.place.id}", "date_from": "2000-01-01", "date_to": ""}
        wrong = self.post("/my/divide", **form)
        self.assertEqual(wrong.status_code, 422)
        self.assertIn(f'value="v{self.place.id}" selected="selected"', wrong.text, "nothing chosen is lost")
        for step, more in (("show", ""), ("whole", "&whole=1")):
            looked = self.post("/my/divide", **form | {"date_to": "2027-05-01", "step": step})
            path = f"/my/divide?date_from=2000-01-01&date_to=2027-05-01{more}"
            self.assertEqual((looked.status_code, looked.headers["Location"]), (303, path), "nothing is sent")
        sent = self.post("/my/divide", **form | {"date_from": ""})
        self.assertEqual((sent.status_code, sent.headers["Location"]), (303, "/my/divide?show=asked"))
        asked = self.env["vti.application"].search([("student_id", "=", self.student.id)])
        self.assertIn("Sam Jansen", self.url_open("/my/divide?show=asked").text)
        self.authenticate(self.user_other_house.login, self.user_other_house.login)
        other = self.url_open("/my/divide?show=asked").text + self.url_open("/my/divide").text
        self.assertNotIn("Sam Jansen", other)
        self.assertIn("Noor de Wit", other)
        self.assertEqual(self.post(f"/my/divide/{asked.id}/back").status_code, 404)
        self.authenticate(None, None)
        link = re.sub(r"^https?://[^/]+", "", asked._get_link("company", self.recruiter))
        self.assertIn("Opleidingsbedrijf Midden", self.url_open(link).text)
        self.assertEqual(asked.state, "submitted", "opening a mail's link does nothing")
        self.assertEqual(self.post(f"{link}/take").status_code, 303)
        self.assertIn("You said yes.", self.url_open(f"/en{link}").text)
        self.assertEqual(asked.state, "placed")

    def test_queries_do_not_grow(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["vti.division"]._get_rows(self.house, date(2027, 1, 4), date(2027, 6, 30), whole=True)
            return self.env.cr.sql_log_count - before

        count()
        one = count()
        for number in range(5):
            company = self.make_company(f"Company {number}")
            self.make_recognition(company)
            self.make_vacancy(company, learning_path="bbl", date_from=FIRST, date_to="2027-12-31")
            student = self.make_student(f"Student {number}", learning_path="bbl")
            student.enrolment_ids.training_employer_id = self.house
        self.assertLessEqual(count(), one)
