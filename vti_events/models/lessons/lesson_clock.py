from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.vti_bpv.tools.moment import ZONE, get_today
from odoo.addons.vti_bpv.tools.rounds import go_round
from odoo.addons.vti_bpv.tools.working_days import add_working_days

_lt = LazyTranslate(__name__)

REMIND_DAYS = 2  # working days before the last
STAFF_DAYS = 3  # working days until VTI is told that nobody was asked yet
WAITING_DAYS = 8  # working days until the school is told that VTI is still looking
BEFORE_DAYS = 2  # working days before the lesson itself
NOTICE_DAYS = 1  # working days that a school has left to teach something else when no company came


class LessonRequest(models.Model):
    """Nobody waits in the dark: reminders, ends of terms, and what has been."""

    _inherit = "vti.lesson.request"

    @api.model
    def _cron_clock(self):
        """Do what the day brings, each step whole or not at all."""
        today = get_today()
        proposals = self.env["vti.lesson.proposal"]
        soon = add_working_days(today, REMIND_DAYS)
        live = [("state", "in", ("asked", "coupled")), ("answer_by", "!=", False)]
        late = proposals.search([*live, ("answer_by", "<", today)])
        near = proposals.search([*live, ("answer_by", "<=", soon), ("reminded_on", "=", False)]) - late
        steps = [partial(one._remind, today) for one in near] + [partial(one._lapse) for one in late]
        steps += [partial(one._expire) for one in self._search_expired(today)]
        steps += [partial(one._look_on, today) for one in self._search_waiting(today)]
        steps += [partial(one._hold) for one in self._search_held()]
        steps += [partial(one._remind_of_day, today) for one in self._search_coming(today)]
        go_round(self.env, steps, "A step of the clock of guest lessons")

    def _search_expired(self, today):
        """Requests whose last wished day is too near, without another day on the table.

        A school that hears on the day itself that nobody comes stands before its class with nothing.
        """
        near = add_working_days(today, NOTICE_DAYS)
        running = self.search([("state", "in", ("asked", "offered", "coupled")), ("last_day", "<=", near)])
        now = fields.Datetime.now()
        return running.filtered(lambda one: not (one.coupled_id.begin and one.coupled_id.begin > now))

    def _expire(self):
        if self.state in ("asked", "offered", "coupled"):
            self._end("expired")

    def _search_waiting(self, today):
        """Requests for which no company is asked since some days."""
        before = self._get_start(add_working_days(today, -STAFF_DAYS))
        return self.search([("state", "=", "asked"), ("create_date", "<=", before), ("last_day", ">", today)])

    def _look_on(self, today):
        """Tell VTI that this waits, and the school, once, that it isn't forgotten."""
        if not self.activity_ids:
            self._tell_staff(_lt("A school waits: ask a company"))
        if not self.told_waiting_on and self.create_date <= self._get_start(add_working_days(today, -WAITING_DAYS)):
            self.told_waiting_on = today
            self._tell_school("searching")

    @api.model
    def _get_start(self, day):
        """The end of a Dutch day, as UTC without a zone."""
        local = datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(ZONE))
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _search_held(self):
        return self.search([("state", "=", "planned"), ("event_id.date_end", "<=", fields.Datetime.now())])

    def _hold(self):
        self.state = "held"

    def _search_coming(self, today):
        """What is planned within some days, of which nobody was reminded."""
        until = self._get_start(add_working_days(today, BEFORE_DAYS))
        return self.search(
            [("state", "=", "planned"), ("reminded_on", "=", False), ("event_id.date_begin", "<", until),
             ("event_id.date_begin", ">", fields.Datetime.now())]
        )  # fmt: skip

    def _remind_of_day(self, today):
        self.reminded_on = today
        # who agreed on it just now knows
        agreed = max(filter(None, [self.coupled_id.employer_agreed_on, self.coupled_id.school_agreed_on]), default=None)
        if agreed and agreed > fields.Datetime.now() - timedelta(days=1):
            return
        self._tell_school("coming")
        self.coupled_id._tell_company("coming")


class LessonProposal(models.Model):
    """Terms of company and school."""

    _inherit = "vti.lesson.proposal"

    def _remind(self, today):
        """Ask once more whoever has to answer."""
        if not self.turn:
            return
        self.reminded_on = today
        if self.turn in ("company", "both"):
            self._tell_company("remind")
        if self.turn in ("school", "both"):
            self.request_id._tell_school("remind")

    def _lapse(self):
        """Go on without who didn't answer in time."""
        self.request_id._claim()
        if self.turn in ("company", "both"):
            self.state = "lapsed"
            self._tell_company("lapsed")
            self.request_id._go_on_without(self)
        elif self.turn == "school":
            self.request_id._end("silent")
