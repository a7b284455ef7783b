from contextlib import suppress

from odoo import models

from ...tools.moment import get_today
from .vacancy_portal import CHECKS, MANY, PORTAL_FIELDS


class Vacancy(models.Model):
    """A place as its form would make it, shown while one types."""

    _inherit = "vti.vacancy"

    def _get_preview(self, values):
        """This place, or a new one of the user's company, as students will see it. Nothing is saved.

        What can't be read yet (half a date) is left out: the form says what is wrong with it when it is sent.

        :param values: what the form sends, as `_portal_create` takes it
        :return: a vti.vacancy (sudo) that exists in memory alone
        """
        employer = self.sudo().employer_id or self.env.user.sudo().partner_id.commercial_partner_id
        choices, vals = self._get_form_choices(employer), {}
        for name in PORTAL_FIELDS:
            if name in values or name in (*CHECKS, *MANY):
                with suppress(ValueError):
                    vals[name] = self._read_value(name, values.get(name), choices)
        self._check_form(vals, {}, choices)
        if vals.get("kind") is False:
            del vals["kind"]
        vals["name"] = vals.get("name") or self.env._("The title of your place")
        offered = vals.get("places_offered") or 1
        shown = {"employer_id": employer.id, "state": "published", "published_on": get_today(), "places_left": offered}
        return self.sudo().new({**shown, **vals}, origin=self or None)
