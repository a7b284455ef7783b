from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import TODAY, VtiCase


@tagged("post_install", "-at_install")
class TestSeasonStart(VtiCase):
    def _get_page(self):
        return self.env["vti.season"].with_user(self.user_vti).get_start_page()

    def _get_figures(self):
        return {row["label"]: row for part in self._get_page()["sections"] for row in part["figures"]}

    def test_figures_open_what_they_count(self):
        self.make_recognition(self.company, last_checked="2020-01-01")
        with self.at(f"{TODAY} 12:00:00"):
            before = self._get_figures()["Open places"]["value"]
            self.make_vacancy(places_offered=2, places_left=2)
            figures = self._get_figures()
            self.assertEqual(figures["Open places"]["value"], before + 2)
            for figure in figures.values():
                action = self.env.ref(figure["action"])
                count = self.env[action.res_model].with_user(self.user_vti).search_count(figure["domain"])
                if figure["label"] != "Open places":
                    self.assertEqual(count, figure["value"], figure["label"])
            self.assertEqual(figures["Recognitions to check"]["tone"], "attention")

    def test_students_against_places(self):
        balances = {balance["key"]: balance["rows"] for balance in self._get_page()["balances"]}
        level = next(row for row in balances["level"] if row["label"].endswith("2"))
        self.assertGreaterEqual(level["students"], 2)
        self.student.is_looking = False
        balances = {balance["key"]: balance["rows"] for balance in self._get_page()["balances"]}
        after = next(row for row in balances["level"] if row["label"].endswith("2"))
        self.assertEqual(after["students"], level["students"] - 1)

    def test_only_for_vti(self):
        for user in (self.user_student, self.user_company, self.user_school):
            with self.assertRaises(AccessError):
                self.env["vti.season"].with_user(user).get_start_page()

    def test_number_of_queries_stays(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._get_page()
            return self.cr.sql_log_count - before

        self.make_vacancy()
        self.registry.clear_all_caches()
        count()
        few = count()
        for number in range(79):
            self.make_student(f"Student {number}")
            self.make_vacancy()
        self.registry.clear_all_caches()  # else what another test left warm counts too
        count()
        self.assertEqual(count(), few)
