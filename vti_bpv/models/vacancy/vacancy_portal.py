import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

MAX_LINE, MAX_TEXT = 150, 5000  # characters

# what a company may fill in on the portal, by how it is read
LINES = ("name", "expenses", "clothes")
TEXTS = ("description", "learning", "requirements", "travel", "supervised_tasks")
CHECKS = ("open_to_level_2", "with_hbo", "side_job", "nameless")
DATES = ("date_from", "date_to")
CLOCKS = ("time_from", "time_to")
NUMBERS = {"days_per_week": (0, 7), "places_offered": (1, 99), "min_age": (0, 30)}
AMOUNTS = {"hours_per_week": (0, 60), "allowance": (0, 10000), "salary": (0, 20000)}
CHOICES = ("kind", "learning_path")
ONES = ("branch_id", "trade_id", "contact_id", "mentor_id")
MANY = ("qualification_ids", "task_ids", "interest_ids")
# all of them, in the order of the form, in which mistakes are named too
PORTAL_FIELDS = (
    "name", "kind", "learning_path", "qualification_ids", "open_to_level_2", "with_hbo", "trade_id", "interest_ids",
    "branch_id", *DATES, "days_per_week", "hours_per_week", *CLOCKS, "places_offered", "travel",
    "description", "learning", "requirements", "allowance", "salary", "expenses", "clothes", "side_job",
    "nameless",
    "mentor_id", "contact_id", "min_age", "task_ids", "supervised_tasks",
)  # fmt: skip


class FormError(UserError):
    """What is wrong with a form: `errors` maps a field's name to a sentence."""

    def __init__(self, errors):
        super().__init__("\n".join(errors.values()))
        self.errors = errors


