from odoo.tests import tagged
from odoo.tools import SQL

from ...tools import geo
from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestDistance(VtiCase):
    def test_sql_tells_the_same_as_python(self):
        woerden = self.company.postcode_id
        distance = geo.sql_distance_km(SQL("latitude"), SQL("longitude"), woerden.latitude, woerden.longitude)
        rows = self.env.execute_query(SQL("SELECT id, %s FROM vti_postcode ORDER BY code LIMIT 300", distance))
        for postcode_id, kilometres in rows:
            postcode = self.env["vti.postcode"].browse(postcode_id)
            self.assertAlmostEqual(kilometres, woerden._distance_km(postcode), places=6)
        self.assertEqual(woerden._distance_km(woerden), 0)

    def test_search_near(self):
        self.other_company.write({"zip": "9711 AA", "city": "Groningen"})
        Partner = self.env["res.partner"]
        both = [("id", "in", (self.company + self.other_company).ids)]
        for text, found in (
            ("3447gg", self.company),
            ("woerden", self.company),
            ("Utrecht 5 km", Partner),
            ("Utrecht 25 km", self.company),
            ("Utrecht 250 km", self.company + self.other_company),
            ("nowhere", Partner),
            ("9999 ZZ km", Partner),
        ):
            with self.subTest(text):
                self.assertEqual(Partner.search([*both, ("near", "ilike", text)]), found)
        self.assertIn(self.student, self.env["vti.student"].search([("near", "ilike", "3511")]))

    def test_unknown_place_has_no_distance(self):
        self.other_company.write({"zip": "B-2000", "country_id": self.env.ref("base.be").id})
        self.assertIsNone(self.other_company._get_distance_km(self.company.postcode_id))
        self.assertAlmostEqual(self.school._get_distance_km(self.company.postcode_id), 13, delta=3)
