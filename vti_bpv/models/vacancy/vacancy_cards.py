from odoo import models
from odoo.http import request
from odoo.tools import SQL

from ...tools import place_html

CARDS = """
    SELECT v.id, v.name, v.language, (SELECT p.name FROM res_partner p WHERE p.id = v.employer_id), v.town,
           v.date_from, v.date_to, v.kind, v.levels, v.learning_path, v.days_per_week,
           CASE WHEN NOT v.is_paid THEN 0 WHEN v.learning_path = 'bbl' THEN v.salary ELSE v.allowance END::float8,
           v.currency_id, v.side_job, v.places_left
    FROM vti_vacancy v WHERE v.id IN %s
"""


class Vacancy(models.Model):
    """Places in a list: their cards, from memory where they haven't changed since."""

    _inherit = "vti.vacancy"

    def _get_cards(self, distances=None, view=None):
        """The cards of these places, as HTML; a place that is gone meanwhile is left out.

        One query: through the ORM, twenty cards cost more than the whole search. Joins would be planned longer than
        they run.

        :param distances: id -> kilometres
        :param view: what `_get_places_view` gave, to take cards from memory
        :return: a list of Markup
        """
        website, distances = self.env["website"], distances or {}
        keys = {number: view and view.key(number, place=number) for number in self._ids}
        parts = website._recall_all("card", keys)
        if missing := tuple(number for number, card in parts.items() if not card):
            parts |= website._remember_all("card", keys, self._make_cards(missing))
        return [place_html.with_distance(card, distances.get(number)) for number, card in parts.items() if card]

    def _make_cards(self, ids):
        """:return: id -> two str of HTML, without places that are gone"""
        self.flush_model()
        self.env["res.partner"].flush_model(["name"])
        self.env.cr.execute(SQL(CARDS, ids))
        start, cards = self._get_link_start(), {}
        for number, name, language, company, town, first, last, *facts in self.env.cr.fetchall():
            path, where = start + self._make_path(number, name), town and self._say("_make_where", town)
            badges, dates = self._say("_make_card_badges", *facts), self._say("_make_dates", first, last)
            cards[number] = place_html.card(
                path, name, company, where or "", badges, dates, title_lang=self._get_other_lang(language)
            )
        return cards

    def _make_where(self, town):
        return self.env._("in %(town)s", town=town)

    def _make_card_badges(self, kind, levels, path, days, amount, currency, *facts):
        """Badges as HTML, of the columns of CARDS from the kind on."""
        pay = amount and self._make_pay(amount, path == "bbl", currency)
        return self._make_badge_items(kind, levels, path, days, pay, *facts)

    def _say(self, make, *facts):
        """What a method says of these facts; the same for many places, and remembered for all of them."""
        texts, key = self.env["website"]._get_memory("texts"), (make, self.env.lang, *facts)
        found = texts.get(key)
        if found is None:
            found = texts[key] = getattr(self, make)(*facts)
        return found

    def _make_badge_items(self, *facts):
        return place_html.badges(self._make_badges(*facts))

    @staticmethod
    def _get_link_start():
        """What stands before an address of ours in this language, such as `/en`."""
        return request.env["ir.http"]._url_for("/stages").removesuffix("/stages") if request else ""
