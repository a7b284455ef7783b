from datetime import timedelta
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.rounds import go_round
from .exchange_search import parse_params

STOP = "exchange_follow"
MOST = 5  # for one person
MOST_CARDS = 10  # in a mail
DAYS = 7


class ExchangeFollow(models.Model):
    """A filter of the cards of which somebody of a company wants the new ones by mail, once a week."""

    _name = "vti.exchange.follow"
    _description = "Followed filter of the exchange"
    _inherit = ["vti.signed.link"]
    _order = "id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", "Person", required=True, readonly=True, ondelete="cascade")
    employer_id = fields.Many2one(related="partner_id.commercial_partner_id", string="Company")
    params = fields.Char("Filter", readonly=True, help="As it stands in the address of the list of cards.")
    label = fields.Char("What is followed", compute="_compute_label")
    told_on = fields.Datetime("Told until", required=True, readonly=True, default=fields.Datetime.now)

    _once = models.UniqueIndex("(partner_id, params)", "You follow this already.")
    _due = models.Index("(told_on)")

    @api.depends("params")
    @api.depends_context("lang")
    def _compute_label(self):
        for follow in self:
            follow.label = follow._get_label()

    @api.model
    def _get_own(self):
        """What the current user follows; sudo."""
        return self.sudo().search([("partner_id", "=", self.env.user.partner_id.id)])

    @api.model
    def _is_followed(self, query):
        return urlencode(query.params()) in self._get_own().mapped("params")

    @api.model
    def _follow(self, query):
        """Follow a filter as the current user, whose role was checked.

        :raise UserError: where there are as many as there may be
        """
        own_sudo, params = self._get_own(), urlencode(query.params())
        if params in own_sudo.mapped("params"):
            return
        if len(own_sudo) >= MOST:
            raise UserError(self.env._("You follow %(count)s filters. Stop one first.", count=MOST))
        self.sudo().create({"partner_id": self.env.user.partner_id.id, "params": params})

    def _get_label(self):
        """The filter in words."""
        self.ensure_one()
        return self.env["vti.exchange.listing"]._get_query_label(parse_params(self.params))

    def _get_stop_url(self):
        return f"{self.get_base_url()}/exchange/follow/{self._sign_link(STOP, self.partner_id, days=60)}"

    @api.model
    def _cron_mail(self, batch=200):
        """Once a week for each: mail the cards that are new; what one may see is asked as that person."""
        before = fields.Datetime.now() - timedelta(days=DAYS)
        due = self.sudo().search([("told_on", "<=", before)], order="told_on", limit=batch + 1)
        go_round(self.env, [follow_sudo._mail_new for follow_sudo in due], "A mail about the exchange", batch)

    def _mail_new(self):
        since, self.told_on = self.told_on, fields.Datetime.now()
        user_sudo = self.partner_id.user_ids.filtered("active")[:1]
        if not user_sudo.has_group("vti_bpv.group_company"):
            return
        mine = self.env["vti.exchange.listing"].with_user(user_sudo).with_context(lang=self.partner_id.lang)
        query = parse_params(self.params)
        cards = mine.search(mine._get_query_domain(query) & Domain("shown_on", ">", since), limit=MOST_CARDS + 1)
        if not cards:
            return
        rows = []
        for card in cards[:MOST_CARDS]:
            labels = card._get_labels()
            line = ", ".join(filter(None, (labels["title"], labels["zone"])))
            rows.append((line, f"{self.get_base_url()}/my/exchange/{card.id}"))
        here = self.with_context(lang=self.partner_id.lang or self.env.lang)
        values = {
            "rows": rows, "label": here._get_label(), "stop_url": self._get_stop_url(), "more": len(cards) > MOST_CARDS,
        }  # fmt: skip
        self.env["vti.notice"]._post(
            "vti_bpv.mail_template_exchange_follow", self, self.partner_id, button_url=query.url(),
            button_label=here.env._("See the students"), values=values,
        )  # fmt: skip
