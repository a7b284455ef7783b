from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.moment import format_day, get_today, local_date
from ...tools.working_days import add_working_days, get_school_region
from .application import OPEN_STATES, SHOWN_GUARDIAN_STATES

ANSWER_DAYS = 10  # working days
LATE_DAYS = 5  # working days after the last day, until it lapses
SOON_DAYS = 2  # working days before the last day
STUDENT_DAYS = 10  # days a student waits before he or she may remind
BATCH = 100
WAITING_STATES = ("submitted", "invited")  # the company is the one to answer
SOON, TODAY, LATE = 1, 2, 3
GONE_STATES = ("filled", "closed", "expired")  # of a place


class Application(models.Model):
    """The clock of an application: until when, who is reminded, and how it lapses.

    A company hears of it some days before the last day, on that day and the day after; then it has
    some days left. `clock_step` tells how far this went for the clock that runs, so that each mail
    leaves once, also when the job stops half-way or runs twice.
    """

    _inherit = "vti.application"

    @api.model
    def _get_days_setting(self, name, default):
        value = self.env["ir.config_parameter"].sudo().get_param(f"vti_bpv.{name}")
        return int(value) if str(value or "").isdecimal() and int(value) else default

    @api.model
    def _get_answer_days(self):
        """Working days that a company, and then the student, has to answer."""
        return self._get_days_setting("answer_days", ANSWER_DAYS)

    def _get_clock_start(self):
        """Since when somebody is awaited; None where nobody is."""
        self.ensure_one()
        # after a meeting the company says yes or no
        starts = {"submitted": self.shown_on, "invited": self.meeting_at, "offered": self.offered_on}
        return starts.get(self.state) or None

    def _get_region(self):
        """The school region of where the place is."""
        self.ensure_one()
        place = self.branch_id or self.employer_id
        postcode = place.postcode_id or self.employer_id.postcode_id
        # what VTI says of a place goes before what its postcode tells
        return place.vti_region_id.holiday_region or get_school_region(postcode.code, postcode.province) or False

    @api.depends("state", "shown_on", "meeting_at", "offered_on", "branch_id.postcode_id", "employer_id.postcode_id",
                 "branch_id.vti_region_id.holiday_region", "employer_id.vti_region_id.holiday_region")  # fmt: skip
    def _compute_answer_by(self):
        days = self._get_answer_days()
        starts = {application: application._get_clock_start() for application in self}
        moments = list(filter(None, starts.values()))
        days_off = self.env["vti.holiday"].sudo()._get_days_off(local_date(min(moments))) if moments else {}
        for application, start in starts.items():
            if not start:
                application.answer_by = application.remind_on = False
                continue
            off = days_off[application._get_region()]
            application.answer_by = add_working_days(local_date(start), days, off)
            application.remind_on = add_working_days(application.answer_by, -SOON_DAYS, off)

    @api.depends("state", "shown_on", "meeting_at", "offered_on")
    def _compute_clock_step(self):
        """Begin anew whenever somebody else, or something else, is waited for."""
        self.clock_step = 0
        self.lapse_on = False

    def _is_late(self):
        """Whether the company had to answer before today."""
        self.ensure_one()
        return self.state in WAITING_STATES and bool(self.answer_by) and self.answer_by < get_today()

    def _get_late_message(self):
        """What a student reads whose answer is late."""
        company, lapse_on = self.sudo().employer_id.name, self.sudo().lapse_on
        if lapse_on:
            return self.env._("%(company)s had to answer by %(day)s and is late. We reminded them and VTI looks into "
                              "it. Without an answer we close this application on %(end)s.", company=company,
                              day=format_day(self.env, self.answer_by),
                              end=format_day(self.env, lapse_on))  # fmt: skip
        return self.env._("%(company)s had to answer by %(day)s and is late. We remind them, and VTI knows.",
                          company=company, day=format_day(self.env, self.answer_by))  # fmt: skip

    # ------------------------------------------------------------------ the student reminds, once

    def _can_remind_company(self):
        """Whether the student waited long enough to remind the company, and didn't yet."""
        self.ensure_one()
        start = self._get_clock_start()
        if self.state not in WAITING_STATES or not start or self.sudo().student_reminded_on or not self._is_shown():
            return False
        return local_date(start) + timedelta(days=STUDENT_DAYS) <= get_today()

    def action_remind_company(self):
        """The student asks the company once, kindly, for an answer."""
        self.ensure_one()
        self._check_actor("student")
        application_sudo = self.sudo()
        application_sudo.lock_for_update()
        if not self._can_remind_company():
            raise UserError(
                self.env._("You can remind a company once, after %(days)s days of waiting.", days=STUDENT_DAYS)
            )
        application_sudo.student_reminded_on = fields.Datetime.now()
        application_sudo._tell_company("asks")
        return True

    # ------------------------------------------------------------------ by the clock

    @api.model
    def _get_clock_domains(self, today):
        """What is due on a day, the furthest first.

        :return: pairs of what to do and whose turn it is
        :rtype: list[tuple[str, list]]
        """
        waiting = [
            ("state", "in", WAITING_STATES),
            ("guardian_state", "in", SHOWN_GUARDIAN_STATES),
            ("student_id.activated_on", "!=", False),
        ]
        return [
            ("_close_gone", [("state", "in", OPEN_STATES), ("vacancy_id.state", "in", GONE_STATES)]),
            ("_lapse", [*waiting, ("clock_step", "=", LATE), ("lapse_on", "<=", today), ("answer_by", "<", today)]),
            ("_tell_late", [*waiting, ("clock_step", "<", LATE), ("answer_by", "<", today)]),
            ("_tell_today", [*waiting, ("clock_step", "<", TODAY), ("answer_by", "=", today)]),
            (
                "_tell_soon",
                [*waiting, ("clock_step", "<", SOON), ("remind_on", "<=", today), ("answer_by", ">", today)],
            ),
        ]

    @api.model
    def _cron_answers(self):
        """Once a day: remind companies that have to answer, tell VTI who is late, let lapse what nobody answered.

        In batches that a next run resumes; who is answering at this very moment is left alone.
        """
        today = get_today()
        domains = self._get_clock_domains(today)
        left = sum(self.sudo().search_count(domain) for _method, domain in domains)
        for method, domain in domains:
            last_id = 0
            while batch_sudo := self.sudo().search([*domain, ("id", ">", last_id)], limit=BATCH, order="id"):
                last_id = batch_sudo[-1].id
                locked_sudo = batch_sudo.try_lock_for_update()
                locked_sudo.invalidate_recordset()
                for application_sudo in locked_sudo.filtered_domain(domain):
                    getattr(application_sudo, method)()
                left = max(left - len(batch_sudo), 0)
                # each batch is kept, so that a next run goes on where this one stopped
                if self.env.context.get("cron_id"):
                    self.env["ir.cron"]._commit_progress(len(batch_sudo), remaining=left)

    def _close_gone(self):
        """End what came in at the very moment at which its place went: applying holds up nobody who takes one."""
        self.vacancy_id._close_open_applications(self.vacancy_id.state)

    def _tell_soon(self):
        self.clock_step = SOON
        self._tell_company("soon")

    def _tell_today(self):
        self.clock_step = TODAY
        # it has to arrive today, also where another mail went out already
        self._tell_company("today", urgent=True)

    def _tell_late(self):
        """Tell the company until when it still can, and ask VTI to call."""
        today = get_today()
        days_off = self.env["vti.holiday"].sudo()._get_days_off(today)[self._get_region()]
        # counted from today: who wasn't told in time gets the same days
        end = add_working_days(today, self._get_days_setting("late_days", LATE_DAYS), days_off)
        self.write({"clock_step": LATE, "lapse_on": end})
        self._tell_company("late")
        here, staff = self._for_staff()
        here.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=today,
            summary=here.env._("No answer from %(company)s", company=self.employer_id.name),
            note=here.env._("Call the company. The application lapses on %(day)s.", day=format_day(here.env, end)),
            user_id=staff.id,
        )

    def _lapse(self):
        """Close what nobody answered, kindly, with places that are like it."""
        self._tell_company("over")
        self._end("lapsed", "lapsed")
        self.activity_unlink(["mail.mail_activity_data_call"])
        self._tell_student("lapsed")
