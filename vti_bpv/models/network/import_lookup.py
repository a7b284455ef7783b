"""Indexes of what an import refers to, each filled in one or two queries."""

import re
from collections import defaultdict
from difflib import get_close_matches

from odoo.fields import Domain

from ...importing.fields import fold
from ...importing.problems import Problem


def get_digits(text):
    return re.sub(r"\D", "", text or "")


def get_house_number(street):
    """The house number of an address, with its letter: "12a" of "Kerkstraat 12 A"."""
    found = re.search(r"(\d+)\s*-?\s*([a-z]{0,2}|\d{0,3})\s*$", (street or "").lower())
    return found[1] + found[2] if found else ""


def get_place_key(zip_code, street):
    number = get_house_number(street)
    return (fold(zip_code), number) if zip_code and number else None


class Houses:
    """Member companies and schools with their branches, by all the ways in which a file names them."""

    def __init__(self, env, names=(), domain=("|", ("is_employer", "=", True), ("is_school", "=", True))):
        """
        :param names: fields of the partners that will be compared
        :param domain: which houses; by default companies and schools
        """
        Partner = env["res.partner"].with_context(active_test=False)
        always = ["name", "ref", "company_registry", "active", "is_employer", "is_school"]
        self.houses = Partner.search_fetch(Domain(list(domain)) & Domain("is_company", "=", True), {*always, *names})
        places = Partner.search_fetch(
            [("type", "in", ("branch", "campus")), ("parent_id", "in", self.houses.ids)],
            {"name", "ref", "zip", "street", "active", "parent_id", *names},
        )
        self.by = {"kvk": defaultdict(list), "ref": defaultdict(list), "house": defaultdict(list)}
        self.places = defaultdict(list)
        for house in self.houses:
            for name, key in (
                ("kvk", get_digits(house.company_registry)),
                ("ref", fold(house.ref or "")),
                ("house", fold(house.name or "")),
            ):
                if key:
                    self.by[name][key].append(house)
        for place in places:
            self.places[place.parent_id.id].append(place)

    def find(self, row, header, wanted=("kvk", "ref", "house")):
        """The house that a row names, a problem noted where there is none.

        :param Row row: with any of the values kvk, ref and house
        :param header: function from a column's name to its heading
        :return: res.partner or None
        """
        found = None
        for name in wanted:
            if name not in row.values or (name == "house" and found):
                continue
            candidates = self.by[name].get(fold(row.values[name]), [])
            candidates = [house for house in candidates if house.active] or candidates
            if len(candidates) != 1:
                code = "ambiguous_house" if candidates else "unknown_house"
                near = get_close_matches(fold(row.values[name]), self.by[name], n=1, cutoff=0.8)
                guess = self.by[name][near[0]][0].name if near and not candidates else ""
                row.problems.append(Problem(code, header(name), {"value": row.values[name], "guess": guess}))
                return None
            if found and found != candidates[0]:
                row.problems.append(
                    Problem(
                        "house_conflict",
                        header(name),
                        {"value": row.values[name], "name": candidates[0].name, "other": found.name},
                    )
                )
                return None
            found = candidates[0]
        if found and not found.active:
            row.problems.append(Problem("archived", "", {"name": found.name}))
            return None
        if not found and not any(row.cells.get(name) for name in wanted):
            row.problems.append(Problem("house_needed", "", {"columns": [header(name) for name in wanted]}))
        return found

    def find_place(self, row, house, column, header):
        """The branch or campus of a house that a row names by number or name; None where it names none."""
        text = row.values.get(column)
        if not text or not house:
            return None
        places = self.places[house.id]
        for place in places:
            if fold(text) in (fold(place.ref or ""), fold(place.name or "")):
                return place
        row.problems.append(
            Problem(
                "unknown_place",
                header(column),
                {"value": text, "house": house.name, "known": [place.name or place.ref for place in places[:5]]},
            )
        )
        return None


class Qualifications:
    """Qualifications by crebo."""

    def __init__(self, env):
        found = env["vti.qualification"].with_context(active_test=False).search_fetch([], ["crebo", "name", "trade_id"])
        self.by_crebo = found.grouped("crebo")

    def find(self, row, crebo, heading):
        """The qualification with that number, a problem with the nearest one noted where there is none."""
        if crebo in self.by_crebo:
            return self.by_crebo[crebo]
        near = get_close_matches(crebo, self.by_crebo, n=1, cutoff=0.6)
        guess = f"{near[0]} {self.by_crebo[near[0]].name}" if near else ""
        row.problems.append(Problem("unknown_crebo", heading, {"value": crebo, "guess": guess}))
        return None


class People:
    """People who work at houses, by house and e-mail."""

    def __init__(self, env, emails, names=()):
        emails = sorted(set(emails))
        people = (
            env["res.partner"]
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("email_normalized", "in", emails),
                    ("parent_id", "!=", False),
                    ("is_company", "=", False),
                    ("type", "not in", ("branch", "campus")),
                ],
                {"name", "email_normalized", "commercial_partner_id", "active", *names},
            )
            if emails
            else env["res.partner"]
        )
        self.by_key = {(person.commercial_partner_id.id, person.email_normalized): person for person in people}

    def find(self, row, house, column, header):
        """The person of a house with the e-mail in a column, a problem noted where there is none."""
        email = row.values.get(column)
        if not email or not house:
            return None
        person = self.by_key.get((house.id, email))
        if not person:
            row.problems.append(Problem("unknown_person", header(column), {"value": email, "house": house.name}))
        return person


class Named:
    """Records of a small model (trades, regions, countries) by name."""

    def __init__(self, env, model, *keys):
        self.records = {}
        for lang in {"en_US", "nl_NL", env.lang or "en_US"} & {code for code, _name in env["res.lang"].get_installed()}:
            for record in env[model].with_context(lang=lang, active_test=False).search([]):
                for key in keys or ("name",):
                    if record[key]:
                        self.records.setdefault(fold(record[key]), (record, record[key]))

    def find(self, row, column, header):
        text = row.values.get(column)
        if not text:
            return None
        if fold(text) in self.records:
            return self.records[fold(text)][0]
        near = get_close_matches(fold(text), self.records, n=1, cutoff=0.6)
        guess = self.records[near[0]][1] if near else ""
        row.problems.append(Problem("unknown_name", header(column), {"value": text, "guess": guess}))
        return None
