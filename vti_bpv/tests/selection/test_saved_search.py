import re
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ...models.selection.saved_search import CONFIRM, MOST, MOST_OF_COMPANY, MOST_PLACES, STOP
from ...tools import place_query
from ..common import VtiCase, VtiHttpCase

TODAY = "2026-11-10"


class SearchMixin:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.searches = cls.env["vti.saved.search"]
        cls.env["vti.vacancy"].search([]).write({"state": "closed"})

    def save(self, email="sam@example.org", frequency="daily", on=TODAY, partner=None, **query):
        with self.at(f"{on} 12:00:00"):
            asked = place_query.PlaceQuery(**query)
            search = self.searches._save(email, asked, frequency, partner)
            search._confirm()
        return search

    def mail(self, day):
        """Mail what is new; a test can't commit.

        :return: the new mails
        """
        before = self.env["mail.mail"].search([])
        with self.at(f"{day} 12:00:00"), patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60):
            self.searches._cron_mail()
        return self.env["mail.mail"].search([]) - before


@tagged("post_install", "-at_install")
class TestSavedSearch(SearchMixin, VtiCase):
    def test_each_new_place_is_told_once(self):
        """The day of saving counts, days before don't, and today waits until it is over."""
        self.save()
        self.make_vacancy(name="The day before", published_on="2026-11-09")
        self.make_vacancy(name="The same day", published_on=TODAY)
        self.assertFalse(self.mail(TODAY))
        mail = self.mail("2026-11-11")
        self.assertEqual(mail.email_to, "sam@example.org")
        self.assertIn("The same day", mail.body_html)
        self.assertNotIn("The day before", mail.body_html)
        self.assertFalse(self.mail("2026-11-11"))
        self.assertFalse(self.mail("2026-11-12"), "nothing new, no mail")
        self.make_vacancy(name="Later", published_on="2026-11-13")
        self.assertFalse(self.mail("2026-11-13"))
        mail = self.mail("2026-11-20")
        self.assertIn("Later", mail.body_html)
        self.assertNotIn("The same day", mail.body_html)

    def test_weekly_is_seven_days(self):
        self.save(frequency="weekly")
        self.make_vacancy(name="First day", published_on=TODAY)
        self.make_vacancy(name="Last day", published_on="2026-11-16")
        self.make_vacancy(name="Next week", published_on="2026-11-17")
        self.assertFalse(self.mail("2026-11-16"))
        mail = self.mail("2026-11-17")
        self.assertTrue("First day" in mail.body_html and "Last day" in mail.body_html)
        self.assertNotIn("Next week", mail.body_html)
        self.assertFalse(self.mail("2026-11-23"))
        self.assertIn("Next week", self.mail("2026-11-24").body_html)

    def test_the_day_is_dutch(self):
        self.save()
        self.make_vacancy(published_on=TODAY)
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        for moment, count in (("2026-11-10 22:59:00", 0), ("2026-11-10 23:01:00", 1)):
            before = self.env["mail.mail"].search_count([])
            with self.at(moment), progress:
                self.searches._cron_mail()
            self.assertEqual(self.env["mail.mail"].search_count([]) - before, count, moment)

    def test_at_most_ten_and_two_of_a_company(self):
        search = self.save()
        for _number in range(MOST_OF_COMPANY + 1):
            self.make_vacancy(published_on=TODAY)
        day = date(2026, 11, 11)
        places, more = search._get_new_places(day)
        self.assertEqual((len(places), more), (MOST_OF_COMPANY, True))
        for number in range(MOST_PLACES):
            self.make_vacancy(self.make_company(f"Company {number}"), published_on=TODAY)
        places, more = search._get_new_places(day)
        self.assertEqual((len(places), more), (MOST_PLACES, True))
        self.assertLessEqual(max(len(group) for group in places.grouped("employer_id").values()), MOST_OF_COMPANY)

    def test_ten_in_a_mail_of_several_searches_each_once(self):
        trades = self.env["vti.trade"].search([], limit=2)
        both = [self.save(), *(self.save(chosen={"trade": (trade.id,)}) for trade in trades)]
        for number in range(24):
            self.make_vacancy(self.make_company(f"Firma {number}"), trade_id=trades[number % 2].id,
                              published_on=TODAY)  # fmt: skip
        day = date(2026, 11, 11)
        for searches, counts in ((both[:1], [10]), (both[1:], [5, 5]), (both, [4, 3, 3])):
            with self.at("2026-11-11 12:00:00"):
                parts = self.searches.union(*searches)._get_digest(day)
            self.assertEqual([len(part["places"]) for part in parts], counts)
            urls = [place["url"] for part in parts for place in part["places"]]
            self.assertEqual(len({*urls}), 10)
            self.assertTrue(all(part["more"] for part in parts))

    def test_only_what_was_searched(self):
        self.save(near="Woerden", km=10)
        self.save("noor@example.org", q="heat pump")
        self.make_vacancy(name="Heat pump near", published_on=TODAY)
        mails = {mail.email_to: mail.body_html for mail in self.mail("2026-11-11")}
        self.assertEqual(set(mails), {"sam@example.org", "noor@example.org"})
        self.make_vacancy(name="Cables near", published_on="2026-11-11")
        self.assertEqual(self.mail("2026-11-12").email_to, "sam@example.org")

    def test_one_mail_for_all_searches_of_an_address(self):
        first, second = self.save(), self.save(q="cables")
        self.make_vacancy(name="Cables", published_on=TODAY)
        mail = self.mail("2026-11-11")
        self.assertEqual(len(mail), 1)
        stop = re.search(r"<([^>]+/zoekopdracht/stop/[^>]+)>", mail.headers)[1]
        self.assertIn("'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'", mail.headers)
        self.assertEqual(self.searches._open_records(STOP, stop.rsplit("/", 1)[1]), first | second)

    def test_unconfirmed_is_never_mailed_and_forgotten(self):
        with self.at(f"{TODAY} 12:00:00"):
            waiting = self.searches._save("eve@example.org", place_query.PlaceQuery(), "daily")
        self.make_vacancy(published_on=TODAY)
        self.assertFalse(self.mail("2026-11-11"))
        active = self.save()
        waiting.flush_recordset()
        self.env.cr.execute("UPDATE vti_saved_search SET create_date = '2026-11-10 12:00:00'")
        self.env.invalidate_all()
        for day, left in (("2026-11-17", waiting | active), ("2026-11-18", active), ("2027-11-10", active)):
            with self.at(f"{day} 13:00:00"):
                self.searches._gc_searches()
            self.assertEqual(self.searches.search([]), left, day)
        with self.at("2027-11-11 13:00:00"):
            self.searches._gc_searches()
        self.assertFalse(active.exists())

    def test_five_for_an_address(self):
        for number in range(MOST):
            self.assertTrue(self.save(q=f"word{number}"))
        self.assertFalse(self.save(q="one more"))
        self.assertEqual(self.save(q="word1", frequency="weekly").frequency, "daily", "only its owner changes it")
        partner = self.student.partner_id
        self.assertEqual(self.save(q="word1", frequency="weekly", partner=partner).frequency, "weekly")

    def test_one_bad_address_stops_nobody(self):
        bad, _good = self.save("bad@example.org"), self.save("good@example.org")
        self.make_vacancy(published_on=TODAY)
        digest = type(self.searches)._get_digest

        def fail(this, today):
            if bad in this:
                raise ValueError
            return digest(this, today)

        logger = "odoo.addons.vti_bpv.tools.rounds"
        with patch.object(type(self.searches), "_get_digest", fail), self.assertLogs(logger, "ERROR"):
            self.assertEqual(self.mail("2026-11-11").email_to, "good@example.org")

    def test_in_words(self):
        chosen = {"kind": ("mbo",), "level": ("2",), "trade": (self.qualification.trade_id.id,), "paid": True}
        label = self.searches._get_label(place_query.PlaceQuery(q="pump", near="Woerden", km=10, chosen=chosen))
        trade = self.qualification.trade_id.name
        self.assertEqual(label, f"pump, within 10 km of Woerden, mbo internship, {trade}, level 2, allowance or salary")
        self.assertEqual(self.searches._get_label(place_query.PlaceQuery()), "all places")


