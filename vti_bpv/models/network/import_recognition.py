from odoo import models

from .import_lookup import Houses, Qualifications

OWN = ("status", "last_checked", "review_date", "date_end")


class ImportRecognition(models.AbstractModel):
    """SBB's recognitions, known by branch and crebo."""

    _name = "vti.import.recognition"
    _description = "Import of recognitions"
    _inherit = ["vti.import.kind"]

    def _plan_rows(self, plan):
        houses = Houses(self.env, (), [("is_employer", "=", True)])
        qualifications = Qualifications(self.env)
        found = {
            (recognition.branch_id.id, recognition.qualification_id.id): recognition
            for recognition in self.env["vti.recognition"].search_fetch([], ["branch_id", "qualification_id", *OWN])
        }
        seen = {}
        for row in plan.rows:
            house = houses.find(row, self._header)
            place = houses.find_place(row, house, "branch", self._header) or house
            crebo = row.values.get("crebo")
            qualification = qualifications.find(row, crebo, self._header("crebo")) if crebo else None
            plan.name_row(
                row, ", ".join(filter(None, [house and house.name, place and place != house and place.name, crebo]))
            )
            if not place or not qualification or row.problems:
                continue
            key = (place.id, qualification.id)
            if self._refuse_double(row, seen, key, "crebo"):
                continue
            values = {name: row.values[name] for name in OWN if name in row.values}
            self._add_step(
                plan,
                row,
                0,
                found.get(key) or self.env["vti.recognition"],
                values,
                {"branch_id": place.id, "qualification_id": qualification.id},
            )