class Vacancy(models.Model):
    """What a company does with its places on the portal; values are strings as a form sends them."""

    _inherit = "vti.vacancy"

    @api.model
    def _get_portal_domain(self):
        """The places of the current user's company, or of its branches where the user is limited to them."""
        partner = self.env.user.partner_id
        domain = [("employer_id", "=", partner.commercial_partner_id.id)]
        scope = partner.sudo().branch_scope_ids
        return domain + ([("branch_id", "in", scope.ids)] if scope else [])

    @api.model
    def _portal_create(self, values):
        """Make a draft for the current user's company.

        :param values: dict of strings (lists of them for several choices) by name of the field
        :return: the new vti.vacancy
        :raise FormError: naming the fields that are wrong
        """
        if not self.env.user.has_group("vti_bpv.group_company"):
            raise AccessError(self.env._("Only a company offers places."))
        employer = self.env.user.sudo().partner_id.commercial_partner_id
        vals = self._read_form(values, employer)
        return self.sudo().create({**vals, "employer_id": employer.id}).with_env(self.env)

    def _portal_write(self, values):
        """Change a place. One that is online keeps meeting the rules of publishing.

        :raise FormError: naming the fields that are wrong; nothing is written then
        """
        self.ensure_one()
        self._check_manage()
        self._check_state("draft", "review", "published", "paused", "filled")
        place_sudo = self.sudo()
        vals = self._read_form(values, place_sudo.employer_id)
        try:
            with self.env.cr.savepoint():
                place_sudo.write(vals)
                problems = place_sudo._get_publish_problems() if place_sudo.state in ("review", "published") else []
                if problems:
                    raise FormError(dict(reversed(problems)))
        except (UserError, ValidationError) as error:
            if isinstance(error, FormError):
                raise
            field = "places_offered" if "places_offered" in vals else "name"
            raise FormError({field: str(error)}) from error
        place_sudo._note_confirmed()  # who edits a place knows that it stands

    @api.model
    def _get_form_choices(self, employer):
        """Records that a form of this company may point to.

        :return: a dict from field name to records (sudo)
        """
        partners = self.env["res.partner"].sudo()
        branches = partners.search([("parent_id", "=", employer.id), ("type", "=", "branch")], order="name")
        scope = self.env.user.sudo().partner_id.branch_scope_ids
        people = partners.search(
            [("commercial_partner_id", "=", employer.id), ("id", "!=", employer.id), ("is_company", "=", False),
             ("type", "not in", ["branch", "campus"])],
            order="name",
        )  # fmt: skip
        recognised = (
            self.env["vti.recognition"]
            .sudo()
            .search([("employer_id", "=", employer.id), *self.env["vti.recognition"]._get_valid_domain()])
        )
        return {
            "branch_id": (branches & scope) if scope else branches,
            "contact_id": people,
            "mentor_id": people,
            "trade_id": self.env["vti.trade"].sudo().search([]),
            "qualification_ids": recognised.qualification_id.sorted(lambda q: (q.level, q.name)),
            "task_ids": self.env["vti.work.task"].sudo().search([]),
            "interest_ids": self.env["vti.interest"].sudo().search([]),
        }

    def _get_form_values(self):
        """This place as a form shows it: strings, and lists of strings for several choices."""
        self.ensure_one()
        place = self.sudo()
        values = {name: place[name] or "" for name in (*LINES, *TEXTS, *CHOICES)}
        values |= {name: "1" if place[name] else "" for name in CHECKS}
        values |= {name: str(place[name] or "") for name in DATES}
        values |= {name: f"{self._format_clock(place[name]):0>5}" if place[name] else "" for name in CLOCKS}
        values |= {name: f"{place[name]:g}" if place[name] else "" for name in (*NUMBERS, *AMOUNTS)}
        values |= {name: str(place[name].id or "") for name in ONES}
        return values | {name: [str(record_id) for record_id in place[name].ids] for name in MANY}

    @api.model
    def _get_form_labels(self):
        """What the form calls its fields, and the summary of errors above it too."""
        _ = self.env._
        return {
            "name": _("Title"),
            "kind": _("Kind of internship"),
            "learning_path": _("Learning path"),
            "qualification_ids": _("For which qualification"),
            "trade_id": _("Trade"),
            "interest_ids": _("What can one do here"),
            "branch_id": _("Branch"),
            "date_from": _("Starts on"),
            "date_to": _("Ends on"),
            "days_per_week": _("Days a week"),
            "hours_per_week": _("Hours a week"),
            "time_from": _("Work starts at"),
            "time_to": _("Work ends at"),
            "places_offered": _("How many interns"),
            "travel": _("How to get there"),
            "description": _("What does one do"),
            "learning": _("What does one learn"),
            "requirements": _("What do you ask"),
            "allowance": _("Allowance a month (€)"),
            "salary": _("Gross salary a month (€)"),
            "expenses": _("Expenses you pay"),
            "clothes": _("Clothes and tools"),
            "mentor_id": _("Guide on the work floor"),
            "contact_id": _("Who gets the mails"),
            "min_age": _("From what age"),
            "task_ids": _("Does this work occur?"),
            "supervised_tasks": _("What may only be done with a guide beside you"),
        }

    # reading a form

    def _read_form(self, values, employer):
        """Turn what was typed into field values.

        :raise FormError: naming the fields that are wrong
        """
        errors, vals, choices = {}, {}, self._get_form_choices(employer)
        for name in PORTAL_FIELDS:
            if name not in values and name not in (*CHECKS, *MANY):
                continue
            try:
                vals[name] = self._read_value(name, values.get(name), choices)
            except ValueError as error:
                errors[name] = str(error)
        self._check_form(vals, errors, choices)
        if errors:
            raise FormError({name: errors[name] for name in PORTAL_FIELDS if name in errors})
        if vals.get("date_from"):
            vals["season_id"] = self.env["vti.season"].sudo()._of_day(vals["date_from"]).id
        return vals

    def _read_value(self, name, raw, choices):
        """:raise ValueError: with the sentence that the form shows"""
        if name in MANY:
            wanted = {str(value) for value in (raw if isinstance(raw, list) else [raw]) if value}
            kept = self.sudo()[name] if len(self) == 1 else choices[name].browse()
            return [(6, 0, [r.id for r in choices[name] | kept if str(r.id) in wanted])]
        text = (raw[0] if isinstance(raw, list) and raw else raw or "").replace("\x00", "").strip()
        if name in CHECKS:
            return bool(text)
        if name in LINES or name in TEXTS:
            return self._read_text(text, MAX_LINE if name in LINES else MAX_TEXT)
        if name in CHOICES:
            if text and text not in self._get_labels(name):
                raise ValueError(self.env._("Choose one of the list."))
            return text or False
        if name in ONES:
            found = choices[name].filtered(lambda record: str(record.id) == text)
            if text and not found:
                raise ValueError(self.env._("Choose one of the list."))
            return found.id
        return self._read_number(name, text)

    def _read_text(self, text, limit):
        if len(text) > limit:
            raise ValueError(
                self.env._("At most %(limit)s characters; this has %(count)s.", limit=limit, count=len(text))
            )
        return text or False

    def _read_number(self, name, text):
        _ = self.env._
        if name in DATES:
            if dutch := re.fullmatch(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})", text):  # typed where there is no calendar
                text = f"{dutch[3]}-{dutch[2]:0>2}-{dutch[1]:0>2}"
            if text and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                raise ValueError(_("Give a date, such as 1-2-2027."))
            try:
                return fields.Date.to_date(text) or False
            except ValueError as error:
                raise ValueError(_("This date does not exist.")) from error
        if name in CLOCKS:
            match = re.fullmatch(r"([01]?\d|2[0-3])[:.]?([0-5]\d)?", text) if text else None
            if text and not match:
                raise ValueError(_("Give a time, such as 8:00."))
            return int(match[1]) + int(match[2] or 0) / 60 if match else 0.0
        low, high = (NUMBERS | AMOUNTS)[name]
        text = text.replace(" ", "").replace("€", "").replace(",", ".")
        if not re.fullmatch(r"-?\d{1,7}(\.\d{1,2})?" if name in AMOUNTS else r"-?\d{1,7}", text or str(low)):
            raise ValueError(_("Give a number.") if name in AMOUNTS else _("Give a whole number."))
        number = float(text or low) if name in AMOUNTS else int(text or low)
        if not low <= number <= high:
            raise ValueError(_("Give a number from %(low)s to %(high)s.", low=low, high=high))
        return number

    def _check_form(self, vals, errors, choices):
        """What the fields say together, and what no place can do without."""
        _ = self.env._
        if "name" in vals and not vals["name"]:
            errors["name"] = _("Give the place a title.")
        if "kind" in vals and not vals["kind"]:
            errors["kind"] = _("Choose the kind of internship.")
        scope = self.env.user.sudo().partner_id.branch_scope_ids
        if scope and "branch_id" in vals and not vals["branch_id"]:
            errors.setdefault("branch_id", _("Choose one of your branches."))
        start, end = vals.get("date_from"), vals.get("date_to")
        if start and end and end < start:
            errors["date_to"] = _("It ends before it begins.")
        time_from, time_to = vals.get("time_from"), vals.get("time_to")
        if time_to and time_from is not None and time_to <= time_from:
            errors["time_to"] = _("Work ends after it begins, on the same day.")
        elif time_from and time_to == 0.0:
            errors["time_to"] = _("Give the time at which work ends.")
        if not vals.get("time_from") and not vals.get("time_to") and "time_to" in vals:
            vals["time_from"] = vals["time_to"] = False
        if vals.get("learning_path") == "bbl" and "allowance" in vals:
            vals["allowance"] = 0.0  # a bbl place has a salary
        elif vals.get("learning_path") == "bol" and "salary" in vals:
            vals["salary"] = 0.0

    # lists

    @api.model
    def _count_candidates(self, places):
        """Hook for the room after this one: candidates per place.

        :return: a dict from id of a place to (number of candidates, number that wait, url of
            the page that lists them)
        """
        return {}
