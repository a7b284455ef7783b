"""Keeps the index of places in a worker's memory, exactly as the database has them.

Triggers write each changed place into `vti_place_change` within the transaction that changes it. A
transaction asks, in one query, for what it sees there and the index hasn't taken in yet: whatever was
committed before its first query is in, from whichever worker, and nothing that wasn't committed.
What a transaction changed itself goes into an index of its own, which nobody else gets.
"""

import threading
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field

import numpy as np

from odoo.tools import SQL

from .likeness import Vocabulary
from .place_index import Place, PlaceIndex

KEEP_DAYS = 2  # how long changes stay in the table
REBUILD_SECONDS = 86400  # an index that wasn't asked for so long starts anew
REBUILD_CHANGES = 5000  # from here on reading everything is quicker
MOST_WORDS = 300  # masks of words kept, 12.5 kB each at 100,000 places
NO_DAY = 10**6  # a place without a day of publishing counts as new, as in PostgreSQL

CHANGES = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_current_xact_id_if_assigned()::text::bigint,
           array_agg(c.id), array_agg(c.vacancy_id), array_agg(c.xid)
    FROM vti_place_change c
    WHERE c.xid >= coalesce(%s, pg_snapshot_xmin(pg_current_snapshot())::text::bigint) AND c.id <> ALL(%s)
"""
# a place that is shown lower (a company that doesn't answer) counts as a hundred years older
PLACES = """
    SELECT v.id, v.published_on - CASE WHEN v.shown_lower THEN 36500 ELSE 0 END, v.places_left,
           v.employer_id, v.town, v.latitude, v.longitude, v.kind, v.levels,
           v.learning_path, v.trade_id, v.period, v.days_per_week, v.is_paid, v.side_job, v.open_to_level_2,
           (SELECT array_agg(r.vti_qualification_id) FROM vti_qualification_vti_vacancy_rel r
            WHERE r.vti_vacancy_id = v.id)
    FROM vti_vacancy v WHERE v.state = 'published' AND %s ORDER BY 2 DESC, v.id DESC
