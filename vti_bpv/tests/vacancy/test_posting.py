import json
from io import BytesIO

import extruct
from lxml import html
from PIL import Image

from odoo.tests import tagged

from ..common import VtiHttpCase

# https://developers.google.com/search/docs/appearance/structured-data/job-posting
REQUIRED = {"title", "description", "datePosted", "hiringOrganization", "jobLocation"}
RECOMMENDED = {"validThrough", "employmentType", "baseSalary", "identifier", "directApply"}


def words(text):
    return " ".join(text.split())


@tagged("post_install", "-at_install")
class TestPosting(VtiHttpCase):
    """What search engines read of a place, by a parser that isn't ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).default_lang_id = cls.env.ref("base.lang_en")
        cls.env["vti.vacancy"].search([]).write({"state": "closed"})
        cls.company.write({"website": "https://bakker.example", "street": "Kade 1"})
        cls.place = cls.make_vacancy(
            name='Stage <elektro> & "monteur"',
            description="You pull cables.\nAnd </script> you test them.",
            requirements="Be there.",
            allowance=350,
            published_on="2026-11-20",
        )

    def get(self, path, status=200):
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def path(self, place=None):
        return (place or self.place)._get_page_path()

    def parse(self, path, kind, status=200):
        found = extruct.extract(self.get(path, status).text, syntaxes=["json-ld"])["json-ld"]
        return [thing for thing in found if thing["@type"] == kind]

    def test_an_open_place_has_all_that_google_asks(self):
        (posting,) = self.parse(self.path(), "JobPosting")
        self.assertEqual((REQUIRED | RECOMMENDED) - posting.keys(), set())
        self.assertNotIn("educationRequirements", posting)
        self.assertEqual(posting["title"], self.place.name)
        self.assertEqual(posting["datePosted"], "2026-11-20")
        self.assertEqual(posting["validThrough"], f"{self.place.date_from}T23:59:59")
        self.assertEqual(posting["employmentType"], "INTERN")
        self.assertEqual(posting["hiringOrganization"]["name"], self.company.name)
        self.assertEqual(posting["hiringOrganization"]["sameAs"], "https://bakker.example")
        self.assertEqual(posting["identifier"]["value"], str(self.place.id))
        self.assertIs(posting["directApply"], True)
        address = posting["jobLocation"]["address"]
        self.assertEqual(
            {name: address[name] for name in ("streetAddress", "postalCode", "addressLocality", "addressCountry")},
            {"streetAddress": "Kade 1", "postalCode": "3447 GG", "addressLocality": "Woerden", "addressCountry": "NL"},
        )
        salary = posting["baseSalary"]
        self.assertEqual((salary["currency"], salary["value"]["value"], salary["value"]["unitText"]),
                         (self.place.currency_id.name, 350, "MONTH"))  # fmt: skip

    def test_a_bbl_place_is_a_job_with_school(self):
        place = self.make_vacancy(self.other_company, learning_path="bbl", salary=2100, date_from=False, date_to=False)
        (posting,) = self.parse(self.path(place), "JobPosting")
        self.assertEqual((posting["employmentType"], posting["baseSalary"]["value"]["value"]), ("OTHER", 2100))
        self.assertNotIn("validThrough", posting)
        self.assertNotIn("jobStartDate", posting)

    def test_what_is_marked_up_is_visible(self):
        (posting,) = self.parse(self.path(), "JobPosting")
        page = html.fromstring(self.get(self.path()).text)
        for script in page.xpath("//script|//style|//head"):
            script.drop_tree()
        visible = words(page.text_content())
        marked = html.fragment_fromstring(posting["description"], create_parent="div")
        for part in marked.xpath(".//h2|.//p"):
            self.assertIn(words("\n".join(part.itertext())), visible)
        address = posting["jobLocation"]["address"]
        for text in (
            posting["title"], posting["hiringOrganization"]["name"], posting["identifier"]["value"],
            posting["workHours"], address["streetAddress"], address["postalCode"], address["addressLocality"],
            address["addressRegion"], "350", self.place._format_day(self.place.published_on),
            self.place._format_day(self.place.date_from),
        ):  # fmt: skip
            self.assertIn(words(text), visible)

    def test_only_open_places_are_marked_up(self):
        for state, status in (("paused", 200), ("filled", 410), ("closed", 410), ("expired", 410)):
            self.place.state = state
            self.assertEqual(self.parse(self.path(), "JobPosting", status), [], state)
            page = html.fromstring(self.get(self.path(), status).text)
            self.assertEqual(page.xpath("//meta[@name='robots']")[0].get("content"), "noindex")
        self.assertNotIn("JobPosting", self.get("/stages").text)

    def test_breadcrumbs_stand_in_the_markup_too(self):
        for _number in range(2):
            self.make_vacancy()
        (crumbs,) = self.parse(self.path(), "BreadcrumbList")
        page = html.fromstring(self.get(self.path()).text)
        shown = [words(item.text_content()) for item in page.xpath("//*[contains(@class, 'vti-breadcrumbs')]//li")]
        self.assertEqual([item["name"] for item in crumbs["itemListElement"]], shown)
        trade = self.place.trade_id.name
        self.assertEqual(shown, ["Internships", trade, "Woerden", words(self.place.name)])
        self.assertNotIn("item", crumbs["itemListElement"][-1])
        for item in crumbs["itemListElement"][:-1]:
            self.get(item["item"].removeprefix(self.place.get_base_url()))

    def test_a_shared_link_has_a_picture_and_a_text(self):
        page = html.fromstring(self.get(self.path()).text)
        og = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
        self.assertEqual(og["og:title"], self.place.name)
        self.assertIn("Bakker Techniek, Woerden", og["og:description"])
        path = og["og:image"].removeprefix(self.place.get_base_url())
        answer = self.get(path)
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertEqual(Image.open(BytesIO(answer.content)).size, (1200, 630))
        self.place.state = "closed"
        self.get(path, 404)
        self.get("/stages/x-999999/picture.png", 404)

    def test_markup_is_valid_json_whatever_is_typed(self):
        page = html.fromstring(self.get(self.path()).text)
        scripts = page.xpath("//script[@type='application/ld+json']")
        self.assertEqual([thing["@type"] for thing in json.loads(scripts[0].text)], ["JobPosting", "BreadcrumbList"])
