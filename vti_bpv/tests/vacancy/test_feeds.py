import json
from datetime import datetime
from time import mktime
from unittest.mock import patch

import feedparser
from lxml import etree, html

from odoo.tests import tagged
from odoo.tools import file_open

from ...controllers.vacancy import feeds as controller
from ...tools import feeds
from ..common import VtiHttpCase

FORMS = ("atom", "xml", "json")


@tagged("post_install", "-at_install")
class TestFeeds(VtiHttpCase):
    """What job sites and readers get, by parsers that aren't ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).default_lang_id = cls.env.ref("base.lang_en")
        cls.env["vti.vacancy"].search([]).write({"state": "closed"})
        cls.company.write({"street": "Kade 1", "website": "https://bakker.example/?a=1&b=2"})
        cls.place = cls.make_vacancy(
            name='Stage <elektro> & "monteur" \x0b]]>',
            description="You pull cables.\nAnd <script>alert(1)</script> & test \x00them.".replace("\x00", "\x01"),
            allowance=350,
        )

    def get(self, path, status=200, **headers):
        answer = self.url_open(path, allow_redirects=False, headers=headers)
        self.assertEqual(answer.status_code, status, path[:90])
        return answer

    def titles(self, query="", form="json", status=200):
        answer = self.get(f"/stages/feed.{form}{query}", status)
        if form == "atom":
            return [entry.title for entry in feedparser.parse(answer.content).entries]
        if form == "xml":
            return [job.findtext("title") for job in etree.fromstring(answer.content).findall("job")]
        return [posting["title"] for posting in answer.json()["itemListElement"]]

    def test_atom_is_read_by_a_reader_of_feeds(self):
        answer = self.get("/stages/feed.atom")
        self.assertEqual(answer.headers["Content-Type"], "application/atom+xml; charset=utf-8")
        feed = feedparser.parse(answer.content, sanitize_html=False)
        self.assertFalse(feed.bozo)
        self.assertEqual((feed.version, len(feed.entries)), ("atom10", 1))
        (entry,) = feed.entries
        base = self.env["website"].get_current_website().get_base_url()
        self.assertEqual(entry.link, base + self.place._get_page_path())
        self.assertEqual(entry.id, entry.link)
        self.assertEqual(entry.title, 'Stage <elektro> & "monteur" ]]>')
        self.assertEqual((entry.author, entry.tags[0].term), (self.company.name, self.place.trade_id.name))
        self.assertIn("&lt;script&gt;", entry.content[0].value)
        self.assertEqual(entry.content[0].type, "text/html")
        self.assertTrue(feed.feed.updated and feed.feed.title and entry.summary)
        self.assertEqual(entry.published, "2026-10-01T00:00:00+02:00")

    def test_xml_is_as_its_schema_says(self):
        self.make_vacancy(self.other_company, learning_path="bbl", salary=2100.5, date_from=False, date_to=False)
        with file_open("vti_bpv/static/feed/places.xsd", "rb") as schema:
            schema = etree.XMLSchema(etree.parse(schema))
        for query in ("", "?path=bbl", "?q=nothingatall"):
            root = etree.fromstring(self.get(f"/stages/feed.xml{query}").content)
            schema.assertValid(root)
        job = next(
            job for job in etree.fromstring(self.get("/stages/feed.xml").content).findall("job")
            if job.findtext("referencenumber") == str(self.place.id)
        )  # fmt: skip
        found = {name: job.findtext(name) for name in ("company", "streetaddress", "postalcode", "city", "country")}
        expected = {"company": self.company.name, "streetaddress": "Kade 1", "postalcode": "3447 GG",
                    "city": "Woerden", "country": "NL"}  # fmt: skip
        self.assertEqual(found, expected)
        self.assertEqual((job.findtext("jobtype"), job.findtext("salary")), ("intern", "350 EUR / month"))
        self.assertEqual((job.findtext("startdate"), job.findtext("expirationdate")), ("2027-02-01", "2027-02-01"))
        self.assertIn("&lt;script&gt;", job.findtext("description"))
        self.assertEqual(job.findtext("companyurl"), "https://bakker.example/?a=1&b=2")

    def test_json_is_the_posting_of_the_page(self):
        answer = self.get("/stages/feed.json")
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        data = answer.json()
        page = html.fromstring(self.get(self.place._get_page_path()).text)
        posting = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)[0]
        del posting["@context"]
        self.assertEqual(data["itemListElement"], [posting])
        self.assertEqual((data["numberOfItems"], data["@type"]), (1, "ItemList"))

    def test_filters_are_those_of_the_list(self):
        self.make_vacancy(self.other_company, name="Loodgieter", learning_path="bbl", salary=2000, town="x")
        for form in FORMS:
            self.assertEqual(self.titles("?path=bbl&near=3447&km=5", form), ["Loodgieter"], form)
            self.assertEqual(self.titles("?q=" + "x" * 5000, form), [], form)
        self.assertEqual(self.titles("?near=Nergenshuizen&level=9&trade=x&page=-3"), self.titles())

    def test_only_open_places(self):
        for state in ("draft", "review", "paused", "filled", "closed", "expired"):
            self.place.state = state
            self.assertEqual([self.titles(form=form) for form in FORMS], [[], [], []], state)

    def test_pages_lead_on_and_are_bounded(self):
        for number in range(4):
            self.make_vacancy(name=f"Plek {number}", published_on=f"2026-11-0{number + 1}")
        with patch.object(controller, "FEED_SIZE", 2):
            seen, path, pages = [], "/stages/feed.json?level=2", 0
            while path and pages < 9:
                data, pages = self.get(path).json(), pages + 1
                self.assertEqual(data["numberOfItems"], 5)
                seen += [posting["title"] for posting in data["itemListElement"]]
                path = data.get("next", "").replace(self.env["website"].get_current_website().get_base_url(), "")
            self.assertEqual((pages, len(seen), len(set(seen))), (3, 5, 5))
            middle = feedparser.parse(self.get("/stages/feed.atom?level=2&page=2").content)
            rels = {link.rel: link.href.rsplit("?", 1)[-1] for link in middle.feed.links}
            self.assertEqual(
                {rel: rels[rel] for rel in ("first", "previous", "self", "next")},
                {"first": "level=2", "previous": "level=2", "self": "level=2&page=2", "next": "level=2&page=3"},
            )
            self.assertIn('page=2>; rel="next"', self.get("/stages/feed.xml").headers["Link"])
            self.assertEqual(self.titles("?page=1000000", status=404), [])
            self.assertEqual(self.titles("?page=4", "xml", 404), [])

    def test_who_has_it_already_gets_304_and_nothing_is_built(self):
        for form in FORMS:
            path = f"/stages/feed.{form}"
            first = self.get(path)
            tag, day = first.headers["ETag"], first.headers["Last-Modified"]
            with (
                patch.object(feeds, "render", side_effect=AssertionError("built")),
                patch.object(type(self.env["vti.vacancy"]), "_search_places", side_effect=AssertionError("searched")),
            ):
                again = self.get(path, 304, **{"If-None-Match": tag})
                self.assertEqual((again.content, again.headers["ETag"]), (b"", tag))
                self.get(path, 304, **{"If-Modified-Since": day})
                self.get(path, 304, **{"If-None-Match": f'"other", {tag}'})
            self.get(path, 200, **{"If-None-Match": '"other"', "If-Modified-Since": day})
            self.get(path, 200, **{"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"})
            self.get(f"{path}?level=2", 200, **{"If-None-Match": tag})

    def test_one_body_serves_all_until_something_changes(self):
        for form in FORMS:
            for path in (f"/stages/feed.{form}", f"/stages/feed.{form}?page=7"):
                first = self.url_open(path)
                with patch.object(feeds, "render", side_effect=AssertionError("built")):
                    again = self.url_open(path)
                self.assertEqual((again.status_code, again.content), (first.status_code, first.content))
                self.assertEqual(again.headers.get("Link"), first.headers.get("Link"))
                self.assertEqual(again.headers["X-Robots-Tag"], "noindex")
            self.place.description = f"New text for {form}."
            self.env.flush_all()
            self.assertIn(f"New text for {form}.", self.get(f"/stages/feed.{form}").text)

    def test_each_change_makes_it_new(self):
        tag = self.get("/stages/feed.atom").headers["ETag"]
        changes = [
            lambda: self.place.write({"description": "Other work."}),
            lambda: self.company.write({"name": "Bakker & Zoon"}),
            lambda: self.place.trade_id.write({"name": "Other trade"}),
            self.make_vacancy,
            lambda: self.place.write({"state": "paused"}),
        ]
        for number, change in enumerate(changes):
            change()
            self.env.flush_all()
            answer = self.get("/stages/feed.atom", 200, **{"If-None-Match": tag})
            self.assertNotEqual(answer.headers["ETag"], tag, number)
            tag = answer.headers["ETag"]

    def test_the_stamp_turns_with_the_day_here(self):
        places = self.env["vti.vacancy"]
        with self.at("2026-11-10 22:59:59"):
            before, changed = places._get_places_stamp()
        with self.at("2026-11-10 23:00:00"):
            after, changed_after = places._get_places_stamp()
        self.assertEqual((before[0], after[0]), ("2026-11-10", "2026-11-11"))
        self.assertEqual(before[1:], after[1:])
        self.assertGreaterEqual(changed, datetime.fromisoformat("2026-11-09T23:00:00+00:00"))
        self.assertGreaterEqual(changed_after, datetime.fromisoformat("2026-11-10T23:00:00+00:00"))
        self.assertGreater(mktime(changed.timetuple()), 0)

    def test_eighty_cost_the_queries_of_one(self):
        site = "https://vti.example"

        def count(places):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            entries = self.env["vti.vacancy"].sudo().browse(places.ids)._get_feed_entries(site)
            self.assertEqual(len(entries), len(places))
            return self.env.cr.sql_log_count - before

        count(self.place)  # warms what is the same for all
        companies = [self.make_company(f"Bedrijf {number}") for number in range(8)]
        more = self.env["vti.vacancy"].union(*(self.make_vacancy(companies[n % 8]) for n in range(79)))
        self.assertEqual(count(self.place | more), count(self.place))

    def test_the_list_tells_of_its_feed(self):
        page = html.fromstring(self.get("/stages?level=2").text)
        (link,) = page.xpath("//link[@rel='alternate'][@type='application/atom+xml']")
        self.assertEqual(link.get("href"), "/stages/feed.atom?level=2")
        self.get("/stages/feed.rss", 404)
