from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.rounds import do_whole

MAX_DAYS = 60
AT_ONCE = 100  # mails made while staff waits


class Campaign(models.Model):
    """VTI asks companies which places they offer in a season that comes, mails them, and sees who answers.

    Life: draft -> running -> closed. What is done each day stands in campaign_round.py.
    """

    _name = "vti.campaign"
    _description = "Campaign for places of a season"
    _inherit = ["mail.thread"]
    _order = "id desc"

    # what
    name = fields.Char(required=True)
    season_id = fields.Many2one(
        "vti.season", required=True, index=True, ondelete="restrict", tracking=True,
        default=lambda self: self.env["vti.vacancy"]._get_copy_season(),
    )  # fmt: skip
    region_ids = fields.Many2many("vti.region", string="Regions", help="Empty: everywhere.")
    message = fields.Text("A few words of your own", help="Stands in the mail, above the button.")
    # terms
    remind_days = fields.Integer("Remind after", default=7, required=True, help="In days, once.")
    call_days = fields.Integer("Call after", default=7, required=True, help="In days after the reminder.")
    # life
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
        required=True, default="draft", readonly=True, copy=False, tracking=True,
    )  # fmt: skip
    started_on = fields.Date(readonly=True, copy=False)
    # who
    company_ids = fields.One2many("vti.campaign.company", "campaign_id", "Companies")
    # figures
    company_count = fields.Integer("Number of companies", compute="_compute_figures")
    asked_count = fields.Integer("Mailed", compute="_compute_figures")
    opened_count = fields.Integer("Opened the page", compute="_compute_figures")
    answered_count = fields.Integer("Answered", compute="_compute_figures")
    call_count = fields.Integer("To call", compute="_compute_figures")
    with_place_count = fields.Integer("Companies with places now", compute="_compute_figures")
    place_count = fields.Integer("Places now", compute="_compute_figures", help="For how many students.")

    _days_sensible = models.Constraint(
        f"CHECK(remind_days BETWEEN 1 AND {MAX_DAYS} AND call_days BETWEEN 1 AND {MAX_DAYS})",
        "Remind and call after 1 to 60 days.",
    )

    @api.constrains("season_id", "state")
    def _check_season(self):
        today = self.env["vti.vacancy"]._get_today_here()
        for campaign in self:
            if campaign.state == "draft" and campaign.season_id.date_to < today:
                raise ValidationError(self.env._("%(season)s is over.", season=campaign.season_id.name))

    @api.depends("company_ids.state", "company_ids.opened_on", "company_ids.place_count", "season_id")
    def _compute_figures(self):
        """Two queries for all campaigns: of the companies, and of the places that they offer now."""
        self.env["vti.vacancy"].flush_model(["employer_id", "season_id", "state", "places_offered"])
        self.env["vti.campaign.company"].flush_model()
        self.env["mail.activity"].flush_model(["res_model", "res_id", "active"])
        counts = dict.fromkeys(self.ids, (0,) * 7)
        if self.ids:
            rows = self.env.execute_query(SQL(
                """SELECT c.campaign_id, count(*), count(c.asked_on), count(c.opened_on),
                          count(*) FILTER (WHERE c.state = 'answered'),
                          count(*) FILTER (WHERE EXISTS (
                              SELECT FROM mail_activity a
                              WHERE a.res_model = 'vti.campaign.company' AND a.res_id = c.id AND a.active)),
                          count(v.places), coalesce(sum(v.places), 0)::int
                   FROM vti_campaign_company c JOIN vti_campaign g ON g.id = c.campaign_id
                   LEFT JOIN (SELECT employer_id, season_id, sum(places_offered) places FROM vti_vacancy
                              WHERE state IN ('review', 'published', 'paused', 'filled')
                              GROUP BY employer_id, season_id) v
                          ON v.employer_id = c.employer_id AND v.season_id = g.season_id
                   WHERE c.campaign_id = ANY(%s) GROUP BY c.campaign_id""", self.ids,
            ))  # fmt: skip
            counts |= {campaign: figures for campaign, *figures in rows}
        for campaign in self:
            (
                campaign.company_count, campaign.asked_count, campaign.opened_count, campaign.answered_count,
                campaign.call_count, campaign.with_place_count, campaign.place_count,
            ) = counts.get(campaign._origin.id, (0,) * 7)  # fmt: skip

    def _check_staff(self):
        if not self.env.su and not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI can do this."))
        self.check_access("write")

    def _get_company_domain(self):
        """Members with a recognition in force, or with places in the season before, and none in this one.

        Without those who said no for this season, or whom another campaign asks now.
        """
        self.ensure_one()
        season = self.season_id
        before = self.env["vti.season"].search([("date_to", "<", season.date_from)], order="date_from desc", limit=1)
        offered = [("season_id", "=", before.id), ("state", "not in", ["draft", "review"])]
        has_some = [("season_id", "=", season.id), ("state", "not in", ["closed", "expired"])]
        domain = Domain("is_employer", "=", True) & Domain("membership_state", "=", "member")
        domain &= Domain("recognition_ids", "any", self.env["vti.recognition"]._get_valid_domain()) | Domain(
            "vacancy_ids", "any", offered
        )
        domain &= Domain("vacancy_ids", "not any", has_some)
        others = Domain("season_id", "=", season.id) & Domain("campaign_id", "not in", self.ids)
        others &= Domain("answer", "=", "none") | Domain("campaign_id.state", "=", "running")
        asked = self.env["vti.campaign.company"]._search(others)
        domain &= Domain("id", "not in", asked.subselect("employer_id"))
        return domain & Domain("vti_region_id", "in", self.region_ids.ids) if self.region_ids else domain

    def action_find_companies(self):
        """Put the companies on the list that haven't got a place in this season; who is on it stays.

        :raise UserError: where there is nobody to ask
        """
        for campaign in self:
            campaign._check_staff()
            campaign._check_draft()
            found = self.env["res.partner"].search(campaign._get_company_domain(), order="name")
            new = found - campaign.company_ids.employer_id
            self.env["vti.campaign.company"].create(
                [{"campaign_id": campaign.id, "employer_id": employer.id} for employer in new]
            )
            if not campaign.company_ids:
                raise UserError(self.env._("Nobody is left to ask: each has places, said no, or is being asked now."))
        return True

    def _check_draft(self):
        if self.state != "draft":
            raise UserError(self.env._("This campaign has begun already."))

    def action_start(self):
        """Let the mails go: the first at once, so that one sees it, the others by the job within some minutes."""
        today = self.env["vti.vacancy"]._get_today_here()
        for campaign in self:
            campaign._check_staff()
            campaign._check_draft()
            if not campaign.company_ids:
                raise UserError(self.env._("Put companies on the list first."))
            campaign.write({"state": "running", "started_on": today})
            campaign.sudo().company_ids._follow_places()
            for line_sudo in campaign.sudo().company_ids.filtered(lambda line: line.state == "waiting")[:AT_ONCE]:
                do_whole(self.env, partial(line_sudo._ask, today), "A mail of a campaign")
        self.env.ref("vti_bpv.cron_campaign").sudo()._trigger()
        return True

    def action_close(self):
        """Stop asking: no more mails, and nobody is left to call."""
        for campaign in self:
            campaign._check_staff()
            if campaign.state != "running":
                raise UserError(self.env._("Only a campaign that runs can be closed."))
        self.state = "closed"
        self.company_ids.activity_ids.unlink()
        return True

    def action_open_companies(self):
        """Show the companies, by who answered what; a button's context says which."""
        self.ensure_one()
        self.check_access("read")
        return self.env["res.partner"]._open_list(
            "vti_bpv.vti_campaign_company_action", [("campaign_id", "=", self.id)], default_campaign_id=self.id
        )

    def action_open_places(self):
        """Show the places that these companies offer in the season."""
        self.ensure_one()
        self.check_access("read")
        domain = [
            ("employer_id", "in", self.company_ids.employer_id.ids), ("season_id", "=", self.season_id.id),
            ("state", "in", ("review", "published", "paused", "filled")),
        ]  # fmt: skip
        return self.env["res.partner"]._open_list("vti_bpv.vti_vacancy_action", domain)
