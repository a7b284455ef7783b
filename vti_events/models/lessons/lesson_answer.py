from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.vti_bpv.tools.moment import get_today, to_utc
from odoo.addons.vti_bpv.tools.working_days import add_working_days

from .lesson_proposal import OPEN

ANSWER_DAYS = 5  # working days that each side has
LENGTHS = ("1", "1.5", "2", "3", "4")  # hours


class LessonProposal(models.Model):
    """The answers of company and school, behind a login or behind the link in a mail.

    Whoever calls these has checked that it is one of that side; the record is sudo.
    """

    _inherit = "vti.lesson.proposal"

    def _can_answer(self, side):
        """Whether this side can still say yes, another day, or no.

        :param str side: company or school
        """
        self.ensure_one()
        if side == "company":
            return self.state in OPEN and not self.employer_agreed_on
        return self.state == "coupled" and bool(self.begin) and not self.school_agreed_on

    def _check_can_answer(self, side):
        self.request_id._claim()
        if not self._can_answer(side):
            if self.state == "passed":
                raise UserError(self.env._("Another company was just before you. Thank you all the same!"))
            raise UserError(self.env._("You can't answer this any more: look what it says now."))

    def _read_moment(self, form):
        """The moment that somebody filled in.

        :param dict form: `choice` (a day as text, or "other"), `day`, `time`, `hours`
        :return: begin, end (UTC) and field -> sentence
        """
        self.ensure_one()
        errors = {}
        choice = form.get("choice") or "other"
        day = form.get("day") if choice == "other" else choice
        begin = to_utc(f"{day}T{form.get('time') or ''}") if day else None
        if not day:
            errors["day"] = self.env._("Choose a day.")
        elif not begin:
            errors["time"] = self.env._("Fill in the day and the time, such as 13:00.")
        elif begin <= fields.Datetime.now():
            errors["day"] = self.env._("Choose a day that is still to come.")
        elif begin > fields.Datetime.now() + timedelta(days=400):
            errors["day"] = self.env._("Choose a day within a year.")
        hours = form.get("hours") or "2"
        if hours not in LENGTHS:
            errors["hours"] = self.env._("Choose from the list.")
        if errors:
            return None, None, errors
        return begin, begin + timedelta(hours=float(hours)), {}

    def _say_yes(self, side, begin=None, end=None, note=""):
        """Agree to the moment on the table, or put another one there.

        :raise UserError: it is somebody else's turn, or too late
        """
        self.ensure_one()
        self._check_can_answer(side)
        begin, end = begin or self.begin, end or self.end
        if not begin or begin <= fields.Datetime.now():
            raise UserError(self.env._("Choose a day that is still to come."))
        same = begin == self.begin and end == self.end
        other_yes = self.school_agreed_on if side == "company" else self.employer_agreed_on
        now = fields.Datetime.now()
        values = {"begin": begin, "end": end, "note": (note or "").strip()[:500] or False}
        mine, theirs = "employer_agreed_on", "school_agreed_on"
        if side == "school":
            mine, theirs = theirs, mine
        self.write({**values, mine: now, theirs: other_yes if same else False})
        if self.state == "asked":
            self.request_id._settle(self)
        elif self.employer_agreed_on and self.school_agreed_on:
            self.request_id._plan(self)
        elif not same or not other_yes:
            self._wait_for_answer()
            self._tell_other_side(side)

    def _say_no(self, note=""):
        """The company can't."""
        self.ensure_one()
        self._check_can_answer("company")
        self.write({"state": "declined", "note": (note or "").strip()[:500] or False})
        self.request_id._go_on_without(self)

    def _wait_for_answer(self):
        """Begin the term for whoever has to answer now."""
        for one in self:
            last = add_working_days(get_today(), ANSWER_DAYS)
            # the days asked for don't wait
            soonest = max(get_today() + timedelta(days=1), (one.request_id.last_day or last) - timedelta(days=1))
            one.write({"answer_by": min(last, soonest), "reminded_on": False})

    def _tell_other_side(self, side):
        """Tell whoever has to answer now: a new moment stands on the table."""
        for one in self:
            if side == "company":
                one.request_id._tell_school("moment")
            else:
                one._tell_company("moment")
