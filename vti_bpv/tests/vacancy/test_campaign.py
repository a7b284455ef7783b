from datetime import timedelta
from unittest.mock import patch

from lxml import html

from odoo import fields, http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase
from .test_season_copy import SeasonMixin


class CampaignMixin(SeasonMixin):
    """A campaign that runs, in which the company was mailed on 10 November."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.env["vti.campaign"].create({"name": "Places", "season_id": cls.next_season.id})
        cls.line = cls.env["vti.campaign.company"].create(
            {"campaign_id": cls.campaign.id, "employer_id": cls.company.id}
        )

    def start(self, day="2026-11-10"):
        with self.at(day):
            self.campaign.action_start()
            self.run_round()

    def run_round(self):
        # what the cron commits between two companies stays in this transaction
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60):
            self.env["vti.campaign.company"]._cron_round()

    def count_mails(self, name):
        template = self.env.ref(f"vti_bpv.{name}")
        return self.env["vti.notice"].search_count([("template_id", "=", template.id), ("res_id", "=", self.line.id)])


@tagged("post_install", "-at_install")
class TestCampaign(CampaignMixin, VtiCase):
    def test_finds_members_that_could_and_have_none_yet(self):
        third = self.make_company("Third")  # a member without recognition or places
        former = self.make_company("Former", membership_state="former")
        has_one = self.make_company("Has one")
        for company in (self.other_company, former, has_one):
            self.make_recognition(company)
        self.make_vacancy(has_one, season_id=self.next_season.id)
        offered = self.make_company("Offered")
        self.make_vacancy(offered, state="expired")
        only_draft = self.make_company("Only a draft")
        self.make_vacancy(only_draft, state="draft")
        closed = self.make_company("Closed its place", vti_region_id=self.env["vti.region"].create({"name": "R"}).id)
        self.make_recognition(closed)
        self.make_vacancy(closed, season_id=self.next_season.id, state="closed")
        found = self.env["res.partner"].search(self.campaign._get_company_domain())
        mine = self.company | self.other_company | third | former | has_one | offered | only_draft | closed
        self.assertEqual(found & mine, self.company | self.other_company | offered | closed)
        self.campaign.region_ids = closed.vti_region_id
        self.assertEqual(self.env["res.partner"].search(self.campaign._get_company_domain()), closed)

    def test_a_recognition_that_ended_does_not_count(self):
        self.place.unlink()
        yesterday = fields.Date.today() - timedelta(days=1)
        for end, is_found in ((yesterday, False), (fields.Date.today(), True)):
            self.recognition.date_end = end
            found = self.env["res.partner"].search(self.campaign._get_company_domain())
            self.assertEqual(self.company in found, is_found)

    def test_finding_twice_lists_each_once(self):
        self.campaign.action_find_companies()
        before = self.campaign.company_ids
        self.campaign.action_find_companies()
        self.assertEqual(self.campaign.company_ids, before)
        self.assertIn(self.line, before)

    def test_nobody_is_asked_by_two_or_after_a_no(self):
        self.start()
        second = self.env["vti.campaign"].create({"name": "Second", "season_id": self.next_season.id})
        later = self.env["vti.season"].create({"name": "Later", "date_from": "2050-08-01", "date_to": "2051-07-31"})
        third = self.env["vti.campaign"].create({"name": "Later", "season_id": later.id})

        def finds(campaign):
            return self.company in self.env["res.partner"].search(campaign._get_company_domain())

        self.assertEqual([finds(campaign) for campaign in (self.campaign, second, third)], [True, False, True])
        self.line._answer("call", self.recruiter)
        self.campaign.action_close()
        self.assertTrue(finds(second))
        self.line._answer("none", self.recruiter, "No time")
        self.assertEqual([finds(campaign) for campaign in (second, third)], [False, True])
        with (
            patch.object(type(second), "_get_company_domain", return_value=[(0, "=", 1)]),
            self.assertRaises(UserError),
        ):
            second.action_find_companies()

    def test_asks_reminds_once_and_calls(self):
        self.start()
        self.assertEqual((self.line.state, self.line.partner_id), ("asked", self.recruiter))
        self.assertEqual(self.count_mails("mail_campaign_ask"), 1)
        for day, state, reminders in (
            ("2026-11-16", "asked", 0), ("2026-11-17", "reminded", 1), ("2026-11-23", "reminded", 1),
            ("2026-11-24", "call", 1), ("2026-12-24", "call", 1),
        ):  # fmt: skip
            with self.at(day):
                self.run_round()
                self.run_round()
            self.assertEqual((self.line.state, self.count_mails("mail_campaign_remind")), (state, reminders), day)
        self.assertEqual(len(self.line.activity_ids), 1)
        self.assertEqual(self.count_mails("mail_campaign_ask"), 1)

    def test_mail_names_the_places_and_ones_own_words(self):
        self.campaign.message = "Students ask for heat pumps."
        self.start()
        [notice] = self.env["vti.notice"].search([("partner_id", "=", self.recruiter.id)])
        self.assertIn("Intern electrical fitter", notice.body)
        self.assertIn("heat pumps", notice.body)
        self.assertIn("2027-2028", notice.subject)
        self.assertIn("/places/season/", notice.sudo().button_url)

    def test_without_an_address_one_calls(self):
        self.recruiter.email = self.company.email = False
        self.user_company.partner_id.email = False
        self.start()
        self.assertEqual(self.line.state, "call")
        self.assertTrue(self.line.activity_ids)

    def test_who_answers_is_left_alone(self):
        self.start()
        self.line._answer("new", self.recruiter)
        with self.at("2026-12-24"):
            self.run_round()
        self.assertEqual((self.line.state, self.count_mails("mail_campaign_remind")), ("answered", 0))

    def test_who_makes_places_has_answered(self):
        self.start()
        self.make_vacancy(season_id=self.next_season.id, places_offered=2)
        with self.at("2026-11-17"):
            self.run_round()
        self.assertEqual((self.line.state, self.line.answer, self.line.place_count), ("answered", "placed", 2))
        self.assertEqual(self.count_mails("mail_campaign_remind"), 0)
        self.assertEqual((self.campaign.with_place_count, self.campaign.place_count), (1, 2))

    def test_wants_a_call_and_says_no(self):
        self.start()
        self.line._answer("call", self.recruiter, "After five")
        self.assertEqual(len(self.line.activity_ids), 1)
        with self.assertRaises(UserError):
            self.line._answer("none", self.recruiter, "  ")
        self.assertEqual(self.line.answer, "call")
        self.line._answer("none", self.recruiter, "Nobody to guide")
        self.assertEqual((self.line.answer, self.line.reason), ("none", "Nobody to guide"))
        self.assertFalse(self.line.activity_ids)

    def test_staff_write_what_they_heard(self):
        self.start()
        self.line.with_user(self.user_vti).write({"answer": "none", "reason": "No guide"})
        self.assertEqual((self.line.state, self.line.answered_by_id), ("answered", self.user_vti.partner_id))

    def test_figures(self):
        other = self.env["vti.campaign.company"].create(
            {"campaign_id": self.campaign.id, "employer_id": self.other_company.id}
        )
        self.start()
        self.line._answer("new", self.recruiter)
        other._note_opened()
        campaign = self.campaign
        self.assertEqual(
            (campaign.company_count, campaign.asked_count, campaign.opened_count, campaign.answered_count), (2, 2, 2, 1)
        )
        self.assertEqual((campaign.call_count, campaign.with_place_count, campaign.place_count), (0, 0, 0))

    def test_closing_ends_it(self):
        self.start()
        self.line._answer("call", self.recruiter)
        self.assertEqual(self.campaign.call_count, 1)
        self.campaign.action_close()
        self.campaign.invalidate_recordset()
        self.assertEqual(self.campaign.call_count, 0)
        self.assertFalse(self.line.activity_ids)
        with self.at("2026-12-24"):
            self.run_round()
        self.assertEqual(self.count_mails("mail_campaign_remind"), 0)
        with self.assertRaises(UserError):
            self.campaign.action_close()
        with self.assertRaises(UserError):
            self.campaign.action_start()

    def test_staff_sees_at_once_who_was_mailed(self):
        has_one = self.env["vti.campaign.company"].create(
            {"campaign_id": self.campaign.id, "employer_id": self.other_company.id}
        )
        self.make_vacancy(self.other_company, season_id=self.next_season.id)
        with self.at("2026-11-10"):
            self.campaign.with_user(self.user_vti).action_start()
            self.assertEqual((self.line.state, has_one.state), ("asked", "answered"))
            self.run_round()
        self.assertEqual(self.count_mails("mail_campaign_ask"), 1)

    def test_rules(self):
        with self.assertRaises(UserError):
            self.env["vti.campaign"].create({"name": "Empty", "season_id": self.next_season.id}).action_start()
        past = self.env["vti.season"].create({"name": "Past", "date_from": "1990-08-01", "date_to": "1991-07-31"})
        with self.assertRaises(ValidationError):
            self.env["vti.campaign"].create({"name": "Past", "season_id": past.id})
        for user in (self.user_company, self.user_student):
            with self.assertRaises(AccessError):
                self.campaign.with_user(user).action_start()
            with self.assertRaises(AccessError):
                self.line.with_user(user).read(["reason"])


@tagged("post_install", "-at_install")
class TestCampaignPage(CampaignMixin, VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).default_lang_id = cls.env.ref("base.lang_en")

    def setUp(self):
        super().setUp()
        self.campaign.state = "running"
        self.line.write({"state": "asked", "asked_on": "2026-11-10", "partner_id": self.recruiter.id})
        self.path = self.line._get_url()
        self.authenticate(None, None)

    def post(self, status=303, path=None, **values):
        answer = self.url_open(
            path or self.path, method="POST", allow_redirects=False,
            data={"csrf_token": http.Request.csrf_token(self), **values},
        )  # fmt: skip
        self.assertEqual(answer.status_code, status)
        return answer

    def get_copies(self):
        return self.env["vti.vacancy"].search([("copied_from_id", "=", self.place.id)])

    def test_looking_changes_nothing(self):
        answer = self.url_open(self.path, allow_redirects=False)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        page = html.fromstring(answer.text)
        self.assertEqual(page.xpath("//input[@name='place']/@value"), [str(self.place.id)])
        self.assertEqual((self.line.state, self.line.opened_on), ("asked", False))
        self.post(204, f"{self.path}/seen")
        first = self.line.opened_on
        self.assertTrue(first)
        self.assertNotIn("data-vti-seen", self.url_open(self.path).text)

    def test_copies_last_seasons_places(self):
        self.place.reviewed_on = "2026-10-01"
        self.make_vacancy(name="Not ticked")
        self.post(answer="copy", place=self.place.id, how="online")
        self.assertEqual(self.get_copies().state, "published")
        self.assertEqual((self.line.state, self.line.answer, self.line.place_count), ("answered", "copy", 1))
        self.assertEqual(self.line.answered_by_id, self.recruiter)
        self.post(422, answer="copy", place=self.place.id)
        self.assertEqual(len(self.get_copies()), 1)

    def test_copies_only_its_own(self):
        other = self.make_vacancy(self.other_company)
        self.make_recognition(self.other_company)
        self.post(422, answer="copy", place=other.id)
        self.post(422, answer="copy", place="x")
        answer = self.post(422, answer="copy")
        self.assertEqual(html.fromstring(answer.text).xpath("//input[@name='place']/@checked"), [], "as one left them")
        self.assertFalse(self.env["vti.vacancy"].search([("copied_from_id", "!=", False)]))
        self.assertEqual(self.line.state, "asked")

    def test_the_other_answers(self):
        answer = self.post(422, answer="none", reason=" ")
        self.assertIn('aria-invalid="true"', answer.text)
        self.post(answer="none", reason="Nobody to guide")
        self.assertEqual((self.line.answer, self.line.reason), ("none", "Nobody to guide"))
        self.post(answer="call", reason="")
        self.assertEqual(self.line.answer, "call")
        self.assertEqual(self.line.activity_ids.create_uid, self.env.ref("base.user_root"), "no Public user")
        answer = self.post(answer="new")
        self.assertEqual(answer.headers["Location"], "/my/places/new")
        self.assertEqual(self.line.answer, "new")
        self.post(422, answer="nonsense")
        self.post(422)

    def test_links_that_no_longer_hold(self):
        outsider = self.line._sign_link("places_season", self.other_recruiter)
        wrong = self.line._sign_link("places_confirm", self.recruiter)
        for path in (f"/places/season/{outsider}", f"/places/season/{wrong}", "/places/season/x"):
            self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 410)
            self.post(410, path, answer="new")
        self.campaign.state = "closed"
        self.assertEqual(self.url_open(self.path, allow_redirects=False).status_code, 410)
        self.post(410, answer="new")
        self.assertEqual(self.line.state, "asked")
        self.campaign.state = "running"
        self.recruiter.parent_id = self.other_company
        self.assertEqual(self.url_open(self.path, allow_redirects=False).status_code, 410)

    def test_from_ones_own_pages(self):
        self.authenticate(self.user_company.login, self.user_company.login)
        self.assertIn("/my/places/season", self.url_open("/my/places").text)
        self.post(path="/my/places/season", answer="copy", place=self.place.id)
        self.assertEqual((self.get_copies().state, self.line.answer), ("draft", "copy"))
        self.assertNotIn("/my/places/season", self.url_open("/my/places").text)
        self.authenticate(self.user_other_company.login, self.user_other_company.login)
        self.assertIn("Copy places to the next season", self.url_open("/my/places/season", allow_redirects=False).text)
        self.assertEqual(self.post(path="/my/places/season").headers["Location"], "/my/places/copy")
