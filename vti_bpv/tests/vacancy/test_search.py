from odoo.tests import tagged

from ...tools.place_query import MAX_TEXT, PlaceQuery, parse
from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestPlaceSearch(VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vti.vacancy"].search([]).write({"state": "closed"})
        branch = cls.make_branch(cls.company)  # Utrecht, 3511
        cls.far = cls.make_company("Noord", zip="9711 AA", city="Groningen")
        cls.nowhere = cls.make_company("Elders", zip=False, city=False)
        plumbing = cls.env.ref("vti_bpv.trade_plumbing")
        cls.electric = cls.make_vacancy(name="Stage elektromonteur", branch_id=branch.id, allowance=350)
        cls.plumber = cls.make_vacancy(
            cls.far,
            name="Loodgieters gezocht",
            trade_id=plumbing.id,
            learning_path="bbl",
            salary=2000,
            qualification_ids=[(6, 0, cls.qualification_4.ids)],
            description="Café's en cv-ketels",
            date_from="2027-09-01",
            date_to=False,
            days_per_week=5,
        )
        cls.orientation = cls.make_vacancy(
            cls.nowhere,
            name="Meeloopdag",
            kind="vmbo_day",
            qualification_ids=False,
            learning_path=False,
            side_job=True,
            trade_id=False,
            days_per_week=1,
        )
        cls.hidden = cls.make_vacancy(name="Elektromonteur in concept", state="draft")
        cls.all = cls.electric | cls.plumber | cls.orientation

    def find(self, **values):
        chosen = {k: values.pop(k) for k in list(values) if k not in ("q", "near", "km", "sort", "page")}
        return self.env["vti.vacancy"]._search_places(PlaceQuery(chosen=chosen, **values))

    def places(self, **values):
        found = self.find(**values)
        self.assertEqual(found.total, len(found.ids))
        return self.env["vti.vacancy"].browse(found.ids)

    def test_only_published_newest_first(self):
        self.plumber.published_on = "2026-11-01"
        self.assertEqual(self.places()[0], self.plumber)
        self.assertEqual(set(self.places()), set(self.all))

    def test_words(self):
        for text, expected in (
            ("elektromonteur", self.electric), ("monteur", self.electric), ("ELEKTROMONTEURS", self.electric),
            ("loodgieter", self.plumber), ("cafe", self.plumber), ("ketel", self.plumber),
            ("noord loodgieters", self.plumber), ("groningen", self.plumber),
            ("de", self.all), ("zeppelin", self.env["vti.vacancy"]),
        ):  # fmt: skip
            self.assertEqual(set(self.places(q=text)), set(expected), text)

    def test_typing_errors(self):
        for text, expected in (
            ("loodgeiter", self.plumber),
            ("electromonteur", self.electric),
            ("elektromontuer", self.electric),
        ):
            found = self.find(q=text)
            self.assertTrue(found.by_likeness, text)
            self.assertEqual(found.ids[0], expected.id, text)

    def test_a_word_that_looks_like_one_that_says_nothing(self):
        self.electric.name = "Werken met het net"
        for text in ("hett", "hett x"):
            self.assertEqual(self.find(q=text).total, 0, text)
        self.assertEqual(self.places(q="hett nett monteur werkn"), self.env["vti.vacancy"])
        self.assertEqual(self.places(q="werkn"), self.electric)

    def test_odd_searches_do_no_harm(self):
        for text in ("&", "a & | ! (b", "' OR 1=1 --", "%", "_", "\\\\", '"quote', "x" * 5000, "!!!", "a:*b", "\x00"):
            query = parse(lambda name, t=text: [t] if name == "q" else [])
            self.assertLessEqual(len(query.q), MAX_TEXT)
            self.env["vti.vacancy"]._search_places(query)

    def test_distance(self):
        self.assertEqual(self.places(near="3511 AB", km=25), self.electric)
        self.assertEqual(self.places(near="utrecht", km=5), self.electric)
        self.assertEqual(self.places(near="Groningen", km=5), self.plumber)
        everything = self.find(near="Groningen", km=None)
        self.assertEqual(everything.ids, (self.plumber + self.electric + self.orientation).ids, "unknown place last")
        self.assertAlmostEqual(everything.distances[self.electric.id], 165, delta=10)
        self.assertNotIn(self.orientation.id, everything.distances)

    def test_distance_agrees_with_the_model(self):
        postcode = self.env["vti.postcode"]._of_zip("3447")
        found = self.find(near="3447", km=None)
        expected = self.electric.place_id._get_distance_km(postcode)
        self.assertAlmostEqual(found.distances[self.electric.id], expected, places=3)

    def test_unknown_place_suggests(self):
        found = self.find(near="Utrehct")
        self.assertEqual(found.unknown_place, "Utrehct")
        self.assertIn("Utrecht", found.suggestions)
        self.assertEqual(found.total, 3, "an unknown place leaves nothing out")
        self.assertEqual(self.find(near="0000").unknown_place, "0000")

    def test_filters(self):
        for values, expected in (
            ({"kind": ("mbo",)}, self.electric | self.plumber), ({"kind": ("mbo", "vmbo_day")}, self.all),
            ({"level": ("2",)}, self.electric), ({"level": ("2", "4")}, self.electric | self.plumber),
            ({"path": ("bbl",)}, self.plumber), ({"trade": (self.plumber.trade_id.id,)}, self.plumber),
            ({"qualification": (self.qualification.id,)}, self.electric), ({"period": ("2027-2",)}, self.plumber),
            ({"days": (4, 1)}, self.electric | self.orientation), ({"paid": True}, self.electric | self.plumber),
            ({"side_job": True}, self.orientation), ({"town": ("Utrecht",)}, self.electric),
            ({"level2": True}, self.env["vti.vacancy"]),
            ({"path": ("bbl",), "level": ("2",)}, self.env["vti.vacancy"]),
            ({"kind": ("mbo",), "qualification": (self.qualification_4.id,), "paid": True}, self.plumber),
        ):  # fmt: skip
            self.assertEqual(set(self.places(**values)), set(expected), values)

    def test_counts_leave_the_own_filter_out(self):
        counts = self.find(path=("bbl",)).counts
        self.assertEqual(dict(counts["path"]), {"bol": 1, "bbl": 1})
        self.assertEqual(dict(counts["level"]), {"4": 1})
        self.assertEqual(dict(counts["qualification"]), {self.qualification_4.id: 1})
        counts = self.find(path=("bbl",), level=("2",)).counts
        self.assertEqual(dict(counts["path"]), {"bol": 1})
        self.assertEqual(dict(counts["level"]), {"4": 1})
        self.assertFalse(counts["kind"])
        counts = self.find().counts
        self.assertEqual(counts["paid"][True], 2)
        self.assertEqual(counts["days"], {4: 1, 5: 1, 1: 1})

    def test_every_count_is_what_one_gets(self):
        everything = self.find().counts
        for name in ("kind", "level", "path", "trade", "period", "days", "town", "qualification"):
            for value, count in everything[name].items():
                self.assertEqual(self.find(**{name: (value,)}).places, count, (name, value))

    def test_numbers_count_places_and_pages_count_vacancies(self):
        website = self.env["website"].get_current_website()
        self.make_vacancy(name="Voor drie", places_offered=3)
        self.make_vacancy(name="Half bezet", places_offered=2)._take_place()
        self.make_vacancy(name="Bezet", places_offered=1)._take_place()
        found, home = self.find(), website._get_home_numbers()
        self.assertEqual((found.total, found.places, found.companies), (5, 7, 3))
        self.assertEqual((home["places"], home["companies"]), (7, 3))
        for trade in home["trades"]:
            self.assertEqual(trade["places"], self.find(trade=(trade["id"],)).places, trade["name"])
        nothing = self.find(q="onvindbaar")
        self.assertEqual((nothing.total, nothing.places, nothing.companies), (0, 0, 0))

    def test_number_of_queries_is_the_same_for_many(self):
        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.find(q="stage", near="Utrecht", km=None, level=("2",), sort="near")
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(80):
            self.make_vacancy(name=f"Stage {number}")
        self.env.flush_all()
        self.assertEqual(queries(), few)
        self.assertEqual(self.find(q="stage", level=("2",)).total, 81)

    def test_pages(self):
        for number in range(45):
            self.make_vacancy(name=f"Plek {number}")
        pages = [self.find(page=number).ids for number in (1, 2, 3)]
        self.assertEqual([len(ids) for ids in pages], [20, 20, 8])
        self.assertEqual(len(set(sum(pages, []))), 48)
        self.assertEqual(self.find(page=10**9).ids, [])

    def test_addresses(self):
        def read(**values):
            return parse(lambda name: values.get(name, []))

        query = read(
            q=[" a  b "],
            near=["Utrecht"],
            km=["any"],
            level=["2", "9", "2"],
            trade=["x", "3"],
            paid=["1"],
            page=["1000000"],
            sort=["evil"],
            kind=["mbo'"],
        )
        self.assertEqual(query.q, "a b")
        self.assertIsNone(query.km)
        self.assertEqual(query.chosen, {"level": ("2",), "trade": (3,), "paid": True})
        self.assertEqual((query.page, query.sort), (1000000, ""))
        self.assertEqual(read(page=["-1"]).page, 1)
        self.assertEqual(read(page=["9" * 30]).page, 1)
        self.assertEqual(query.url(), "/stages?q=a+b&near=Utrecht&km=any&level=2&trade=3&paid=1")
        self.assertEqual(query.without("level", "2").chosen, {"trade": (3,), "paid": True})
