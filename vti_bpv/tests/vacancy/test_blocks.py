from datetime import date, timedelta
from unittest.mock import patch

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.vacancy import vacancy_week
from ..common import VtiHttpCase

GOOD = {"description": "Je legt kabels in een school. " * 6, "learning": "Je leert een groepenkast aansluiten. " * 3}


@tagged("post_install", "-at_install")
class TestBlocks(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).default_lang_id = cls.env.ref("base.lang_en")
        cls.env["vti.vacancy"].search([]).write({"state": "closed"})
        cls.trades = cls.env["vti.trade"].search([], limit=2)
        cls.place = cls.make_vacancy(name="Elektromonteur <b>", trade_id=cls.trades[0].id, learning_path="bol")
        cls.other_place = cls.make_vacancy(cls.other_company, name="Loodgieter", trade_id=cls.trades[1].id)

    def get(self, path):
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.status_code, 200, path)
        return html.fromstring(f"<div>{answer.text}</div>")

    def titles(self, query=""):
        return {a.text_content() for a in self.get(f"/stages/block?{query}").xpath("//h3/a")}

    def week(self):
        return self.get("/stages/block/week").xpath("string(//h3/a)").strip()

    # places

    def test_filters(self):
        both = {"Elektromonteur <b>", "Loodgieter"}
        self.assertEqual(self.titles(), both)
        self.assertEqual(self.titles(f"trade={self.trades[0].id}"), {"Elektromonteur <b>"})
        self.assertEqual(self.titles(f"company={self.other_company.id}"), {"Loodgieter"})
        self.assertEqual(self.titles(f"company={self.company.id}&trade={self.trades[1].id}"), set())
        self.assertEqual(self.titles(f"town={self.place.town}&company={self.company.id}"), {"Elektromonteur <b>"})
        self.assertEqual(self.titles("town=Nergenshuizen"), set())
        self.assertEqual(self.titles("level=1"), set())
        self.assertEqual(self.titles("level=2&path=bol"), both if self.other_place.learning_path == "bol" else
                         {"Elektromonteur <b>"})  # fmt: skip
        self.assertEqual(self.titles("company=999999&trade=x&number=abc&path=<&snippet=s_vti_places"), set())

    def test_number_is_bounded_and_the_rest_is_a_link_away(self):
        for number in range(13):
            self.make_vacancy(name=f"Plek {number}", trade_id=self.trades[0].id)
        self.assertEqual(len(self.titles()), 6)
        self.assertEqual(len(self.titles("number=3")), 3)
        self.assertEqual(len(self.titles("number=100000")), 12)
        page = self.get(f"/stages/block?number=3&trade={self.trades[0].id}&level=2")
        (link,) = page.xpath("//a[contains(@class, 'vti-btn')]")
        self.assertEqual(link.get("href"), f"/stages?level=2&trade={self.trades[0].id}")
        self.assertEqual(" ".join(link.text_content().split()), "See all 14 places")
        page = self.get(f"/stages/block?number=3&company={self.company.id}")
        self.assertIn("/bedrijven/", page.xpath("//a[contains(@class, 'vti-btn')]/@href")[0])

    def test_only_what_is_open_shows(self):
        for state in ("draft", "review", "paused", "filled", "closed", "expired"):
            self.other_place.state = state
            self.assertEqual(self.titles(), {"Elektromonteur <b>"}, state)
            self.assertEqual(self.week(), "Elektromonteur <b>", state)
        self.place.state = "filled"
        self.assertEqual(self.titles(), set())
        self.assertIn("/stages", self.get("/stages/block").xpath("//a/@href"))
        self.assertEqual(self.week(), "")
        self.other_place.state = "published"
        self.assertEqual(self.titles(), {"Loodgieter"})

    def test_same_number_of_queries_for_one_or_eight(self):
        def count(query, path="/stages/block"):
            self.titles()  # the first one fills memories
            self.place.name = f"Elektromonteur {query}"  # a new version, so that the answer is made anew
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.get(f"{path}?{query}")
            return self.env.cr.sql_log_count - before

        count("warm"), count("warm", "/stages/block/week")
        one, week = count(f"company={self.company.id}&number=12"), count("", "/stages/block/week")
        for number in range(7):
            self.make_vacancy(name=f"Plek {number}")
        self.assertEqual(count(f"company={self.company.id}&number=12&x=1"), one)
        self.assertEqual(count("x=1", "/stages/block/week"), week)

    # of the week

    def test_the_site_takes_a_whole_text_and_keeps_to_it_all_week(self):
        monday = date(2026, 11, 16)
        good = [self.make_vacancy(name=f"Goed {n}", **GOOD) for n in range(5)]
        for place in good + [self.place, self.other_place]:
            place.published_on = monday - timedelta(days=30)
        chosen = {}
        for day in range(-7, 14):
            today = monday + timedelta(days=day)
            with patch.object(vacancy_week, "get_today", lambda today=today: today):
                view = self.env["vti.vacancy"]._get_places_view()
                chosen[today] = self.env["vti.vacancy"]._get_place_of_week(view)
                self.assertIn(chosen[today], good)
        weeks = [{chosen[day] for day in chosen if day.isocalendar()[1] == week} for week in (46, 47, 48)]
        self.assertEqual([len(places) for places in weeks], [1, 1, 1])
        self.assertGreater(len(set().union(*weeks)), 1, "another week, another place")
        # what comes online during the week doesn't take the other's turn
        with patch.object(vacancy_week, "get_today", lambda: monday + timedelta(days=3)):
            for number in range(20):
                self.make_vacancy(name=f"Nieuw {number}", published_on=monday, **GOOD)
            view = self.env["vti.vacancy"]._get_places_view()
            self.assertEqual(self.env["vti.vacancy"]._get_place_of_week(view), chosen[monday])

    def test_vti_chooses(self):
        user = self.user_vti
        with self.assertRaises(AccessError):
            self.other_place.with_user(self.user_company).action_choose_week()
        self.place.with_user(user).action_choose_week()
        self.assertEqual(self.week(), "Elektromonteur <b>")
        self.other_place.with_user(user).action_choose_week()
        self.assertEqual(self.week(), "Loodgieter")
        self.assertFalse(self.place.week_on, "one at a time")
        self.other_place.state = "paused"
        self.assertEqual(self.week(), "Elektromonteur <b>", "a place that is offline isn't shown, chosen or not")
        with self.assertRaises(UserError):
            self.other_place.with_user(user).action_choose_week()

    def test_a_choice_holds_from_monday_to_sunday_in_the_netherlands(self):
        self.place.write({"week_on": date(2026, 11, 18), **GOOD})
        self.other_place.write(GOOD)
        monday, sunday = date(2026, 11, 16), date(2026, 11, 22)
        for day, is_chosen in ((monday - timedelta(1), 0), (monday, 1), (sunday, 1), (sunday + timedelta(1), 0)):
            with patch.object(vacancy_week, "get_today", lambda day=day: day):
                start, end = self.env["vti.vacancy"]._get_week()
                self.assertEqual(start <= self.place.week_on <= end, bool(is_chosen), day)

    # in the builder

    def test_what_the_builder_offers(self):
        choices = self.env["vti.vacancy"].with_user(self.user_vti).get_block_choices()
        self.assertIn(self.place.town, choices["towns"])
        self.assertIn([self.trades[0].id, self.trades[0].name], choices["trades"])
        self.place.state = self.other_place.state = "draft"
        self.assertEqual(self.env["vti.vacancy"].with_user(self.user_vti).get_block_choices()["towns"], [])
