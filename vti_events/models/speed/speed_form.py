from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.vti_bpv.models.network.qualification import LEVELS, PATHS

from .speed_criteria import DISTANCES


class SpeedDate(models.Model):
    """What is filled in before the day: whom one wants to meet, when one can't, what a company looks for."""

    _inherit = "vti.speed.date"

    def _read_wishes(self, line, student, form):
        """Whom a form wishes for.

        :return: lines of the other side in order, field -> sentence
        """
        choices = {str(choice["line"].id): choice["line"] for choice in self._get_choices(line, student)}
        found, errors = [], {}
        for rank in range(1, self.wish_limit + 1):
            value = str(form.get(f"wish_{rank}") or "")
            if not value:
                continue
            if value not in choices:
                errors[f"wish_{rank}"] = self.env._("Choose from the list.")
            elif choices[value] in found:
                errors[f"wish_{rank}"] = self.env._("You chose this one already. Choose another, or leave it open.")
            else:
                found.append(choices[value])
        if not found and not errors and line._side == "student":
            errors["wish_1"] = self.env._("Choose at least one company.")
        return found, errors

    def _read_rounds(self, form):
        """The rounds that don't suit.

        :return: rounds, field -> sentence
        """
        rounds = self.round_ids.filtered(lambda turn: form.get(f"away_{turn.id}"))
        if rounds and rounds == self.round_ids:
            return rounds, {"away": self.env._("Leave at least one round open.")}
        return rounds, {}

    def _read_criteria(self, line, form):
        """What a company says that it looks for, and brings.

        :return: values of the line, field -> sentence
        """
        errors, start = {}, False
        try:
            start = self.env["vti.student"]._read_wish_date(form.get("want_from"))
        except ValueError:
            errors["want_from"] = self.env._("Give a day, such as 1-2-2027.")
        path, km = str(form.get("want_path") or ""), str(form.get("want_km") or "")
        if path and path not in dict(PATHS):
            errors["want_path"] = self.env._("Choose from the list.")
        if km and km not in map(str, DISTANCES):
            errors["want_km"] = self.env._("Choose from the list.")
        trades = line.env["vti.trade"].search([]).filtered(lambda trade: form.get(f"trade_{trade.id}"))
        values = {
            "want_levels": "".join(level for level, _label in LEVELS if form.get(f"level_{level}")) or False,
            "want_path": path or False,
            "want_trade_ids": [(6, 0, trades.ids)],
            "want_from": start or False,
            "want_km": 0 if errors or not km else int(km),
            "vacancy_ids": [(6, 0, line._get_open_places().filtered(lambda place: form.get(f"place_{place.id}")).ids)],
        }
        return values, errors

    def _save_wishes(self, user, form):
        """Keep what somebody wishes; a student who wasn't there yet takes part from now on.

        :return: field -> sentence, empty where it was kept
        """
        self.ensure_one()
        date = self.sudo()
        line = date._get_line(user)
        if line is None or not date._can_wish(line._side):
            return {"form": self.env._("Wishes are closed. Ask VTI if something has to change.")}
        side, student = line._side, self.env["vti.student"]._of_user(user)
        ranks, found, errors = date._can_rank(side), [], {}
        if ranks:
            found, errors = date._read_wishes(line, student, form)
        rounds, wrong = date._read_rounds(form)
        errors |= wrong
        values = {"away_round_ids": [(6, 0, rounds.ids)]}
        if side == "company":
            criteria, wrong = date._read_criteria(line, form)
            values, errors = values | criteria, errors | wrong
        if errors:
            return errors
        if not line:
            try:
                with self.env.cr.savepoint():
                    line = line.create({"speed_date_id": date.id, "student_id": student.id})
            except UserError as error:  # no seat left, say
                return {"form": str(error)}
        line.write(values)
        if ranks:
            self.env["vti.speed.wish"].sudo()._rank(line, found)
        return {}


class SpeedCompany(models.Model):
    _inherit = "vti.speed.company"

    def _get_open_places(self):
        """Places that the company can bring."""
        self.ensure_one()
        return self.env["vti.vacancy"].sudo().search(
            [("employer_id", "=", self.employer_id.id), ("state", "=", "published")], order="name, id"
        )  # fmt: skip

    def _get_form_values(self):
        """What the company said that it looks for, as its form has it."""
        self.ensure_one()
        values = {f"level_{level}": "1" for level in self.want_levels or ""}
        values |= {f"trade_{trade.id}": "1" for trade in self.want_trade_ids}
        values |= {f"place_{place.id}": "1" for place in self.vacancy_ids}
        start = self.want_from and fields.Date.to_string(self.want_from)
        return values | {"want_path": self.want_path, "want_km": self.want_km or "", "want_from": start}
