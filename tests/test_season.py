from odoo.tests import TransactionCase, tagged

from odoo.addons.vti.data import season


@tagged("post_install", "-at_install")
class TestSeason(TransactionCase):
    """The demo season comes in through the import and shows every state; nothing else uses it."""

    def test_season_loads_once_and_shows_every_state(self):
        logins = season.load(self.env)["logins"]
        self.assertEqual([login for _role, login, _password in logins], ["student", "bedrijf", "school", "vti"])
        self.assertEqual(self.env["vti.import"].search_count([("state", "=", "done")]), 6)
        for model, field in (
            ("vti.vacancy", "state"),
            ("vti.vacancy", "kind"),
            ("vti.application", "state"),
            ("vti.placement", "state"),
        ):
            values = {value for value, _label in self.env[model]._fields[field]._description_selection(self.env)}
            found = set(self.env[model].search([]).mapped(field))
            self.assertEqual(values - found - {"accepted", "closing"}, set(), f"{model}.{field}")
        counts = {
            model: self.env[model].search_count([]) for model in ("res.partner", "vti.student", "vti.application")
        }
        season.load(self.env)
        for model, count in counts.items():
            self.assertEqual(self.env[model].search_count([]), count, model)
        waiting = self.env["vti.student"].search([("activated_on", "=", False)])
        self.assertTrue(waiting)
        self.assertFalse(self.env["vti.application"].search([("student_id", "in", waiting.ids)]))
        places = self.env["vti.vacancy"].search([("state", "=", "published")])
        self.assertGreater(len(places), 90)
        self.assertTrue(all(place.places_left for place in places))
