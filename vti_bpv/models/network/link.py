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
        return self._sign_values(purpose, [self.id, partner.id], days)

    @api.model
    @api.private
    def _open_link(self, purpose, token):
        """Find what a token stands for.

        :return: (record, partner), both sudo and possibly empty where the token is false or expired
        """
        empty = self.browse().sudo(), self.env["res.partner"].sudo()
        number, person = self._read_signed(purpose, token) or (None, None)
        record_sudo = self.sudo().browse(number).exists()
        return (record_sudo, empty[1].browse(person).exists()) if record_sudo else empty

    @api.model
    @api.private
    def _open_own_link(self, purpose, token):
        """Find the record of a link, where it still is for the one it was sent to.

        :return: the record, sudo; empty where the token is false or expired, or the person another by now
        """
        record_sudo, person_sudo = self._open_link(purpose, token)
        return record_sudo if record_sudo and record_sudo._is_reader(person_sudo) else record_sudo.browse()

    def _is_reader(self, person):
        """Whether a link to this record is for this person (res.partner) today; by default for its `partner_id`."""
        return self.partner_id == person

    @api.private
    def _sign_records(self, purpose, days):
        """Make a token for some records and whoever reads the mail; as `_sign_link`."""
        return self._sign_values(purpose, self.ids, days)

    @api.model
    @api.private
    def _open_records(self, purpose, token):
        """Find what a token of `_sign_records` stands for, in its order.

        :return: records, sudo; none where the token is false or expired
        """
        return self.sudo().browse(self._read_signed(purpose, token) or []).exists()

    def _sign_values(self, purpose, values, days):
        return hash_sign(self.env(su=True), f"vti.{purpose}", [self._name, *values], expiration_hours=days * 24)

    def _read_signed(self, purpose, token):
        """What `_sign_values` was given; None where the token is false, expired or another model's."""
        try:
            model, *values = verify_hash_signed(self.env(su=True), f"vti.{purpose}", token or "") or [None]
        except (ValueError, IndexError, TypeError):
            return None
        return values if model == self._name else None
