from odoo import fields, models

from .exchange_listing import OPEN_STATES


class Consent(models.Model):
    """That a student may be shown to other members, without a name: separate from every application."""

    _inherit = "vti.consent"

    purpose = fields.Selection(
        selection_add=[("exchange", "Be shown to other companies")], ondelete={"exchange": "cascade"}
    )
    text_version = fields.Char("Version of the text", readonly=True, help="Changes with every word of the text.")
    noted_by_id = fields.Many2one(
        "res.users",
        "Noted by",
        readonly=True,
        index="btree_not_null",
        help="Who of VTI noted it, by phone or on paper.",
    )

    def _on_withdrawn(self):
        """Hide at once who withdrew, wherever that was done."""
        result = super()._on_withdrawn()
        listings_sudo = self.env["vti.exchange.listing"].sudo().search(
            [("consent_id", "in", self.ids), ("state", "in", OPEN_STATES)]
        )  # fmt: skip
        for listing_sudo in listings_sudo:
            listing_sudo._end_withdrawn(listing_sudo.consent_id.withdrawn_by_id)
        return result
