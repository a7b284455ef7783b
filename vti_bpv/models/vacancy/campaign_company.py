from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

STATES = [
    ("waiting", "Not mailed yet"),
    ("asked", "Asked"),
    ("reminded", "Reminded"),
    ("call", "Call"),
    ("answered", "Answered"),
]
ANSWERS = [
    ("copy", "Copied last season's places"),
    ("new", "Makes a new place"),
    ("none", "Not this season"),
    ("call", "Wants to be called"),
    ("placed", "Made places of its own accord"),
]
MAX_REASON = 500
# a company with one of these in the season has places in it
PLACED_STATES = ("review", "published", "paused", "filled")


class CampaignCompany(models.Model):
    """A company in a campaign: asked, reminded once, called, and what it said.

    Life: waiting -> asked -> reminded -> call; answered from each of these.
    """

    _name = "vti.campaign.company"
    _description = "Company in a campaign"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.signed.link"]
    _order = "campaign_id desc, employer_id"
    _rec_name = "employer_id"

    # who
    campaign_id = fields.Many2one("vti.campaign", required=True, index=True, readonly=True, ondelete="cascade")
    season_id = fields.Many2one(related="campaign_id.season_id")
    employer_id = fields.Many2one(
        "res.partner", "Company", required=True, index=True, ondelete="cascade", domain="[('is_employer', '=', True)]"
    )
    region_id = fields.Many2one(related="employer_id.vti_region_id", string="Region")
    partner_id = fields.Many2one("res.partner", "Who is asked", readonly=True, index="btree_not_null")
    phone = fields.Char(compute="_compute_phone")
    # life
    state = fields.Selection(STATES, required=True, default="waiting", readonly=True, copy=False, tracking=True)
    asked_on = fields.Date("Mailed", readonly=True, copy=False)
    opened_on = fields.Datetime("Opened the page", readonly=True, copy=False)
    reminded_on = fields.Date("Reminded", readonly=True, copy=False)
    # the answer; staff write what they heard by phone
    answer = fields.Selection(ANSWERS, copy=False, tracking=True)
    reason = fields.Text("What they said", copy=False)
    answered_on = fields.Date("Answered", readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.partner", "Answered by", readonly=True, copy=False, index="btree_not_null")
    place_count = fields.Integer("Places now", compute="_compute_place_count", help="For how many students.")

    _once = models.UniqueIndex("(campaign_id, employer_id)", "This company is on the list already.")

    @api.depends("partner_id.phone", "employer_id.phone")
    def _compute_phone(self):
        for line in self:
            line.phone = line.partner_id.phone or line.employer_id.phone

    @api.depends(
        "campaign_id.season_id", "employer_id.vacancy_ids.season_id", "employer_id.vacancy_ids.state",
        "employer_id.vacancy_ids.places_offered",
    )  # fmt: skip
    def _compute_place_count(self):
        self.env["vti.vacancy"].flush_model(["employer_id", "season_id", "state", "places_offered"])
        self.flush_model(["employer_id", "campaign_id"])
        rows = self.env.execute_query(SQL(
            """SELECT c.id, sum(v.places_offered)::int FROM vti_campaign_company c
               JOIN vti_campaign g ON g.id = c.campaign_id
               JOIN vti_vacancy v ON v.employer_id = c.employer_id AND v.season_id = g.season_id AND v.state IN %s
               WHERE c.id = ANY(%s) GROUP BY c.id""", PLACED_STATES, self.ids,
        ))  # fmt: skip
        counts = dict(rows)
        for line in self:
            line.place_count = counts.get(line._origin.id, 0)

    def write(self, vals):
        """What staff were told by phone counts as an answer."""
        if vals.get("answer") and "state" not in vals:
            vals = {
                **vals, "state": "answered", "answered_on": self.env["vti.vacancy"]._get_today_here(),
                "answered_by_id": self.env.user.partner_id.id,
            }  # fmt: skip
        written = super().write(vals)
        if vals.get("state") == "answered":
            self._close_calls()
        return written

    def _close_calls(self):
        for line in self.filtered(lambda line: line.answer != "call"):
            line.activity_ids.action_done()

    # the answer of the company

    @api.model
    def _get_asked_season(self, employer):
        """The name of the season about which this company still has to answer; empty where there is none."""
        line_sudo = self._get_open_of(employer)
        return line_sudo.season_id.name if line_sudo.state != "answered" else ""

    @api.model
    def _get_open_of(self, employer):
        """What this company is asked now, newest first; sudo."""
        return self.sudo().search(
            [("employer_id", "=", employer.id), ("campaign_id.state", "=", "running")], order="id desc", limit=1
        )

    def _note_opened(self):
        """Note the first time that somebody looked at the page."""
        if not self.opened_on:
            self.opened_on = fields.Datetime.now()

    def _get_reviews(self, person):
        """What copying this company's places gives, of the branches that a person speaks for."""
        self.ensure_one()
        domain = [("employer_id", "=", self.employer_id.id)]
        if scope := person.sudo().branch_scope_ids:
            domain.append(("branch_id", "in", scope.ids))
        return self.env["vti.vacancy"]._get_places_to_copy(self.season_id, domain)._review_copies(self.season_id)

    def _answer(self, answer, person, reason=""):
        """Keep what a company says; a later word takes the place of an earlier one.

        :param str answer: one of ANSWERS
        :param person: res.partner who answers, and was found entitled to
        :raise UserError: where a reason is asked for and not given
        """
        self.ensure_one()
        reason = (reason or "").replace("\x00", "").strip()[:MAX_REASON]
        if answer == "none" and not reason:
            raise UserError(self.env._("Say in a few words why not."))
        self.write({
            "state": "answered", "answer": answer, "reason": reason or False, "answered_by_id": person.id,
            "answered_on": self.env["vti.vacancy"]._get_today_here(),
            "opened_on": self.opened_on or fields.Datetime.now(),
        })  # fmt: skip
        if answer == "call":
            self._plan_call(self.env._("Asks to be called about places for %(season)s", season=self.season_id.name))

    def _answer_copy(self, person, ids, online):
        """Copy places of last season for who answers from a mail.

        :param ids: of the places that were ticked
        :return: what `_copy_reviewed` gives
        """
        reviews = self._get_reviews(person)
        wanted = self.env["vti.vacancy"].sudo().browse(r.place.id for r in reviews if r.place.id in ids)
        done = wanted._copy_reviewed(self.season_id, "action_submit" if online else None)
        if done:
            self._answer("copy", person)
        return done

    def _plan_call(self, summary):
        if not self.activity_ids:
            self.activity_schedule(
                "mail.mail_activity_data_call", summary=summary, user_id=self.employer_id._get_caller().id
            )

    # the back office

    def action_copy_places(self):
        """Copy this company's places for it, as it asked by phone."""
        self.ensure_one()
        self.check_access("write")
        before = self.env["vti.season"].search(
            [("date_to", "<", self.season_id.date_from)], order="date_from desc", limit=1
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_season_copy_action")
        return action | {"context": {
            "default_season_id": self.season_id.id, "default_from_id": before.id,
            "default_employer_ids": self.employer_id.ids,
        }}  # fmt: skip

    def action_open_mails(self):
        """Show what was mailed."""
        self.ensure_one()
        self.check_access("read")
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return self.employer_id._open_list("vti_bpv.vti_notice_action", domain)
