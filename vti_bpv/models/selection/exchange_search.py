from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlencode

from odoo import api, models
from odoo.fields import Domain

from ...matching.profiles import StudentProfile
from ...matching.score import score
from ...tools.place_query import to_int

PAGE_SIZE = 20
DISTANCES = (10, 25, 50)
MOST_PLACES = 40  # of a company, that a card is compared with
CHOICES = {"level": "level", "path": "learning_path", "trade": "trade_id"}


@dataclass(frozen=True)
class CardQuery:
    """What a company asks of the list of cards, read from an address and kept within bounds."""

    level: str = ""
    path: str = ""
    trade: int | None = None
    interest: int | None = None
    near: str = ""
    km: int = 25
    place: int | None = None  # one of its own places
    page: int = 1

    def params(self, **changes):
        query = replace(self, **{"page": 1, **changes})
        pairs = [(name, getattr(query, name)) for name in ("level", "path", "trade", "interest", "near", "place")]
        if query.near and query.km != 25:
            pairs.append(("km", query.km))
        if query.page > 1:
            pairs.append(("page", query.page))
        return [(name, value) for name, value in pairs if value]

    def url(self, **changes):
        pairs = self.params(**changes)
        return f"/my/exchange?{urlencode(pairs)}" if pairs else "/my/exchange"


def parse(values):
    """Read a query from an address.

    :param dict values: strings; what can't be read is left out
    """

    def pick(name, allowed):
        return values.get(name) if values.get(name) in allowed else ""

    km = to_int(values.get("km") or "")
    return CardQuery(
        level=pick("level", ("1", "2", "3", "4")),
        path=pick("path", ("bol", "bbl")),
        trade=to_int(values.get("trade") or ""),
        interest=to_int(values.get("interest") or ""),
        near=" ".join((values.get("near") or "").replace("\x00", " ").split())[:60],
        km=km if km in DISTANCES else 25,
        place=to_int(values.get("place") or ""),
        page=to_int(values.get("page") or "", low=1, high=10000) or 1,
    )


def parse_params(text):
    """As `parse`, from the text of an address."""
    return parse({name: found[0] for name, found in parse_qs(text or "").items()})


@dataclass
class CardsFound:
    """A page of cards.

    `reasons` has per card the own place that suits best, with its match in words.
    """

    cards: object
    total: int = 0
    counts: dict = field(default_factory=dict)  # filter -> {value: number}
    reasons: dict = field(default_factory=dict)  # card -> (place, label, badge, rows of tone and sentence)
    lines: dict = field(default_factory=dict)  # card -> sentences of companies
    asked: dict = field(default_factory=dict)  # card -> this company's interest
    unknown_place: bool = False


