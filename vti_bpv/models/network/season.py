from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class Season(models.Model):
    """A school year, in which internships are offered and held."""

    _name = "vti.season"
    _description = "Season"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "date_from desc"

    name = fields.Char(required=True)
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True, help="The last day.")
    is_current = fields.Boolean(compute="_compute_is_current", search="_search_is_current")

    _name_unique = models.UniqueIndex("(name)", "There is a season of that name already.")
    _dates_ordered = models.Constraint("CHECK(date_to > date_from)", "A season ends after it begins.")

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for season in self:
            season.is_current = bool(season.date_from and season.date_from <= today <= season.date_to)

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return [("date_from", "<=", today), ("date_to", ">=", today)]

    @api.constrains("date_from", "date_to")
    def _check_overlap(self):
        for season in self:
            if self.search_count(
                [("id", "!=", season.id), ("date_from", "<=", season.date_to), ("date_to", ">=", season.date_from)],
                limit=1,
            ):
                raise ValidationError(self.env._("Seasons may not overlap."))

    @api.model
    def _of_day(self, day=None):
        """The season of a day, by default of today in the user's time zone; empty between seasons."""
        day = day or fields.Date.context_today(self)
        return self.search([("date_from", "<=", day), ("date_to", ">=", day)], limit=1)

    def _get_season_domain(self, path="season_id"):
        """Domain of records of this season; what has none is of today's. The empty season stands for all.

        :param str path: of the field that leads to the season
        """
        if not self:
            return Domain.TRUE
        return Domain(path, "in", [*self.ids, *([False] if self.is_current else [])])

    def _get_student_domain(self):
        """Domain of students who are enrolled at some moment of this season; today's has who isn't enrolled.

        The empty season stands for all.
        """
        if not self:
            return Domain.TRUE
        during = ["&", ("date_from", "<=", self.date_to), *self._get_lasting_domain()]
        enrolled = Domain("enrolment_ids", "any", during)
        return enrolled | Domain("enrolment_ids", "=", False) if self.is_current else enrolled

    def _get_lasting_domain(self):
        """Enrolments that haven't ended before this season."""
        return ["|", ("date_to", "=", False), ("date_to", ">=", self.date_from)]
