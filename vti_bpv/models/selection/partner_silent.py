from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.moment import format_day, get_today

RULES = [
    ("nothing", "Nothing"),
    ("lower", "Show its places below all others"),
    ("pause", "Pause its places"),
]
NOTICE_DAYS = 7  # between telling a company and doing it
MEMORY_DAYS = 56  # how long an application that lapsed without an answer counts
# A company is silent while a student's last day passed and it gave no sign of life since: every answer and every
# edit of a place confirms a place
SILENT = """
    SELECT DISTINCT a.employer_id FROM (
        SELECT employer_id, answer_by AS due FROM vti_application
        WHERE state IN ('submitted', 'invited') AND answer_by < %(today)s
        UNION ALL
        SELECT employer_id, answer_due FROM vti_application
        WHERE state = 'lapsed' AND end_kind = 'lapsed' AND answer_due >= %(since)s
    ) a
    WHERE a.employer_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM vti_vacancy v WHERE v.employer_id = a.employer_id AND v.confirmed_on > a.due)
"""


class Partner(models.Model):
    """What happens to the places of a company that doesn't answer students; nothing until VTI decides."""

    _inherit = "res.partner"

    silent_warned_on = fields.Date(
        "Told that it doesn't answer", readonly=True, copy=False, groups="vti_bpv.group_user"
    )
    silent_since = fields.Date("Doesn't answer since", readonly=True, copy=False, groups="vti_bpv.group_user")

    _silent = models.Index("(silent_warned_on) WHERE silent_warned_on IS NOT NULL")

    @api.model
    def _get_silent_rule(self):
        rule = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.silent_company")
        return rule if rule in dict(RULES) else "nothing"

    @api.model
    def _find_silent(self, today):
        """Companies that let a student's last day pass and said nothing since; sudo."""
        self.env["vti.application"].flush_model()
        self.env["vti.vacancy"].flush_model(["employer_id", "confirmed_on"])
        rows = self.env.execute_query(SQL(SILENT, today=today, since=today - timedelta(days=MEMORY_DAYS)))
        return self.sudo().browse(number for (number,) in rows)

    @api.model
    def _cron_silent(self):
        """Once a day: tell companies that don't answer, a week later do as VTI decided, and lift it for who answers."""
        rule, today, companies_sudo = self._get_silent_rule(), get_today(), self.sudo()
        silent = companies_sudo.browse() if rule == "nothing" else self._find_silent(today)
        told = companies_sudo.search([("silent_warned_on", "!=", False)])
        (told - silent).write({"silent_warned_on": False, "silent_since": False})
        for company in silent - told:
            company.silent_warned_on = today
            company._tell_silent("vti_bpv.mail_silent_warn", rule, today + timedelta(days=NOTICE_DAYS))
        long_ago = today - timedelta(days=NOTICE_DAYS)
        due = silent.filtered(lambda company: not company.silent_since and company.silent_warned_on <= long_ago)
        due.silent_since = today
        self._apply_silence(rule)

    @api.model
    def _apply_silence(self, rule):
        """Bring all places in line with who is silent now: who answered gets everything back by itself."""
        places_sudo = self.env["vti.vacancy"].sudo()
        silent_sudo = self.sudo().search([("silent_since", "!=", False)])
        theirs = places_sudo.search([("employer_id", "in", silent_sudo.ids), ("state", "=", "published")])
        lower = theirs if rule == "lower" else places_sudo
        lowered = places_sudo.search([("shown_lower", "=", True)])
        (lowered - lower).shown_lower = False
        (lower - lowered).shown_lower = True
        if rule == "pause" and theirs:
            theirs.write({"state": "paused", "paused_reason": "silent"})
            for company in theirs.employer_id:
                company._tell_silent("vti_bpv.mail_silent_paused", rule, get_today())
        back = places_sudo.search([("state", "=", "paused"), ("paused_reason", "=", "silent")])
        if rule == "pause":
            back = back.filtered(lambda place: place.employer_id not in silent_sudo)
        for place in back:
            if place.places_left and not place._get_publish_problems():
                place.state = "published"

    def _tell_silent(self, template, rule, day):
        """Mail the one person who speaks for this company, or put it on VTI's list to call."""
        self.ensure_one()
        person = self.env["vti.place.check"]._find_person(self)
        if not person:
            self.activity_schedule(
                "mail.mail_activity_data_call", user_id=self._get_caller().id,
                summary=self.env._("Doesn't answer students, and has no e-mail address"),
            )  # fmt: skip
            return
        here = self.with_context(lang=person.lang or self.env.lang)
        self.env["vti.notice"]._post(
            template, self, person, button_url="/my/candidates", button_label=here.env._("Answer the students"),
            values={"rule": rule, "day": format_day(here.env, day)},
        )  # fmt: skip
