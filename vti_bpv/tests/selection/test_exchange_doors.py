import json
import re
from warnings import catch_warnings

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.json import json_default

from ..common import VtiHttpCase
from .test_exchange_pages import ExchangePagesMixin

LIKES = "Purple ducts in the sun"
LINE = "We fit solar panels in Woerden."
REFUSED = (AccessError, UserError, ValueError, KeyError)
QUIET = ("odoo.models", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
CARD, INTEREST = "vti.exchange.listing", "vti.exchange.interest"
DOORS = {
    "read", "web_read", "search_read", "web_search_read", "formatted_read_group", "read_group", "name_search",
    "search_count", "list", "page",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestExchangeDoors(ExchangePagesMixin, VtiHttpCase):
    """Agreeing and withdrawing by every way there is, seen through every door: pages, RPC, export."""

    @classmethod
    def get_values(cls, **values):
        return super().get_values(**{"likes": LIKES, **values})

    # the doors

    def ask_rpc(self, user, model, method, *args, **kwargs):
        """An answer over RPC, as text; empty where it is refused."""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            # `read_group` is old, and still a door
            with mute_logger(*QUIET), catch_warnings(action="ignore", category=DeprecationWarning):
                return json.dumps(call_kw(self.env[model].with_user(user), method, args, kwargs), default=json_default)
        except REFUSED:
            return ""

    def find_doors(self, card, user):
        """The doors by which a user finds this card."""
        ask = lambda *args, **kwargs: self.ask_rpc(user, CARD, *args, **kwargs)  # noqa: E731
        mine, code = [("id", "=", card.id)], f"K{card.id}"
        answers = {
            "read": LIKES in ask("read", [card.id], ["likes"]),
            "web_read": LIKES in ask("web_read", [card.id], {"likes": {}}),
            "search_read": LIKES in ask("search_read", [("likes", "ilike", "purple")], ["likes"]),
            "web_search_read": LIKES in ask("web_search_read", mine, {"likes": {}}),
            "formatted_read_group": ask("formatted_read_group", mine, ["state"], ["__count"]) not in ("", "[]"),
            "read_group": '"state_count": 1' in ask("read_group", mine, ["state"], ["state"]),
            "name_search": code in ask("name_search", "", mine),
            "search_count": ask("search_count", mine) not in ("", "0"),
            "list": LIKES in self.open_as(user, "/my/exchange")[1],
            "page": LIKES in self.open_as(user, f"/my/exchange/{card.id}")[1],
        }
        self.assertEqual(set(answers), DOORS)
        return {door for door, found in answers.items() if found}

    def open_as(self, user, path):
        self.authenticate(user and user.login, user and user.login)
        answer = self.url_open(path)
        return answer.status_code, answer.text

    def post_as(self, user, path, form_path=None, **data):
        html = self.open_as(user, form_path or path)[1]
        token = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
        return self.url_open(path, data={"csrf_token": token, **data}, allow_redirects=False)

    # agreeing

    def test_consent_opens_every_door_to_whom_it_names(self):
        card = self.show(companies=[["Bakker Techniek", "hide"]])
        self.assertEqual(self.find_doors(card, self.user_other_company), DOORS)
        for user in (self.user_company, self.user_other_student, self.user_school):
            self.assertEqual(self.find_doors(card, user), set())
        self.show(audience="named", companies=[["Bakker Techniek", "see"]])
        self.assertEqual(self.find_doors(card, self.user_other_company), set())
        self.assertEqual(self.find_doors(card, self.user_company), DOORS)

    def test_waiting_for_a_guardian_opens_none(self):
        self.student.birth_date = self.env["vti.placement"]._get_today().replace(day=1).replace(year=2012)
        card = self.show()
        self.assertEqual(self.find_doors(card, self.user_company), set())
        card.action_name_guardian("Joke", "joke@example.org")
        path = card._get_guardian_url().replace(card.get_base_url(), "")
        self.post_as(None, path, answer="yes")
        self.assertEqual(self.find_doors(card, self.user_company), DOORS)
        self.post_as(None, path, answer="no")
        self.assertEqual(self.find_doors(card, self.user_company), set())

    # withdrawing

    def test_withdrawing_closes_every_door(self):
        """By page, mail, RPC on the card, RPC on the consent, and VTI: each closes all, for who knew the name too."""
        url = self.student._get_card_url().replace(self.student.get_base_url(), "")
        rpc = lambda user, record, method: self.ask_rpc(user, record._name, method, record.ids)  # noqa: E731
        ways = {
            "page": lambda card: self.post_as(self.user_student, "/my/card/withdraw", "/my/card"),
            "mail": lambda card: self.post_as(None, f"{url}/withdraw", url),
            "card": lambda card: rpc(self.user_student, card, "action_withdraw"),
            "consent": lambda card: rpc(self.user_student, card.consent_id, "action_withdraw"),
            "VTI": lambda card: rpc(self.user_vti, card, "action_withdraw"),
        }
        for way, withdraw in ways.items():
            with self.subTest(way):
                card = self.show()
                interest = self.ask(card, line=LINE)
                interest.with_user(self.user_student).action_grant()
                path = f"/my/exchange/requests/{interest.id}"
                self.assertIn("Sam Jansen", self.open_as(self.user_other_company, path)[1])
                self.assertEqual(self.find_doors(card, self.user_company), DOORS)
                before = len(self.notices(self.other_recruiter, "over"))
                withdraw(card)
                self.assertEqual(card.state, "withdrawn")
                self.assertEqual(self.find_doors(card, self.user_company), set())
                self.assertEqual(self.find_doors(card, self.user_other_company), set())
                status, html = self.open_as(self.user_other_company, path)
                self.assertEqual(status, 200)
                self.assertFalse([word for word in ("Jansen", "87654321", LIKES) if word in html])
                self.assertEqual(len(self.notices(self.other_recruiter, "over")), before + 1)
                self.assertEqual(self.get_interest_leaks(interest), set())
                told = self.notices(self.student.partner_id, "withdrawn")
                self.assertEqual(bool(told), way == "VTI", "a student hears what somebody else did")

    def get_interest_leaks(self, interest):
        """What the company that asked still finds out of the card by way of its own question."""
        user, ids = self.user_other_company, interest.ids
        ask = lambda *args, **kwargs: self.ask_rpc(user, INTEREST, *args, **kwargs)  # noqa: E731
        self.assertIn(LINE, ask("read", ids, ["line"]), "its own words stay")
        answers = {
            "read": ask("read", ids),
            "web_read": ask("web_read", ids, {"listing_id": {"fields": {"likes": {}, "display_name": {}}}}),
            "search": ask("search_read", [("listing_id.likes", "ilike", "purple")], ["line"]),
            "contact": ask("action_view_contact", ids),
            "group": ask("formatted_read_group", [], ["student_id"], ["__count"]),
            "name": ask("name_search", "Jansen"),
            "export": ask("export_data", ids, ["listing_id/likes", "student_id/name"]),
        }
        return {
            door
            for door, text in answers.items()
            if LIKES in text or "Jansen" in text or "87654321" in text or (door == "search" and LINE in text)
        }

    # exporting

    def export(self, user, model, records, *names):
        """A file of Odoo's own export; None where it is refused."""
        self.authenticate(user.login, user.login)
        token = http.Request.csrf_token(self)
        data = {
            "model": model, "ids": records.ids, "domain": [], "import_compat": False, "context": {}, "groupby": [],
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
        }  # fmt: skip
        with mute_logger("odoo.http", "odoo.addons.web.controllers.export"):
            answer = self.url_open("/web/export/csv", data={"csrf_token": token, "data": json.dumps(data)})
        return answer.text if answer.status_code == 200 else None

    def test_export(self):
        """Portal roles export nothing, VTI's staff neither; a coordinator what stands there, and no name by it."""
        card = self.show()
        interest = self.ask(card, line=LINE)
        interest.with_user(self.user_student).action_grant()
        portal = (self.user_student, self.user_company, self.user_other_company, self.user_school)
        for _moment in ("shown", "withdrawn"):
            for user in (*portal, self.user_vti):
                self.assertIsNone(self.export(user, CARD, card, "likes", "display_name"), user.login)
                self.assertIsNone(self.export(user, INTEREST, interest, "line", "student_id/name"), user.login)
                for record, names in ((card, ["likes"]), (interest, ["line"])):
                    self.assertFalse(self.ask_rpc(user, record._name, "export_data", record.ids, names), user.login)
            for record, name, text in ((card, "likes", LIKES), (interest, "line", LINE)):
                self.assertIn(text, self.export(self.user_vti_coordinator, record._name, record, name))
                found = self.ask_rpc(self.user_vti_coordinator, record._name, "export_data", record.ids, [name])
                self.assertIn(text, found)
            card.with_user(self.user_student).action_withdraw()
        self.env["vti.exchange.listing"].browse(card.id).closed_on = "2020-01-01"
        self.env["vti.exchange.listing"]._forget_old()
        for record, name, text in ((card, "likes", LIKES), (interest, "line", LINE)):
            self.assertNotIn(text, self.export(self.user_vti_coordinator, record._name, record, name))

    # members that are none any more

    def test_former_member_sees_nothing(self):
        card = self.show()
        granted, asked = self.ask(card), self.ask(self.show(self.other_student))
        granted.with_user(self.user_student).action_grant()
        share = card._share(self.recruiter)
        link = re.search(r"/exchange/shared/\S+", share.text)[0]
        paths = ["/my/exchange", f"/my/exchange/{card.id}", "/my/exchange/requests",
                 f"/my/exchange/requests/{granted.id}"]  # fmt: skip
        for path in paths:
            self.assertEqual(self.open_as(self.user_other_company, path)[0], 200)
        self.assertEqual(self.open_as(self.user_other_company, link)[0], 200)
        views = len(granted.view_ids)
        self.other_company.write({"membership_state": "member", "membership_to": "2020-01-01"})
        self.env["res.partner"]._cron_end_memberships()
        self.assertEqual(self.other_company.membership_state, "former")
        self.assertEqual(self.find_doors(card, self.user_other_company), set())
        for path in paths:
            status, html = self.open_as(self.user_other_company, path)
            self.assertEqual(status, 403, path)
            self.assertIn("Only members", html)
            self.assertFalse([word for word in ("Jansen", LIKES, LINE) if word in html])
        self.assertEqual(self.open_as(self.user_other_company, link)[0], 410)
        for method, *args in (("read", granted.ids), ("search_read", []), ("web_search_read", [], {"line": {}}),
                              ("name_search", ""), ("action_view_contact", granted.ids)):  # fmt: skip
            self.assertNotIn("K", self.ask_rpc(self.user_other_company, INTEREST, method, *args), method)
        self.assertEqual(len(granted.view_ids), views)
        self.assertEqual({granted.state, asked.state, granted.end_kind}, {"let_go", "member"})
        self.assertIn("no longer a member", self.notices(self.other_recruiter, "over")[:1].body)
        self.assertTrue(self.notices(self.student.partner_id, "let_go"))
        self.assertFalse(self.notices(self.other_student.partner_id, "let_go"), "asked only: nothing was given")
        self.assertEqual(card.state, "visible")
        self.assertEqual(self.find_doors(card, self.user_company), DOORS)

    def test_offer_of_a_former_member_stays(self):
        card = self.show()
        interest = self.ask(card)
        interest.with_user(self.user_student).action_grant()
        place = self.make_vacancy(self.other_company)
        number = interest.with_user(self.user_other_company).action_hire(place.id, "2027-02-01", "2030-06-30")
        self.other_company.membership_state = "former"
        self.assertEqual((interest.state, card.state), ("hired", "offered"))
        self.assertEqual(self.env["vti.application"].browse(number).state, "offered")
