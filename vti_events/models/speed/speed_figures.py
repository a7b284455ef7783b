from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.vti_bpv.tools.moment import ZONE

from ... import scheduling

from odoo.tools.misc import format_datetime  # isort: skip

ROUNDS, TABLES = range(4, 17, 2), (1, 2, 3)


class SpeedDate(models.Model):
    """What a speed-date brought, and what other numbers of rounds and tables would bring."""

    _inherit = "vti.speed.date"

    held_count = fields.Integer("Talks held", compute="_compute_figures", help="Of rounds that are over.")
    first_wish_share = fields.Float(
        "First wishes met", compute="_compute_figures", help="Of students with a wish who didn't stay away."
    )
    least_served = fields.Integer(
        "Fewest talks of a student", compute="_compute_figures", help="Of students with a wish who didn't stay away."
    )
    both_yes_count = fields.Integer("Two times yes", compute="_compute_figures")
    placement_count = fields.Integer(
        "Internships that came of it", compute="_compute_figures",
        help="The student said yes to the place after the talk, and the internship was agreed.",
    )  # fmt: skip

    def _compute_figures(self):
        """Count all in a few queries, whatever the number of talks."""
        mine = [("speed_date_id", "in", self.ids)]
        there = [*mine, ("student_id.is_absent", "=", False)]
        wishes = self.env["vti.speed.wish"].search([*there, ("student_rank", ">", 0)])
        talks = self.env["vti.speed.talk"].search(there).grouped("speed_date_id")
        no_talks, now = self.env["vti.speed.talk"], fields.Datetime.now()
        for date in self:
            has = talks.get(date, no_talks)
            firsts = {(w.student_id, w.company_id) for w in wishes if w.speed_date_id == date and w.student_rank == 1}
            met = firsts & {(talk.student_id, talk.company_id) for talk in has}
            number = Counter(talk.student_id for talk in has)
            date.first_wish_share = len(met) / len(firsts) if firsts else 0
            wished = {wish.student_id for wish in wishes if wish.speed_date_id == date}
            date.least_served = min((number[student] for student in wished), default=0)
            date.held_count = sum(talk.round_id.ends_at <= now for talk in has)
            date.both_yes_count = sum(talk.both_yes for talk in has)
            date.placement_count = len(has.filtered(lambda talk: talk._is_placed()).application_id)

    @api.readonly
    def action_what_if(self, students, companies, wishes):
        """Tell what share of first wishes other numbers of rounds and tables are expected to meet.

        Walks between rooms, pauses and the most talks in a row count as they are set up.

        :param int students: how many are expected, 1 to 5000
        :param int companies: 1 to 500
        :param int wishes: of each student, 1 to 15
        :return: dict with `rounds`, `ends` (clock times) and per number of tables `shares` and `served`, in percent
        """
        self.check_access("read")
        self.ensure_one()
        limits = ((students, 5000), (companies, 500), (wishes, 15))
        if not all(isinstance(number, int) and 1 <= number <= most for number, most in limits):
            raise UserError(self.env._("Choose 1 to 5000 students, 1 to 500 companies and 1 to 15 wishes."))
        crowd = scheduling.Crowd(
            students, companies, wishes, wishes, self.student_limit or None, max(1, self.promise),
            rooms=tuple(self.room_ids.mapped("walk_minutes")), in_row=self.in_row, length=self.talk_minutes,
            pause=self.pause_minutes, breaks={self.break_after - 1: self.break_minutes} if self.break_after else {},
        )  # fmt: skip
        points = scheduling.expect(crowd, ROUNDS, TABLES, draws=2)
        return {
            "rounds": list(ROUNDS),
            "ends": [self._get_end(number) for number in ROUNDS],
            "lines": [
                {
                    "tables": tables,
                    "shares": [round(100 * p.first) for p in points if p.tables == tables],
                    "served": [round(100 * p.served) for p in points if p.tables == tables],
                }
                for tables in TABLES
            ],
        }

    def _get_end(self, number):
        """Dutch clock time at which the last of so many rounds ends."""
        minutes = number * self.talk_minutes + (number - 1) * self.pause_minutes
        minutes += self.break_minutes if 0 < self.break_after < number else 0
        return format_datetime(self.env, self.starts_at + timedelta(minutes=minutes), tz=ZONE, dt_format="HH:mm")


class SpeedTalk(models.Model):
    _inherit = "vti.speed.talk"

    def _is_placed(self):
        """Whether an internship came of this talk, rather than of what was agreed before it."""
        self.ensure_one()
        application_sudo = self.sudo().application_id
        accepted = application_sudo.accepted_on
        return application_sudo.state == "placed" and bool(accepted) and accepted >= self.round_id.starts_at
