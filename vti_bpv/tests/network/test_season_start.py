from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import TODAY, VtiCase


@tagged("post_install", "-at_install")
class TestSeasonStart(VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("vti_bpv.confirm_weeks_season", "8")  # as out of the season

    def _get_page(self, season_id=None):
        return self.env["vti.season"].with_user(self.user_vti).get_start_page(season_id)

    def _get_figures(self, season_id=None):
        return {row["label"]: row for part in self._get_page(season_id)["sections"] for row in part["figures"]}

    def _find(self, figure):
        """What a figure opens."""
        action = self.env.ref(figure["action"])
        return self.env[action.res_model].with_user(self.user_vti).search(figure["domain"])

    def test_figures_open_what_they_count(self):
        self.make_recognition(self.company, last_checked="2020-01-01")
        with self.at(f"{TODAY} 12:00:00"):
            self.env["vti.vacancy"].search([]).write({"state": "closed"})
            self.make_vacancy(places_offered=2)
            self.make_vacancy(places_offered=3)
            figures = self._get_figures()
            online = figures["Vacancies online"]
            self.assertEqual((online["value"], online["note"]), (2, "5 places left"))
            for figure in figures.values():
                self.assertEqual(len(self._find(figure)), figure["value"], figure["label"])
            self.assertEqual(figures["Recognitions to check"]["tone"], "attention")

    def _add_one_of_everything(self, season, first_year):
        """A student and records for every figure of a season, in it and by the clock of the test.

        :return: names of the figures that each should be in
        """
        student = self.make_student(f"Student {first_year}")
        student.enrolment_ids.write({"date_from": season.date_from, "date_to": season.date_to})
        child = self.make_student(f"Child {first_year}", birth_date="2012-01-01", is_looking=False)
        child.enrolment_ids.write({"date_from": season.date_from, "date_to": season.date_to})
        values = {"season_id": season.id}
        online = self.make_vacancy(**values, places_offered=3, confirmed_on=TODAY)
        late = self.make_vacancy(**values, confirmed_on="2026-09-14")
        others = [self.make_vacancy(**values, state=state) for state in ("review", "paused")]
        waiting = self.make_application(student, online, submitted_on="2026-09-01 10:00:00")
        hidden = self.make_application(child, online)
        running = self.make_placement(student, late, state="running", date_to="2026-12-01")
        planned = self.make_placement(student, late, date_from="2026-11-20")
        over = self.make_placement(student, late, state="running", date_to="2026-11-09")
        run = self.env["vti.match.run"].create({"season_id": season.id, "state": "done"})
        found = {"run_id": run.id, "student_id": student.id}
        proposal = self.env["vti.match.proposal"].create({**found, "vacancy_id": online.id, "state": "proposed"})
        gap = self.env["vti.match.gap"].create(found)
        card = self._add_card(student)
        return {
            "Vacancies to review": others[0], "Vacancies not confirmed for 8 weeks": late,
            "Vacancies online": online | late, "Vacancies paused": others[1], "Students looking": student,
            "Under 16, no parent known": child, "Applications answered too late": waiting,
            "Wait for a parent or date of birth": hidden, "Open applications": waiting, "Running": running | over,
            "Start within 30 days": planned, "End within 30 days": running, "Over, not closed yet": over,
            "Proposals of the radar": proposal, "No place found for": gap,
            "Students in the exchange": card, "In the exchange at level 1 and 2": card,
        }  # fmt: skip

    def _add_card(self, student):
        """A card of a student of level 2, as the members see it."""
        consent = self.env["vti.consent"].create({
            "student_id": student.id, "partner_id": student.partner_id.id, "purpose": "exchange", "text": "Yes.",
            "given_by_id": student.partner_id.id,
        })  # fmt: skip
        return self.env["vti.exchange.listing"].create({
            "student_id": student.id, "consent_id": consent.id, "state": "visible", "until": "2030-01-01",
            "audience": "all", "shown_on": f"{TODAY} 10:00:00",
        })  # fmt: skip

    def test_every_figure_follows_the_season(self):
        Season = self.env["vti.season"]
        with self.at(f"{TODAY} 12:00:00"):
            year = {"date_from": "2031-08-01", "date_to": "2032-07-31"}
            far = Season.search([("date_from", "=", "2031-08-01")]) or Season.create({"name": "2031-2032", **year})
            this = self._add_one_of_everything(self.season, 2026)
            later = self._add_one_of_everything(far, 2031)
            loose = self.make_vacancy(season_id=False, confirmed_on=TODAY)
            mine = {record for records in (*this.values(), *later.values(), loose) for record in records}
            everything = {label: this[label] | later[label] for label in this}
            this["Vacancies online"] |= loose
            everything["Vacancies online"] |= loose
            for season_id, expected in ((None, this), (self.season.id, this), (far.id, later), (0, everything)):
                figures = self._get_figures(season_id)
                always = ("vti.recog", "vti.season-45", "vti.campaign", "res.partner", "crm.lead", "vti.holiday")
                seasonal = [row for row in figures.values() if not row["key"].startswith(always)]
                self.assertEqual({row["label"] for row in seasonal}, set(expected))
                for row in seasonal:
                    found = self._find(row)
                    self.assertEqual(len(found), row["value"], row["label"])
                    self.assertEqual(
                        {record for record in found.sudo() if record in mine}, set(expected[row["label"]]),
                        (season_id, row["label"]),
                    )  # fmt: skip

    def test_a_confirmation_counts_eight_weeks(self):
        place = self.make_vacancy(confirmed_on="2026-09-15")
        for moment, late in (("2026-11-10 12:00:00", False), ("2026-11-11 12:00:00", True)):
            with self.at(moment):
                place.invalidate_recordset(["is_unconfirmed"])
                self.assertEqual(place.is_unconfirmed, late)
                self.assertEqual(place in self.env["vti.vacancy"].search([("is_unconfirmed", "=", True)]), late)
        place.state = "paused"
        with self.at("2026-12-31 12:00:00"):
            self.assertNotIn(place, self.env["vti.vacancy"].search([("is_unconfirmed", "=", True)]))

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