@tagged("post_install", "-at_install")
class TestSavedSearchPages(SearchMixin, VtiHttpCase):
    def post(self, path="/zoekopdracht", page=None, **data):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(page or path).text)[1]
        with patch("odoo.addons.vti_bpv.controllers.selection.common.looks_automatic", return_value=False):
            answer = self.url_open(path, data={"csrf_token": token, **data}, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def test_a_visitor_confirms_the_address_first(self):
        self.make_vacancy()
        self.authenticate(None, None)
        self.assertIn("/zoekopdracht?q=fitter", self.url_open("/stages?q=fitter").text)
        with patch.object(type(self.env["mail.mail"]), "send", autospec=True) as send:
            answer = self.post(q="fitter", email="eve@example.org", frequency="daily")
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(send.called, "who asked waits for it: not only with the next round")
        search = self.searches.search([("email", "=", "eve@example.org")])
        self.assertEqual((search.params, search.frequency, search.confirmed_on), ("q=fitter", "daily", False))
        mail = self.env["mail.mail"].search([("email_to", "=", "eve@example.org")])
        path = re.search(r"/zoekopdracht/confirm/[\w.=-]+", mail.body_html)[0]
        self.url_open(path)
        self.env.invalidate_all()
        self.assertFalse(search.confirmed_on, "opening a link changes nothing")
        self.assertEqual(self.post(path).status_code, 303)
        self.assertTrue(search.confirmed_on)
        self.assertEqual(self.post(q="fitter", email="eve@example.org", frequency="weekly").status_code, 303)
        self.assertEqual(search.frequency, "daily", "nobody else changes it")

    def test_who_is_logged_in_needs_no_mail(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        self.assertEqual(self.post(email="eve@example.org", frequency="weekly").status_code, 303)
        search = self.searches.search([])
        self.assertEqual((search.email, search.partner_id), (self.user_student.email, self.student.partner_id))
        self.assertTrue(search.confirmed_on)
        self.assertIn("/zoekopdracht/stop/", self.url_open("/bewaard").text)
        self.authenticate(self.user_other_student.login, self.user_other_student.login)
        self.assertNotIn("/zoekopdracht/stop/", self.url_open("/bewaard").text)

    def test_what_is_wrong_is_said(self):
        self.authenticate(None, None)
        for data in (
            {"email": "eve", "frequency": "daily"}, {"email": "eve@example.org", "frequency": "hourly"},
            {"email": "eve@example.org", "frequency": "daily", "near": "Nergenshuizen"},
        ):  # fmt: skip
            with self.subTest(data):
                answer = self.post(**data)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(data["email"], answer.text)
        self.assertFalse(self.searches.search([]))

    def test_stop_with_one_click_without_session(self):
        mine, also, theirs = self.save(), self.save(q="cables"), self.save("noor@example.org")
        path = (mine | also)._get_stop_url().split("/", 3)[3]
        self.authenticate(None, None)
        self.assertEqual(self.url_open(f"/{path}").status_code, 200)
        self.assertTrue(mine.exists())
        self.opener.cookies.clear()
        self.url_open(f"/{path}", data={"search": str(theirs.id)})
        self.assertTrue(theirs.exists() and mine.exists() and also.exists())
        self.url_open(f"/{path}", data={"search": str(also.id)})
        self.assertTrue(mine.exists() and not also.exists())
        answer = self.url_open(f"/{path}", data={"List-Unsubscribe": "One-Click"}, allow_redirects=False)
        self.assertEqual((answer.status_code, bool(mine.exists()), bool(theirs.exists())), (200, False, True))
        self.assertEqual(self.url_open(f"/{path}").status_code, 410)

    def test_a_link_serves_one_purpose(self):
        search = self.save()
        self.authenticate(None, None)
        for path in (
            f"stop/{search._sign_records(CONFIRM, 7)}", f"confirm/{search._sign_records(STOP, 7)}",
            f"stop/{search._sign_records(STOP, -1)}", "stop/x", f"stop/{search._sign_records(STOP, 7)[:-4]}AAAA",
        ):  # fmt: skip
            with self.subTest(path):
                self.assertEqual(self.url_open(f"/zoekopdracht/{path}").status_code, 410)
        self.assertTrue(search.exists())
        self.assertEqual(search.covered_until, date(2026, 11, 10) - timedelta(days=1))
