from collections import defaultdict

from odoo import models

from ...importing.fields import fold
from ...tools import geo
from .import_lookup import Houses, Named, get_digits, get_place_key

ADDRESS = ("street", "zip", "city", "phone", "email")


class ImportAddress(models.AbstractModel):
    """What kinds with an address share: postcodes and countries."""

    _name = "vti.import.address"
    _description = "Import of addresses"
    _inherit = ["vti.import.kind"]

    def _get_address(self, row, countries, names=ADDRESS):
        """Values of a partner's address, with a problem where a Dutch postcode isn't one."""
        values = {name: row.values[name] for name in names if name in row.values}
        country = countries.find(row, "country", self._header)
        if country:
            values["country_id"] = country.id
        if "zip" in values and (not country or country.code == "NL") and not geo.tidy_zip(values["zip"]):
            self._problem(row, "zip", "zip", value=values["zip"])
        return values

    def _get_countries(self):
        return Named(self.env, "res.country", "name", "code")

    def _get_new_person_defaults(self):
        """What a new partner gets beside its values: the Netherlands, and Dutch mails."""
        dutch = any(code == "nl_NL" for code, _name in self.env["res.lang"].get_installed())
        return {"country_id": self.env.ref("base.nl").id, **({"lang": "nl_NL"} if dutch else {})}


