from unittest.mock import patch

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase


@tagged("post_install", "-at_install")
class TestPause(VtiCase):
    """A pause with an end: online again on that day, unless something stands in the way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_recognition(cls.company)
        cls.place = cls.make_vacancy(mentor_id=cls.recruiter.id, contact_id=cls.recruiter.id)

    def pause(self, until, user=None, moment="2026-11-10 12:00"):
        with self.at(moment):
            self.place.with_user(user or self.user_company).action_pause(until)

    def expire_on(self, moment):
        with self.at(moment), patch.object(type(self.env["ir.cron"]), "_commit_progress"):  # a test can't commit
            self.env["vti.vacancy"]._cron_expire()

    def test_online_again_on_the_day(self):
        self.pause("2026-11-20")
        self.assertEqual(self.place.state, "paused")
        self.expire_on("2026-11-19 22:59")
        self.assertEqual(self.place.state, "paused")
        self.expire_on("2026-11-19 23:00")
        self.assertEqual((self.place.state, self.place.paused_until), ("published", False))
        self.assertTrue(self.env["vti.notice"].search_count(
            [("template_id", "=", self.env.ref("vti_bpv.mail_vacancy_resumed").id)]
        ))  # fmt: skip

    def test_without_an_end_it_stays_offline(self):
        self.pause(None)
        self.expire_on("2027-01-19 12:00")
        self.assertEqual(self.place.state, "paused")

    def test_what_may_not_be_online_stays_offline(self):
        self.pause("2026-11-20")
        self.company.recognition_ids.status = "withdrawn"
        self.expire_on("2026-11-20 12:00")
        self.assertEqual((self.place.state, self.place.paused_until), ("paused", False))

    def test_days(self):
        for day in ("2026-11-10", "2026-11-09", "2027-11-11", "soon"):
            with self.subTest(day=day), self.assertRaises(UserError):
                self.pause(day)
        self.pause("2027-11-10")
        self.assertEqual(str(self.place.paused_until), "2027-11-10")

    def test_another_state_forgets_the_day(self):
        self.pause("2026-11-20")
        with self.at("2026-11-11 12:00"):
            self.place.with_user(self.user_company).action_resume()
        self.assertFalse(self.place.paused_until)

    def test_all_of_a_company_and_of_no_other(self):
        second, other = self.make_vacancy(), self.make_vacancy(self.other_company)
        with self.at("2026-11-10 12:00"):
            with self.assertRaises(AccessError):
                self.company.with_user(self.user_other_company).action_pause_places("2026-11-20")
            self.assertEqual(self.company.with_user(self.user_company).action_pause_places("2026-11-20"), 2)
        self.assertEqual((self.place | second).mapped("state"), ["paused"] * 2)
        self.assertEqual(other.state, "published")

    def test_vti_pauses_a_company_on_its_form(self):
        company = self.company.with_user(self.user_vti)
        with self.at("2026-11-10 12:00"):
            company.places_paused_until = "2026-12-01"
            self.assertEqual((self.place.state, str(self.place.paused_until)), ("paused", "2026-12-01"))
            company.invalidate_recordset()
            self.assertEqual(str(company.places_paused_until), "2026-12-01")
            company.places_paused_until = False
        self.assertEqual(self.place.state, "published")


@tagged("post_install", "-at_install")
class TestPausePages(VtiHttpCase):
    def test_form_and_what_students_read(self):
        place = self.make_vacancy()
        self.authenticate(self.user_company.login, self.user_company.login)
        self.assertIn('name="until"', self.url_open(f"/my/places/{place.id}").text)
        form = {"csrf_token": http.Request.csrf_token(self), "until": "yesterday"}
        self.url_open(f"/my/places/{place.id}/pause", data=form)
        self.assertEqual(place.state, "published")
        day = self.env["vti.placement"]._get_today().replace(day=1, month=1)
        form["until"] = str(day.replace(year=day.year + 1))
        self.url_open("/my/places/pause", data=form)
        self.assertEqual(place.state, "paused")
        self.authenticate(None, None)
        page = self.url_open("/en" + place._get_page_path()).text
        self.assertIn(f"You can apply from 1 January {day.year + 1}", page)
