import re
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase

# November is in the season: a confirmation counts four weeks
ASKED, REMIND, OFFLINE = "2026-11-10", "2026-11-17", "2026-11-24"
CONFIRMED = "2026-10-12"  # four weeks and a day before


class RoundMixin:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recognition = cls.make_recognition(cls.company)
        cls.make_recognition(cls.other_company)
        cls.checks = cls.env["vti.place.check"]
        cls.env["vti.vacancy"].search([]).write({"state": "closed"})

    def go_round(self, day):
        """Do the daily round; a test can't commit."""
        with self.at(f"{day} 12:00:00"), patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60):
            self.checks._cron_round()
        self.env.flush_all()
        self.env.invalidate_all()

    def check_of(self, company=None):
        return self.checks.search([("employer_id", "=", (company or self.company).id)])

    def mails_to(self, partner):
        return self.env["vti.notice"].search([("partner_id", "=", partner.id)], order="id")


@tagged("post_install", "-at_install")
class TestPlaceCheck(RoundMixin, VtiCase):
    def test_asked_reminded_offline_and_called(self):
        place, other = self.make_vacancy(confirmed_on=CONFIRMED), self.make_vacancy(confirmed_on="2026-11-01")
        self.go_round(ASKED)
        check = self.check_of()
        self.assertEqual((check.state, check.partner_id, check.place_count), ("asked", self.recruiter, 1))
        self.go_round("2026-11-16")
        self.assertEqual((check.state, len(self.mails_to(self.recruiter))), ("asked", 1))
        self.go_round(REMIND)
        self.assertEqual((check.state, len(self.mails_to(self.recruiter))), ("reminded", 2))
        self.go_round("2026-11-23")
        self.assertEqual((check.state, place.state), ("reminded", "published"))
        self.go_round(OFFLINE)
        self.assertEqual((check.state, place.state, place.paused_reason), ("offline", "paused", "unconfirmed"))
        self.assertEqual(other.state, "published", "it was confirmed in time")
        self.assertEqual(len(self.mails_to(self.recruiter)), 3)
        self.assertEqual(check.activity_ids.activity_type_id, self.env.ref("mail.mail_activity_data_call"))
        self.assertEqual((check.mail_count, check.place_count), (3, 1))

    def test_asked_the_day_after_the_term(self):
        for day, asked in (("2026-11-09", False), ("2026-11-10", True)):
            with self.subTest(day):
                self.make_vacancy(confirmed_on=CONFIRMED)
                self.go_round(day)
                self.assertEqual(bool(self.check_of()), asked)

    def test_the_day_and_the_season_are_dutch(self):
        """On 30 September eight weeks count, from midnight in Amsterdam on four."""
        self.make_vacancy(confirmed_on="2026-08-20")
        vacancies = self.env["vti.vacancy"]
        with self.at("2026-09-30 21:59:00"):
            self.assertEqual(vacancies._get_confirm_weeks(), 8)
            self.assertEqual(str(vacancies._get_confirmed_before()), "2026-08-05")
            self.assertFalse(self.checks._get_companies_to_ask())
        with self.at("2026-09-30 22:01:00"):
            self.assertEqual(vacancies._get_confirm_weeks(), 4)
            self.assertEqual(str(vacancies._get_confirmed_before()), "2026-09-03")
            self.assertEqual(self.checks._get_companies_to_ask(), [self.company])

    def test_never_two_mails_a_day(self):
        """However many places, and however often the round is made."""
        for _number in range(3):
            self.make_vacancy(confirmed_on=CONFIRMED)
        self.make_vacancy(self.other_company, confirmed_on=CONFIRMED)
        for day, mails in ((ASKED, 1), (ASKED, 1), (REMIND, 2), (REMIND, 2), (OFFLINE, 3), (OFFLINE, 3)):
            self.go_round(day)
            self.assertEqual(len(self.mails_to(self.recruiter)), mails, day)
            self.assertEqual(len(self.mails_to(self.other_recruiter)), mails, day)

    def test_late_rounds_leave_time_after_the_reminder(self):
        place = self.make_vacancy(confirmed_on=CONFIRMED)
        self.go_round(ASKED)
        for day, state in (("2026-12-10", "reminded"), ("2026-12-16", "reminded"), ("2026-12-17", "offline")):
            self.go_round(day)
            self.assertEqual(self.check_of().state, state, day)
        self.assertEqual(place.state, "paused")

    def test_each_word_of_the_company_confirms(self):
        """An edit, an answer to an application, and what it does with the place."""
        student = self.make_application(guardian_state="not_needed", shown_on="2026-11-01 10:00:00")
        with_candidate = student.vacancy_id
        with_candidate.confirmed_on = "2026-11-09"
        meet = {"meeting_at": "2026-11-12 10:00:00", "meeting_kind": "phone"}
        deeds = {
            "edit": lambda v: v.with_user(self.user_company)._portal_write(v._get_form_values() | {"travel": "Bus"}),
            "confirm": lambda v: v.with_user(self.user_company).action_confirm(),
            "pause": lambda v: v.with_user(self.user_company).action_pause(),
            "fill": lambda v: v.with_user(self.user_company).action_fill(),
            "staff edits": lambda v: v.with_user(self.user_vti).write({"description": "Other work"}),
            "answer to a candidate": lambda v: student.with_user(self.user_company).action_invite(**meet),
        }
        for name, deed in deeds.items():
            with self.subTest(name):
                place = with_candidate if name.startswith("answer") else self.make_vacancy()
                place.write({"state": "published", "confirmed_on": CONFIRMED})
                self.go_round(ASKED)
                check = self.check_of()[:1]
                self.assertEqual(check.state, "asked")
                with self.at(f"{ASKED} 13:00:00"):
                    deed(place)
                self.assertEqual((str(place.confirmed_on), check.state), (ASKED, "answered"))
                place.write({"state": "closed"})

    def test_what_says_nothing_of_the_company(self):
        place, taken = self.make_vacancy(confirmed_on=CONFIRMED), self.make_vacancy(confirmed_on=CONFIRMED)
        with self.at(f"{ASKED} 13:00:00"):
            place.with_user(self.user_vti).write({"trade_id": False})
            taken.write({"state": "expired"})
        self.assertEqual({str(place.confirmed_on), str(taken.confirmed_on)}, {CONFIRMED})

    def test_nothing_left_to_ask(self):
        place = self.make_vacancy(confirmed_on=CONFIRMED)
        self.go_round(ASKED)
        place.write({"state": "expired"})
        self.assertEqual((self.check_of().state, self.check_of().answered_on), ("over", False))

    def test_one_question_at_a_time(self):
        """What grows old while a company's other places are offline, is a new question."""
        first = self.make_vacancy(confirmed_on=CONFIRMED)
        second = self.make_vacancy(confirmed_on="2026-11-01")
        for day in (ASKED, REMIND, OFFLINE, "2026-11-30"):
            self.go_round(day)
        self.assertEqual((first.state, second.state), ("paused", "published"))
        self.assertEqual(self.check_of().mapped("state"), ["asked", "over"])
        self.assertEqual(self.check_of()[0].place_count, 2)

    def test_who_is_asked(self):
        place = self.make_vacancy(confirmed_on=CONFIRMED)
        contact = self.make_contact(self.company)
        find = self.checks._find_person
        self.assertEqual(find(self.company), self.recruiter, "who has an account")
        place.contact_id = contact
        self.assertEqual(find(self.company), contact)
        chief = self.make_contact(self.company)
        self.env["vti.guidance.role"].create({"partner_id": chief.id, "role": "recruiter"})
        self.assertEqual(find(self.company), chief)
        chief.branch_scope_ids = self.make_branch(self.company)
        self.assertEqual(find(self.company), contact, "who is limited to a branch doesn't speak for all")
        (self.recruiter | contact).write({"email": False})
        self.assertFalse(find(self.company))
        self.go_round(ASKED)
        self.assertTrue(self.check_of().activity_ids, "VTI calls where there is nobody to mail")

    def test_students_hear_that_it_went_offline(self):
        place = self.make_vacancy(confirmed_on=CONFIRMED)
        self.make_application(self.student, place)
        self.make_application(self.other_student, self.make_vacancy(self.other_company, confirmed_on=OFFLINE))
        for day in (ASKED, REMIND, OFFLINE):
            self.go_round(day)
        template = self.env.ref("vti_bpv.mail_template_student_offline")
        self.assertEqual(self.mails_to(self.student.partner_id).template_id, template)
        self.assertFalse(self.mails_to(self.other_student.partner_id))
        self.assertEqual(place.application_ids.state, "submitted")

    def test_one_failing_company_stops_nobody(self):
        self.make_vacancy(confirmed_on=CONFIRMED)
        self.make_vacancy(self.other_company, confirmed_on=CONFIRMED)
        find, broken = type(self.checks)._find_person, self.company

        def fail(this, employer):
            if employer == broken:
                raise ValueError
            return find(this, employer)

        logger = "odoo.addons.vti_bpv.tools.rounds"
        with patch.object(type(self.checks), "_find_person", fail), self.assertLogs(logger, "ERROR"):
            self.go_round(ASKED)
        self.assertEqual((len(self.check_of()), len(self.check_of(self.other_company))), (0, 1))

    def test_the_round_goes_on_where_it_stopped(self):
        self.make_vacancy(confirmed_on=CONFIRMED)
        self.make_vacancy(self.other_company, confirmed_on=CONFIRMED)
        for checks in (1, 2):
            with self.at(f"{ASKED} 12:00"), patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0):
                self.checks._cron_round()
            self.assertEqual(self.checks.search_count([("asked_on", "=", ASKED)]), checks)

    def test_confirmed_by_phone(self):
        place = self.make_vacancy(confirmed_on=CONFIRMED)
        for day in (ASKED, REMIND, OFFLINE):
            self.go_round(day)
        check = self.check_of()
        with self.assertRaises(AccessError):
            check.with_user(self.user_company).action_confirm_by_phone()
        with self.at(f"{OFFLINE} 15:00:00"):
            check.with_user(self.user_vti).action_confirm_by_phone()
        self.assertEqual((place.state, str(place.confirmed_on), check.state), ("published", OFFLINE, "answered"))
        self.assertEqual(check.answered_by_id, self.user_vti.partner_id)
        self.assertFalse(check.activity_ids)

    def test_staff_see_many_in_as_many_queries(self):
        def read():
            self.env.invalidate_all()
            listed = self.checks.with_user(self.user_vti).search([])
            before = self.env.cr.sql_log_count
            listed.web_read({"place_count": {}, "mail_count": {}, "phone": {}, "state": {}})
            return self.env.cr.sql_log_count - before

        def add(company):
            self.make_vacancy(company, confirmed_on=CONFIRMED)
            self.checks.create({"employer_id": company.id, "asked_on": ASKED, "confirmed_before": "2026-10-13"})

        add(self.company)
        read()
        one = read()
        for number in range(12):
            add(self.make_company(f"Company {number}"))
        self.assertEqual(read(), one)

    def test_terms_have_bounds(self):
        settings = self.env["res.config.settings"].with_user(self.user_vti_coordinator)
        for values in (
            {"vti_confirm_weeks": 0}, {"vti_confirm_weeks": 27}, {"vti_confirm_weeks": 3},
            {"vti_confirm_remind_days": 14}, {"vti_confirm_season_months": "13"},
            {"vti_confirm_season_months": "autumn"},
        ):  # fmt: skip
            with self.subTest(values), self.assertRaises(ValidationError):
                settings.create(values)
        settings.create({"vti_confirm_weeks": 10, "vti_confirm_season_months": "11-1"}).execute()
        with self.at("2027-02-01"):
            self.assertEqual(self.env["vti.vacancy"]._get_confirm_weeks(), 10)
        with self.at("2027-01-31"):
            self.assertEqual(self.env["vti.vacancy"]._get_confirm_weeks(), 4)
        self.env["ir.config_parameter"].set_param("vti_bpv.confirm_weeks", "900")
        self.assertEqual(self.env["vti.vacancy"]._get_confirm_term("confirm_weeks"), 26)


