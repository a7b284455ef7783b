import binascii

from odoo import api, models
from odoo.tools.misc import hash_sign, verify_hash_signed


class SignedLink(models.AbstractModel):
    """Links in mails: signed for one purpose, one person and one record, with an end.

    The link names who may use it and for what; whoever serves it checks again, on the day it is
    used, that the person still has that role and the record still is in a state that allows it.
    """

    _name = "vti.signed.link"
    _description = "Signed links for mails"

    @api.private
    def _sign_link(self, purpose, partner, days=30):
        """Make a token that lets `partner` do `purpose` with this record.

        :param str purpose: what it is for, such as "application_answer"
        :param partner: the person (res.partner) the mail goes to
        :param int days: how long it works
        :return: an urlsafe token
        :rtype: str
        """
        self.ensure_one()
        return hash_sign(
            self.env(su=True), f"vti.{purpose}", [self._name, self.id, partner.id], expiration_hours=days * 24
        )

    @api.model
    @api.private
    def _open_link(self, purpose, token):
        """Find what a token stands for.

        :return: (record, partner), both sudo and possibly empty where the token is false or expired
        """
        empty = self.browse().sudo(), self.env["res.partner"].sudo()
        try:
            values = verify_hash_signed(self.env(su=True), f"vti.{purpose}", token or "")
        except (ValueError, IndexError, binascii.Error):
            return empty
        if not values or values[0] != self._name:
            return empty
        record_sudo = self.sudo().browse(values[1]).exists()
        return (record_sudo, empty[1].browse(values[2]).exists()) if record_sudo else empty
