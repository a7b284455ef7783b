import re
from dataclasses import replace
from itertools import product
from unittest.mock import patch

from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.network.website_kept import Website
from ...models.vacancy.vacancy_page import OF_LISTS, OF_PLACE
from ...tools.place_index import PlaceIndex
from ...tools.place_shelf import Shelf, State, _fetch
from ..common import VtiHttpCase


def build_shared(shelf, cr, _now):
    """As if the test's own places were committed: an index that everybody may share."""
    shelf.state = State(PlaceIndex(_fetch(cr)), 1)
    return shelf._look(shelf.state)


@tagged("post_install", "-at_install")
class TestStages(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).default_lang_id = cls.env.ref("base.lang_en")  # no redirect to /en
        cls.env["vti.vacancy"].search([]).write({"state": "closed"})
        cls.company.about = "We make heat pumps."
        cls.place = cls.make_vacancy(
            name="Stage elektromonteur",
            mentor_id=cls.recruiter.id,
            contact_id=cls.recruiter.id,
            allowance=350,
            task_ids=[(6, 0, cls.env.ref("vti_bpv.work_task_height").ids)],
        )

    def get(self, path, status=200):
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.status_code, status, path[:90])
        return answer

    def titles(self, path, status=200):
        page = html.fromstring(self.get(path, status).text)
        return [" ".join(a.text_content().split()) for a in page.xpath("//*[contains(@class, 'vti-card__title')]//a")]

    def slug(self, record):
        return self.env["ir.http"]._slug(record)

    def test_list_finds_and_filters(self):
        self.make_vacancy(self.other_company, name="Loodgieter", learning_path="bbl", salary=2000)
        self.assertEqual(set(self.titles("/stages")), {"Stage elektromonteur", "Loodgieter"})
        self.assertEqual(self.titles("/stages?q=elektromonteurs"), ["Stage elektromonteur"])
        self.assertEqual(self.titles("/stages?path=bbl"), ["Loodgieter"])
        self.assertEqual(self.titles("/stages?near=3447&km=5&path=bol"), ["Stage elektromonteur"])
        page = html.fromstring(self.get("/stages?path=bbl&near=Woerden").text)
        self.assertEqual([chip.get("href") for chip in page.xpath("//*[@class='vti-chip']")], ["/stages?near=Woerden"])
        self.assertEqual(page.xpath("//meta[@name='robots']")[0].get("content"), "noindex")
        self.assertFalse(html.fromstring(self.get("/stages").text).xpath("//meta[@name='robots']"))

    def test_nothing_breaks_the_list(self):
        for query in (
            "q=" + "x" * 5000, "q=%26+%7C+%21+%28", "q=%27%22%5C", "q=%00", "near=0000", "near=%27", "km=-4", "km=x",
            "level=9", "trade=abc", "trade=99999999999999", "days=-1", "qualification=1%27", "period=2027-3",
            "path=bbl&level=1&kind=vso&paid=1", "page=0", "page=abc", "town=%25", "kind=" + "&kind=".join("ab" * 30),
        ):  # fmt: skip
            self.get(f"/stages?{query}")
        self.assertIn("no more pages", self.get("/stages?page=1000000", 404).text)

    def test_empty_result_helps(self):
        text = self.get("/stages?q=zeppelin&near=Groningen").text
        for part in ("Search at any distance", "Search without words", "Nearest to Groningen", "Stage elektromonteur"):
            self.assertIn(part, text)
        text = self.get("/stages?near=Woerdn").text
        self.assertIn("We can't find", html.fromstring(text).text_content().replace("\u2019", "'"))
        self.assertIn('href="/stages?near=Woerden"', text)

    def test_pages_keep_the_search(self):
        for number in range(21):
            self.make_vacancy(name=f"Monteur {number}")
        page = html.fromstring(self.get("/stages?q=monteur&days=4").text)
        links = page.xpath("//*[contains(@class, 'vti-pager')]//a/@href")
        self.assertIn("/stages?q=monteur&days=4&page=2", links)
        self.assertEqual(len(self.titles("/stages?q=monteur&days=4&page=2")), 2)

    def test_far_pages_are_dots(self):
        self.env["vti.vacancy"].create(
            [{**self.place.copy_data()[0], "name": f"Monteur {number}", "state": "published"} for number in range(130)]
        )
        page = html.fromstring(self.get("/stages?q=monteur").text)
        items = page.xpath("//*[contains(@class, 'vti-pager')]//li")
        dots = [item for item in items if "…" in item.text_content()]
        self.assertEqual([item.xpath(".//a") for item in dots], [[]])
        self.assertIn("/stages?q=monteur&page=7", page.xpath("//*[contains(@class, 'vti-pager')]//a/@href"))

    def test_same_number_of_queries_for_one_and_eighty(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.get("/stages?near=Woerden")
            return self.env.cr.sql_log_count - before

        self.registry.clear_all_caches()
        count()
        one = count()
        for number in range(80):
            company = self.make_company(f"Company {number}")
            self.make_vacancy(company, name=f"Monteur {number}", branch_id=self.make_branch(company).id)
        self.registry.clear_all_caches()
        count()
        self.assertEqual(count(), one)

    def test_a_place_is_read_in_two_queries(self):
        branch = self.make_branch(self.company)
        branch.street = "Oudegracht 1"
        self.place.write({
            "task_ids": [(6, 0, self.env["vti.work.task"].search([], limit=2).ids)], "branch_id": branch.id,
        })  # fmt: skip
        self.addCleanup(self.registry.clear_all_caches)
        view = replace(self.env["vti.vacancy"]._get_places_view(), version=1)  # as if others saw it too
        place = self.env["vti.vacancy"].sudo().browse(self.place.id)
        place._read_page(view)  # warms what is the same for all
        self.env.flush_all()
        self.env.invalidate_all()
        read = {name: place[name] for name in (*OF_PLACE, *OF_LISTS)}
        crebos, address = place.qualification_ids.mapped("crebo"), place.place_id
        street, province = address.street, address.postcode_id.province
        self.assertTrue(crebos and street and province and len(place.task_ids) == 2)
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            place._read_page(view)
            self.assertEqual({name: place[name] for name in read}, read)
            self.assertEqual(place.qualification_ids.mapped("crebo"), crebos)
            self.assertEqual((address.street, address.postcode_id.province), (street, province))
            self.assertEqual(place.employer_id.about, self.company.about)
        self.assertFalse(place.browse(10**6)._read_page(view))
        self.assertFalse(place.browse()._read_page(view))

    def test_place_shows_what_one_needs(self):
        self.get(f"/stages/wrong-{self.place.id}", 301)
        text = self.get(f"/stages/{self.slug(self.place)}").text
        for part in (
            "You pull cables.",
            "You learn to connect.",
            "350",
            "Bakker Techniek",
            "We make heat pumps.",
            "openstreetmap.org",
            "wa.me",
            "3447 GG",
            f"{self.slug(self.place)}/apply",
            f"{self.slug(self.place)}/mail",
            "Work at height",
        ):
            self.assertIn(part, text, part)
        self.assertNotIn(self.recruiter.name, text)
        self.assertNotIn(self.recruiter.email, text)
        page = html.fromstring(text)
        self.assertIn("Bakker Techniek, Woerden", page.xpath("//meta[@name='description']")[0].get("content"))
        self.assertTrue(page.xpath("//link[@rel='canonical']")[0].get("href").endswith(self.slug(self.place)))

    def test_posters_for_who_is_logged_in(self):
        paths = [f"/stages/{self.slug(self.place)}", f"/bedrijven/{self.slug(self.company)}"]
        for user in (None, self.user_school):
            self.authenticate(user and user.login, user and user.login)
            for path in paths:
                self.assertEqual(f"{path}/poster.pdf" in self.get(path).text, bool(user), (path, user))

    def test_place_by_state(self):
        other = self.make_vacancy(self.other_company, name="Andere plek")
        path = f"/stages/{self.slug(self.place)}"
        for state, status in (
            ("draft", 404),
            ("review", 404),
            ("published", 200),
            ("paused", 200),
            ("filled", 410),
            ("closed", 410),
            ("expired", 410),
        ):
            self.place.state = state
            text = self.get(path, status).text
            self.assertEqual("/apply" in text, state == "published", state)
            self.assertEqual("You pull cables." in text, status != 404, state)
            if status == 410:
                self.assertIn(self.slug(other), text)
            if state == "paused":
                self.assertIn("paused", text)
        for path in ("/stages/abc", "/stages/x-999999", "/stages/x-99999999999999", "/bedrijven/x", "/bedrijven/x-0"):
            self.get(path, 404)

    def test_company_page(self):
        self.make_vacancy(name="Geheim concept", state="draft")
        text = self.get(f"/bedrijven/{self.slug(self.company)}").text
        self.assertIn("We make heat pumps.", text)
        self.assertIn("Stage elektromonteur", text)
        self.assertNotIn("Geheim concept", text)
        self.assertNotIn(self.recruiter.email, text)
        for partner in (self.school, self.student.partner_id, self.recruiter):
            self.get(f"/bedrijven/{self.slug(partner)}", 404)
        self.company.membership_state = "former"
        self.get(f"/bedrijven/{self.slug(self.company)}", 200)  # while a place is open
        self.place.state = "closed"
        self.get(f"/bedrijven/{self.slug(self.company)}", 404)

    def test_sitemap_lists_open_places_only(self):
        over = self.make_vacancy(state="closed")
        found = {entry["loc"] for entry in self.env["website"]._enumerate_places()}
        self.assertEqual(
            found, {"/stages", f"/stages/{self.slug(self.place)}", f"/bedrijven/{self.slug(self.company)}"}
        )
        self.assertNotIn(f"/stages/{self.slug(over)}", found)

    def test_guide_and_contact_stay_unread(self):
        """Students reach the model by RPC: the names of people at the company aren't theirs to see."""
        place = self.place.with_user(self.user_student)
        self.assertEqual(place.read(["name"])[0]["name"], "Stage elektromonteur")
        for field in ("mentor_id", "contact_id", "warnings", "sent_back_reason", "search_body", "message_ids"):
            with self.assertRaises(AccessError, msg=field):
                place.read([field])

    def test_age_lines_name_the_law(self):
        text = re.sub(r"\s+", " ", self.get(f"/stages/{self.slug(self.place)}").text)
        self.assertIn("Work at height: from age 16, with a guide beside you until 18.", text)

    def test_visitors_share_a_page_until_something_changes(self):
        version, look = [1], Shelf._look

        def look_again(shelf, state):
            return replace(look(shelf, state), version=version[0], content=version[0])

        def follow(shelf, cr, state, *_changes):
            return look_again(shelf, state)

        self.place.flush_recordset()
        path = f"/stages/{self.slug(self.place)}"
        self.addCleanup(vars(self.registry).pop, "vti_place_shelf", None)
        vars(self.registry).pop("vti_place_shelf", None)
        with (
            patch.object(Shelf, "_build", build_shared),
            patch.object(Shelf, "_look", look_again),
            patch.object(Shelf, "_follow", follow),
        ):
            for where in ("/stages", path):
                self.assertIn("Stage elektromonteur", self.get(where).text)
            self.place.with_context(tracking_disable=True).description = "You pull fibres."
            self.place.employer_id.name = "Bakker en Zoon"
            self.env.flush_all()
            for where, old in (("/stages", "Bakker Techniek"), (path, "You pull cables.")):
                self.assertIn(old, self.get(where).text, "a kept page, since no version says otherwise")
            self.authenticate(self.user_student.login, self.user_student.login)
            self.assertIn("You pull fibres.", self.get(path).text, "who is logged in gets a page of their own")
            self.authenticate(None, None)
            version[0] = 2
            self.assertIn("You pull fibres.", self.get(path).text)
            self.assertIn("Bakker en Zoon", self.get("/stages").text)
            version[0] = 3
            self.env.ref("vti_bpv.place_page").arch_db = self.env.ref("vti_bpv.place_page").arch_db.replace(
                "<h1", "<p>New template</p><h1", 1
            )
            version[0] = 2
            self.assertIn("New template", self.get(path).text, "a changed template empties the memory")

    def test_a_mould_gives_what_the_template_gives(self):
        odd = self.make_vacancy(
            self.other_company, name="Koel & <b>vries</b>", town=False, description="A 'quote' \"here\"\n<script>",
            learning=False, travel="Bus 5 & lopen", expenses="<i>", learning_path="bbl", salary=2000.5,
            side_job=True, supervised_tasks="Solderen", date_from="2027-02-01", days_per_week=1,
        )  # fmt: skip
        bare = self.make_vacancy(name="Bare", description=False, allowance=0, qualification_ids=[])
        twin = self.make_vacancy(name="Twin", description=False, allowance=0, qualification_ids=[])
        paused = self.make_vacancy(name="Paused", state="paused")
        closed = self.make_vacancy(name="Closed", state="closed")
        filled = self.make_vacancy(name="Filled", state="filled")
        places = self.place + odd + bare + twin + paused + closed + filled
        paths = {f"/stages/{self.slug(place)}": 410 if place in closed + filled else 200 for place in places}
        for query in (
            "", "?q=Bare", "?q=zeppelin&level=2", "?q=koel+%26+%22b", "?near=Woerden&km=any", "?near=3447&km=33&q=bare",
            "?near=Woerdn", "?path=bol&level=2&trade=99", "?paid=1&sort=new&near=3447",
        ):  # fmt: skip
            paths[f"/stages{query}"] = 200
        for start, (path, status) in product(("", "/nl"), [*paths.items(), ("/stages?page=7", 404)]):
            path = start + path
            page = self.get(path, status).text
            with patch.object(Website, "_is_shared", lambda self: False):
                straight = self.get(path, status).text
            self.assertEqual(page.split("\n"), straight.split("\n"), path)

    def test_who_is_logged_in_shares_nothing(self):
        path = f"/stages/{self.slug(self.place)}"
        favourites = self.env["vti.favourite"]
        favourites.create({"partner_id": self.user_student.partner_id.id, "vacancy_id": self.place.id})
        for _time in range(2):
            page = self.get(path).text
            self.assertIn('href="/web/login"', page)
            self.assertNotIn("data-vti-is-saved", page)
            self.authenticate(self.user_student.login, self.user_student.login)
            page = self.get(path).text
            self.assertIn('data-vti-is-saved="1"', page)
            self.assertIn('href="/my"', page)
            self.authenticate(self.user_company.login, self.user_company.login)
            page = self.get(path).text
            self.assertNotIn("data-vti-is-saved", page)
            self.assertIn('href="/my"', page)
            self.authenticate(None, None)