@tagged("post_install", "-at_install")
class TestPlacesConfirmPage(RoundMixin, VtiHttpCase):
    def setUp(self):
        super().setUp()
        self.place = self.make_vacancy(name="First place", confirmed_on=CONFIRMED)
        self.second = self.make_vacancy(name="Second place", confirmed_on=CONFIRMED)
        self.theirs = self.make_vacancy(self.other_company, name="Place of others", confirmed_on=CONFIRMED)
        self.go_round(ASKED)
        self.path = self.check_of()._get_url()

    def post(self, path, places, **data):
        html = self.url_open(path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
        shown = re.findall(r'name="shown" value="(\d+)"', html)
        data |= {"csrf_token": token, "shown": shown, "place": [place.id for place in places]}
        answer = self.url_open(path, data=data, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def test_opening_the_link_changes_nothing(self):
        self.authenticate(None, None)
        answer = self.url_open(self.path)
        self.assertEqual((answer.status_code, answer.headers["Cache-Control"]), (200, "no-store"))
        self.assertIn("First place", answer.text)
        self.assertNotIn("Place of others", answer.text)
        self.assertEqual((str(self.place.confirmed_on), self.check_of().state), (CONFIRMED, "asked"))

    def test_one_button_for_all(self):
        self.authenticate(None, None)
        answer = self.post(self.path, self.place | self.second)
        self.assertEqual((answer.status_code, answer.headers["Location"].endswith(self.path)), (303, True))
        self.assertNotEqual(str(self.place.confirmed_on), CONFIRMED)
        self.assertEqual(self.second.confirmed_on, self.place.confirmed_on)
        self.assertEqual(str(self.theirs.confirmed_on), CONFIRMED)
        check = self.check_of()
        self.assertEqual((check.state, check.answered_by_id), ("answered", self.recruiter))

    def test_unticked_is_closed_after_a_question(self):
        self.authenticate(None, None)
        answer = self.post(self.path, self.place)
        self.assertEqual((answer.status_code, self.second.state), (422, "published"))
        self.assertIn('name="sure"', answer.text)
        self.assertEqual(str(self.place.confirmed_on), CONFIRMED, "nothing is kept before the answer")
        answer = self.post(self.path, self.place, sure="1")
        self.assertEqual((answer.status_code, self.second.state, self.place.state), (303, "closed", "published"))
        self.assertEqual(self.check_of().state, "answered")

    def test_what_wasnt_shown_is_left_alone(self):
        """A place that went online after the page was opened, and one of another company."""
        self.authenticate(None, None)
        html = self.url_open(self.path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
        data = {"csrf_token": token, "sure": "1", "shown": [self.place.id, self.theirs.id, "x", 10**12],
                "place": [self.theirs.id]}  # fmt: skip
        self.assertEqual(self.url_open(self.path, data=data, allow_redirects=False).status_code, 303)
        self.env.invalidate_all()
        self.assertEqual((self.place.state, self.second.state, self.theirs.state), ("closed", "published", "published"))
        self.assertEqual(str(self.theirs.confirmed_on), CONFIRMED)

    def test_back_with_one_click(self):
        for day in (REMIND, OFFLINE):
            self.go_round(day)
        self.assertEqual((self.place.state, self.second.state), ("paused", "paused"))
        own = self.make_vacancy(name="Paused ourselves", state="paused", paused_reason="company")
        self.authenticate(None, None)
        self.assertNotIn("Paused ourselves", self.url_open(self.path).text)
        self.assertEqual(self.post(self.path, self.place | self.second).status_code, 303)
        self.assertEqual((self.place.state, self.second.state, own.state), ("published", "published", "paused"))
        self.assertFalse(self.place.paused_reason)

    def test_what_cant_come_back_is_told(self):
        for day in (REMIND, OFFLINE):
            self.go_round(day)
        self.place.qualification_ids = False
        self.authenticate(None, None)
        answer = self.post(self.path, self.place | self.second)
        self.assertEqual((answer.status_code, self.place.state, self.second.state), (422, "paused", "published"))
        self.assertIn(f"/my/places/{self.place.id}/edit", answer.text)

    def test_a_link_is_of_who_works_there(self):
        self.authenticate(None, None)
        self.assertEqual(self.url_open(f"{self.path[:-4]}AAAA").status_code, 410)
        self.recruiter.parent_id = self.other_company
        self.env.flush_all()
        self.assertEqual(self.url_open(self.path).status_code, 410)

    def test_the_same_page_when_logged_in(self):
        self.authenticate(self.user_company.login, self.user_company.login)
        html = self.url_open("/my/places/confirm").text
        self.assertIn("Second place", html)
        self.assertNotIn("Place of others", html)
        self.assertIn("/my/places/confirm", self.url_open("/my/places").text)
        self.assertEqual(self.post("/my/places/confirm", self.place | self.second).status_code, 303)
        self.assertEqual(self.check_of().state, "answered")
        self.authenticate(self.user_student.login, self.user_student.login)
        self.assertEqual(self.url_open("/my/places/confirm").status_code, 404)

    def test_who_is_limited_to_a_branch_answers_for_it(self):
        branch = self.make_branch(self.company)
        self.second.branch_id = branch
        self.recruiter.branch_scope_ids = branch
        self.env.flush_all()
        self.authenticate(self.user_company.login, self.user_company.login)
        html = self.url_open("/my/places/confirm").text
        self.assertIn("Second place", html)
        self.assertNotIn("First place", html)
        self.post("/my/places/confirm", self.place | self.second)
        self.assertEqual((str(self.place.confirmed_on), self.check_of().state), (CONFIRMED, "asked"))
