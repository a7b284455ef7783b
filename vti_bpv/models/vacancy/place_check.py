from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

STATES = [
    ("asked", "Asked"),
    ("reminded", "Reminded"),
    ("offline", "Offline, call"),
    ("answered", "Answered"),
    ("over", "Nothing left to ask"),
]
OPEN_STATES = ("asked", "reminded", "offline")


class PlaceCheck(models.Model):
    """VTI asks a company whether its places still stand.

    Life: asked -> reminded -> offline (its unconfirmed places were paused, VTI calls); answered from
    each of these as soon as nothing is left that waits, or over where the places went another way.
    A company is never asked twice at a time.
    """

    _name = "vti.place.check"
    _description = "Question whether places still stand"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.signed.link"]
    _order = "asked_on desc, id desc"
    _rec_name = "employer_id"

    # who
    employer_id = fields.Many2one("res.partner", "Company", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Who is asked", index="btree_not_null", ondelete="set null")
    phone = fields.Char(compute="_compute_phone")
    # life
    state = fields.Selection(STATES, required=True, default="asked", readonly=True, index=True, tracking=True)
    asked_on = fields.Date("Asked", required=True, readonly=True)
    confirmed_before = fields.Date(
        "Places not confirmed since", required=True, readonly=True, help="The question is about places older than this."
    )
    reminded_on = fields.Date("Reminded", readonly=True)
    offline_on = fields.Date("Taken offline", readonly=True)
    answered_on = fields.Date("Answered", readonly=True)
    answered_by_id = fields.Many2one("res.partner", "Answered by", readonly=True, index="btree_not_null")
    # what
    place_count = fields.Integer("Places that wait", compute="_compute_place_count")
    mail_count = fields.Integer("Mails", compute="_compute_mail_count")

    _one_open = models.UniqueIndex(
        "(employer_id) WHERE state IN ('asked', 'reminded', 'offline')", "This company is being asked already."
    )

    @api.depends("partner_id.phone", "employer_id.phone")
    def _compute_phone(self):
        for check in self:
            check.phone = check.partner_id.phone or check.employer_id.phone

    @api.depends("employer_id", "state", "confirmed_before")
    def _compute_place_count(self):
        self.env["vti.vacancy"].flush_model(["state", "paused_reason", "confirmed_on", "employer_id"])
        self.flush_model(["employer_id", "confirmed_before"])
        rows = self.env.execute_query(SQL(
            """SELECT c.id, count(*) FROM vti_place_check c JOIN vti_vacancy v ON v.employer_id = c.employer_id
               WHERE c.id = ANY(%s) AND (v.confirmed_on IS NULL OR v.confirmed_on < c.confirmed_before)
               AND (v.state = 'published' OR v.state = 'paused' AND v.paused_reason = 'unconfirmed') GROUP BY c.id""",
            [check.id for check in self if check.state in OPEN_STATES and check.id],
        ))  # fmt: skip
        counts = dict(rows)
        for check in self:
            check.place_count = counts.get(check.id, 0)

    def _compute_mail_count(self):
        counts = dict(
            self.env["vti.notice"]._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]
            )
        )
        for check in self:
            check.mail_count = counts.get(check.id, 0)

    def _get_waiting_domain(self):
        self.ensure_one()
        old = Domain("confirmed_on", "=", False) | Domain("confirmed_on", "<", self.confirmed_before)
        return Domain("employer_id", "=", self.employer_id.id) & old & (
            Domain("state", "=", "published")
            | Domain("state", "=", "paused") & Domain("paused_reason", "=", "unconfirmed")
        )  # fmt: skip

    def _get_waiting(self):
        """The places of which the company still has to say whether they stand; sudo."""
        return self.env["vti.vacancy"].sudo().search(self._get_waiting_domain(), order="confirmed_on, id")

    @api.model
    def _get_open(self, employers):
        return self.search([("employer_id", "in", employers.ids), ("state", "in", OPEN_STATES)])

    @api.model
    def _follow(self, employers):
        """Close the questions of these companies that have been answered, in whatever way."""
        for check in self._get_open(employers):
            if not check._get_waiting():
                check._close()

    def _close(self):
        """End this question: answered where the company said a word since it was asked."""
        self.ensure_one()
        spoken = self.env["vti.vacancy"].sudo().search_count(
            [("employer_id", "=", self.employer_id.id), ("confirmed_on", ">=", self.asked_on)], limit=1
        )  # fmt: skip
        today = self.env["vti.vacancy"]._get_today_here()
        self.write({"state": "answered", "answered_on": today} if spoken else {"state": "over"})
        self.activity_ids.action_done()

    # the back office

    def action_confirm_by_phone(self):
        """Staff: the company said by phone that all of its places stand; what was offline comes back."""
        if not self.env.su and not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI can do this."))
        self.check_access("write")
        troubles = []
        for check_sudo in self.sudo().filtered(lambda check: check.state in OPEN_STATES):
            waiting = set(check_sudo._get_waiting().ids)
            _kept, _closed, problems = self.env["vti.vacancy"].sudo()._answer_for(
                check_sudo.employer_id, self.env.user.partner_id, waiting, set()
            )  # fmt: skip
            check_sudo.message_post(body=self.env._("Confirmed by phone."), author_id=self.env.user.partner_id.id)
            troubles += [f"{place.name}: {' '.join(lines)}" for place, lines in problems]
        if troubles:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {"type": "warning", "sticky": True, "message": "\n".join(troubles)},
            }
        return True

    def action_open_places(self):
        """Show the places that wait for an answer."""
        self.ensure_one()
        self.check_access("read")
        return self.employer_id._open_list("vti_bpv.vti_vacancy_action", list(self._get_waiting_domain()))

    def action_open_mails(self):
        """Show what was mailed."""
        self.ensure_one()
        self.check_access("read")
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return self.employer_id._open_list("vti_bpv.vti_notice_action", domain)
