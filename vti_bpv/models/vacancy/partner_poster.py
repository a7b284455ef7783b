from odoo import models

MOST = 6  # places that fit on a sheet


class Partner(models.Model):
    """What the poster of a company says."""

    _inherit = "res.partner"

    def _get_short_url(self):
        """An address that one can type over from a wall; it leads to the company's page."""
        self.ensure_one()
        return f"{self.get_base_url()}/bedrijven/{self.id}"

    def _get_poster_places(self):
        """The places on a poster, and a line about the others.

        :return: (vti.vacancy, sudo; str, empty where these are all)
        """
        self.ensure_one()
        places_sudo = self._get_open_places(limit=MOST)
        more = 0
        if len(places_sudo) == MOST:
            is_open = [("employer_id", "=", self.id), ("state", "=", "published")]
            more = places_sudo.search_count(is_open) - MOST
        text = self.env._("And %(count)s more: you find them with the code.", count=more) if more else ""
        return places_sudo, text
