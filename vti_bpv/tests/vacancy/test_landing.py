from datetime import date

from lxml import html

from odoo.tests import tagged

from ..common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestLanding(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).default_lang_id = cls.env.ref("base.lang_en")
        cls.env["vti.vacancy"].search([]).write({"state": "closed"})
        cls.trade = cls.qualification.trade_id or cls.env.ref("vti_bpv.trade_electrical")
        cls.places = cls.env["vti.vacancy"].union(
            *(cls.make_vacancy(name=f"Monteur {n}", trade_id=cls.trade.id) for n in range(3))
        )
        cls.website = cls.env["website"].get_current_website()

    def get(self, path, status=200):
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def paths(self):
        return [
            self.website._get_landing_path(self.trade),
            self.website._get_landing_path(self.trade, "Woerden"),
            self.website._get_landing_path(town="Woerden"),
        ]

    def test_trade_town_and_both_have_pages_with_words_of_their_own(self):
        titles, texts = set(), set()
        for path in self.paths():
            page = html.fromstring(self.get(path).text)
            self.assertFalse(page.xpath("//meta[@name='robots']"), path)
            self.assertEqual(page.xpath("//link[@rel='canonical']")[0].get("href"), self.website.get_base_url() + path)
            titles.add(page.xpath("//h1")[0].text_content().strip())
            texts.add(page.xpath("//meta[@name='description']")[0].get("content"))
            cards = page.xpath("//*[contains(@class, 'vti-card__title')]//a/@href")
            self.assertEqual(set(cards), {place._get_page_path() for place in self.places})
        self.assertEqual((len(titles), len(texts)), (3, 3))

    def test_fewer_than_three_is_no_page(self):
        self.places[0].state = "paused"
        for path in self.paths():
            self.assertTrue(self.get(path, 303).headers["Location"].split("?")[0].endswith("/stages"), path)
        self.places.write({"state": "closed"})
        self.get(self.paths()[1], 404)

    def test_odd_addresses(self):
        for path in (
            "/stages/vak/x", "/stages/vak/x-99999999999999", "/stages/vak/x-999999", "/stages/plaats/nergens",
            "/stages/plaats/%00", "/stages/vak/x-1/nergens", "/stages/plaats/" + "x" * 3000,
        ):  # fmt: skip
            self.get(path, 404)
        moved = self.get(f"/stages/vak/old-name-{self.trade.id}", 301)
        self.assertTrue(moved.headers["Location"].endswith(self.paths()[0]))

    def test_pages_lead_to_each_other_and_the_list_to_them(self):
        for _number in range(3):
            self.make_vacancy(self.other_company, name="Loodgieter", trade_id=self.env.ref("vti_bpv.trade_plumbing").id)
        start = html.fromstring(self.get("/stages").text).xpath("//main//a/@href")
        trade, both, town = self.paths()
        self.assertIn(trade, start)
        self.assertIn(town, start)
        self.assertIn(trade, html.fromstring(self.get(both).text).xpath("//main//a/@href"))
        self.assertIn(both, html.fromstring(self.get(town).text).xpath("//main//a/@href"))
        self.assertIn(both, html.fromstring(self.get(trade).text).xpath("//main//a/@href"))
        self.assertNotIn(trade, html.fromstring(self.get("/stages?level=2").text).xpath("//main//a/@href"))

    def test_sitemap_tells_when_places_changed(self):
        self.env.flush_all()
        days = ["2026-03-01", "2026-03-05", "2026-03-02"]
        for place, day in zip(self.places, days, strict=True):
            self.env.cr.execute("UPDATE vti_vacancy SET write_date = %s WHERE id = %s", [day, place.id])
        self.env.cr.execute("UPDATE res_partner SET write_date = '2026-03-09' WHERE id = %s", [self.company.id])
        self.env.invalidate_all()
        found = {entry["loc"]: entry.get("lastmod") for entry in self.env["website"]._enumerate_places()}
        expected = {path: date(2026, 3, 5) for path in ("/stages", *self.paths())}
        expected |= {
            place._get_page_path(): date.fromisoformat(day) for place, day in zip(self.places, days, strict=True)
        }
        expected[f"/bedrijven/{self.env['ir.http']._slug(self.company)}"] = date(2026, 3, 9)
        self.assertEqual(found, expected)
        listed = self.get("/sitemap.xml").text
        for path in expected:
            self.assertIn(f"{path}<", listed)
        self.assertIn("Sitemap:", self.get("/robots.txt").text)
