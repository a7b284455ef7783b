from datetime import date

from lxml import html

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase


class SeasonMixin:
    """A season that comes, a recognition that lasts, and places of this season."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vti.season"].search([("date_from", ">", cls.season.date_to)]).unlink()
        cls.next_season = cls.env["vti.season"].create(
            {"name": "2027-2028", "date_from": "2027-08-01", "date_to": "2028-07-31"}
        )
        cls.recognition = cls.make_recognition(cls.company)
        cls.place = cls.make_vacancy()


@tagged("post_install", "-at_install")
class TestSeasonCopy(SeasonMixin, VtiCase):
    def open_wizard(self, **values):
        wizard = (
            self.env["vti.season.copy"]
            .with_user(self.user_vti)
            .create(
                {
                    "from_id": self.season.id,
                    "season_id": self.next_season.id,
                    "employer_ids": self.company.ids,
                    **values,
                }
            )
        )
        wizard.action_look()
        return wizard

    def get_problems(self):
        [review] = self.place._review_copies(self.next_season)
        return review.problems

    def test_next_season_by_default(self):
        with self.at("2026-11-10"):
            self.assertEqual(self.env["vti.season.copy"].create({}).season_id, self.next_season)
            self.assertEqual(self.env["vti.vacancy"]._get_copy_season(), self.next_season)
        with self.at("2027-07-31"):
            self.assertEqual(self.env["vti.vacancy"]._get_copy_season(), self.next_season)
        with self.at("2027-08-01"):
            self.assertFalse(self.env["vti.vacancy"]._get_copy_season())

    def test_dates_move_by_a_year(self):
        with self.at("2026-11-10"):
            wizard = self.open_wizard()
            line = wizard.line_ids
            self.assertEqual((line.date_from, line.date_to), (date(2028, 2, 1), date(2028, 6, 30)))
            wizard.action_copy()
            copy = line.copy_id
        self.assertEqual((copy.date_from, copy.date_to), (line.date_from, line.date_to))
        self.assertEqual((copy.season_id, copy.state), (self.next_season, "draft"))
        self.assertEqual((wizard.state, wizard.made_count, wizard.ready_count), ("done", 1, 0))

    def test_a_leap_day_stays_a_day(self):
        later = self.next_season.copy({"name": "later", "date_from": "2028-08-01", "date_to": "2029-07-31"})
        self.place.write({"season_id": self.next_season.id, "date_from": "2028-02-29", "date_to": False})
        [review] = self.place._review_copies(later)
        self.assertEqual(review.date_from, date(2029, 2, 28))

    def test_recognition_has_to_last_until_the_new_start(self):
        for end, is_copied in (("2028-01-31", False), ("2028-02-01", True), (False, True)):
            self.recognition.date_end = end
            with self.at("2026-11-10"):
                self.assertEqual(not self.get_problems(), is_copied, end)
        self.recognition.status = "withdrawn"
        self.assertTrue(self.get_problems())

    def test_what_is_copied_or_of_this_season_is_not_copied_again(self):
        copy = self.place.action_copy_to_season(self.next_season.id)
        [review] = self.place._review_copies(self.next_season)
        self.assertEqual(review.made, copy)
        self.assertTrue(review.problems)
        copy.state = "closed"
        self.assertFalse(self.get_problems())
        self.place.season_id = self.next_season
        self.assertTrue(self.get_problems())
        self.place.season_id = self.season
        self.company.membership_state = "former"
        self.assertTrue(self.get_problems())

    def test_wizard_copies_only_what_is_ticked(self):
        other = self.make_vacancy(name="Other")
        closed = self.make_vacancy(name="Withdrawn", state="closed")
        draft = self.make_vacancy(name="Draft", state="draft")
        wizard = self.open_wizard()
        self.assertEqual(wizard.line_ids.vacancy_id, self.place | other | closed)
        self.assertNotIn(draft, wizard.line_ids.vacancy_id)
        self.assertEqual(wizard.line_ids.filtered("is_chosen").vacancy_id, self.place | other)
        wizard.line_ids.filtered(lambda line: line.vacancy_id == other).is_chosen = False
        wizard.action_copy()
        self.assertEqual(wizard.line_ids.copy_id.copied_from_id, self.place)

    def test_online_only_where_nothing_stands_in_the_way(self):
        bare = self.make_vacancy(name="Bare", description=False)
        with self.at("2026-11-10"):
            wizard = self.open_wizard(online="online")
            wizard.action_copy()
        lines = {line.vacancy_id: line for line in wizard.line_ids}
        self.assertEqual(lines[self.place].copy_id.state, "published")
        self.assertEqual(lines[bare].copy_id.state, "draft")
        self.assertTrue(lines[bare].note)
        self.assertEqual(wizard.online_count, 1)

    def test_companies_hear_of_their_drafts_once(self):
        self.make_vacancy(name="Other")
        self.open_wizard().action_copy()
        template = self.env.ref("vti_bpv.mail_places_copied")
        notice = self.env["vti.notice"].search([("template_id", "=", template.id)])
        self.assertEqual(notice.partner_id, self.recruiter)
        self.assertIn("Other", notice.body)
        self.assertIn("2027-2028", notice.subject)

    def test_nothing_to_copy_says_so(self):
        with self.assertRaises(UserError):
            self.open_wizard(employer_ids=self.other_company.ids)
        wizard = self.open_wizard()
        wizard.line_ids.is_chosen = False
        with self.assertRaises(UserError):
            wizard.action_copy()

    def test_only_vti(self):
        for user in (self.user_company, self.user_student):
            with self.assertRaises(AccessError):
                self.env["vti.season.copy"].with_user(user).create({})

    def test_places_chosen_in_the_list(self):
        other = self.make_vacancy(self.other_company)
        context = {"active_model": "vti.vacancy", "active_ids": other.ids}
        wizard = self.env["vti.season.copy"].with_context(**context).create({"season_id": self.next_season.id})
        wizard.action_look()
        self.assertEqual(wizard.line_ids.vacancy_id, other)
        self.assertTrue(wizard.line_ids.problem, "it has no recognition")

    def test_as_many_queries_for_many(self):
        places = self.place.browse()
        for number in range(12):
            places |= self.make_vacancy(name=f"Place {number}")
        counts = []
        for some in (places[:1], places):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._review_copies(self.next_season)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestPlacesCopyPage(SeasonMixin, VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).default_lang_id = cls.env.ref("base.lang_en")
        cls.company.max_interns = 0

    def setUp(self):
        super().setUp()
        self.authenticate(self.user_company.login, self.user_company.login)

    def post(self, status=303, **values):
        answer = self.url_open(
            "/my/places/copy", method="POST", allow_redirects=False,
            data={"csrf_token": http.Request.csrf_token(self), "season": self.next_season.id, **values},
        )  # fmt: skip
        self.assertEqual(answer.status_code, status)
        return answer

    def get_boxes(self, text):
        return {int(box.get("value")) for box in html.fromstring(text).xpath("//input[@name='place']")}

    def get_copies(self):
        return self.env["vti.vacancy"].search(
            [("copied_from_id", "!=", False), ("season_id", "=", self.next_season.id)]
        )

    def test_shows_ones_own_places_only(self):
        other = self.make_vacancy(self.other_company)
        answer = self.url_open(f"/my/places/copy?season={self.next_season.id}")
        self.assertEqual(self.get_boxes(answer.text), {self.place.id})
        self.authenticate(self.user_other_company.login, self.user_other_company.login)
        self.make_recognition(self.other_company)
        answer = self.url_open(f"/my/places/copy?season={self.next_season.id}")
        self.assertEqual(self.get_boxes(answer.text), {other.id})

    def test_copies_what_is_ticked(self):
        self.make_vacancy(name="Not this one")
        answer = self.post(place=self.place.id)
        self.assertEqual(answer.headers["Location"], "/my/places?tab=draft")
        self.assertEqual(self.get_copies().copied_from_id, self.place)
        self.assertEqual(self.get_copies().state, "draft")

    def test_puts_online_a_trusted_company_and_hands_in_another(self):
        self.post(place=self.place.id, how="online")
        self.assertEqual(self.get_copies().state, "review")
        self.get_copies().write({"state": "closed"})
        self.place.reviewed_on = "2026-10-01"
        self.post(place=self.place.id, how="online")
        self.assertEqual(self.get_copies().sorted("id")[-1].state, "published")

    def test_another_companys_place_is_not_copied(self):
        other = self.make_vacancy(self.other_company)
        self.make_recognition(self.other_company)
        self.post(422, place=other.id)
        self.assertFalse(self.get_copies())

    def test_nothing_ticked_and_nonsense(self):
        self.post(422)
        self.post(422, place="x")
        self.post(422, place=10**12)
        self.post(422, place=self.place.id, season="99999999999999999")
        self.post(422, place=self.place.id, season=self.season.id)
        self.assertFalse(self.get_copies())
        for season in ("", "x", "9" * 30):
            self.assertEqual(self.url_open(f"/my/places/copy?season={season}").status_code, 200)

    def test_without_a_next_season_the_page_says_so(self):
        self.next_season.unlink()
        self.assertIn("Nothing to copy", self.url_open("/my/places/copy").text)
