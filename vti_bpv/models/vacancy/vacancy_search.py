import math
from dataclasses import dataclass, field

import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ...importing.fields import fold
from ...tools import geo
from ...tools.place_index import pack
from ...tools.place_query import PlaceQuery
from ...tools.place_shelf import Shelf, View

PAGE_SIZE = 20
TOWNS_SHOWN = 15
MOST_REMEMBERED = 300  # searches whose counts are kept until a place changes


@dataclass
class PlacesFound:
    """The answer to a search: this page's vacancies, how many there are, and counts per filter value.

    A place is room for one student; a vacancy offers one or more. Whatever a visitor reads counts places.
    """

    ids: list = field(default_factory=list)
    distances: dict = field(default_factory=dict)  # id -> kilometres
    total: int = 0  # vacancies: what is paged
    places: int = 0
    companies: int = 0
    counts: dict = field(default_factory=dict)  # filter -> {value: number of places}
    by_likeness: bool = False  # no word was found as typed: these look like it
    origin: tuple | None = None  # latitude and longitude that was searched from
    origin_name: str = ""
    unknown_place: str = ""
    suggestions: list = field(default_factory=list)  # towns that look like the unknown one
    view: View | None = None  # the places as they were searched
    size: int = PAGE_SIZE  # of a page

    @property
    def pages(self):
        return max(1, math.ceil(self.total / self.size))


