from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.moment import get_today

LONGEST = relativedelta(years=1)


class Vacancy(models.Model):
    """A pause with an end: on that day the place comes online again by itself."""

    _inherit = "vti.vacancy"

    paused_until = fields.Date(
        "Paused until",
        copy=False,
        help="On this day the place comes online again by itself. Empty: until somebody does.",
    )

    _pause_over = models.Index("(paused_until) WHERE state = 'paused'")

    def write(self, vals):
        if "state" in vals:
            vals = {"paused_until": False, **vals}
        return super().write(vals)

    @api.model
    def _read_pause_end(self, until):
        """The day a pause ends.

        :param until: date, its text, or nothing for a pause without an end
        :raise UserError: where it isn't a day, or not one within the coming year
        """
        if not until:
            return False
        try:
            day = fields.Date.to_date(until)
        except (ValueError, TypeError) as error:
            raise UserError(self.env._("Choose a day.")) from error
        today = get_today()
        if not today < day <= today + LONGEST:
            raise UserError(self.env._("Choose a day after today, and within a year."))
        return day

    @api.model
    def _resume_paused(self, day):
        """Put places online again whose pause is over; one that can't be published stays offline."""
        domain = [("state", "=", "paused"), ("paused_reason", "=", "company"), ("paused_until", "<=", day)]
        for place_sudo in self.sudo().search(domain):
            if place_sudo.places_left and not place_sudo._get_publish_problems():
                place_sudo.write({"state": "published"})
                place_sudo._notify_company("vti_bpv.mail_vacancy_resumed")
            else:
                place_sudo.paused_until = False
                place_sudo._notify_company("vti_bpv.mail_vacancy_not_resumed")


class Partner(models.Model):
    """A company that takes no students for a while: all its places pause together."""

    _inherit = "res.partner"

    places_paused_until = fields.Date(
        "Places paused until", compute="_compute_places_paused_until", inverse="_inverse_places_paused_until",
        groups="vti_bpv.group_user",
        help="Fill in a day to take all its places offline till then; remove it to put them back.",
    )  # fmt: skip

    def _compute_places_paused_until(self):
        paused = [("state", "=", "paused"), ("paused_until", "!=", False)]
        ends = self._get_counts("vti.vacancy", "employer_id", paused, "paused_until:max")
        for company in self:
            company.places_paused_until = ends.get(company._origin, False)

    def _inverse_places_paused_until(self):
        places = self.env["vti.vacancy"]
        for company in self:
            until = places._read_pause_end(company.places_paused_until)
            paused = places.search(
                [("employer_id", "=", company.id), ("state", "=", "paused"), ("paused_until", "!=", False)]
            )
            if until:
                paused.paused_until = until
                company.action_pause_places(until)
            else:
                paused.filtered(lambda place: not place._get_publish_problems()).action_resume()

    def _check_own_places(self):
        """Let the company's own people through, and VTI's staff."""
        if self.env.su or self.env.user._is_internal():
            self.check_access("write")
        else:
            self._check_own_house()

    def action_pause_places(self, until=None):
        """Take all published places of this company offline, until a day or for the time being.

        :return: how many
        """
        self.ensure_one()
        self._check_own_places()
        day = self.env["vti.vacancy"]._read_pause_end(until)
        places_sudo = self.env["vti.vacancy"].sudo().search(
            [("employer_id", "=", self.id), ("state", "=", "published")]
        )  # fmt: skip
        places_sudo.write({"state": "paused", "paused_until": day})
        return len(places_sudo)
