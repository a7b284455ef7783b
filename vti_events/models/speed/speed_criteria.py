from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.vti_bpv.models.network.qualification import LEVELS, PATHS
from odoo.addons.vti_bpv.tools import geo

DISTANCES = (5, 10, 20, 40)  # kilometres to choose from
LATE_DAYS = 14  # how much later than asked a student may start, as in matching/score.py


class SpeedCompany(models.Model):
    """What a company looks for, for who doesn't want to choose one by one.

    Whom it fits counts in the plan and is shown to nobody: of a student without a name, one could find the town by
    trying distances. What isn't known of a student counts for nothing, and against nothing.
    """

    _inherit = "vti.speed.company"

    want_levels = fields.Char("Wants levels", help="Digits, such as 34.")
    want_path = fields.Selection(PATHS, "Wants learning path")
    want_trade_ids = fields.Many2many("vti.trade", string="Wants trades")
    want_from = fields.Date("Wants a start on", help="Two weeks later fits as well.")
    want_km = fields.Integer("Wants within km", help="From the nearest of the company's places. 0: any distance.")

    _km_range = models.Constraint("CHECK(want_km >= 0)", "A number here is 0 or more.")

    @api.constrains("want_levels")
    def _check_levels(self):
        known = {level for level, _label in LEVELS}
        if any(set(line.want_levels or "") - known for line in self):
            raise ValidationError(self.env._("A level is 1, 2, 3 or 4."))

    def _count_met(self, student_line):
        """How much of what this company looks for a student has.

        :return: criteria that the student meets, criteria that count for this student
        """
        self.ensure_one()
        if not (self.want_levels or self.want_path or self.want_trade_ids or self.want_from or self.want_km):
            return 0, 0
        answers = self._compare(student_line.sudo().student_id)
        known = [answer for answer in answers if answer is not None]
        return sum(known), len(known)

    def _compare(self, student_sudo):
        """Per criterion of the company whether the student meets it, None where it isn't known."""
        enrolment = student_sudo.enrolment_id
        answers = []
        if self.want_levels:
            answers.append(enrolment.level in self.want_levels if enrolment.level else None)
        if self.want_path:
            answers.append(enrolment.learning_path == self.want_path if enrolment.learning_path else None)
        if self.want_trade_ids:
            trade = enrolment.qualification_id.trade_id
            answers.append(trade in self.want_trade_ids if trade else None)
        if self.want_from:
            start = student_sudo.wish_from
            answers.append((start - self.want_from).days <= LATE_DAYS if start else None)
        if self.want_km:
            away = self._get_distance(student_sudo.postcode_id)
            answers.append(away <= self.want_km if away is not None else None)
        return answers

    def _get_distance(self, postcode_sudo):
        """Kilometres from a postcode to the nearest of the company's places, or to its address; None if unknown."""
        points = self.vacancy_ids.filtered("latitude")
        points = points or self.employer_id.postcode_id.filtered("latitude")
        if not postcode_sudo.latitude or not points:
            return None
        return min(
            geo.distance_km(point.latitude, point.longitude, postcode_sudo.latitude, postcode_sudo.longitude)
            for point in points
        )
