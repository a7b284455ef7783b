from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestSeasonBalance(VtiCase):
    """Two regions; a company in each; students near one of them and near none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vti.student"].search([]).is_looking = False
        cls.west, cls.east = cls.env["vti.region"].create([{"name": "West"}, {"name": "East"}])
        cls.company.write({"vti_region_id": cls.west.id})  # Woerden
        cls.other_company.write({"vti_region_id": cls.east.id, "zip": "6811 AA", "city": "Arnhem"})
        cls.trade = cls.qualification.trade_id
        cls.place = cls.make_vacancy(places_offered=3)
        cls.other_trade = cls.env["vti.trade"].search([("id", "!=", cls.trade.id)], limit=1)
        cls.seasons = cls.env["vti.season"].with_user(cls.user_vti)

    def get(self, **values):
        with self.at("2026-11-10"):
            return self.seasons.get_balance(self.season.id, **values)

    def get_cell(self, region, trade=None, **values):
        page = self.get(**values)
        [row] = [row for row in page["rows"] if row["key"] == str(region.id)]
        [cell] = [cell for cell in row["cells"] if cell["key"] == (trade or self.trade).id]
        return cell["places"], cell["students"], cell["balance"]

    def test_places_less_students(self):
        self.student.is_looking = True  # in Utrecht: nearer to Woerden than to Arnhem
        self.assertEqual(self.get_cell(self.west), (3, 1, 2))
        far = self.make_student("Far")
        far.partner_id.zip = "6821 AA"
        self.assertEqual(self.get_cell(self.east), (0, 1, -1))
        self.make_vacancy(self.other_company, trade_id=self.other_trade.id)
        self.assertEqual(self.get_cell(self.east, self.other_trade), (1, 0, 1))
        page = self.get()
        self.assertEqual((page["total"]["places"], page["total"]["students"]), (4, 2))

    def test_only_what_is_open_and_who_looks(self):
        self.make_vacancy(state="paused")
        self.make_vacancy(season_id=self.env["vti.season"].create(
            {"name": "2097", "date_from": "2097-08-01", "date_to": "2098-07-31"}).id)  # fmt: skip
        self.assertEqual(self.get_cell(self.west), (3, 0, 3))
        self.place.sudo()._take_place()
        self.assertEqual(self.get_cell(self.west), (2, 0, 2))

    def test_level(self):
        self.student.is_looking = True
        self.assertEqual(self.get_cell(self.west, level="2"), (3, 1, 2))
        self.assertEqual(self.get(level="4")["total"]["places"], 0)
        self.place.qualification_ids += self.qualification_4
        self.assertEqual((self.get(level="4")["total"]["places"], self.get()["total"]["places"]), (3, 3))
        self.assertEqual(self.get(level="x")["level"], "")

    def test_a_student_with_two_courses_counts_once(self):
        self.student.is_looking = True
        self.student.enrolment_ids.copy({"qualification_id": self.qualification_4.id, "date_from": "2026-09-01"})
        self.assertEqual(self.get()["total"]["students"], 1)

    def test_without_regions_by_province(self):
        self.env["res.partner"].search([("vti_region_id", "!=", False)]).vti_region_id = False
        self.student.is_looking = True
        rows = {row["key"]: (row["total"]["places"], row["total"]["students"]) for row in self.get()["rows"]}
        self.assertEqual(rows, {"Utrecht": (3, 1)})

    def test_unknown_address_has_a_row(self):
        self.student.is_looking = True
        self.student.partner_id.zip = False
        [row] = [row for row in self.get()["rows"] if row["key"] == "none"]
        self.assertEqual(row["total"]["students"], 1)
        self.assertEqual(sum(town["students"] for town in self.get()["towns"]), 0)

    def test_each_figure_opens_what_it_counts(self):
        self.student.is_looking = self.other_student.is_looking = True
        self.make_vacancy(self.other_company, trade_id=self.other_trade.id)
        with self.at("2026-11-10"):
            page = self.seasons.get_balance(self.season.id)
            for row in page["rows"]:
                for cell in row["cells"]:
                    where = {"season_id": self.season.id, "area": row["key"], "trade_id": cell["key"]}
                    places = self.open("vti.vacancy", **where)
                    self.assertEqual(sum(places.mapped("places_left")), cell["places"], (row["label"], cell))
                    self.assertEqual(len(self.open("vti.student", **where)), cell["students"])
            for town in page["towns"]:
                where = {"season_id": self.season.id, "town": town["town"], "trade_id": -1}
                self.assertEqual(len(self.open("vti.student", **where)), town["students"])

    def open(self, model, **values):
        return self.env[model].search(self.seasons.get_balance_list(model, **values)["domain"])

    def test_map_by_trade(self):
        self.assertEqual([town["town"] for town in self.get(trade_id=self.trade.id)["towns"]], ["Woerden"])
        self.assertEqual(self.get(trade_id=self.other_trade.id)["towns"], [])

    def test_same_queries_for_many(self):
        self.get()
        counts = []
        for number in (1, 20):
            for _step in range(number):
                self.make_vacancy()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.get()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_only_vti(self):
        for user in (self.user_company, self.user_school, self.user_student):
            with self.assertRaises(AccessError):
                self.env["vti.season"].with_user(user).get_balance()
            with self.assertRaises(AccessError):
                self.env["vti.season"].with_user(user).get_balance_list("vti.student")
        with self.assertRaises(AccessError):
            self.seasons.get_balance_list("res.users")
