from odoo import models
from odoo.http import request
from odoo.tools import SQL

from ...tools import place_html

CARDS = """
    SELECT v.id, v.name, l.code, p.name, v.town, v.date_from, v.date_to, v.kind, v.levels, v.learning_path,
           v.days_per_week,
           CASE WHEN NOT v.is_paid THEN 0 WHEN v.learning_path = 'bbl' THEN v.salary ELSE v.allowance END::float8,
           v.currency_id, v.side_job, v.places_left
    FROM vti_vacancy v JOIN res_partner p ON p.id = v.employer_id
    LEFT JOIN res_lang l ON l.id = v.language
    WHERE v.id IN %s
"""


class Vacancy(models.Model):
    """Places in a list: their cards, from memory where they haven't changed since."""

    _inherit = "vti.vacancy"

    def _get_cards(self, distances=None, view=None):
        """The cards of these places, as HTML; a place that is gone meanwhile is left out.

        One query that joins the company: through the ORM, twenty cards cost more than the whole search.

        :param distances: id -> kilometres
        :param view: what `_get_places_view` gave, to take cards from memory
        :return: a list of Markup
        """
        memory, distances = self.env["website"], distances or {}
        keys = {number: view and view.key(number, place=number) for number in self._ids}
        parts = {number: memory._recall("card", key) for number, key in keys.items()}
        if missing := tuple(number for number, card in parts.items() if not card):
            self.flush_model()
            self.env["res.partner"].flush_model(["name"])
            self.env.cr.execute(SQL(CARDS, missing))
            start = self._get_link_start()
            for number, name, lang, company, town, *facts in self.env.cr.fetchall():
                path, where = start + self._make_path(number, name), town and self.env._("in %(town)s", town=town)
                shown = self._get_card_texts(facts)
                card = place_html.card(path, name, company, where or "", *shown, title_lang=self._get_other_lang(lang))
                parts[number] = memory._remember("card", keys[number], card)
        return [place_html.with_distance(card, distances.get(number)) for number, card in parts.items() if card]

    def _get_card_texts(self, facts):
        """What and when in words.

        :param facts: the columns of CARDS from the first day on
        """
        start, end, kind, levels, path, days, amount, currency, side_job, left = facts
        pay = amount and self._say("_make_pay", amount, path == "bbl", currency)
        items = self._say("_make_badge_items", kind, levels, path, days, pay, side_job, left)
        return items, self._say("_make_dates", start, end)

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
