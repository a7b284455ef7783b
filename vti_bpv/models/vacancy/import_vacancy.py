from odoo import models

from ...importing.fields import fold
from ..network.import_lookup import Houses, Named, People, Qualifications

OWN = (
    "reference",
    "name",
    "kind",
    "learning_path",
    "open_to_level_2",
    "with_hbo",
    "date_from",
    "date_to",
    "days_per_week",
    "hours_per_week",
    "time_from",
    "time_to",
    "places_offered",
    "allowance",
    "expenses",
    "salary",
    "side_job",
    "description",
    "learning",
    "requirements",
    "clothes",
    "travel",
    "min_age",
)
LINKS = ("employer_id", "branch_id", "season_id", "trade_id", "qualification_ids", "contact_id", "mentor_id")


class ImportVacancy(models.AbstractModel):
    """Places, known by the company's own reference. New ones are drafts: publishing has rules of its own."""

    _name = "vti.import.vacancy"
    _description = "Import of places"
    _inherit = ["vti.import.kind"]

    def _plan_rows(self, plan):
        emails = [row.values[name] for row in plan.rows for name in ("contact", "mentor") if name in row.values]
        references = [row.values["reference"] for row in plan.rows if "reference" in row.values]
        known = self.env["vti.vacancy"].search_fetch([("reference", "in", references)], [*OWN, *LINKS, "places_left"])
        found = {
            "houses": Houses(self.env, (), [("is_employer", "=", True)]),
            "people": People(self.env, emails),
            "qualifications": Qualifications(self.env),
            "trades": Named(self.env, "vti.trade"),
            "seasons": self.env["vti.season"].search([]),
            "seen": {},
            "known": {(vacancy.employer_id.id, vacancy.reference): vacancy for vacancy in known},
        }
        for row in plan.rows:
            house = found["houses"].find(row, self._header)
            plan.name_row(row, ", ".join(filter(None, [row.values.get("name"), house and house.name])))
            if house and "reference" in row.values:
                self._plan_vacancy(plan, row, house, found)

    def _plan_vacancy(self, plan, row, house, found):
        key = (house.id, row.values["reference"])
        if self._refuse_double(row, found["seen"], (house.id, fold(key[1])), "reference"):
            return
        vacancy = found["known"].get(key) or self.env["vti.vacancy"]
        values = {name: row.values[name] for name in OWN if name in row.values}
        values |= self._get_links(row, house, found)
        if not vacancy and not row.cells.get("name"):
            self._problem(row, "required_new", "name")
        start, end = values.get("date_from") or vacancy.date_from, values.get("date_to") or vacancy.date_to
        if start and end and end < start:
            self._problem(row, "dates_ordered", "date_to")
        self._check_places(row, vacancy, values)
        self._add_step(plan, row, 0, vacancy, values, {"employer_id": house.id})

    def _get_links(self, row, house, found):
        values = {}
        if place := found["houses"].find_place(row, house, "branch", self._header):
            values["branch_id"] = place.id
        for column, field in (("contact", "contact_id"), ("mentor", "mentor_id")):
            if person := found["people"].find(row, house, column, self._header):
                values[field] = person.id
        trade = found["trades"].find(row, "trade", self._header)
        if "crebos" in row.values:
            heading = self._header("crebos")
            each = [found["qualifications"].find(row, crebo, heading) for crebo in row.values["crebos"]]
            values["qualification_ids"] = sorted(one.id for one in each if one)
            trade = trade or next((one.trade_id for one in each if one), None)
        if trade:
            values["trade_id"] = trade.id
        if start := row.values.get("date_from"):
            season = found["seasons"].filtered(lambda season: season.date_from <= start <= season.date_to)
            if season:
                values["season_id"] = season.id
            else:
                self._problem(row, "no_season", "date_from", value=start.strftime("%d-%m-%Y"))
        return values

    def _check_places(self, row, vacancy, values):
        """Refuse fewer places than are taken; the counter itself follows in the model."""
        if "places_offered" not in values:
            return
        offered = values["places_offered"]
        taken = vacancy.places_offered - vacancy.places_left if vacancy else 0
        if offered < 1:
            self._problem(row, "one_or_more", "places_offered")
        elif offered < taken:
            self._problem(row, "places_taken", "places_offered", taken=taken)
