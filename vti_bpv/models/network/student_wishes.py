import re

from odoo import api, fields, models
from odoo.exceptions import UserError

TRAVEL_MODES = [("bike", "By bike"), ("transit", "By bus or train"), ("car", "By car, scooter or with somebody")]
MAX_INTERESTS = 30


class Student(models.Model):
    """What a student wishes of a place. Matching looks at nothing else of who it is."""

    _inherit = "vti.student"

    travel_mode = fields.Selection(TRAVEL_MODES, "Travels")
    wish_days = fields.Integer("Days a week", help="Days a week that the student can work beside school.")
    wish_from = fields.Date("Can start on")
    interest_ids = fields.Many2many("vti.interest", string="Wants to do")
    wish_side_job = fields.Boolean("Wants a side job too")

    _wish_days_in_week = models.Constraint(
        "CHECK(COALESCE(wish_days, 0) BETWEEN 0 AND 7)", "A week has seven days."
    )  # fmt: skip

    def _get_own_readable_fields(self):
        return super()._get_own_readable_fields() | {
            "travel_mode", "wish_days", "wish_from", "interest_ids", "wish_side_job",
        }  # fmt: skip

    @api.model
    def _get_profile_errors(self, values):
        errors = super()._get_profile_errors(values)
        if values.get("travel_mode") and values["travel_mode"] not in dict(TRAVEL_MODES):
            errors["travel_mode"] = self.env._("Choose one of the list.")
        days = str(values.get("wish_days") or "")
        if days and not re.fullmatch("[1-7]", days):
            errors["wish_days"] = self.env._("Type how many days a week: a number from 1 to 7.")
        if values.get("wish_from"):
            try:
                self._read_wish_date(values["wish_from"])
            except ValueError:
                errors["wish_from"] = self.env._("Give the day on which you can start, such as 1-2-2027.")
        return errors

    @api.model
    def _read_wish_date(self, text):
        """A date as a calendar sends it, or as typed where there is none.

        :raise ValueError: where it is none
        """
        text = str(text or "").strip()
        if dutch := re.fullmatch(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})", text):
            text = f"{dutch[3]}-{dutch[2]:0>2}-{dutch[1]:0>2}"
        if text and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError(text)
        return fields.Date.to_date(text or None) or False

    def action_save_profile(self, values):
        """Keep the own profile and wishes.

        :param dict values: as before, and travel_mode, wish_days, wish_from, wish_side_job, and interest_ids, a
            list of ids
        :raise UserError: where a value is wrong
        """
        result = super().action_save_profile(values)
        kept = {}
        if "travel_mode" in values:
            kept["travel_mode"] = values["travel_mode"] or False
        if "wish_days" in values:
            kept["wish_days"] = int(values["wish_days"] or 0)
        if "wish_from" in values:
            kept["wish_from"] = self._read_wish_date(values["wish_from"])
        if "wish_side_job" in values:
            kept["wish_side_job"] = bool(values["wish_side_job"])
        if "interest_ids" in values:
            kept["interest_ids"] = [(6, 0, self._read_interests(values["interest_ids"]).ids)]
        self.sudo().write(kept)
        return result

    @api.model
    def _read_interests(self, ids):
        """The kinds of work among what was sent; what is none of them is left out.

        :raise UserError: where it isn't a list
        """
        if not isinstance(ids, list | tuple) or len(ids) > MAX_INTERESTS:
            raise UserError(self.env._("Choose one of the list."))
        chosen = {str(value) for value in ids}
        return self.env["vti.interest"].search([]).filtered(lambda interest: str(interest.id) in chosen)
