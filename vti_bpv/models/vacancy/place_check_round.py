from datetime import timedelta
from functools import partial

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools.rounds import go_round

LINK_DAYS = 60
MAX_NAMED = 20  # places in a mail


class PlaceCheck(models.Model):
    """The daily round: who is asked, reminded, taken offline; at most one mail to a company."""

    _inherit = "vti.place.check"

    @api.model
    def _cron_round(self):
        """Go round the companies; each is done or not, so that the next run goes on where this one stopped."""
        today = self.env["vti.vacancy"]._get_today_here()
        steps = [partial(step, today) for step in self._get_due(today)]
        go_round(self.env, steps, "A question whether places still stand")

    @api.model
    def _get_due(self, today):
        """What is to be done today.

        :return: a list of functions of the day, each for one company
        """
        remind = self.env["vti.vacancy"]._get_confirm_term("confirm_remind_days")
        grace = self._get_grace()
        late = self.search([("state", "=", "reminded"), ("reminded_on", "<=", today - grace)], order="asked_on")
        silent = self.search(
            [("state", "=", "asked"), ("asked_on", "<=", today - timedelta(days=remind))], order="asked_on"
        )
        return [
            *(check._take_offline for check in late),
            *(check._remind for check in silent),
            *(partial(self._ask, company) for company in self._get_companies_to_ask()),
        ]

    @api.model
    def _get_grace(self):
        """The time between a reminder, however late it went, and going offline.

        :rtype: timedelta
        """
        get_term = self.env["vti.vacancy"]._get_confirm_term
        return timedelta(days=max(1, get_term("confirm_offline_days") - get_term("confirm_remind_days")))

    @api.model
    def _get_companies_to_ask(self):
        """Companies with a place that wasn't confirmed in time, which aren't being asked already."""
        asked = self._search([("state", "in", ("asked", "reminded"))])
        domain = self.env["vti.vacancy"]._search_is_unconfirmed("in", [True])
        domain &= Domain("employer_id", "not in", asked.subselect("employer_id"))
        groups = self.env["vti.vacancy"].sudo()._read_group(domain, ["employer_id"], order="employer_id")
        return [employer for (employer,) in groups]

    # one step of one company

    @api.model
    def _ask(self, employer, today):
        """Ask a company; VTI calls where there is no address.

        :return: the vti.place.check
        """
        self.search([("employer_id", "=", employer.id), ("state", "=", "offline")])._supersede()
        check = self.create({
            "employer_id": employer.id,
            "partner_id": self._find_person(employer).id,
            "asked_on": today,
            "confirmed_before": self.env["vti.vacancy"]._get_confirmed_before(),
        })  # fmt: skip
        check._mail("vti_bpv.mail_places_ask")
        return check

    def _supersede(self):
        """A new question takes the place of these; what was to be called about, is in it too."""
        self.activity_ids.unlink()
        self.write({"state": "over"})
        self.flush_model(["state"])  # before the next one of this company is made: there is one at a time

    def _remind(self, today):
        self.write({"state": "reminded", "reminded_on": today})
        self._mail("vti_bpv.mail_places_remind")

    def _take_offline(self, today):
        """Pause what nobody confirmed, tell the company, and put it on VTI's list to call."""
        places = self._get_waiting()
        self.write({"state": "offline", "offline_on": today})
        places.filtered(lambda v: v.state == "published").write({"state": "paused", "paused_reason": "unconfirmed"})
        self._mail("vti_bpv.mail_places_offline", places)
        self._plan_call(self.env._("No answer: places are offline"))

    def _plan_call(self, summary):
        if not self.activity_ids:
            self.activity_schedule(
                "mail.mail_activity_data_call", summary=summary, user_id=self.employer_id._get_caller().id
            )

    def _mail(self, template, places=None):
        """Send one mail for all places, or plan a call where there is nobody to mail."""
        self.ensure_one()
        person = self.partner_id
        if not person.email_normalized:
            self._plan_call(self.env._("No e-mail address: call about the places"))
            return
        here = self.with_context(lang=person.lang or self.env.lang)
        names = [f"{place.name}, {place.town}" if place.town else place.name for place in places or self._get_waiting()]
        self.env["vti.notice"]._post(
            template, self, person, button_url=self._get_url(), button_label=here.env._("Answer in one click"),
            values={
                "places": names[:MAX_NAMED], "more": max(0, len(names) - MAX_NAMED),
                "day": format_date(here.env, self.reminded_on + self._get_grace()) if self.reminded_on else "",
            },
        )  # fmt: skip

    def _get_url(self):
        """The address of the page that the person who is asked answers on, without logging in."""
        self.ensure_one()
        return f"/places/confirm/{self._sign_link('places_confirm', self.partner_id, days=LINK_DAYS)}"

    @api.model
    def _find_person(self, employer):
        """The one person of a company who speaks for all of its places and has an address.

        Its recruiters; else who is named most on its places; else who has an account; else the company's own
        address. People limited to branches don't speak for all.
        """
        today = self.env["vti.vacancy"]._get_today_here()
        roles = self.env["vti.guidance.role"].sudo().search(
            [("organisation_id", "child_of", employer.id), ("role", "=", "recruiter"),
             "|", ("date_to", "=", False), ("date_to", ">=", today)], order="id",
        )  # fmt: skip
        named = self.env["vti.vacancy"].sudo()._read_group(
            [("employer_id", "=", employer.id), ("state", "=", "published"), ("contact_id", "!=", False)],
            ["contact_id"], order="__count desc, contact_id",
        )  # fmt: skip
        contacts = self.env["res.partner"].sudo().union(*(contact for (contact,) in named))
        users = (
            self.env["res.users"]
            .sudo()
            .search([("partner_id", "child_of", employer.id), ("share", "=", True)], order="id", limit=20)
        )
        for people in (roles.partner_id, contacts, users.partner_id, employer):
            for person in people:
                if person.email_normalized and self._is_entitled(person, employer) and not person.branch_scope_ids:
                    return person
        return self.env["res.partner"]

    @api.model
    def _is_entitled(self, person, employer):
        """Whether somebody may, as things are today, speak for a company."""
        person_sudo = person.sudo()
        accounts = person_sudo.with_context(active_test=False).user_ids
        return (
            person_sudo.active
            and person_sudo.commercial_partner_id == employer
            and (not accounts or any(accounts.mapped("active")))
        )
