from urllib.parse import quote

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date

from .exchange_listing import SHOWN_STATES

SHARE = "exchange_share"


class ExchangeShare(models.Model):
    """A card that was shared to the members' group: a text without personal data and a link for members alone."""

    _name = "vti.exchange.share"
    _description = "Shared card"
    _inherit = ["vti.signed.link"]
    _order = "id desc"
    _rec_name = "listing_id"

    listing_id = fields.Many2one(
        "vti.exchange.listing", "Card", required=True, index=True, ondelete="cascade", readonly=True
    )
    shared_by_id = fields.Many2one(
        "res.partner", "Shared by", readonly=True, index="btree_not_null", ondelete="set null"
    )
    shared_on = fields.Datetime("Shared on", required=True, readonly=True, default=fields.Datetime.now)
    text = fields.Text("Message", readonly=True)
    whatsapp_url = fields.Char("WhatsApp", compute="_compute_whatsapp_url")
    opened_count = fields.Integer("Opened by members", readonly=True)
    opened_on = fields.Datetime("Last opened", readonly=True)

    def _compute_whatsapp_url(self):
        for share in self:
            share.whatsapp_url = f"https://wa.me/?text={quote(share.text or '')}"

    def _count_opening(self):
        """Count one opening, in place: many may open it at the same time."""
        self.ensure_one()
        self.env.cr.execute(SQL(
            "UPDATE vti_exchange_share SET opened_count = COALESCE(opened_count, 0) + 1, opened_on = %s WHERE id = %s",
            fields.Datetime.now(), self.id,
        ))  # fmt: skip
        self.invalidate_recordset(["opened_count", "opened_on"])

    def action_open_whatsapp(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.whatsapp_url, "target": "new"}


class ExchangeListing(models.Model):
    _inherit = "vti.exchange.listing"

    share_ids = fields.One2many("vti.exchange.share", "listing_id", "Shared")

    def _get_share_text(self, url):
        """What is shared: a line that tells no more than the card, and the link."""
        self.ensure_one()
        labels = self._get_labels()
        parts = [labels["title"], labels["zone"]]
        if self.sudo().wish_from:
            parts.append(self.env._("from %(day)s", day=format_date(self.env, self.sudo().wish_from)))
        card = ", ".join(filter(None, parts))
        return self.env._("Who has a place for this student? %(card)s. Members see the card here: %(url)s",
                          card=card, url=url)  # fmt: skip

    def _can_share(self):
        """Whether the members' group may hear of it: it is shown, and to all; whoever named companies meant those."""
        self.ensure_one()
        this_sudo = self.sudo()
        return this_sudo.state in SHOWN_STATES and this_sudo.audience == "all"

    def _share(self, partner):
        """Make a message to share, with a link that ends with the card.

        :param partner: who shares it, who was checked to see the card
        :return: the vti.exchange.share, sudo
        :raise UserError: where it isn't shown to all members
        """
        self.ensure_one()
        if not self._can_share():
            raise UserError(self.env._("This card isn't shown to all members, so it doesn't go to their group."))
        share_sudo = self.env["vti.exchange.share"].sudo().create({"listing_id": self.id, "shared_by_id": partner.id})
        days = max(1, (self.sudo().until - fields.Date.context_today(self)).days + 1)
        token = share_sudo._sign_link(SHARE, self.env["res.partner"], days=days)
        share_sudo.text = self._get_share_text(f"{self.get_base_url()}/exchange/shared/{token}")
        return share_sudo

    def action_share(self):
        """Show VTI a message for the members' WhatsApp group."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI shares from here."))
        share_sudo = self._share(self.env.user.partner_id)
        return {
            "type": "ir.actions.act_window", "res_model": "vti.exchange.share", "res_id": share_sudo.id,
            "view_mode": "form", "target": "new", "name": self.env._("Share with the members"),
        }  # fmt: skip
