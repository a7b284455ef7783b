from datetime import timedelta
from functools import partial

from odoo import api, models

from ...tools.rounds import go_round

LINK_DAYS = 60
MAX_NAMED = 20  # places in a mail
NOT_ANSWERED = ("waiting", "asked", "reminded", "call")


class CampaignCompany(models.Model):
    """The daily round: who is mailed, reminded once, and put on the list to call."""

    _inherit = "vti.campaign.company"

    @api.model
    def _cron_round(self):
        """Go round the companies; each is done or not, so that the next run goes on where this one stopped."""
        today = self.env["vti.vacancy"]._get_today_here()
        self._follow_places()
        go_round(self.env, [partial(step, today) for step in self._get_due(today)], "A step of a campaign")

    @api.model
    def _get_due(self, today):
        """What is to be done today.

        :return: a list of functions of the day, each for one company
        """
        steps = []
        for campaign in self.env["vti.campaign"].search([("state", "=", "running")]):
            mine = [("campaign_id", "=", campaign.id)]
            remind, call = timedelta(days=campaign.remind_days), timedelta(days=campaign.call_days)
            late = self.search([*mine, ("state", "=", "reminded"), ("reminded_on", "<=", today - call)])
            silent = self.search([*mine, ("state", "=", "asked"), ("asked_on", "<=", today - remind)])
            steps += [line._put_on_call_list for line in late]
            steps += [line._remind for line in silent]
            steps += [line._ask for line in self.search([*mine, ("state", "=", "waiting")])]
        return steps

    @api.model
    def _follow_places(self):
        """Who made places of its own accord has answered."""
        lines = self.search([("campaign_id.state", "=", "running"), ("state", "in", NOT_ANSWERED)])
        lines.filtered("place_count").write({
            "state": "answered", "answer": "placed", "answered_on": self.env["vti.vacancy"]._get_today_here()
        })  # fmt: skip

    # one step of one company

    def _ask(self, today):
        person = self.env["vti.place.check"]._find_person(self.employer_id)
        self.partner_id = person
        if not person:
            self.write({"state": "call"})
            self._plan_call(self.env._("No e-mail address: call about places"))
            return
        self.write({"state": "asked", "asked_on": today})
        self._mail("vti_bpv.mail_campaign_ask")

    def _remind(self, today):
        self.write({"state": "reminded", "reminded_on": today})
        self._mail("vti_bpv.mail_campaign_remind")

    def _put_on_call_list(self, _today):
        self.write({"state": "call"})
        self._plan_call(self.env._("No answer: call about places for %(season)s", season=self.season_id.name))

    def _mail(self, template):
        """Send one mail with one button to the page on which the company answers."""
        person = self.partner_id
        places = [review.place for review in self._get_reviews(person) if not review.problems]
        names = [f"{place.name}, {place.town}" if place.town else place.name for place in places]
        here = self.with_context(lang=person.lang or self.env.lang)
        self.env["vti.notice"]._post(
            template, self, person, button_url=self._get_url(), button_label=here.env._("Say it in one minute"),
            values={
                "places": names[:MAX_NAMED], "more": max(0, len(names) - MAX_NAMED), "season": self.season_id.name,
                "message": self.campaign_id.message or "",
            },
        )  # fmt: skip

    def _get_url(self):
        """The address of the page that the person who is asked answers on, without logging in."""
        self.ensure_one()
        return f"/places/season/{self._sign_link('places_season', self.partner_id, days=LINK_DAYS)}"