class ImportCompany(models.AbstractModel):
    """Member companies and their branches."""

    _name = "vti.import.company"
    _description = "Import of companies"
    _inherit = ["vti.import.address"]

    _house_type = {"is_employer": True}
    _place_type = "branch"
    _key_columns = {"kvk": "kvk", "ref": "ref"}  # the index of Houses -> the column, the surest first
    _own_fields = (
        "website",
        "membership_state",
        "membership_from",
        "membership_to",
        "employee_count",
        "is_training_employer",
        "about",
    )

    def _plan_rows(self, plan):
        names = [*ADDRESS, *self._own_fields, "country_id", "vti_region_id"]
        domain = [(name, "=", value) for name, value in self._house_type.items()]
        found = {
            "houses": Houses(self.env, names, domain),
            "countries": self._get_countries(),
            "regions": Named(self.env, "vti.region"),
            "defaults": self._get_new_person_defaults(),
            "made": {},
            "seen": {},
            "seen_places": {},
            "made_places": defaultdict(list),
        }
        places = [row for row in plan.rows if "branch" in row.values or "branch_ref" in row.values]
        of_places = {id(row) for row in places}
        for row in plan.rows:
            if id(row) not in of_places:
                self._plan_house(plan, row, found)
        for row in places:
            self._plan_place(plan, row, found)

    def _get_keys(self, row):
        """The keys by which a row names its house, the surest first."""
        return [(name, fold(row.values[column])) for name, column in self._key_columns.items() if column in row.values]

    def _ask_for_key(self, row):
        columns = self._key_columns.values()
        if not any(row.cells.get(column) for column in columns):
            self._problem(row, "house_needed", columns=[self._header(column) for column in columns])

    def _plan_house(self, plan, row, found):
        plan.name_row(row, row.values.get("name") or row.values.get("kvk") or row.values.get("ref") or "")
        keys = self._get_keys(row)
        if not keys:
            self._ask_for_key(row)
            return
        doubles = [self._refuse_double(row, found["seen"], key, self._key_columns[key[0]]) for key in keys]
        if any(doubles):
            return
        house = self._find_house(row, keys, found["houses"])
        values = self._get_house_values(row, found)
        if row.problems and house is None:
            return
        if not house and not row.values.get("name"):
            self._problem(row, "required_new", "name")
        house = house or self.env["res.partner"]
        step = self._add_step(
            plan,
            row,
            0,
            house,
            values,
            {**found["defaults"], "is_company": True, **self._house_type, **self._get_new_house_values()},
        )
        for key in keys:
            found["made"][key] = step
        if house:
            plan.name_row(row, row.values.get("name") or house.name)

    def _find_house(self, row, keys, houses):
        """The house a row stands for; None (with a problem) where that is unclear, empty where it is new."""
        matches = {}
        for name, key in keys:
            candidates = houses.by[name].get(key, [])
            if len(candidates) > 1:
                column = self._key_columns[name]
                self._problem(row, "ambiguous_house", column, value=row.values[column])
                return None
            if candidates:
                matches[name] = candidates[0]
        if len({house.id for house in matches.values()}) > 1:
            (_first, other), (name, house) = list(matches.items())[:2]
            column = self._key_columns[name]
            self._problem(row, "house_conflict", column, value=row.values[column], name=house.name, other=other.name)
            return None
        house = next(iter(matches.values()), self.env["res.partner"])
        known = get_digits(house.company_registry) if house and "kvk" in row.values else ""
        if known and known != row.values["kvk"]:
            self._problem(row, "other_kvk", "kvk", value=row.values["kvk"], known=known, name=house.name)
            return None
        if house and not house.active:
            self._problem(row, "archived", name=house.name)
            return None
        return house

    def _get_house_values(self, row, found):
        values = self._get_address(row, found["countries"])
        values |= {name: row.values[name] for name in ("name", "ref", *self._own_fields) if name in row.values}
        if "kvk" in row.values:
            values["company_registry"] = row.values["kvk"]
        if region := found["regions"].find(row, "region", self._header) if "region" in row.cells else None:
            values["vti_region_id"] = region.id
        start, end = values.get("membership_from"), values.get("membership_to")
        if start and end and end < start:
            self._problem(row, "dates_ordered", "membership_to")
        return values

    def _get_new_house_values(self):
        return {"membership_state": "member"}

    def _plan_place(self, plan, row, found):
        label = row.values.get("branch") or row.values.get("branch_ref")
        plan.name_row(row, ", ".join(filter(None, [row.values.get("name"), label])))
        houses = found["houses"]
        parent, parent_id = self._get_parent(row, found)
        if not (parent or parent_id):
            return
        place_key = get_place_key(row.values.get("zip"), row.values.get("street"))
        by_ref, by_name = fold(row.values.get("branch_ref", "")), fold(row.values.get("branch", ""))
        house_key = parent_id or id(parent)
        for kind, key in (("branch_ref", by_ref), ("branch", by_name)):
            if key and self._refuse_double(row, found["seen_places"], (house_key, kind, key), kind):
                return
        place = self._find_place(houses.places[parent_id] if parent_id else [], by_ref, place_key, by_name)
        values = self._get_address(row, found["countries"])
        values |= {
            new: row.values[name] for new, name in (("name", "branch"), ("ref", "branch_ref")) if name in row.values
        }
        if not place:
            defaults = {
                **found["defaults"],
                "type": self._place_type,
                "name": values.get("city") or label,
                "parent_id": parent if parent_id is None else parent_id,
            }
            self._add_step(plan, row, 1, self.env["res.partner"], values, defaults)
        elif not place.active:
            self._problem(row, "archived", name=place.name)
        else:
            self._add_step(plan, row, 1, place, values)

    def _get_parent(self, row, found):
        """The house that a row's place belongs to.

        :return: (the step that makes or changes it, its id); both empty, with a problem, where there is none
        """
        keys = self._get_keys(row)
        parent = next((found["made"][key] for key in keys if key in found["made"]), None)
        if parent:
            return parent, parent.record_id
        if not keys:
            self._ask_for_key(row)
            return None, None
        house = self._find_house(row, keys, found["houses"])
        if house is not None and not house:
            column = self._key_columns[keys[0][0]]
            self._problem(row, "house_first", column, value=row.values[column])
        return None, house.id if house else None

    def _find_place(self, places, by_ref, place_key, by_name):
        """A branch by its number, else by postcode and house number, else by name."""
        for place in places:
            if by_ref and fold(place.ref or "") == by_ref:
                return place
        unnumbered = [place for place in places if not (by_ref and place.ref)]
        for place in unnumbered:
            if place_key and get_place_key(place.zip, place.street) == place_key:
                return place
        return next((place for place in unnumbered if by_name and fold(place.name or "") == by_name), None)


class ImportSchool(models.AbstractModel):
    """Schools and their campuses."""

    _name = "vti.import.school"
    _description = "Import of schools"
    _inherit = ["vti.import.company"]

    _house_type = {"is_school": True}
    _place_type = "campus"
    _key_columns = {"ref": "ref", "house": "name"}
    _own_fields = ("website", "has_mbo", "has_hbo", "has_vmbo", "has_pro", "has_vso")

    def _get_new_house_values(self):
        return {}