class Vacancy(models.Model):
    """The public search, over an index in memory that is exactly what this transaction sees.

    PostgreSQL says what changed, which words match and what a page shows; the index (tools/place_index)
    filters, counts and sorts, in a number of queries and a time that hardly grow with the places.
    """

    _inherit = "vti.vacancy"

    @api.model
    def _get_places_view(self):
        """The published places, as this transaction sees them.

        :rtype: tools.place_shelf.View
        """
        self.flush_model()
        # one per registry, thus per database and worker, until modules change
        return vars(self.pool).setdefault("vti_place_shelf", Shelf()).open(self.env.cr)

    @api.model
    def _search_places(self, query: PlaceQuery, view=None, size=PAGE_SIZE):
        """Search the published places.

        :param query: a PlaceQuery, what is asked
        :param view: what `_get_places_view` gave, where that was asked already
        :param int size: places on a page
        :return: a PlacesFound
        """
        view = view or self._get_places_view()
        found = PlacesFound(view=view, size=size)
        self._locate(query, found)
        asked = (tuple(query.words), found.origin, query.km, query.sort, tuple(query.chosen.items()))
        memo = view.index.memo
        mask, known, scores = memo.get(asked) or self._count_places_found(query, found, view)
        if scores is None:  # else as large as the places
            if len(memo) >= MOST_REMEMBERED:
                memo.clear()
            memo[asked] = mask, known, None
        vars(found).update(known)
        self._fetch_page(query, found, view.index, mask, self._rank(query, found, view.index, scores))
        return found

    def _count_places_found(self, query, found, view):
        """What a search finds, whatever its page.

        :return: bits of the places; values for PlacesFound; their likeness, where no word was found as typed
        """
        index, base, scores = view.index, None, None
        if query.words:
            base, scores = self._match_words(query, view)
        if found.origin and query.km:
            within = index.mask_within(index.distances(found.origin), query.km)
            base = within if base is None else base & within
        chosen = {name: (True,) if values is True else values for name, values in query.chosen.items()}
        mask, total, places, companies, counts = index.count(base, chosen, TOWNS_SHOWN)
        known = {"total": total, "places": places, "companies": companies, "counts": counts}
        return mask, known | {"by_likeness": scores is not None and bool(total)}, scores

    @staticmethod
    def _rank(query, found, index, scores):
        """In what order a search shows what it finds; None for the newest first."""
        if found.origin and query.sort != "new":
            return index.nearest_first(found.origin)
        return None if scores is None else np.unique(-scores, return_inverse=True)[1].take

    # where

    def _locate(self, query, found):
        """Find the point that `near` stands for: a postcode, else a town."""
        if not query.near:
            return
        postcodes = self.env["vti.postcode"].sudo()
        if geo.pc4(query.near):
            postcode = postcodes._of_zip(query.near)
            if postcode:
                found.origin, found.origin_name = (postcode.latitude, postcode.longitude), postcode.place
        else:
            self.env.cr.execute(SQL(
                """SELECT min(place), avg(latitude), avg(longitude) FROM vti_postcode
                   WHERE vti_plain(place) = vti_plain(%s) GROUP BY province ORDER BY count(*) DESC LIMIT 1""",
                query.near,
            ))  # fmt: skip
            row = self.env.cr.fetchone()
            if row:
                found.origin_name, found.origin = row[0], (row[1], row[2])
        if not found.origin:
            found.unknown_place = query.near
            found.suggestions = self._suggest_towns(query.near)

    def _suggest_towns(self, text, limit=5):
        self.env.cr.execute(SQL(
            """SELECT place FROM vti_postcode WHERE vti_plain(place) %% vti_plain(%s)
               GROUP BY place ORDER BY max(similarity(vti_plain(place), vti_plain(%s))) DESC, place LIMIT %s""",
            text, text, limit,
        ))  # fmt: skip
        return [place for (place,) in self.env.cr.fetchall()]

    # words

    def _match_words(self, query, view):
        """The places that have all words; where none has, those with words that look like them.

        :return: bits, or None for all; the likeness per slot where it was needed
        """
        cr, index = self.env.cr, view.index
        masks = [view.word(cr, word.lower(), self._match_word) for word in query.words]
        said = [mask for mask in masks if mask is not None]
        together = np.bitwise_and.reduce(said) if said else None
        if together is None or np.any(together & index.live):
            return together, None
        together, scores = index.live, np.zeros(len(index.ids), np.float32)
        for word, mask in zip(query.words, masks, strict=True):
            if mask is None:
                continue
            alike = {word: 1.0} if np.any(mask) else view.alike(cr, fold(word))
            best = np.zeros(len(index.ids), np.float32)
            for other, likeness in alike.items():
                has = view.word(cr, other, self._match_word) if other != word else mask
                if has is not None:  # such as `het` for `hett`
                    best = np.maximum(best, likeness * index.flags(has))
            together = together & pack(best > 0)
            scores += best
        return together, scores

    @staticmethod
    def _match_word(word):
        """A word by its Dutch stem, or as part of a longer word of the title (`monteur`, `elektromonteur`).

        :return: SQL for whether the word says nothing, and for whether a place `v` has it
        """
        stem = SQL("plainto_tsquery('dutch', vti_plain(%s))", word)
        match = SQL("v.search_vector @@ %s", stem)
        if len(word) > 3:
            match = SQL("(%s OR vti_plain(v.search_head) LIKE vti_plain(%s))", match, f"%{word}%".replace("_", r"\_"))
        return SQL("numnode(%s) = 0", stem), match

    # page

    @staticmethod
    def _fetch_page(query, found, index, mask, ranks):
        start = (query.page - 1) * found.size
        slots = index.page(mask, start, start + found.size, ranks) if start < found.total else np.zeros(0, np.int64)
        found.ids = index.ids[slots].tolist()
        if found.origin:
            kilometres = index.distances(found.origin)[index.columns["point"][slots]].tolist()
            found.distances |= {i: km for i, km in zip(found.ids, kilometres, strict=True) if km != math.inf}

    # other places

    @api.model
    def _get_nearest_places(self, found, limit=3):
        """Published places for who found none: the nearest ones, or the newest where no place was given."""
        index = self._get_places_view().index
        around = PlacesFound(origin=found.origin, total=len(index.order))
        ranks = index.nearest_first(found.origin) if found.origin else None
        self._fetch_page(PlaceQuery(), around, index, index.live, ranks)
        found.distances.update(around.distances)
        return self.browse(around.ids[:limit])

    def _get_similar_places(self, limit=4, view=None):
        """Published places like this one: the same trade first, then the same kind, then the nearest."""
        self.ensure_one()
        here = self.sudo()
        point = (here.latitude, here.longitude) if here.latitude else None
        index = (view or self._get_places_view()).index
        return self.browse(index.similar(here.id, here.trade_id.id, here.kind, point, limit))
