from datetime import timedelta

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.vti_bpv.tools.moment import get_today, read_day
from odoo.addons.vti_bpv.tools.place_query import to_int
from odoo.addons.vti_bpv.tools.working_days import add_working_days

from .lesson_moment import PARTS
from .lesson_offer import WEEKDAYS
from .lesson_request import KINDS, LEVELS, YEARS

_lt = LazyTranslate(__name__)

ROWS = (1, 2, 3)
LONGEST = 500
FIRST_DAYS = 3  # working days that VTI and a company need at the least; a request ends one before its last
OPEN_AT_MOST = 40  # requests of a school at one time


class LessonRequest(models.Model):
    """What a school fills in."""

    _inherit = "vti.lesson.request"

    @api.model
    def _read_request(self, form, person):
        """The request in a form.

        :param form: texts
        :param person: res.partner of the asker, sudo
        :return: values of a request, field -> sentence
        """
        school = person.commercial_partner_id
        errors, values = {}, {"school_id": school.id, "partner_id": person.id}
        for name, choices, needed in (("kind", KINDS, True), ("level", LEVELS, False), ("study_year", YEARS, False)):
            value = form.get(name) or False
            if (value and value not in dict(choices)) or (needed and not value):
                errors[name] = self.env._("Choose from the list.")
            values[name] = value
        values["trade_id"] = self._read_choice(form, "trade_id", self.env["vti.trade"].sudo().search([]), errors)
        values["campus_id"] = self._read_choice(form, "campus_id", school.campus_ids, errors)
        values["students"] = to_int(form.get("students"))
        if not values["students"] or values["students"] > 500:
            errors["students"] = self.env._("How many students come? A number from 1 to 500.")
        values["remarks"] = (form.get("remarks") or "").strip()
        if len(values["remarks"]) > LONGEST:
            errors["remarks"] = self.env._("Use at most %(count)s characters.", count=LONGEST)
        self._read_days(form, values, errors)
        open_ones = [("school_id", "=", school.id), ("state", "in", ("asked", "offered", "coupled"))]
        if not errors and self.sudo().search_count(open_ones) >= OPEN_AT_MOST:
            errors["form"] = self.env._("Your school has many open requests. Take one back first, or call VTI.")
        return values, errors

    def _read_choice(self, form, name, choices, errors):
        text = form.get(name) or ""
        if not text:
            return False
        found = choices.filtered(lambda one: str(one.id) == text)
        if not found:
            errors[name] = self.env._("Choose from the list.")
        return found.id

    def _read_days(self, form, values, errors):
        """The wished days, or a period."""
        first_possible, last_possible = add_working_days(get_today(), FIRST_DAYS), get_today() + timedelta(days=365)
        wrong = self.env._("Choose a day at least three working days from now, within a year.")
        values["moment_ids"] = []
        for row in ROWS:
            text = form.get(f"day_{row}") or ""
            part = form.get(f"part_{row}") or "any"
            day = read_day(text)
            if text and (not day or not first_possible <= day <= last_possible or part not in dict(PARTS)):
                errors[f"day_{row}"] = wrong
            elif day:
                values["moment_ids"].append((0, 0, {"day": day, "part": part}))
        texts = [form.get("date_from") or "", form.get("date_to") or ""]
        first, last = map(read_day, texts)
        if any(texts):
            if not first or not last or not first_possible <= last <= last_possible or first > last:
                errors["date_to"] = self.env._(
                    "Fill in a first and a last day, the last at least three working days from now and within a year."
                )
            values |= {"date_from": first, "date_to": last}
        elif not values["moment_ids"] and not any(name.startswith("day_") for name in errors):
            errors["day_1"] = self.env._("Name a day, or a period with a first and a last day.")

    @api.model
    def _send_request(self, values):
        """Put a checked request on VTI's board.

        :return: the request, sudo
        """
        request_sudo = self.sudo().create(values)
        request_sudo._tell_school("asked")
        request_sudo._tell_staff(_lt("New request of a school"))
        return request_sudo


class LessonOffer(models.Model):
    """What a company fills in."""

    _inherit = "vti.lesson.offer"

    @api.model
    def _read_offer(self, form, person):
        """The offer in a form; as `vti.lesson.request._read_request`."""
        house, request = person.commercial_partner_id, self.env["vti.lesson.request"]
        errors, values = {}, {"employer_id": house.id, "contact_id": person.id, "kind": form.get("kind")}
        if values["kind"] not in dict(KINDS):
            errors["kind"] = self.env._("Choose from the list.")
        trades = self.env["vti.trade"].sudo().search([])
        values["trade_ids"] = [(6, 0, trades.filtered(lambda trade: form.get(f"trade_{trade.id}")).ids)]
        values["branch_id"] = request._read_choice(form, "branch_id", house.branch_ids, errors)
        values |= {name: bool(form.get(name)) for name in WEEKDAYS}
        for name, highest in (("max_students", 500), ("max_km", 500)):
            text = form.get(name) or "0"
            values[name] = to_int(text)
            if values[name] is None or values[name] > highest:
                errors[name] = self.env._("Fill in a number from 0 to %(highest)s.", highest=highest)
        for name in ("date_from", "date_to"):
            text = form.get(name) or ""
            values[name] = read_day(text) or False
            if text and not values[name]:
                errors[name] = self.env._("Fill in a day.")
        if values["date_from"] and values["date_to"] and values["date_from"] > values["date_to"]:
            errors["date_to"] = self.env._("The period ends before it begins.")
        values["text"] = (form.get("text") or "").strip()
        if len(values["text"]) > LONGEST:
            errors["text"] = self.env._("Use at most %(count)s characters.", count=LONGEST)
        return values, errors
