import re
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.selection.exchange_search import parse
from ..common import VtiHttpCase
from .test_exchange import ExchangeMixin

UNTIL = "2030-01-01"


class ExchangePagesMixin(ExchangeMixin):
    """The same by the clock of the pages, which doesn't stand still: a card is shown for a year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student.partner_id.phone = "06 87654321"

    @classmethod
    def get_values(cls, **values):
        today = cls.env["vti.placement"]._get_today()
        return super().get_values(**{"until": str(today.replace(day=1).replace(year=today.year + 1)), **values})


@tagged("post_install", "-at_install")
class TestExchangePages(ExchangePagesMixin, VtiHttpCase):
    """The pages of student, guardian and company, and the links in mails."""

    def _token(self):
        return re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/web/login").text)[1]

    def _log_in(self, user):
        self.authenticate(user and user.login, user and user.login)

    def _post(self, path, **data):
        html = self.url_open(path.rpartition("/")[0] or path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', html) or re.search(
            r'csrf_token: "([^"]+)"', self.url_open("/my/account").text
        )
        token = token[1] if token else self._token()
        return self.url_open(path, data={"csrf_token": token, **data}, allow_redirects=False)

    def _form(self, **values):
        values = {**self.get_values(), **values}
        values.pop("companies")
        return values

    def test_student_agrees_and_withdraws(self):
        self._log_in(self.user_student)
        page = self.url_open("/my/card")
        self.assertIn("Shall we show you", page.text)
        answer = self._post("/my/card/save", **self._form(agreed="", likes="I like pipes"))
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Tick the box", answer.text)
        self.assertIn("I like pipes", answer.text)
        self.assertIn('aria-describedby="agreed_error"', answer.text)
        answer = self._post(
            "/my/card/save", **self._form(company_0="Bakker Techniek", may_0="hide", company_1="Nobody", may_1="see")
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("company_1_error", answer.text)
        self.assertEqual(
            self._post("/my/card/save", **self._form(company_0="Bakker Techniek", may_0="hide")).status_code, 303
        )
        card = self.student._get_card()
        self.assertEqual((card.state, card.excluded_ids), ("visible", self.company))
        self.assertEqual(self._post("/my/card/withdraw").status_code, 303)
        self.assertEqual(card.state, "withdrawn")
        self.assertEqual(self._post("/my/card/nonsense").status_code, 404)

    def test_link_of_a_mail(self):
        card = self.show()
        interest = self.ask(card)
        self._log_in(None)
        path = self.student._get_card_url().replace(self.student.get_base_url(), "")
        self.assertIn("De Vries Elektra", self.url_open(path).text)
        self.assertEqual(interest.state, "asked", "looking changes nothing")
        self.assertEqual(self._post(f"{path}/grant", id=str(interest.id)).status_code, 303)
        self.assertEqual(interest.state, "granted")
        other = self.ask(self.show(self.other_student))
        self.assertEqual(self._post(f"{path}/grant", id=str(other.id)).status_code, 404)
        self.assertEqual(other.state, "asked")
        self.assertEqual(self._post(f"{path}/withdraw").status_code, 303)
        self.assertEqual((card.state, interest.end_kind), ("withdrawn", "withdrawn"))
        self.assertEqual(self.url_open(f"{path}x").status_code, 410)

    def test_guardians_link(self):
        self.student.birth_date = self.env["vti.placement"]._get_today().replace(day=1).replace(year=2012)
        self._log_in(self.user_student)
        self._post("/my/card/save", **self._form())
        card = self.student._get_card()
        answer = self._post("/my/card/guardian", guardian_name="Joke", guardian_email=self.student.email)
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(
            self._post("/my/card/guardian", guardian_name="Joke", guardian_email="j@example.org").status_code, 303
        )
        self._log_in(None)
        path = card._get_guardian_url().replace(card.get_base_url(), "")
        self.assertIn("Yes, I agree", self.url_open(path).text)
        self.assertEqual(card.state, "consented")
        self.assertEqual(self._post_here(path, answer="yes").status_code, 303)
        self.assertEqual((card.state, card.consent_id.given_by_id.name), ("visible", "Joke"))
        self.assertIn("I no longer agree", self.url_open(path).text)
        self._post_here(path, answer="no")
        self.assertEqual(card.state, "withdrawn")
        self.assertEqual(self.url_open(path.replace("guardian", "card")).status_code, 410)

    def _post_here(self, path, **data):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(path).text)[1]
        return self.url_open(path, data={"csrf_token": token, **data}, allow_redirects=False)

    def test_company_asks_and_sees_contact_after_yes(self):
        card = self.show()
        self._log_in(self.user_other_company)
        for path in ("/my/exchange", f"/my/exchange/{card.id}"):
            html = self.url_open(path).text
            self.assertIn("Solar panels", html)
            for secret in ("Sam", "Jansen", "87654321", "3511", self.school.name, self.student.code):
                self.assertNotIn(secret, html, path)
        answer = self._post(f"/my/exchange/{card.id}/ask", line="")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self._post(f"/my/exchange/{card.id}/ask", line="Come and see").status_code, 303)
        interest = card.interest_line_ids
        path = f"/my/exchange/requests/{interest.id}"
        self.assertNotIn("Jansen", self.url_open(path).text)
        interest.action_grant()
        html = self.url_open(path).text
        self.assertIn("Sam Jansen", html)
        self.assertIn("87654321", html)
        self.assertEqual(interest.view_ids.partner_id, self.other_recruiter)
        self.assertNotIn("Jansen", self.url_open("/my/exchange/requests").text)
        self._log_in(self.user_student)
        self.assertIn(self.other_recruiter.name, self.url_open("/my/card").text)
        card.with_user(self.user_student).action_withdraw()
        self._log_in(self.user_other_company)
        html = self.url_open(path).text
        self.assertNotIn("Jansen", html)
        self.assertNotIn("Solar panels", html)
        self.assertEqual(self.url_open(f"/my/exchange/{card.id}").status_code, 404)
        self.assertEqual(len(interest.view_ids), 1)

    def test_offering_a_place(self):
        card = self.show()
        interest = self.ask(card)
        interest.action_grant()
        place = self.make_vacancy(self.other_company)
        self._log_in(self.user_other_company)
        path = f"/my/exchange/requests/{interest.id}"
        answer = self._post(
            f"{path}/hire", vacancy_id=str(place.id), date_from="", date_to="2027-06-30", note="Welcome"
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Welcome", answer.text)
        answer = self._post(f"{path}/hire", vacancy_id="\u00b2", date_from="0001-01-01", date_to="2027-06-30")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Look at the year again.", answer.text)
        form = {"vacancy_id": str(place.id), "date_from": "2027-02-01", "date_to": "2030-06-30", "note": ""}
        answer = self._post(f"{path}/hire", **form)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual((card.state, interest.application_id.state), ("offered", "offered"))
        self.assertIn(f"/my/candidates/{interest.application_id.id}", answer.headers["Location"])
        self.assertEqual(self._post(f"{path}/hire", **form).status_code, 422)

    def test_sharing(self):
        card = self.show()
        self._log_in(self.user_company)
        html = self._post(f"/my/exchange/{card.id}/share").text
        share = card.share_ids
        self.assertIn("https://wa.me/?text=", html)
        for secret in ("Sam", "Jansen", "3511", self.school.name):
            self.assertNotIn(secret, share.text)
        path = re.search(r"/exchange/shared/\S+", share.text)[0]
        self.assertTrue(self.url_open(path).url.endswith(f"/my/exchange/{card.id}"))
        self._log_in(self.user_other_company)
        self.url_open(path)
        share.invalidate_recordset()
        self.assertEqual(share.opened_count, 2)
        self._log_in(None)
        self.assertIn("/web/login", self.url_open(path).url)
        for user in (self.user_student, self.user_school):
            self._log_in(user)
            self.assertEqual(self.url_open(path).status_code, 410)
        self._log_in(self.user_company)
        self.assertEqual(self.url_open(f"{path[:-4]}AAAA").status_code, 410)
        card.with_user(self.user_student).action_withdraw()
        self.assertEqual(self.url_open(path).status_code, 410)
        share.invalidate_recordset()
        self.assertEqual(share.opened_count, 2)

    def test_named_companies_are_not_the_group(self):
        """Who named the companies that see the card didn't mean all members by it."""
        card = self.show(audience="named", companies=[(self.company.name, "see")])
        self._log_in(self.user_company)
        page = self.url_open(f"/my/exchange/{card.id}")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("Make a message", page.text)
        answer = self._post(f"/my/exchange/{card.id}/share")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("to all members", answer.text)
        with self.assertRaisesRegex(UserError, "to all members"):
            card.with_user(self.user_vti).action_share()
        self.assertFalse(card.share_ids)

    def test_zone_is_no_postcode_of_ones_own(self):
        """All of a town have the same one, so that no distance or filter tells a quarter."""
        zones = set()
        for code in ("3511", "3584"):
            self.student.partner_id.zip = f"{code} AB"
            zones.add(self.show().zone_id)
        self.assertEqual([zone.place for zone in zones], ["Utrecht"])

    def test_filters_and_level_2_first(self):
        card = self.show()
        fourth = self.make_student("Lot Vos", qualification_id=self.qualification_4.id)
        self.show(fourth, likes="Cooling")
        cards = self.env["vti.exchange.listing"].with_user(self.user_company)
        find = lambda **values: cards._find_cards(parse(values)).cards.sudo()  # noqa: E731
        self.assertEqual(find(level="4"), fourth._get_card())
        self.assertEqual(find(level="2"), card)
        self.assertEqual(find(level="9; --", trade="x", near="", page="-1").ids[0], fourth._get_card().id)
        self.assertEqual(len(find(near="Utrecht", km="10")), 2)
        self.assertFalse(find(near="Maastricht", km="10"))
        self.company.with_user(self.user_company).action_prefer_level2(True)
        self.assertEqual(find()[0], card)
        place = self.make_vacancy()
        self.assertEqual(find(place=str(place.id)) & card, card)
        best = cards._find_cards(parse({})).reasons
        self.assertEqual(best[card.with_user(self.user_company)][0], place)

    def test_following(self):
        follow = self.env["vti.exchange.follow"]
        self._log_in(self.user_company)
        self.assertEqual(self._post("/my/exchange/follow", level="2").status_code, 303)
        mine = follow.search([("partner_id", "=", self.recruiter.id)])
        self.assertEqual((len(mine), mine.params), (1, "level=2"))
        self._post("/my/exchange/follow", level="2")
        self.assertEqual(follow.search_count([("partner_id", "=", self.recruiter.id)]), 1)
        card = self.show()
        self.show(self.make_student("Lot Vos", qualification_id=self.qualification_4.id))
        notices = lambda: self.notices(self.recruiter, "follow")  # noqa: E731
        # a test can't commit
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60))
        follow._cron_mail()
        self.assertFalse(notices(), "a week isn't over")
        self.env.cr.execute("UPDATE vti_exchange_follow SET told_on = told_on - interval '7 days'")
        mine.invalidate_recordset()
        follow._cron_mail()
        self.assertIn(f"/my/exchange/{card.id}", notices().body)
        self.assertEqual(notices().body.count("/my/exchange/"), 1)
        follow._cron_mail()
        self.assertEqual(len(notices()), 1)
        path = re.search(r"/exchange/follow/[^\"]+", notices().body)[0]
        self._log_in(None)
        self.assertEqual(self.url_open(path).status_code, 200)
        self.assertTrue(mine.exists())
        self._post_here(path)
        self.assertFalse(mine.exists())
        self.assertEqual(self.url_open(path).status_code, 410)

    def test_same_queries_for_one_card_as_for_many(self):
        self.make_vacancy()
        self.show()
        cards = self.env["vti.exchange.listing"].with_user(self.user_company)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = cards._find_cards(parse({}))
            for card in found.cards:
                card._get_labels()
            return self.env.cr.sql_log_count - before, found.total

        count()
        one, total = count()
        self.assertEqual(total, 1)
        for number in range(8):
            self.show(self.make_student(f"Pupil N{number}"))
        many, total = count()
        self.assertEqual((total, many), (9, one))

    def test_phone_request_of_vti(self):
        wizard = self.env["vti.exchange.phone"].with_user(self.user_vti).create({"student_id": self.student.id})
        with self.assertRaisesRegex(Exception, "Read the text"):
            wizard.action_save()
        wizard.write({"is_said": True, "excluded_ids": [(6, 0, self.company.ids)], "likes": "Pipes"})
        wizard.action_save()
        card = self.student._get_card()
        self.assertEqual((card.state, card.excluded_ids, card.likes), ("visible", self.company, "Pipes"))
        consent = card.consent_id
        self.assertEqual((consent.channel, consent.noted_by_id, consent.given_by_id),
                         ("phone", self.user_vti, self.student.partner_id))  # fmt: skip

    @mute_logger("odoo.http")
    def test_good_word_on_the_page(self):
        application = self.make_application(state="refused", end_kind="refused", shown_on="2026-11-01 10:00:00")
        self._log_in(self.user_company)
        path = f"/my/exchange/recommend/{application.id}"
        self.assertEqual(self._post_here(path, line="Sam is good").status_code, 422)
        self.assertEqual(self._post_here(path, line="We were full").status_code, 303)
        self._log_in(self.user_other_company)
        self.assertEqual(self.url_open(path).status_code, 404)