"""
HEADS = "SELECT DISTINCT vti_plain(v.search_head) FROM vti_vacancy v WHERE v.state = 'published' AND %s"
TRUE = SQL("TRUE")


def _read(row):
    (number, day, left, employer, town, latitude, longitude, kind, levels, path, trade, period, days, paid, side_job,
     level2, qualifications) = row  # fmt: skip
    values = [("kind", kind), *(("level", level) for level in levels or "")]
    values += [
        (name, value)
        for name, value in (("path", path), ("trade", trade), ("period", period), ("days", days), ("paid", paid),
                            ("side_job", side_job), ("level2", level2))
        if value
    ] + [("qualification", qualification) for qualification in qualifications or ()]  # fmt: skip
    point = (latitude, longitude) if latitude else None
    return Place(number, day.toordinal() if day else NO_DAY, left or 0, employer, town or None, point, values)


def _fetch(cr, ids=None):
    cr.execute(SQL(PLACES, SQL("v.id = ANY(%s)", list(ids)) if ids is not None else TRUE))
    return [_read(row) for row in cr.fetchall()]


@dataclass
class State:
    """What all transactions may share."""

    index: PlaceIndex
    born: int  # slots are numbered anew with each birth
    version: int = 0
    xmin: int = 0  # all transactions before this one were over, and are in
    seen: dict = field(default_factory=dict)  # changes since, which are in too: id -> transaction
    content: int = 0  # version in which what all places show last changed
    stamps: dict = field(default_factory=dict)  # version in which a place last changed, since the birth


@dataclass
class View:
    """The places as one transaction sees them; `version` is None where that is its own affair."""

    shelf: "Shelf"
    index: PlaceIndex
    born: int
    version: int | None
    content: int = 0
    stamps: dict = field(default_factory=dict)

    def key(self, *parts, place=None):
        """A key for what shows a place, or none in particular; None where that may not be shared."""
        return None if self.version is None else (*parts, self.born, self.content, self.stamps.get(place, 0))

    def word(self, cr, word, match):
        """Bits of the places that have a word, or None where it is one that says nothing, such as `de`.

        :param match: function from a word to (SQL: is it empty?, SQL: does a place `v` have it?)
        """
        return self.shelf.word(cr, self, word, match)

    def alike(self, cr, word):
        """Words of titles and trades that look like a mistyped one, with their likeness."""
        return self.shelf.alike(cr, self, word)


class Shelf:
    def __init__(self):
        self.lock = threading.RLock()
        self.state, self.asked, self.births = None, 0.0, 0
        self.words = OrderedDict()  # word -> (born, version, mask)
        self.history = deque(maxlen=500)  # (version, ids of the places changed)
        self.vocabulary = None

    def open(self, cr):
        """Look at the places as this transaction sees them.

        :rtype: View
        """
        with self.lock:
            now = time.monotonic()
            if not self.state or now - self.asked > REBUILD_SECONDS:
                self.state = None
                return self._build(cr, now)
            self.asked, state = now, self.state
            cr.execute(CHANGES, [state.xmin, list(state.seen)])
            xmin, own, changes, places, xids = cr.fetchone()
            if changes:
                return self._follow(cr, state, xmin, own, zip(changes, places, xids, strict=True))
            self._forget(state, xmin)
            return self._look(state)

    def _build(self, cr, now):
        cr.execute(CHANGES, [None, []])
        xmin, own, changes, _places, xids = cr.fetchone()
        self.births += 1
        index = PlaceIndex(_fetch(cr))
        if own and own in (xids or ()):
            return View(self, index, self.births, None)
        seen = dict(zip(changes or (), xids or (), strict=True))
        version = self.history[-1][0] + 1 if self.history else 0
        self.history.append((version, None))
        self.state, self.asked = State(index, self.births, version, xmin, seen), now
        self.words.clear()
        return self._look(self.state)

    def _follow(self, cr, state, xmin, own, changes):
        """Take changes in: into what is shared, or for this transaction alone where some are its own."""
        changes = list(changes)
        ids = {place for _change, place, _xid in changes if place}
        if len(ids) > REBUILD_CHANGES or state.index.size > 1.2 * len(state.index.order) + 1000:
            self.state = None
            return self._build(cr, time.monotonic())
        index = state.index.apply(dict.fromkeys(ids) | {p.id: p for p in _fetch(cr, ids)}) if ids else state.index
        if any(xid == own for _change, _place, xid in changes):
            return View(self, index, 0, None)
        version, seen = state.version + 1, state.seen | {change: xid for change, _place, xid in changes}
        content = state.content if all(place for _change, place, _xid in changes) else version
        stamps = state.stamps | dict.fromkeys(ids, version)
        self.state = state = State(index, state.born, version, state.xmin, seen, content, stamps)
        self.history.append((state.version, np.array(sorted(ids), np.int64)))
        if self.vocabulary and ids:
            self._learn(cr, SQL("v.id = ANY(%s)", list(ids)))
        self._forget(state, xmin)
        return self._look(state)

    def _look(self, state):
        return View(self, state.index, state.born, state.version, state.content, state.stamps)

    @staticmethod
    def _forget(state, xmin):
        if xmin > state.xmin:
            state.xmin = xmin
            state.seen = {change: xid for change, xid in state.seen.items() if xid >= xmin}

    # words

    def word(self, cr, view, word, match):
        """See View.word."""
        with self.lock:
            shared = view.version is not None and self.state and self.state.born == view.born
            kept = self.words.get(word) if shared else None
            if kept and kept[0] == view.version:
                self.words.move_to_end(word)
                return kept[1]
            stale = self._changed_since(kept[0], view.version) if kept else None
            if stale is None:
                mask = self._match(cr, view.index, word, match, TRUE)
            elif kept[1] is None:
                mask = None
            else:  # slots stay, so that only what changed is looked at again
                index = view.index
                again = self._match(cr, index, word, match, SQL("v.id = ANY(%s)", stale.tolist()))
                old = np.zeros(len(index.live), np.uint64)
                length = min(len(old), len(kept[1]))
                old[:length] = kept[1][:length]
                mask = old & ~index.mask_of(stale) | again
            if shared:
                self.words[word] = (view.version, mask)
                self.words.move_to_end(word)
                while len(self.words) > MOST_WORDS:
                    self.words.popitem(last=False)
            return mask

    def _changed_since(self, version, until):
        """Ids of the places that changed after one version, up to another; None where that isn't known."""
        found, oldest = [], None
        for number, ids in self.history:
            oldest = number if oldest is None else oldest
            if version < number <= until:
                if ids is None:
                    return None
                found.append(ids)
        if version > until or len(found) != until - version:
            return None
        return np.unique(np.concatenate(found))

    @staticmethod
    def _match(cr, index, word, match, among):
        empty, condition = match(word)
        cr.execute(SQL(
            """SELECT %s, (SELECT string_agg(v.id::text, ',') FROM vti_vacancy v
                           WHERE v.state = 'published' AND %s AND NOT %s AND %s)""",
            empty, among, empty, condition,
        ))  # fmt: skip
        is_empty, ids = cr.fetchone()
        if is_empty:
            return None
        return index.mask_of(np.fromstring(ids, np.int64, sep=",") if ids else np.zeros(0, np.int64))

    def alike(self, cr, view, word):
        """See View.alike."""
        if view.version is None:
            cr.execute(SQL(HEADS, TRUE))
            return Vocabulary(head for (head,) in cr.fetchall() if head).alike(word)
        with self.lock:
            if not self.vocabulary:
                self.vocabulary = Vocabulary()
                self._learn(cr, TRUE)
            return self.vocabulary.alike(word)

    def _learn(self, cr, among):
        cr.execute(SQL(HEADS, among))
        self.vocabulary.add(head for (head,) in cr.fetchall() if head)
