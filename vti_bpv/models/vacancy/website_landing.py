from functools import lru_cache

from odoo import models
from odoo.tools import SQL

from ...tools import geo
from ...tools.place_query import PlaceQuery

LEAST = 3  # places that make a trade, a town, or a trade in a town worth a page of its own
LINKS = 12  # to other such pages


@lru_cache(maxsize=20000)
def _slugify(http, text):
    return http._slugify(text)


class Website(models.Model):
    """Pages that a search engine can lead to: the places of a trade, of a town, and of a trade in a town."""

    _inherit = "website"

    def _slug_town(self, town):
        return _slugify(type(self.env["ir.http"]), town) or "-"

    def _get_landing_path(self, trade=None, town=None):
        """The address of such a page; the same one in each language.

        :param trade: a vti.trade, or none
        :param town: a name, or none where there is a trade
        """
        if not trade:
            return f"/stages/plaats/{self._slug_town(town)}"
        lang = self.env["res.lang"]._get_data(id=self.get_current_website()._get_cached("default_lang_id")).code
        path = f"/stages/vak/{self.env['ir.http']._slug((trade.id, trade.with_context(lang=lang).name))}"
        return f"{path}/{self._slug_town(town)}" if town else path

    def _get_landings(self, view):
        """What has a page: {(trade id or None, town or None): number of vacancies}."""
        memo = view.index.memo
        if "landings" not in memo:
            memo["landings"] = {p: n for p, n in view.index.spread().items() if n >= LEAST and p != (None, None)}
        return memo["landings"]

    def _find_landing_town(self, slug, view):
        """The town that an address means, among those of published places; None where there is none."""
        towns = (town for trade, town in view.index.spread() if town and trade is None)
        return next((town for town in towns if self._slug_town(town) == slug), None)

    def _get_landing(self, view, trade, town):
        """All that such a page shows.

        :param trade: a vti.trade (sudo), possibly empty
        :param town: a name, or None
        :rtype: dict
        """
        vacancies, _ = self.env["vti.vacancy"], self.env._
        chosen = ({"trade": (trade.id,)} if trade else {}) | ({"town": (town,)} if town else {})
        query = PlaceQuery(chosen=chosen)
        found = vacancies._search_places(query, view)
        facets, switches = vacancies._get_facets(query, found)
        shown = {facet["name"]: [(label, n) for _v, label, n, _c in facet["choices"] if n] for facet in facets}
        if trade and town:
            title = _("Internships %(trade)s in %(town)s", trade=trade.name, town=town)
        elif trade:
            title = _("Internships %(trade)s", trade=trade.name)
        else:
            title = _("Internships in %(town)s", town=town)
        values = {"places": found.places, "companies": found.companies}
        return {
            "title": title,
            "found": found,
            "trade": trade,
            "town": town,
            "facts": self._get_landing_facts(shown, switches, trade),
            "description": _(
                "%(title)s: %(places)s places at %(companies)s companies. Look at days, level and allowance, and apply"
                " in a few minutes.", title=title, **values,
            ),
            "cards": vacancies.browse(found.ids)._get_cards(view=view),
            "query": query,
            "links": self._get_landing_links(view, trade, town),
        }  # fmt: skip

    def _get_landing_facts(self, shown, switches, trade):
        """What there is to choose from, as pairs of a name and a sentence."""
        _ = self.env._

        def listed(name):
            return "; ".join(f"{label}: {number}" for label, number in shown.get(name, [])[:LINKS])

        paid = next((number for name, _label, number, _c in switches if name == "paid"), 0)
        facts = [
            (_("Kind of internship"), listed("kind")), (_("Level"), listed("level")),
            (_("Learning path"), listed("path")),
            (_("Trade"), not trade and listed("trade")),
            (_("Starts in"), listed("period")), (_("Qualification"), listed("qualification")),
            (_("Money"), paid and _("%(count)s places pay an allowance or a salary.", count=paid)),
        ]  # fmt: skip
        return [(name, text) for name, text in facts if text]

    def _get_landing_links(self, view, trade, town):
        """Other pages like this one, nearest by.

        :return: a list of (heading, [(name, path)])
        """
        _, pages = self.env._, self._get_landings(view)
        trades = {one.id: one for one in self.env["vti.trade"].sudo().search([])}
        others = [other for one, other in pages if other and other != town and one == (trade.id or None)]
        around = self._sort_towns(view, town, others)
        towns = [(name, self._get_landing_path(trade, name)) for name in around]
        here = [
            (one.name, self._get_landing_path(one, town))
            for one in trades.values() if one != trade and (one.id, town) in pages
        ]  # fmt: skip
        above = [(trade, None), (trade.browse(), town)] if trade and town else []
        wider = [
            (one.name or name, self._get_landing_path(one, name))
            for one, name in above if (one.id or None, name) in pages
        ]  # fmt: skip
        groups = [
            (_("Wider"), wider),
            (_("Other trades in %(town)s", town=town) if town else _("Other trades"), here),
            (_("Towns nearby") if town else _("By town"), towns),
        ]
        return [(heading, links) for heading, links in groups if links]

    def _sort_towns(self, view, town, others):
        """The nearest towns to one; without one, those with most places."""
        spread, middle = view.index.spread(), view.index.middle(town) if town else None
        if not middle:
            return sorted(others, key=lambda t: (-spread[None, t], t))[:LINKS]
        points = [(other, view.index.middle(other)) for other in others]
        near = sorted((geo.distance_km(*middle, *point), other) for other, point in points if point)
        return [other for _km, other in near[:LINKS]]

    def _get_place_breadcrumbs(self, place, view):
        """The way to a place: its trade and its town where those have pages."""
        trade, town, pages = place.trade_id, place.town or None, self._get_landings(view)
        crumbs, above = [(self.env._("Internships"), "/stages")], None
        if (trade.id, None) in pages:
            name, above = self._keep(
                "trade", view.key("trade", trade.id), lambda: (trade.name, self._get_landing_path(trade))
            )
            crumbs.append((name, above))
        if town and (trade.id or None, town) in pages:
            crumbs.append((town, f"{above}/{self._slug_town(town)}" if above else self._get_landing_path(town=town)))
        return [*crumbs, (place.name, False)]

    def _get_list_links(self, view):
        """The pages of trades and of the towns with most places, for the foot of the list.

        :return: a list of (heading, [(name, path)])
        """
        pages = self._get_landings(view)
        trades = [(one.name, self._get_landing_path(one)) for one in self.env["vti.trade"].sudo().search([])
                  if (one.id, None) in pages]  # fmt: skip
        towns = self._sort_towns(view, None, [town for trade, town in pages if town and not trade])
        towns = [(town, self._get_landing_path(town=town)) for town in towns]
        groups = [(self.env._("By trade"), trades), (self.env._("By town"), towns)]
        return [(heading, links) for heading, links in groups if links]

    def _enumerate_landings(self):
        """Addresses of these pages for the sitemap, with the last change of a place on them."""
        self.env.cr.execute(SQL(
            """SELECT trade_id, town, max(write_date) FROM vti_vacancy WHERE state = 'published'
               GROUP BY GROUPING SETS ((trade_id), (town), (trade_id, town)) HAVING count(*) >= %s
               ORDER BY 1 NULLS FIRST, 2 NULLS FIRST""",
            LEAST,
        ))  # fmt: skip
        rows, seen = self.env.cr.fetchall(), set()
        trades = {one.id: one for one in self.env["vti.trade"].sudo().search([])}
        for trade, town, changed in rows:
            if (trade in trades or town) and (not trade or trade in trades):
                path = self._get_landing_path(trades.get(trade), town)
                if path not in seen:  # a trade whose places have no town gives two rows
                    seen.add(path)
                    yield {"loc": path, "lastmod": changed.date()}