class ExchangeListing(models.Model):
    """The list of cards for a company: filtered, counted and sorted by the database, within its record rule."""

    _inherit = "vti.exchange.listing"

    @api.model
    def _get_query_domain(self, query, without=None):
        """Domain of a query.

        :param str without: a filter that is left out, to count its values
        """
        domain = Domain.TRUE
        for name, path in CHOICES.items():
            value = getattr(query, name)
            if value and name != without:
                domain &= Domain(path, "=", value)
        if query.interest:
            students = self.env["vti.student"].sudo()._search([("interest_ids", "=", query.interest)])
            domain &= Domain("id", "in", self.sudo()._search([("student_id", "in", students)]))
        if query.near:
            domain &= Domain("zone_id", "in", self._get_near_ids(query))
        if place := self._get_own_places().filtered(lambda v: v.id == query.place):
            course = Domain("qualification_id", "in", place.sudo().qualification_ids.ids)
            domain &= course | Domain("trade_id", "in", place.sudo().trade_id.ids)
        return domain

    @api.model
    def _get_near_ids(self, query):
        centre = self.env["vti.postcode"].sudo()._of_text(query.near)
        return centre._get_within(query.km).ids if centre else []

    @api.model
    def _get_own_places(self):
        """This company's places that somebody can still get."""
        house = self.env.user.partner_id.commercial_partner_id
        domain = [("employer_id", "=", house.id), ("state", "=", "published"), ("places_left", ">", 0)]
        return self.env["vti.vacancy"].search(domain, limit=MOST_PLACES, order="name, id")

    @api.model
    def _find_cards(self, query):
        """A page of what the current user, of a company, may see.

        The same number of queries however many there are.

        :param CardQuery query:
        :rtype: CardsFound
        """
        domain = self._get_query_domain(query)
        house_sudo = self.env.user.partner_id.commercial_partner_id.sudo()
        order = (
            "is_level_2 desc, shown_on desc, id desc" if house_sudo.exchange_level2_first else "shown_on desc, id desc"
        )
        found = CardsFound(
            self.search(domain, order=order, limit=PAGE_SIZE, offset=(query.page - 1) * PAGE_SIZE),
            total=self.search_count(domain),
            unknown_place=bool(query.near) and not self._get_near_ids(query),
        )
        for name, path in CHOICES.items():
            groups = self._read_group(self._get_query_domain(query, without=name), [path], ["__count"])
            found.counts[name] = {value: count for value, count in groups if value}
        found.reasons = found.cards._get_best_places(query.place)
        found.lines = found.cards._get_good_words()
        found.asked = found.cards._get_own_interests()
        return found

    def _get_own_interests(self):
        """What this company asked: card -> interest, the last one."""
        house = self.env.user.partner_id.commercial_partner_id
        interests = self.env["vti.exchange.interest"].search(
            [("listing_id", "in", self.ids), ("employer_id", "=", house.id)], order="id"
        )
        return {interest.listing_id: interest for interest in interests}

    def _get_good_words(self):
        """What companies that had to say no wrote, as far as the student lets it be shown: card -> sentences."""
        students = {card.sudo().student_id: card for card in self}
        lines_sudo = (
            self.env["vti.exchange.line"]
            .sudo()
            .search([("student_id", "in", [student.id for student in students]), ("state", "=", "shown")])
        )
        words = {}
        for line in lines_sudo:
            words.setdefault(students[line.student_id], []).append(line.text)
        return words

    # matching with the own places

    def _get_card_profile(self):
        """What matching may know of a card: no more than stands on it.

        Its place is that of the town around which the student looks, so that distances tell no address; and
        nothing is barred, as that would tell an age, or where somebody applied.
        """
        card_sudo = self.sudo()
        course, zone = card_sudo.qualification_id, card_sudo.zone_id
        return StudentProfile(
            id=self.id,
            education=card_sudo.education or "mbo",
            qualification=course.id or None,
            level=course.level or None,
            trade=course.trade_id.id or None,
            path=card_sudo.learning_path or None,
            start=card_sudo.wish_from or None,
            days=card_sudo.wish_days or None,
            position=(zone.latitude, zone.longitude) if zone else None,
            travel=card_sudo.travel_mode or None,
            max_km=card_sudo.max_distance_km or None,
            interests=frozenset(card_sudo.interest_ids.ids),
        )

    def _get_best_places(self, place_id=None):
        """Which of the company's own places suits each card best, and why.

        :param int place_id: look at this place alone
        :return: card -> (vti.vacancy, label, badge, rows of tone and sentence)
        """
        places = self._get_own_places()
        places = places.filtered(lambda place: place.id == place_id) or places
        profiles = list(zip(places, places._get_match_profiles(), strict=True)) if places else []
        best = {}
        for card in self:
            student = card._get_card_profile()
            matches = [(place, score(student, profile)) for place, profile in profiles]
            possible = [row for row in matches if row[1].is_possible]
            if possible:
                best[card] = max(possible, key=lambda row: (row[1].score, -row[0].id))
        matching = self.env["vti.match"]
        said = matching._say_all([match.reasons for _place, match in best.values()])
        return {
            card: (place, *matching._say_score(match.score), reasons)
            for (card, (place, match)), reasons in zip(best.items(), said, strict=True)
        }

    def _count_others(self):
        """How many other companies want to meet this student."""
        self.ensure_one()
        house = self.env.user.partner_id.commercial_partner_id
        return self.env["vti.exchange.interest"].sudo().search_count(
            [("listing_id", "=", self.id), ("state", "in", ("asked", "granted")), ("employer_id", "!=", house.id)]
        )  # fmt: skip

    @api.model
    def _get_filter_options(self, query, counts):
        """What one may filter on, with the number of cards.

        :param dict counts: filter -> {value: number}
        :return: name of the filter -> rows of value and label
        """
        label = lambda name: dict(self._fields[name]._description_selection(self.env))  # noqa: E731
        say = lambda text, count: f"{text} ({count})"  # noqa: E731
        options = {
            "level": [(v, say(text, counts["level"].get(v, 0))) for v, text in label("level").items()],
            "path": [(v, say(text, counts["path"].get(v, 0))) for v, text in label("learning_path").items()],
            "trade": [(t.id, say(t.name, n)) for t, n in sorted(counts["trade"].items(), key=lambda i: i[0].name)],
            "interest": [(i.id, i.name) for i in self.env["vti.interest"].search([])],
            "place": [(place.id, place.name) for place in self._get_own_places()],
        }
        if query.trade and query.trade not in [value for value, _text in options["trade"]]:
            trade = self.env["vti.trade"].search([("id", "=", query.trade)])
            options["trade"] += [(t.id, say(t.name, 0)) for t in trade]
        return options

    @api.model
    def _get_query_label(self, query):
        """A filter in words, such as `level 2, within 25 km of Woerden`."""
        return ", ".join(self._get_query_parts(query).values()) or self.env._("all students")

    @api.model
    def _get_query_parts(self, query):
        """What a query asks for: name of the filter -> its value in words."""
        _, parts = self.env._, {}
        if query.level:
            parts["level"] = _("level %(level)s", level=query.level)
        if query.path:
            parts["path"] = query.path
        for name, model in (("trade", "vti.trade"), ("interest", "vti.interest"), ("place", "vti.vacancy")):
            for record_sudo in self.env[model].sudo().search([("id", "=", getattr(query, name) or 0)]):
                parts[name] = record_sudo.name
        if query.near:
            parts["near"] = _("within %(km)s km of %(place)s", km=query.km, place=query.near)
        return parts

    @api.model
    def _get_query_chips(self, query):
        """Each filter that is on, in words, and the address without it."""
        empty = CardQuery()
        return [
            (text, query.url(**{name: getattr(empty, name)})) for name, text in self._get_query_parts(query).items()
        ]

    def _get_labels(self):
        """What stands on a card, in words.

        :return: course, level, path, zone, when
        :rtype: dict
        """
        self.ensure_one()
        _, card_sudo = self.env._, self.sudo()
        label = lambda name: dict(self._fields[name]._description_selection(self.env)).get(card_sudo[name], "")  # noqa: E731
        travel = card_sudo.travel_mode and label("travel_mode").lower()
        reach = card_sudo.max_distance_km and _("at most %(km)s km", km=card_sudo.max_distance_km)
        course, zone = card_sudo.qualification_id.name or label("education"), card_sudo.zone_id.place or ""
        course = course[:1].upper() + course[1:]
        return {
            "title": ", ".join(filter(None, (course, label("level").lower(), label("learning_path")))),
            "course": course,
            "level": label("level"),
            "path": label("learning_path"),
            "zone": zone,
            "where": ", ".join(filter(None, (zone, travel, reach))),
            "travel": ", ".join(filter(None, (travel, reach))),
            "interests": card_sudo.interest_ids.mapped("name"),
        }
