import json
import re

import extruct

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import KindsMixin


@tagged("post_install", "-at_install")
class TestEventPage(KindsMixin, HttpCase):
    """What search engines and visitors get of an event."""

    def _get_markup(self, event):
        html = self.url_open(f"/en{event.website_url}").text
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        self.assertNotIn("itemtype", html, "no microdata beside it")
        return json.loads(found[0]) if found else None

    def test_markup(self):
        place = self.env["res.partner"].create(
            {"name": "De Hal", "street": "Kade 1", "zip": "3511 AB", "city": "Utrecht",
             "country_id": self.env.ref("base.nl").id}
        )  # fmt: skip
        event = self.make_event(audience="everybody", address_id=place.id, date_begin="2099-07-01 09:00:00",
                                date_end="2099-07-01 11:30:00", name="Look </script> here")  # fmt: skip
        found = self._get_markup(event)
        names = ("@type", "name", "startDate", "endDate", "eventStatus", "eventAttendanceMode")
        self.assertEqual(
            {name: found[name] for name in names},
            {"@type": "Event", "name": "Look </script> here", "startDate": "2099-07-01T11:00:00+02:00",
             "endDate": "2099-07-01T13:30:00+02:00", "eventStatus": "https://schema.org/EventScheduled",
             "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode"},
        )  # fmt: skip
        self.assertEqual(found["location"]["name"], "De Hal")
        self.assertEqual(found["location"]["address"], {
            "@type": "PostalAddress", "streetAddress": "Kade 1", "postalCode": "3511 AB", "addressLocality": "Utrecht",
            "addressCountry": "NL"})  # fmt: skip
        self.assertTrue(found["url"].endswith(event.website_url))

    def test_markup_tells_the_truth(self):
        event = self.make_event(audience="everybody", date_begin="2099-12-01 09:00:00", date_end="2099-12-01 10:00:00")
        self.assertEqual(self._get_markup(event)["startDate"], "2099-12-01T10:00:00+01:00", "winter time")
        self.assertEqual(self._get_markup(event)["offers"]["availability"], "https://schema.org/InStock")
        event.write({"seats_limited": True, "seats_max": 1})
        self.register(event, self.recruiter)
        self.assertEqual(self._get_markup(event)["offers"]["availability"], "https://schema.org/SoldOut")
        event.write({"address_id": False, "event_url": "https://call.example.org/x", "moved_online": True})
        found = self._get_markup(event)
        self.assertEqual(found["eventStatus"], "https://schema.org/EventMovedOnline")
        self.assertEqual(found["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode")
        self.assertNotIn("call.example.org", json.dumps(found), "the call is for who signed up")
        event.kanban_state = "cancel"
        found = self._get_markup(event)
        self.assertEqual(found["eventStatus"], "https://schema.org/EventCancelled")
        self.assertNotIn("offers", found)

    def test_no_markup_for_closed_events(self):
        event = self.make_event("guest_lesson")
        self.authenticate(self.user_student.login, self.user_student.login)
        answer = self.url_open(f"/en{event.website_url}")
        self.assertIn(event.name, answer.text)
        self.assertNotIn("ld+json", answer.text)
        self.assertIn("noindex", answer.text)

    def test_closed_events_are_not_there_for_others(self):
        event = self.make_event("guest_lesson", name="Secret lesson", school_ids=[(6, 0, self.school.ids)])
        for login in (None, self.user_other_student.login, self.user_company.login):
            self.authenticate(login, login)
            for path in (event.website_url, f"{event.website_url}/register", f"{event.website_url}/agenda.ics"):
                self.assertEqual(self.url_open(f"/en{path}", allow_redirects=False).status_code, 404, (login, path))
            self.assertNotIn("Secret lesson", self.url_open("/en/event").text)
        self.assertNotIn(event.website_url, self.url_open("/sitemap.xml").text)
        self.authenticate(self.user_student.login, self.user_student.login)
        self.assertIn("Secret lesson", self.url_open("/en/event").text)
        self.assertEqual(self.url_open(f"/en{event.website_url}").status_code, 200)

    def test_huge_and_false_numbers(self):
        for slug in ("x-99999999999999", "0", "abc", "a-1-2-99999999"):
            self.assertEqual(self.url_open(f"/en/event/{slug}", allow_redirects=False).status_code, 404, slug)

    def _get(self, path):
        return self.url_open(path).text

    def test_list_filters_and_pages(self):
        self.make_event("workshop", name="Feedback workshop")
        self.make_event("training", name="Start training")
        past = self.make_event("network", name="Old network", is_closed=False, audience="everybody",
                               date_begin="2020-01-01 10:00:00", date_end="2020-01-01 12:00:00")  # fmt: skip
        self.assertIn("Start training", self._get("/en/event?kind=training"))
        self.assertNotIn("Feedback workshop", self._get("/en/event?kind=training"))
        self.assertIn("Feedback workshop", self._get("/en/event?q=feedback"))
        self.assertNotIn(past.name, self._get("/en/event"))
        self.assertIn(past.name, self._get("/en/event?past=1"))
        for path in ("/en/event?kind=x&q=%25", "/en/event/page/99", "/en/event?past=2"):
            self.assertEqual(self.url_open(path).status_code, 200)

    def test_same_queries_for_one_and_for_twenty(self):
        self.make_event()
        self.url_open("/en/event")
        few = self._count_queries()
        for number in range(15):
            self.make_event(name=f"Workshop {number}")
        self.env.flush_all()
        self.assertLessEqual(self._count_queries(), few + 2)

    def _count_queries(self):
        before = self.env.cr.sql_log_count
        self.env.invalidate_all()
        Event = self.env["event.event"].with_user(self.env.ref("base.public_user"))
        events = Event.search(Event._get_list_domain(), limit=20)
        for event in events:
            event._get_when(), event._get_place(), event._is_full(), event.website_url
        return self.env.cr.sql_log_count - before

    def test_old_ways_in_are_shut(self):
        event = self.make_event(audience="everybody")
        self.authenticate(None, None)
        html = self.url_open(f"/en{event.website_url}").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
        answer = self.url_open(f"/event/{event.id}/registration/confirm", data={"csrf_token": token, "1-name-1": "X"},
                               allow_redirects=False)  # fmt: skip
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(event.registration_ids)

    def test_calendar_file(self):
        event = self.make_event(audience="everybody", name="Workshop; part 1")
        answer = self.url_open(f"/en{event.website_url}/agenda.ics")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/calendar"))
        self.assertIn("DTSTART:20990303T090000Z\r\nDTEND:20990303T110000Z\r\n", answer.text)
        self.assertIn("SUMMARY:Workshop\\; part 1\r\n", answer.text)
        event.write({"address_id": False, "event_url": "https://call.example.org/x"})
        self.assertNotIn("call.example.org", self.url_open(f"/en{event.website_url}/agenda.ics").text)
        mine = self.register(event, self.recruiter)
        path = mine._get_link().removeprefix(mine.get_base_url())
        self.assertIn("call.example.org", self.url_open(f"/en{path}/agenda.ics").text, "for who signed up")
        event.kanban_state = "cancel"
        self.assertIn("STATUS:CANCELLED", self.url_open(f"/en{event.website_url}/agenda.ics").text)

    def test_the_call_and_what_staff_noted_stay_hidden(self):
        """By RPC too: neither read, nor guessed letter by letter, nor in Odoo's own calendar file."""
        call = "https://call.example.org/x"
        event = self.make_event(audience="everybody", address_id=False, event_url=call, note="<p>Speaker is ill</p>")
        event.message_post(body=event.note, message_type="comment", subtype_xmlid="mail.mt_comment")
        for user in (self.user_student, self.user_company, self.env.ref("base.public_user")):
            mine = event.with_user(user)
            self.assertEqual(mine.read(["name"])[0]["name"], event.name)
            for field in ("event_url", "note", "user_id", "waiting_ids", "registration_ids", "message_ids"):
                with self.assertRaises(AccessError, msg=field):
                    mine.read([field])
            with self.assertRaises(AccessError):
                mine.search([("event_url", "like", "https://call")])
            self.assertFalse(self.env["mail.message"].with_user(user).search([("model", "=", "event.event")]))
            self.assertNotIn("call.example", mine.event_share_url)
        self.assertEqual(event.with_user(self.user_vti).event_url, call)
        self.authenticate(None, None)
        self.assertNotIn("call.example", self.url_open(f"/event/{event.id}/ics").text)
        self.assertNotIn("call.example", self.url_open(f"/en{event.website_url}").text)

    def test_search_engines_read_one_event(self):
        """As a search engine's own reader sees the page: one Event, and nothing of Odoo's stock microdata."""
        event = self.make_event(audience="everybody")
        found = extruct.extract(
            self.url_open(f"/en{event.website_url}").text, syntaxes=["json-ld", "microdata", "rdfa"]
        )
        self.assertEqual([one["@type"] for one in found["json-ld"] if one["@type"] == "Event"], ["Event"])
        self.assertEqual(found["microdata"], [])
        closed = self.make_event("guest_lesson")
        self.authenticate(self.user_student.login, self.user_student.login)
        page = self.url_open(f"/en{closed.website_url}").text
        self.assertEqual(extruct.extract(page, syntaxes=["json-ld", "microdata"]), {"json-ld": [], "microdata": []})
