"""What a visitor asks of the list of places, read from an address and kept within bounds. Without the ORM."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

MAX_TEXT = 100  # characters of a search that are looked at
MAX_WORDS = 8
MAX_CHOICES = 20  # values of one filter
DISTANCES = (5, 10, 15, 25, 50, 100)
DEFAULT_KM = 25
SORTS = ("near", "new")
# filters of one choice or more, and switches; by the name they have in the address
CHOICES = ("kind", "level", "path", "trade", "qualification", "period", "days", "town")
SWITCHES = ("paid", "side_job", "level2")
_NUMBERS = ("trade", "qualification", "days")
_PATTERNS = {"level": r"[1-4]", "path": r"bol|bbl", "period": r"\d{4}-[12]", "kind": r"\w{1,30}", "town": r".{1,60}"}
_WORD = re.compile(r"\w+")


def clean_text(text):
    """One line of at most MAX_TEXT characters, without what a database refuses."""
    return " ".join((text or "").replace("\x00", " ").split())[:MAX_TEXT].strip()


def to_int(text, low=0, high=2**31 - 1):
    """The number that was typed, brought within bounds; None where it is none."""
    text = (text or "").strip()
    if not re.fullmatch(r"[0-9]{1,20}", text):
        return None
    return min(max(int(text), low), high)


@dataclass(frozen=True)
class PlaceQuery:
    """A search for places: words, a place with a distance, filters, an order and a page."""

    q: str = ""
    near: str = ""
    km: int | None = DEFAULT_KM  # None: any distance
    chosen: dict = field(default_factory=dict)  # name of a filter -> tuple of str or int; switches -> True
    sort: str = ""
    page: int = 1

    @property
    def words(self):
        return _WORD.findall(self.q)[:MAX_WORDS]

    @property
    def is_filtered(self):
        return bool(self.q or self.near or self.chosen or self.sort or self.page > 1)

    def params(self, **changes):
        """The pairs that stand for this search in an address; `page` only if it is asked for."""
        query = replace(self, **{"page": 1, **changes})
        pairs = [("q", query.q), ("near", query.near)]
        if query.near and query.km != DEFAULT_KM:
            pairs.append(("km", query.km or "any"))
        for name in CHOICES:
            pairs += [(name, value) for value in query.chosen.get(name, ())]
        pairs += [(name, "1") for name in SWITCHES if query.chosen.get(name)]
        pairs.append(("sort", query.sort))
        if query.page > 1:
            pairs.append(("page", query.page))
        return [(name, value) for name, value in pairs if value not in ("", None)]

    def url(self, path="/stages", **changes):
        pairs = self.params(**changes)
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def without(self, name, value=None):
        """The same search with one choice (or a whole filter) left out."""
        chosen = dict(self.chosen)
        kept = tuple(v for v in chosen.pop(name, ()) if v != value) if value is not None else ()
        if kept:
            chosen[name] = kept
        return replace(self, chosen=chosen, page=1)


def parse(getlist):
    """Read a search from an address.

    :param getlist: function from a parameter's name to the list of its values, as strings
    :return: a PlaceQuery; what can't be read is left out
    """

    def first(name):
        return (getlist(name) or [""])[0]

    chosen = {}
    for name in CHOICES:
        values = []
        for text in getlist(name)[:MAX_CHOICES]:
            text = clean_text(text)
            value = to_int(text) if name in _NUMBERS else text if re.fullmatch(_PATTERNS[name], text) else None
            if value is not None and value not in values:
                values.append(value)
        if values:
            chosen[name] = tuple(values)
    for name in SWITCHES:
        if first(name) == "1":
            chosen[name] = True
    km = to_int(first("km"), 1, 300) if first("km") else DEFAULT_KM
    sort = first("sort")
    return PlaceQuery(
        q=clean_text(first("q")), near=clean_text(first("near")), km=km, chosen=chosen,
        sort=sort if sort in SORTS else "", page=to_int(first("page"), 1) or 1,
    )  # fmt: skip
