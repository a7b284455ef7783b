from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.moment import format_day
from .placement import OPEN_STATES

BATCH = 200


class PlacementLife(models.Model):
    """How an internship starts and ends: one action per arrow, safe to be called by anybody."""

    _inherit = "vti.placement"

    def _take(self, parties, states):
        """Check who asks, wait for who is busy with it, and check that the state allows it.

        :raise AccessError: for the wrong side
        :raise UserError: in the wrong state
        """
        for placement in self:
            placement.check_access("read")
            placement._require(*parties)
        this_sudo = self.sudo()
        this_sudo._lock()
        for placement in this_sudo:
            if placement.state not in states:
                label = dict(self._fields["state"]._description_selection(self.env))[placement.state]
                raise UserError(self.env._("This can't be done now: the internship is “%(state)s”.", state=label))
        return this_sudo

    def action_start(self):
        """Planned -> running, by company or VTI, from the first day on."""
        this_sudo = self._take(("company", "vti"), ("planned",))
        today = self._get_today()
        for placement in this_sudo:
            if placement.date_from > today:
                raise UserError(
                    self.env._(
                        "It starts on %(day)s. Change the dates if it starts earlier.",
                        day=format_day(self.env, placement.date_from),
                    )
                )
        this_sudo._start()

    def _start(self):
        self.write({"state": "running", "started_on": self._get_today()})

    def action_close(self):
        """Running or closing -> closed, by company or VTI; while it runs not before the last day.

        VTI may close it earlier: its staff were told why.
        """
        this_sudo = self._take(("company", "vti"), ("running", "closing"))
        today = self._get_today()
        for placement in self:
            if placement.sudo().date_to > today and placement._get_party() != "vti":
                raise UserError(
                    self.env._(
                        "The last day is %(day)s. Change the dates if it ends earlier.",
                        day=format_day(self.env, placement.sudo().date_to),
                    )
                )
        this_sudo.write({"state": "closed", "closed_on": today})
        this_sudo.activity_unlink(["mail.mail_activity_data_todo"])
        this_sudo._on_closed()

    def action_confirm_end(self):
        """The student says that it was the end indeed; changes no state."""
        this_sudo = self._take(("student",), ("closing", "closed"))
        this_sudo.filtered(lambda p: not p.student_confirmed_on).write({"student_confirmed_on": self._get_today()})

    def action_break_off(self, reason):
        """Running or closing -> broken off, by company or VTI, with why; everybody is told at once."""
        self._end_early(reason, ("running", "closing"), "broken_off", "vti_bpv.mail_placement_broken_off")

    def action_never_start(self, reason):
        """Planned -> never started, by company or VTI. Before the first day the place is free again."""
        this_sudo = self._end_early(reason, ("planned",), "never_started", "vti_bpv.mail_placement_never_started")
        today = self._get_today()
        for placement in this_sudo.filtered(lambda p: p.vacancy_id and p.date_from > today):
            placement.vacancy_id._release_place()

    def _end_early(self, reason, states, state, template):
        this_sudo = self._take(("company", "vti"), states)
        reason = (reason or "").strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Say why it ends."))
        this_sudo.write({"state": state, "closed_on": self._get_today(), "end_reason": reason[:2000]})
        this_sudo.student_id.write({"is_looking": True})
        this_sudo._notify_all(template, urgent=True)
        for placement in this_sudo:
            placement._warn_staff(self.env._("The internship ended early: %(reason)s", reason=reason[:2000]))
        return this_sudo

    def _warn_staff(self, note):
        """Give VTI a task on this placement, under the staff member who looks after the company."""
        self.ensure_one()
        user = self.employer_id.user_id or self.vacancy_id.create_uid
        if not user or user.share or not user.has_group("vti_bpv.group_user"):
            user = self.env.ref("vti_bpv.group_coordinator").all_user_ids.filtered("active")[-1:]
        self.activity_schedule("mail.mail_activity_data_todo", note=note, user_id=user.id)

    def action_change_dates(self, date_from, date_to):
        """Change the period, by company or VTI. Of a running internship only the end moves.

        One that waits to be closed runs on when its last day moves.

        :param date_from: first day (date or ISO string)
        :param date_to: last day
        :raise UserError: where the dates make no sense, or the student is too young then
        """
        self.ensure_one()
        this_sudo = self._take(("company", "vti"), ("planned", "running", "closing"))
        try:
            date_from, date_to = fields.Date.to_date(date_from), fields.Date.to_date(date_to)
        except ValueError:
            date_from = date_to = None
        if not date_from or not date_to:
            raise UserError(self.env._("Fill in a first and a last day."))
        today = self._get_today()
        if date_to < date_from:
            raise UserError(self.env._("The last day comes before the first day."))
        if (date_to - date_from).days > 4 * 366:
            raise UserError(self.env._("That is longer than four years: look at the dates again."))
        if date_from != this_sudo.date_from and (this_sudo.state != "planned" or date_from < today):
            raise UserError(self.env._("The first day can't be moved into the past, nor once the internship runs."))
        if date_to < today:
            raise UserError(self.env._("The last day is over already. Choose today or later."))
        if date_from != this_sudo.date_from:
            this_sudo._check_rules(date_from)
        if this_sudo.state == "closing":
            this_sudo.write({"state": "running"})
        this_sudo.write({"date_from": date_from, "date_to": date_to})

    def _check_rules(self, day):
        """The hard rules for young people, on the day that it begins.

        :raise UserError: naming each of them that stands in the way
        """
        for placement in self.filtered("vacancy_id"):
            problems = placement.vacancy_id._get_age_problems(placement.student_id._get_age_on(day), day)
            if problems:
                raise UserError("\n".join(message for _code, message in problems))
        self._check_named_guide()

    # -- by the clock ------------------------------------------------------------------------------
    @api.model
    def _cron_start(self):
        """Start what begins today or should have begun."""
        due = [("state", "=", "planned"), ("date_from", "<=", self._get_today())]
        self._work_off(due, lambda placement: placement._start())

    @api.model
    def _cron_end(self):
        """The day after the last day: ask the company to close it."""
        due = [("state", "=", "running"), ("date_to", "<", self._get_today())]
        self._work_off(due, lambda placement: placement._begin_closing())

    def _begin_closing(self):
        self.write({"state": "closing"})
        for placement in self:
            contact_sudo = placement._get_company_contact()
            if contact_sudo:
                placement._notify(
                    "vti_bpv.mail_placement_close", contact_sudo, label=lambda env: env._("Close the internship")
                )
            else:
                placement._warn_staff(self.env._("Ended, and nobody at the company has an e-mail address: close it."))

    @api.model
    def _work_off(self, domain, work):
        """Do one thing for each due placement, in batches that a cron can resume."""
        while due := self.search(domain, limit=BATCH, order="id"):
            due._lock()
            for placement in due.filtered_domain(domain):
                work(placement)
            if self.env.context.get("cron_id"):
                self.env["ir.cron"]._commit_progress(len(due), remaining=self.search_count(domain))

    def _is_over(self):
        self.ensure_one()
        return self.state not in OPEN_STATES
