"""The whole story, from a search to an alumnus, as the four people live it."""

import re
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo.http import Request
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail
from odoo.addons.vti_bpv.controllers.selection import common
from odoo.addons.vti_bpv.tests.common import VtiMixin

from .browser import DESK, PHONE, BrowserCase

EMAIL, PASSWORD = "mila.visser@example.org", "Een-lang-wachtwoord-7"

LAST_OF_EACH = """() => {
    const last = {};
    for (const radio of document.querySelectorAll("input[type=radio]")) last[radio.name] = radio;
    Object.values(last).forEach((radio) => radio.click());
}"""


@tagged("post_install", "-at_install")
class TestStory(VtiMixin, MockEmail, BrowserCase):
    """Each step acts in the browser alone, and ends with the records it should have left."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(common, "MIN_SECONDS", 0))  # a browser fills in faster than any person
        cls.env.company.email = "stage@vti.example.org"
        users = cls.user_company | cls.user_other_company | cls.user_school | cls.user_other_school
        (users | cls.user_student | cls.user_other_student | cls.user_vti).lang = "nl_NL"
        cls.today = cls.env["vti.placement"]._get_today()
        cls.first_day, cls.last_day = cls.today + timedelta(days=70), cls.today + timedelta(days=210)
        dates = {"date_from": cls.first_day, "date_to": cls.last_day, "published_on": cls.today}
        dates |= {"confirmed_on": cls.today, "season_id": cls._season_of(cls.first_day).id}
        cls.near = cls.make_vacancy(name="Monteur warmtepompen", **dates)
        far = cls.make_company("Noordelijke Warmte", zip="9711 AA", city="Groningen")
        cls.far = cls.make_vacancy(far, name="Monteur warmtepompen", **dates)
        cls.other_work = cls.make_vacancy(cls.other_company, name="Hulp op het magazijn", **dates)

    @classmethod
    def _season_of(cls, day):
        Season = cls.env["vti.season"]
        return Season._of_day(day) or Season.create(
            {"name": f"{day.year}", "date_from": day, "date_to": day + timedelta(days=360)}
        )

    def test_from_search_to_alumnus(self):
        with self.mock_mail_gateway():
            self.visitor_applies()
            self.student_confirms_and_logs_in()
            self.company_invites_and_offers()
            own, candidate = f"/my/applications/{self.application.id}", f"/my/candidates/{self.application.id}"
            actions = [f"{own}/accept", f"{own}/withdraw", f"{candidate}/invite", f"{candidate}/offer"]
            self.strangers_stay_out([own, candidate], actions)
            self.assertEqual(self.application.state, "offered")
            self.student_says_yes()
            self.school_sees_the_place()
            internship = f"/my/internships/{self.placement.id}"
            self.strangers_stay_out(
                [internship, f"/my/school/student/{self.student.id}"], [f"{internship}/start", f"{internship}/close"]
            )
            self.assertEqual(self.placement.state, "planned")
            self.vti_sees_it()
            self.internship_runs_and_is_closed()
            self.student_answers_without_login()
            self.student_stays_in_touch()
            self.strangers_stay_out(["/my/alumni"], status=303)
        self.assertEqual([*dict.fromkeys(self.problems)], [])

    # ------------------------------------------------------------------ search and apply

    def visitor_applies(self):
        self.visitor = visitor = self.person("student", PHONE)
        visitor.open("/")
        visitor.open("/stages")
        visitor.fill(q="warmtepomp", near="Woerden")
        visitor.press(".vti-search button")
        visitor.choose(km="10")
        self.assertEqual(visitor.texts("article .vti-card__title"), [self.near.name])
        visitor.press("article .vti-card__title a")
        self.assertEqual(visitor.path, self.near._get_page_path())
        visitor.press("a[href$='/apply']")
        visitor.fill(name="Mila Visser", email="mila.visser@", phone="06 12345678", motivation="Ik hou van techniek.")
        visitor.press("#form button", status=422)
        self.assertEqual(visitor.page.locator("[aria-invalid='true']").count(), 3, "mail, school and study")
        visitor.fill(email=EMAIL, school_id=str(self.school.id), qualification_id=str(self.qualification.id))
        visitor.press("#form button")
        self.assertEqual(visitor.path, f"{self.near._get_page_path()}/apply/sent")
        asked = self.env["vti.application.request"].search([("email", "=", EMAIL)])
        self.assertEqual(
            (asked.vacancy_id, asked.name, asked.school_id, asked.qualification_id, asked.motivation),
            (self.near, "Mila Visser", self.school, self.qualification, "Ik hou van techniek."),
        )
        self.assertFalse(self.near.application_ids, "nothing before the address is confirmed")

    def student_confirms_and_logs_in(self):
        student = self.visitor
        student.open(self.get_mailed_link(EMAIL, "/application/confirm/"))
        student.press("#form button", status=422)
        student.fill(birth_date="2006-05-04")
        student.press("#form button")
        self.application = self.near.application_ids
        self.student = self.application.student_id
        self.assertEqual(
            (self.student.partner_id.name, self.student.email, str(self.student.birth_date)),
            ("Mila Visser", EMAIL, "2006-05-04"),
        )
        self.assertEqual((self.application.state, self.application.guardian_state), ("submitted", "not_needed"))
        student.press("form[action$='/password'] button")
        student.fill(password=PASSWORD, confirm_password=PASSWORD)
        student.press(".oe_reset_password_form button[type=submit]")
        self.assertEqual(student.path, "/my/applications")
        self.assertEqual(student.texts("article h2"), [self.near.name])
        user = self.student.partner_id.user_ids
        self.assertEqual((user.login, user.share, bool(user.login_date)), (EMAIL, True, True))
        self.assertIn(self.env.ref("vti_bpv.group_student"), user.group_ids)
        student.open("/web/session/logout?redirect=/web/login")
        student.log_in(EMAIL, PASSWORD)
        self.assertEqual(student.path, "/my")
        student.open("/my/profile")

    # ------------------------------------------------------------------ choose each other

    def company_invites_and_offers(self):
        self.employer = employer = self.person("company", DESK)
        employer.open("/my")
        employer.log_in(self.user_company.login)
        employer.press("#vti_home_cards a[href='/my/candidates']")
        self.assertEqual(employer.texts("article h2"), ["Mila Visser"])
        employer.press("article h2 a")
        self.assertEqual(employer.path, f"/my/candidates/{self.application.id}")
        employer.unfold("form[action$='/invite']")
        employer.fill(meeting_at="2020-01-01T10:00", meeting_kind="visit")
        employer.press("form[action$='/invite'] button", status=422)
        meeting = self.today + timedelta(days=7)
        employer.fill(meeting_at=f"{meeting}T10:00", meeting_note="Vraag naar Piet.")
        employer.press("form[action$='/invite'] button")
        self.assertEqual(
            (self.application.state, self.application.meeting_kind, self.application.meeting_note),
            ("invited", "visit", "Vraag naar Piet."),
        )
        self.visitor.open(self.get_mailed_link(EMAIL, "/application/student/"))
        self.assertIn("Vraag naar Piet.", self.visitor.texts("#main")[0])
        employer.unfold("form[action$='/offer']")
        employer.press("form[action$='/offer'] button")
        self.assertEqual(self.application.state, "offered")
        self.assertEqual(
            (self.application.offer_date_from, self.application.offer_date_to), (self.first_day, self.last_day)
        )

    def student_says_yes(self):
        student = self.visitor
        student.open("/my/applications")
        student.press("article h2 a")
        student.press("a[href$='ask=accept']")
        student.press("form[action$='/accept'] button")
        self.placement = placement = self.application.placement_id
        self.assertEqual(self.application.state, "placed")
        self.assertEqual(
            (placement.state, placement.student_id, placement.employer_id, placement.school_id),
            ("planned", self.student, self.company, self.school),
        )
        self.assertEqual((placement.date_from, placement.date_to), (self.first_day, self.last_day))
        self.assertEqual((self.near.state, self.near.places_left), ("filled", 0))
        student.open(self.near._get_page_path(), status=410)
        student.open("/my/internships")
        student.press("article h2 a")
        self.assertEqual(student.path, f"/my/internships/{placement.id}")

    # ------------------------------------------------------------------ who looks on

    def school_sees_the_place(self):
        school = self.person("school", DESK)
        school.open("/my")
        school.log_in(self.user_school.login)
        school.press("#vti_home_cards a[href='/my/school']")
        row = f"a[href='/my/school/student/{self.student.id}']"
        self.assertEqual(school.texts(row), ["Mila Visser"])
        school.press(row)
        self.assertEqual(school.texts(f"a[href='/my/internships/{self.placement.id}']"), [self.company.name])
        school.press(f"a[href='/my/internships/{self.placement.id}']")
        school.open("/my/internships")

    def vti_sees_it(self):
        staff = self.person("vti", DESK)
        staff.open("/web/login?redirect=/odoo/applications")
        staff.log_in(self.user_vti.login, until=".o_kanban_renderer")
        placed = ".o_statusbar_status .o_arrow_button_current[data-value='placed']"
        staff.open(f"/odoo/applications/{self.application.id}", until=placed)
        staff.open("/odoo/internships", until=".o_kanban_record:has-text('Mila Visser')")
        seen = self.env["vti.placement"].with_user(self.user_vti).search([])
        self.assertEqual(seen.mapped("application_id"), self.application)

    # ------------------------------------------------------------------ the internship, and after it

    @contextmanager
    def at_day(self, day):
        """Let a day have come for internships; to the rest of Odoo it is today."""
        with patch.object(self.registry["vti.placement"], "_get_today", lambda _placement: day):
            yield

    def internship_runs_and_is_closed(self):
        employer, placement = self.employer, self.placement
        with self.at_day(self.first_day):
            employer.open("/my/internships")
            employer.press("article h2 a")
            employer.press("#start button")
        self.assertEqual((placement.state, placement.started_on), ("running", self.first_day))
        over = self.last_day + timedelta(days=1)
        with self.at_day(over):
            self.env["vti.placement"]._cron_end()
            self.assertEqual(placement.state, "closing")
            employer.open(self.get_mailed_link(self.recruiter.email, f"/my/internships/{placement.id}"))
            employer.press("#close button")
        self.assertEqual((placement.state, placement.closed_on), ("closed", over))
        asked = {answer.party: answer.partner_id for answer in placement.user_input_ids}
        people = {"student": self.student.partner_id, "company": self.recruiter, "school": self.coordinator}
        self.assertEqual(asked, people)
        for answer in placement.user_input_ids:
            path = answer._get_answer_url()
            self.assertTrue(self.get_mailed_link(answer.partner_id.email, path), answer.party)

    def student_answers_without_login(self):
        self.guest = guest = self.person("guest", PHONE)
        guest.open(self.get_mailed_link(EMAIL, "/survey/start/"), until="form.o_survey-fill-form")
        guest.press_and_see("form.o_survey-fill-form button[type=submit]", ".js_question-wrapper")
        guest.page.evaluate(LAST_OF_EACH)
        guest.press_and_see("form.o_survey-fill-form button[type=submit]", ".o_survey_finished")
        states = {answer.party: answer.state for answer in self.placement.user_input_ids}
        self.assertEqual(states, {"student": "done", "company": "new", "school": "new"})
        scores = self.env["vti.evaluation.score"].search([("placement_id", "=", self.placement.id)])
        self.assertEqual({*scores.mapped("score")}, {10.0, 5.0})

    def student_stays_in_touch(self):
        with self.at_day(self.last_day + timedelta(days=1)):
            self.guest.open(self.get_mailed_link(EMAIL, "/internships/stay/"))
            alumni = self.env["vti.alumnus"].search([("partner_id", "=", self.student.partner_id.id)])
            self.assertFalse(alumni, "looking isn't agreeing")
            self.guest.press("form[action$='/yes'] button")
        alumnus = self.env["vti.alumnus"].search([("partner_id", "=", self.student.partner_id.id)])
        self.assertEqual(
            (alumnus.placement_ids, alumnus.employer_id, alumnus.consent_id.channel),
            (self.placement, self.company, "mail"),
        )
        self.visitor.open("/my")
        self.visitor.press("#vti_home_cards a[href='/my/alumni']")
        self.assertEqual(self.visitor.texts(f"a[href='/my/internships/{self.placement.id}']"), [self.company.name])

    # ------------------------------------------------------------------ strangers

    def strangers_stay_out(self, paths, actions=(), status=404):
        for user in (self.user_other_student, self.user_other_company, self.user_other_school):
            self.authenticate(user.login, user.login)
            for path in paths:
                answer = self.url_open(path, allow_redirects=False)
                self.assertEqual(answer.status_code, status, f"{user.name} on {path}")
            for path in actions:
                form = {"csrf_token": Request.csrf_token(self)}
                answer = self.url_open(path, data=form, allow_redirects=False)
                self.assertEqual(answer.status_code, status, f"{user.name} on {path}")

    # ------------------------------------------------------------------ mail

    def get_mailed_link(self, email, part):
        """Where the newest mail to this address leads; what waits to be gathered leaves first."""
        self.env["vti.notice"].search([("state", "=", "pending"), ("partner_id.email", "=", email)])._send()
        mails = self._new_mails.filtered(lambda m: email in [m.email_to, *m.recipient_ids.mapped("email")])
        links = [url for mail in mails for url in re.findall(r'href="([^"]+)"', mail.body_html) if part in url]
        self.assertTrue(links, f"{part} in {mails.mapped('subject')}")
        return links[-1].replace("&amp;", "&")
