from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import hmac

KEEP_HOURS = 24


class Throttle(models.Model):
    """How often something was done from one address lately, so that forms can't be used to flood others.

    Addresses are kept as keyed hashes only, and for a day at most.
    """

    _name = "vti.throttle"
    _description = "Use of public forms"
    _rec_name = "scope"

    scope = fields.Char(required=True)
    key = fields.Char(required=True, index=True)

    @api.model
    @api.private
    def _hit(self, scope, value, limit, hours=1):
        """Count one use and tell whether it is one too many.

        :param str scope: what is done, such as "apply"
        :param str value: the address (mail or network) it is done from or for
        :param int limit: how often it may be done within `hours`
        :return: True where the limit was reached before
        :rtype: bool
        """
        throttle_sudo = self.sudo()
        key = hmac(throttle_sudo.env, f"vti_throttle_{scope}", (value or "").strip().lower())
        since = fields.Datetime.now() - relativedelta(hours=hours)
        domain = [("scope", "=", scope), ("key", "=", key), ("create_date", ">", since)]
        if throttle_sudo.search_count(domain, limit=limit) >= limit:
            return True
        throttle_sudo.create({"scope": scope, "key": key})
        return False

    @api.autovacuum
    def _gc_throttle(self):
        self.sudo().search([("create_date", "<", fields.Datetime.now() - relativedelta(hours=KEEP_HOURS))]).unlink()
