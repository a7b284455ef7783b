from odoo import models

from .guidance_role import COMPANY_ROLES, SCHOOL_ROLES
from .import_lookup import Houses, People

OWN = ("name", "phone", "function", "email")


class ImportContact(models.AbstractModel):
    """People of companies and schools with their guidance roles, known by e-mail within the house."""

    _name = "vti.import.contact"
    _description = "Import of contacts"
    _inherit = ["vti.import.address"]

    def _plan_rows(self, plan):
        people = People(
            self.env, [row.values["email"] for row in plan.rows if "email" in row.values], [*OWN, "branch_scope_ids"]
        )
        known = self.env["res.partner"].union(*people.by_key.values())
        roles = {
            (role.partner_id.id, role.role, role.organisation_id.id)
            for role in self.env["vti.guidance.role"].search_fetch(
                [("partner_id", "in", known.ids), ("date_to", "=", False)], ["partner_id", "role", "organisation_id"]
            )
        }
        found = {
            "houses": Houses(self.env),
            "people": people,
            "roles": roles,
            "made": {},
            "seen": {},
            "defaults": self._get_new_person_defaults(),
        }
        for row in plan.rows:
            plan.name_row(row, row.values.get("name") or row.values.get("email") or "")
            house = found["houses"].find(row, self._header)
            if house and "email" in row.values:
                self._plan_contact(plan, row, house, found)

    def _plan_contact(self, plan, row, house, found):
        place = found["houses"].find_place(row, house, "branch", self._header)
        where = (place or house).id
        email = row.values["email"]
        # the same person may come again for another branch, with other roles
        if self._refuse_double(row, found["seen"], (house.id, email, where), "email"):
            return
        person = found["people"].by_key.get((house.id, email)) or self.env["res.partner"]
        step = found["made"].get((house.id, email))
        if not step:
            step = found["made"][house.id, email] = self._add_person(plan, row, house, place, person, found)
        self._add_roles(plan, row, house, where, step, found)

    def _add_person(self, plan, row, house, place, person, found):
        values = {name: row.values[name] for name in OWN if name in row.values}
        if not person and "name" not in values:
            self._problem(row, "required_new", "name")
        if person and not person.active:
            self._problem(row, "archived", name=person.name)
        if row.values.get("only_branch"):
            if place and place.type == "branch":
                values["branch_scope_ids"] = sorted({*person.branch_scope_ids.ids, place.id})
            else:
                self._problem(row, "needs_other", "only_branch", other=self._header("branch"))
        defaults = {name: value for name, value in found["defaults"].items() if name != "country_id"}
        return self._add_step(plan, row, 0, person, values, {**defaults, "parent_id": house.id, "type": "contact"})

    def _add_roles(self, plan, row, house, where, step, found):
        allowed = {
            role
            for role, _label in (COMPANY_ROLES if house.is_employer else []) + (SCHOOL_ROLES if house.is_school else [])
        }
        for role in row.values.get("roles", ()):
            if role not in allowed:
                word = self._get_format().by_name["roles"].choices[role][0]
                self._problem(row, "role_elsewhere", "roles", value=word, house=house.name)
            elif (step.record_id, role, where) not in found["roles"]:
                self._add_step(
                    plan,
                    row,
                    1,
                    self.env["vti.guidance.role"],
                    {"partner_id": step, "role": role, "organisation_id": where},
                ).is_side = True
