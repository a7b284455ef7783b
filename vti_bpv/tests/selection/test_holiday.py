import base64
import json
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.school_holidays import read_school_holidays
from ..common import VtiCase


def make_year(regions=None, name="Herfstvakantie "):
    """A school year as opendata.rijksoverheid.nl writes it, blanks and moments in UTC included."""
    regions = regions or [("noord", "2027-10-16T00:00:00.000Z", "2027-10-24T21:59:00.000Z")]
    rows = [{"region": place, "startdate": start, "enddate": end} for place, start, end in regions]
    vacation = {"type": name, "compulsorydates": "false", "regions": rows}
    return {"content": [{"schoolyear": " 2027-2028 ", "vacations": [vacation]}]}


@tagged("post_install", "-at_install")
class TestHoliday(VtiCase):
    """The holidays that are known, what the government's file adds, and when VTI hears that some are missing."""

    def get_rows(self, document):
        return read_school_holidays(json.dumps(document).encode())

    def test_days_are_dutch(self):
        for start, end, first, last in (
            ("2027-10-16T00:00:00.000Z", "2027-10-24T21:59:00.000Z", date(2027, 10, 16), date(2027, 10, 24)),
            ("2027-10-15T22:00:00.000Z", "2027-10-24T21:59:59.999Z", date(2027, 10, 16), date(2027, 10, 24)),
            ("2027-12-24T23:00:00.000Z", "2028-01-09T22:59:00.000Z", date(2027, 12, 25), date(2028, 1, 9)),
        ):
            (row,) = self.get_rows(make_year([("Zuid ", start, end)]))
            self.assertEqual((row.region, row.date_from, row.date_to), ("south", first, last))
        (row,) = self.get_rows([make_year([("heel Nederland", "2027-12-25T00:00:00Z", "2028-01-09T22:59:00Z")])])
        self.assertEqual((row.name, row.region, row.school_year), ("Herfstvakantie", False, "2027-2028"))

    def test_another_file_is_refused(self):
        day = "2027-10-16T00:00:00Z"
        for content in (
            b"", b"PK\x03\x04", b"[]", b"3", b'{"content": 3}', b'{"content": []}', b"[" * 100_000, b" " * 1_000_001,
            json.dumps(make_year([("oost", day, day)])).encode(),
            json.dumps(make_year([("noord", day, "2027-10-15T00:00:00Z")])).encode(),
            json.dumps(make_year([("noord", day, "2028-10-15T00:00:00Z")])).encode(),
        ):  # fmt: skip
            with self.assertRaises(ValueError, msg=content[:60]):
                read_school_holidays(content)

    def test_import_adds_what_is_missing_once(self):
        Holiday = self.env["vti.holiday"]
        Holiday.search([]).unlink()
        own = Holiday.create({"name": "Own", "region": "middle", "date_from": "2027-10-20", "date_to": "2027-10-22"})
        span = ("2027-10-16T00:00:00.000Z", "2027-10-24T21:59:00.000Z")
        content = json.dumps(make_year([(place, *span) for place in ("noord", "midden")])).encode()
        for _turn in range(2):
            values = {"file": base64.b64encode(content)}
            self.env["vti.holiday.import"].with_user(self.user_vti).create(values).action_import()
        known = [(row.region, str(row.date_from), str(row.date_to)) for row in Holiday.search([]) - own]
        self.assertEqual(known, [("north", "2027-10-16", "2027-10-24")])
        self.assertEqual(own.name, "Own")
        bad = self.env["vti.holiday.import"].create({"file": base64.b64encode(b"%PDF-")})
        with self.assertRaises(UserError):
            bad.action_import()

    def test_import_is_for_staff(self):
        with self.assertRaises(AccessError):
            self.env["vti.holiday.import"].with_user(self.user_company).create({"file": base64.b64encode(b"{}")})

    def test_dates_to_confirm(self):
        Holiday = self.env["vti.holiday"]
        guessed = Holiday.search([("kind", "=", "building"), ("date_from", ">=", "2027-01-01")])
        self.assertEqual((len(guessed), set(guessed.mapped("to_confirm"))), (3, {True}))
        with self.at("2026-11-22 12:00"):
            figures = self.env["vti.season"].with_user(self.user_vti)._get_season_figures()
        figure = next(f for f in figures if f["key"] == "vti.holiday-46")
        self.assertEqual((figure["value"], figure["tone"]), (3, "attention"), "those of 2026 are over")
        with self.assertRaises(AccessError):
            guessed.with_user(self.user_company).action_confirm()
        guessed[0].with_user(self.user_vti).action_confirm()
        guessed[1].with_user(self.user_vti).date_to = guessed[1].date_from
        guessed[2].with_user(self.user_vti).name = "Bouwvak"
        self.assertEqual(guessed.mapped("to_confirm"), [False, False, True])

    def test_missing_years_are_told(self):
        Season = self.env["vti.season"]
        Season.search([]).unlink()
        with self.at("2026-11-22 12:00"):
            season = Season.create({"name": "Now", "date_from": "2026-08-01", "date_to": "2027-07-31"})
            coming = Season.create({"name": "Next", "date_from": "2027-08-01", "date_to": "2028-07-31"})
            self.assertFalse(season.holiday_gap)
            self.assertEqual(coming.holiday_gap, "Building holiday (North, Middle, South)")
            self.assertFalse(Season._get_seasons_without_holidays(), "the next one is far off")
            self.env.ref("vti_bpv.holiday_summer_2027_north").unlink()
            season.invalidate_recordset()
            self.assertEqual(season.holiday_gap, "School holiday (North)")
            self.assertEqual(Season._get_seasons_without_holidays(), season)
            figure = next(f for f in season._get_season_figures() if f["key"] == "vti.season-45")
            self.assertEqual((figure["value"], figure["tone"]), (1, "attention"))
        for day, told in (("2027-01-30", season), ("2027-01-31", season + coming), ("2027-08-01", coming)):
            with self.at(f"{day} 12:00"):
                self.assertEqual(Season._get_seasons_without_holidays(), told.sorted(reverse=True), day)
