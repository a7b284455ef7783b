from odoo import models
from odoo.http import request
from odoo.tools import SQL

from ...tools import place_html

CARD_FIELDS = (
    "name", "kind", "levels", "learning_path", "days_per_week", "is_paid", "salary", "allowance", "currency_id",
    "side_job", "places_left", "town", "date_from", "date_to", "employer_id",
)  # fmt: skip


class Vacancy(models.Model):
    """Places in a list: their cards, from memory where they haven't changed since."""

    _inherit = "vti.vacancy"

    def _get_cards(self, distances=None, view=None):
        """The cards of these places, as HTML.

        :param distances: id -> kilometres
        :param view: what `_get_places_view` gave, to take cards from memory
        :return: a list of Markup
        """
        memory, places = self.env["website"], self.sudo()
        keys = {place: view and view.key(place.id, place=place.id) for place in places}
        parts = {place: memory._recall("card", key) for place, key in keys.items()}
        missing = places.filtered(lambda place: not parts[place])
        if missing:
            missing.fetch(CARD_FIELDS)
            start, companies = self._get_link_start(), missing._get_company_names()
            for place in missing:
                parts[place] = memory._remember("card", keys[place], place._make_card(start, companies))
        distances = distances or {}
        return [place_html.with_distance(halves, distances.get(place.id)) for place, halves in parts.items()]

    def _get_company_names(self):
        """Names of these places' companies by id; a company has some seventy columns, most of them read along."""
        companies = self.employer_id
        companies.flush_recordset(["name"])
        self.env.cr.execute(SQL("SELECT id, name FROM res_partner WHERE id IN %s", companies._ids))
        return dict(self.env.cr.fetchall())

    def _make_card(self, start, companies):
        where = self.env._("in %(town)s", town=self.town) if self.town else ""
        name = companies[self.employer_id.id]
        return place_html.card(
            start + self._get_page_path(), self.name, name, where, self._get_badges(), self._get_dates()
        )

    @staticmethod
    def _get_link_start():
        """What stands before an address of ours in this language, such as `/en`."""
        return request.env["ir.http"]._url_for("/stages").removesuffix("/stages") if request else ""
