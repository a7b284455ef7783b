import vobject

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .placement import OPEN_STATES

OVER_STATES = ("closed", "broken_off", "never_started")
FILTERS = {
    "open": OPEN_STATES,
    "planned": ("planned",),
    "running": ("running",),
    "closing": ("closing",),
    "over": OVER_STATES,
    "all": (*OPEN_STATES, *OVER_STATES),
}


class PlacementPage(models.Model):
    """What the pages of student, company and school show of an internship."""

    _inherit = "vti.placement"

    @api.model
    def _get_page_domain(self, search="", state="open"):
        """Domain of a list on the portal, to be searched with sudo: the reader's own rules are part of it.

        :param str search: part of the student's or company's name
        :param str state: a key of FILTERS
        """
        domain = Domain(self.env["ir.rule"]._compute_domain(self._name, "read"))
        self.check_access("read")
        if state != "all":
            domain &= Domain("state", "in", FILTERS[state])
        for word in (search or "").split()[:5]:
            domain &= Domain("student_id.partner_id.name", "ilike", word) | Domain("employer_id.name", "ilike", word)
        return domain

    @api.model
    def _count_by_filter(self, search=""):
        """How many the current user may read, per filter; one query.

        :return: number by key of FILTERS

        :rtype: dict
        """
        domain = self._get_page_domain(search, "all")
        states = dict(self.sudo()._read_group(domain, ["state"], ["__count"]))
        return {name: sum(states.get(state, 0) for state in values) for name, values in FILTERS.items()}

    def _get_state_badge(self):
        """The kind of badge that shows the state."""
        self.ensure_one()
        kinds = {"planned": "info", "running": "success", "closing": "warning", "broken_off": "danger"}
        return kinds.get(self.state, "")

    def _get_state_label(self):
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _get_steps(self):
        """The way from agreement to end.

        :return: title, day (date or False), mark ("is-done", "is-current", "is-stopped" or "")

        :rtype: list[dict]
        """
        self.ensure_one()
        this_sudo, _ = self.sudo(), self.env._
        steps = [
            {"title": _("Agreed"), "day": this_sudo.create_date.date()},
            {"title": _("First day"), "day": this_sudo.started_on or this_sudo.date_from},
            {"title": _("Last day"), "day": this_sudo.date_to},
            {"title": _("Closed"), "day": this_sudo.closed_on},
        ]
        if this_sudo.state in ("broken_off", "never_started"):
            done = 1 if this_sudo.state == "never_started" else 2
            steps = [*steps[:done], {"title": this_sudo._get_state_label(), "day": this_sudo.closed_on}]
            marks = ["is-done"] * done + ["is-stopped"]
        else:
            current = {"planned": 1, "running": 2, "closing": 3, "closed": 4}[this_sudo.state]
            marks = ["is-done"] * current + ["is-current"] + [""] * 3
        for step, mark in zip(steps, marks, strict=False):
            step["mark"] = mark
        return steps

    def _get_next_step(self):
        """What happens next, in words for the current user.

        :return: one or two sentences

        :rtype: str
        """
        self.ensure_one()
        this_sudo, _, party = self.sudo(), self.env._, self._get_party()
        day = {
            name: format_date(self.env, this_sudo[name], date_format="d MMMM y") for name in ("date_from", "date_to")
        }
        texts = {
            "planned": {
                "student": _(
                    "You start on %(date_from)s. Do you know where to be, and when? Else call your guide.", **day
                ),
                "company": _(
                    "The student starts on %(date_from)s. Look who guides, and call before the first day.", **day
                ),
                "school": _("The student starts on %(date_from)s.", **day),
            },
            "running": {
                "student": _("You are an intern until %(date_to)s.", **day),
                "company": _("It runs until %(date_to)s. The day after, we ask you to close it.", **day),
                "school": _("It runs until %(date_to)s.", **day),
            },
            "closing": {
                "student": _("The last day is over. The company closes it; you can say that it was the end indeed."),
                "company": _("The last day is over. Close the internship, or change the last day if it goes on."),
                "school": _("The last day is over. The company closes it."),
            },
        }
        over = {
            "closed": _("This internship is closed. Thank you for what you did."),
            "broken_off": _("This internship ended before its last day. VTI calls to hear what is needed."),
            "never_started": _("This internship didn't take place. VTI calls to hear what is needed."),
        }
        return over.get(this_sudo.state) or texts[this_sudo.state].get(party, "")

    def _get_address(self):
        """Where the student goes: the branch, else the company; partner, sudo."""
        self.ensure_one()
        return self.sudo().branch_id or self.sudo().employer_id

    def _can_do(self):
        """What the current user may do here now, for the buttons on the page.

        :return: among start, close, end, dates, people, teacher, confirm

        :rtype: set[str]
        """
        self.ensure_one()
        party, state, today = self._get_party(), self.sudo().state, self._get_today()
        able = set()
        if party == "company":
            if state in OPEN_STATES:
                able |= {"people", "end"}
            if state in ("planned", "running", "closing"):
                able |= {"dates"}
            if state == "planned" and self.sudo().date_from <= today:
                able |= {"start"}
            if state == "closing" or (state == "running" and self.sudo().date_to <= today):
                able |= {"close"}
        elif party == "school" and state in OPEN_STATES:
            able |= {"teacher"}
        elif party == "student" and state in ("closing", "closed") and not self.sudo().student_confirmed_on:
            able |= {"confirm"}
        return able

    def _get_calendar_file(self):
        """The period as one entry of several whole days.

        :return: an iCalendar file

        :rtype: bytes
        """
        self.ensure_one()
        this_sudo, calendar = self.sudo(), vobject.iCalendar()
        event = calendar.add("vevent")
        event.add("uid").value = f"vti-placement-{self.id}@{self.get_base_url().split('//')[-1]}"
        event.add("dtstamp").value = fields.Datetime.now()
        event.add("dtstart").value = this_sudo.date_from
        event.add("dtend").value = fields.Date.add(this_sudo.date_to, days=1)
        event.add("summary").value = self.env._("Internship at %(company)s", company=this_sudo.employer_id.name)
        address = self._get_address()
        event.add("location").value = ", ".join(filter(None, [address.street, address.zip, address.city]))
        event.add("url").value = f"{self.get_base_url()}/my/internships/{self.id}"
        return calendar.serialize().encode()
