import math
from collections import Counter
from dataclasses import dataclass, field

from odoo import api, models
from odoo.tools import SQL

from ...tools import geo
from ...tools.place_query import PlaceQuery

PAGE_SIZE = 20
TOWNS_SHOWN = 15
KM_PER_DEGREE = 111.195
# each filter that offers counts: its column; its place in the tuple is its bit in the mask below
FACETS = {
    "kind": "kind", "level": "levels", "path": "learning_path", "trade": "trade_id", "period": "period",
    "days": "days_per_week", "town": "town", "paid": "is_paid", "side_job": "side_job", "level2": "open_to_level_2",
    "qualification": None,
}  # fmt: skip
BITS = {name: 1 << position for position, name in enumerate(FACETS)}


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

    @property
    def pages(self):
        return max(1, math.ceil(self.total / PAGE_SIZE))


class Vacancy(models.Model):
    """The public search: filters, counts and order by PostgreSQL, in a number of queries that never grows."""

    _inherit = "vti.vacancy"

    @api.model
    def _search_places(self, query: PlaceQuery):
        """Search the published places.

        :param query: a PlaceQuery, what is asked
        :return: a PlacesFound
        """
        self.flush_model()
        found = PlacesFound()
        self._locate(query, found)
        base = self._get_base_where(query, found)
        counted = self._count_places_found(query, base)
        if query.words and not counted["total"] and not any(counted["counts"]["kind"].values()):
            alike = self._get_base_where(query, found, alike=True)
            again = self._count_places_found(query, alike)
            if again["total"]:
                counted, found.by_likeness, base = again, True, alike
        vars(found).update(counted)
        if (query.page - 1) * PAGE_SIZE < found.total:
            self._fetch_page(query, found, base)
        return found

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

    def _get_distance(self, origin):
        """SQL for the kilometres from a point to a place, NULL where the place has no coordinates."""
        latitude, longitude = origin
        return SQL(
            """(CASE WHEN v.latitude <> 0 THEN %(diameter)s * asin(sqrt(least(1,
                power(sin(radians(v.latitude - %(lat)s) / 2), 2) + cos(radians(%(lat)s)) * cos(radians(v.latitude))
                * power(sin(radians(v.longitude - %(lon)s) / 2), 2)))) END)""",
            diameter=2 * geo.EARTH_KM, lat=latitude, lon=longitude,
        )  # fmt: skip

    def _get_base_where(self, query, found, alike=False):
        """What holds for all counts: published, the words, the distance."""
        parts = [SQL("v.state = 'published'")]
        if query.words:
            word_match = self._match_alike if alike else self._match_word
            parts += [word_match(word) for word in query.words]
        if found.origin and query.km:
            latitude, longitude = found.origin
            high = query.km / KM_PER_DEGREE
            wide = high / max(0.1, math.cos(math.radians(latitude)))
            parts.append(SQL(  # the box is what the index serves, the circle what is meant
                "v.latitude BETWEEN %s AND %s AND v.longitude BETWEEN %s AND %s AND %s <= %s",
                latitude - high, latitude + high, longitude - wide, longitude + wide,
                self._get_distance(found.origin), query.km,
            ))  # fmt: skip
        return SQL(" AND ").join(parts)

    def _match_word(self, word):
        """A word by its Dutch stem, or as part of a longer word of the title (`monteur`, `elektromonteur`)."""
        stem = SQL("plainto_tsquery('dutch', vti_plain(%s))", word)
        match = SQL("v.search_vector @@ %s", stem)
        if len(word) > 3:
            match = SQL("(%s OR vti_plain(v.search_head) LIKE vti_plain(%s))", match, f"%{word}%".replace("_", r"\_"))
        return SQL("(numnode(%s) = 0 OR %s)", stem, match)

    def _match_alike(self, word):
        """A word as somebody mistypes it: four in ten of its trigrams stand in a word of the title or trade."""
        return SQL("word_similarity(vti_plain(%s), vti_plain(v.search_head)) >= 0.4", word)

    # filters

    def _get_filters(self, query):
        """SQL per chosen filter."""
        filters = {}
        for name, values in query.chosen.items():
            column = FACETS[name]
            if name == "qualification":
                filters[name] = SQL(
                    """EXISTS (SELECT FROM vti_qualification_vti_vacancy_rel r
                       WHERE r.vti_vacancy_id = v.id AND r.vti_qualification_id = ANY(%s))""",
                    list(values),
                )
            elif name == "level":
                filters[name] = SQL("v.levels ~ %s", f"[{''.join(values)}]")
            elif values is True:
                filters[name] = SQL("v.%s", SQL.identifier(column))
            else:
                filters[name] = SQL("v.%s = ANY(%s)", SQL.identifier(column), list(values))
        return filters

    def _count_places_found(self, query, base):
        """Count what is found, and the places per value of each filter, under all other filters.

        One pass over what the words and the distance leave: a vacancy's mask has a bit for each filter
        it fails; a filter's counts are of the vacancies that fail none, or that filter alone.

        :return: total, places, companies and counts as in PlacesFound
        :rtype: dict
        """
        filters = self._get_filters(query)
        mask = (
            SQL(" + ").join(
                [SQL("CASE WHEN %s THEN 0 ELSE %s END", condition, BITS[name]) for name, condition in filters.items()]
            )
            if filters
            else SQL("0")
        )
        columns = [SQL.identifier(column) for column in FACETS.values() if column]
        single = [0, *(BITS[name] for name in filters)]
        self.env.cr.execute(SQL(
            """WITH seen AS MATERIALIZED (SELECT v.id, v.places_left, v.employer_id, %(columns)s, %(mask)s AS failed
                                             FROM vti_vacancy v WHERE %(base)s),
                    near AS (SELECT * FROM seen WHERE failed = ANY(%(single)s))
               SELECT failed, %(groups)s, NULL AS qualification, sum(places_left), grouping(%(columns)s),
                      count(*), count(DISTINCT employer_id) FROM near
               GROUP BY GROUPING SETS ((failed), %(sets)s)
               UNION ALL
               SELECT n.failed, %(nulls)s, r.vti_qualification_id, sum(n.places_left), -1, 0, 0
               FROM near n JOIN vti_qualification_vti_vacancy_rel r ON r.vti_vacancy_id = n.id
               WHERE n.failed IN (0, %(bit)s) GROUP BY n.failed, r.vti_qualification_id""",
            columns=SQL(", ").join(columns), mask=mask, base=base, single=single,
            groups=SQL(", ").join([SQL("%s::text", column) for column in columns]),
            sets=SQL(", ").join([SQL("(failed, %s)", column) for column in columns]),
            nulls=SQL(", ").join([SQL("NULL")] * len(columns)), bit=BITS["qualification"],
        ))  # fmt: skip
        return self._read_counts(self.env.cr.fetchall())

    def _read_counts(self, rows):
        names = [name for name, column in FACETS.items() if column]
        # grouping() has a bit of 0 for the one column that a row is grouped by, the first column highest
        grouped_by = {(1 << len(names)) - 1 - (1 << (len(names) - 1 - i)): name for i, name in enumerate(names)}
        whole = (1 << len(names)) - 1
        counts, sums = {name: Counter() for name in FACETS}, (0, 0, 0)
        for failed, *values, qualification, count, grouping, vacancies, companies in rows:
            if grouping == whole:
                if not failed:
                    sums = (vacancies, count, companies)
                continue
            name = grouped_by.get(grouping, "qualification")
            if failed not in (0, BITS[name]):
                continue
            value = qualification if name == "qualification" else values[names.index(name)]
            if name == "level":
                for level in value or "":
                    counts[name][level] += count
            elif name in ("trade", "days"):
                counts[name][int(value or 0)] += count
            elif value is not None:
                counts[name][value] += count
        for name in ("paid", "side_job", "level2"):
            counts[name] = Counter({True: counts[name].get("true", 0)})
        counts["trade"].pop(0, None)
        counts["days"].pop(0, None)
        return {**dict(zip(("total", "places", "companies"), sums, strict=True)), "counts": counts}

    # page

    def _fetch_page(self, query, found, base):
        where = SQL(" AND ").join([base, *self._get_filters(query).values()])
        distance = self._get_distance(found.origin) if found.origin else SQL("NULL::float8")
        newest = SQL("v.published_on DESC, v.id DESC")
        if found.origin and query.sort != "new":
            order = SQL("km NULLS LAST, %s", newest)
        elif found.by_likeness:
            order = SQL("word_similarity(vti_plain(%s), vti_plain(v.search_head)) DESC, %s", query.q, newest)
        else:
            order = newest
        self.env.cr.execute(SQL(
            "SELECT v.id, %s AS km FROM vti_vacancy v WHERE %s ORDER BY %s LIMIT %s OFFSET %s",
            distance, where, order, PAGE_SIZE, (query.page - 1) * PAGE_SIZE,
        ))  # fmt: skip
        rows = self.env.cr.fetchall()
        found.ids = [row[0] for row in rows]
        found.distances = {row[0]: row[1] for row in rows if row[1] is not None}

    # other places

    @api.model
    def _get_nearest_places(self, found, limit=3):
        """Published places for who found none: the nearest ones, or the newest where no place was given."""
        query = PlaceQuery(near=found.origin_name if found.origin else "", km=None)
        around = PlacesFound(origin=found.origin)
        self._fetch_page(query, around, SQL("v.state = 'published'"))
        found.distances.update(around.distances)
        return self.browse(around.ids[:limit])

    def _get_similar_places(self, limit=4):
        """Published places like this one: the same trade first, then the nearest."""
        self.ensure_one()
        here = self.sudo()
        distance = self._get_distance((here.latitude, here.longitude)) if here.latitude else SQL("NULL::float8")
        self.env.cr.execute(SQL(
            """SELECT v.id FROM vti_vacancy v WHERE v.state = 'published' AND v.id <> %s
               ORDER BY (v.trade_id IS DISTINCT FROM %s), (v.kind <> %s), %s NULLS LAST, v.published_on DESC
               LIMIT %s""",
            self.id, here.trade_id.id or None, here.kind, distance, limit,
        ))  # fmt: skip
        return self.browse(row[0] for row in self.env.cr.fetchall())
