from datetime import timedelta

from odoo import api, fields, models

from .application import OPEN_STATES

KINDS = [("school", "School holiday"), ("building", "Building holiday"), ("other", "Other")]
REGIONS = [("north", "North"), ("middle", "Middle"), ("south", "South")]


class Holiday(models.Model):
    """Days on which the clock of a company stands still; public holidays are known without.

    Regions are those of the school holidays (rijksoverheid.nl/onderwerpen/schoolvakanties).
    """

    _name = "vti.holiday"
    _description = "Holiday"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="school")
    region = fields.Selection(REGIONS, help="Empty: the whole country.")
    date_from = fields.Date("First day", required=True)
    date_to = fields.Date("Last day", required=True, index=True)
    source = fields.Char(help="Where the dates come from, so that somebody else can check them.")
    to_confirm = fields.Boolean(
        "To confirm", help="Nobody has published these dates yet: look them up, change them where needed, and confirm."
    )

    _order_of_days = models.Constraint("CHECK(date_to >= date_from)", "The last day comes before the first.")
    _not_for_ever = models.Constraint("CHECK(date_to - date_from < 93)", "A holiday takes three months at most.")

    @api.model
    def _get_days_off(self, since):
        """The days off per region from a day on.

        :param datetime.date since: days before it may be missing
        :return: region, or False where it isn't known -> days
        :rtype: dict[str | bool, set[datetime.date]]
        """
        days_off = {False: set(), **{region: set() for region, _name in REGIONS}}
        for holiday in self.search([("date_to", ">=", since)]):
            days = {
                holiday.date_from + timedelta(days=number)
                for number in range((holiday.date_to - holiday.date_from).days + 1)
            }
            for region in [holiday.region] if holiday.region else days_off:
                days_off[region] |= days
        return days_off

    @api.model
    def _add_school_holidays(self, rows):
        """Add school holidays as published, but none where one of the same region stands in those days.

        :param rows: SchoolHolidays of tools.school_holidays
        :return: the new ones
        """
        first, last = min(row.date_from for row in rows), max(row.date_to for row in rows)
        domain = [("kind", "=", "school"), ("date_from", "<=", last), ("date_to", ">=", first)]
        taken = [(known.region, known.date_from, known.date_to) for known in self.search(domain)]
        values = []
        for row in rows:
            places = {row.region, False}
            if any(region in places and start <= row.date_to and end >= row.date_from for region, start, end in taken):
                continue
            taken.append((row.region, row.date_from, row.date_to))
            values.append(
                {
                    "name": f"{row.name} {row.date_from.year}", "kind": "school", "region": row.region,
                    "date_from": row.date_from, "date_to": row.date_to,
                    "source": f"Rijksoverheid, schoolvakanties {row.school_year} (opendata.rijksoverheid.nl)",
                }
            )  # fmt: skip
        return self.create(values)

    @api.model_create_multi
    def create(self, vals_list):
        holidays = super().create(vals_list)
        holidays._move_clocks()
        return holidays

    def write(self, vals):
        if vals.keys() & {"date_from", "date_to"}:
            # who types other dates has looked them up
            vals = {"to_confirm": False, **vals}
        done = super().write(vals)
        if vals.keys() & {"region", "date_from", "date_to"}:
            self._move_clocks()
        return done

    def unlink(self):
        done = super().unlink()
        self._move_clocks()
        return done

    def action_confirm(self):
        """VTI looked these dates up, and they hold."""
        self.check_access("write")
        self.filtered("to_confirm").to_confirm = False
        return True

    @api.model
    def _move_clocks(self):
        """Reckon again by when who is waiting for an answer gets it."""
        Application_sudo = self.env["vti.application"].sudo()
        waiting = Application_sudo.search([("state", "in", OPEN_STATES), ("answer_by", "!=", False)])
        for name in ("answer_by", "remind_on"):
            self.env.add_to_compute(Application_sudo._fields[name], waiting)
