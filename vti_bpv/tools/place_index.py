"""The published places as columns of numbers and bits: filters, counts, order and pages of any size.

Without the ORM and without a database. A place has a slot, a number from 0. What a place is filtered
on is a row of bits, one per slot (`level 2` is such a row, with a 1 in the slots of the places open
to it), so that a search is a few ANDs over some kilobytes and a count is a count of bits, where
PostgreSQL would visit every row. An index is never changed: `apply` makes the next one.
"""

import copy
from collections import Counter
from functools import reduce
from operator import and_
from typing import NamedTuple

import numpy as np

from . import geo

# what has a row of bits per value, in the order of the tuples that `Place.values` holds
ROWS = ("kind", "level", "path", "trade", "period", "days", "paid", "side_job", "level2", "qualification")
FACETS = (*ROWS, "town")
GROW = 1024  # slots at a time; a multiple of 64
ORIGINS = 64  # points that were searched from, whose distances are kept


class Place(NamedTuple):
    """What the index knows of a place."""

    id: int
    day: int  # ordinal of the day of publishing
    left: int
    employer: int
    town: str | None
    point: tuple | None  # latitude, longitude
    values: list  # of (filter, value)


def pack(flags):
    """Bits of an array of booleans; its length is a multiple of 64."""
    return np.packbits(flags, bitorder="little").view(np.uint64)


class PlaceIndex:
    def __init__(self, places=()):
        """:param places: iterable of Place, the newest first"""
        self.size = 0
        self.codes = {"employer": {None: 0}, "town": {None: 0}, "point": {None: 0}}
        self.ids, self.left = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.days = np.zeros(0, np.int64)
        self.columns = {name: np.zeros(0, np.intp) for name in self.codes}
        self.rows, self.bits = {}, np.zeros((0, 0), np.uint64)
        self.planes, self.live = np.zeros((0, 0), np.uint64), np.zeros(0, np.uint64)
        self.slots = np.zeros(0, np.int32)  # id -> slot, -1 where there is none
        self._fill(list(places))
        self._finish()

    def _fill(self, places):
        """Take in many at once, column by column."""
        number = len(places)
        self._grow(max(number, 1), max((place.id for place in places), default=0))
        self.size = number
        if not number:
            return
        ids, days, left, employers, towns, points, values = zip(*places, strict=True)
        self.ids[:number], self.days[:number], self.left[:number] = ids, days, left
        for name, column in (("employer", employers), ("town", towns), ("point", points)):
            codes = self.codes[name]
            self.columns[name][:number] = [codes.setdefault(value, len(codes)) for value in column]
        self.slots[self.ids[:number]] = np.arange(number)
        found = {}
        for slot, pairs in enumerate(values):
            for pair in pairs:
                found.setdefault(pair, []).append(slot)
        flags = np.zeros(len(self.ids), bool)
        self.rows = {pair: row for row, pair in enumerate(found)}
        self.bits = np.zeros((len(found), len(self.live)), np.uint64)
        for row, slots in enumerate(found.values()):
            flags[slots] = True
            self.bits[row] = pack(flags)
            flags[slots] = False
        flags[:number] = True
        self.live = pack(flags)

    def _grow(self, slots, highest_id):
        """Make room for that many slots, and for ids up to the highest."""
        if slots > len(self.ids):
            more = -(-(slots - len(self.ids)) // GROW) * GROW
            self.ids, self.left, self.days = (np.pad(c, (0, more)) for c in (self.ids, self.left, self.days))
            self.columns = {name: np.pad(column, (0, more)) for name, column in self.columns.items()}
            self.live = np.pad(self.live, (0, more // 64))
            self.bits = np.pad(self.bits, ((0, 0), (0, more // 64)))
        if highest_id >= len(self.slots):
            self.slots = np.pad(self.slots, (0, highest_id + GROW - len(self.slots)), constant_values=-1)

    def apply(self, changes):
        """The index after changes.

        :param changes: id -> Place, or None where the place isn't published any more
        """
        new = copy.copy(self)
        new.ids, new.left, new.days, new.slots = self.ids.copy(), self.left.copy(), self.days.copy(), self.slots.copy()
        new.columns = {name: column.copy() for name, column in self.columns.items()}
        new.live, new.bits, new.rows = self.live.copy(), self.bits.copy(), dict(self.rows)
        new._grow(self.size + len(changes), max(changes, default=0))
        for number, place in changes.items():
            new._set(number, place)
        new._finish()
        return new

    def _set(self, number, place):
        slot = int(self.slots[number])
        if slot < 0:
            if place is None:
                return
            slot, self.size = self.size, self.size + 1
            self.slots[number], self.ids[slot] = slot, number
        word, bit = slot >> 6, np.uint64(1 << (slot & 63))
        self.bits[:, word] &= ~bit
        self.live[word] &= ~bit  # a slot stays its place's own, for when it comes back
        if place is None:
            return
        _id, self.days[slot], self.left[slot], employer, town, point, values = place
        for name, value in (("employer", employer), ("town", town), ("point", point)):
            self.columns[name][slot] = self.codes[name].setdefault(value, len(self.codes[name]))
        for pair in values:
            if pair not in self.rows:
                self.rows[pair] = len(self.rows)
                self.bits = np.pad(self.bits, ((0, 1), (0, 0)))
            self.bits[self.rows[pair], word] |= bit
        self.live[word] |= bit

    def _finish(self):
        """Derive what follows from the columns: the order, the counter's bits, the points on a globe."""
        slots = np.flatnonzero(self.flags(self.live))
        self.order = slots[np.lexsort((-self.ids[slots], -self.days[slots]))]
        top = int(self.left[slots].max(initial=0))
        self.planes = np.array(
            [pack((self.left >> plane & 1).astype(bool)) for plane in range(top.bit_length())], np.uint64
        ).reshape(-1, len(self.live))
        self.weights = 2 ** np.arange(len(self.planes), dtype=np.int64)
        self.towns, points = list(self.codes["town"]), list(self.codes["point"])
        self.globe = self._on_globe(np.array([point or (np.nan, np.nan) for point in points]))
        self.coordinates, self.worth = points, self.left.astype(float)
        names = {}
        for (name, value), row in self.rows.items():
            names.setdefault(name, ([], []))
            names[name][0].append(row)
            names[name][1].append(value)
        self.facets = names
        self.memo = {}  # what a caller found with this index; it goes with the index
        self.origins, self.tiers = {}, {}
        self._spread = None

    @staticmethod
    def _on_globe(points):
        """Latitudes and longitudes as x, y and z on a globe with a radius of one."""
        latitudes, longitudes = np.radians(points).T
        return np.cos(latitudes) * np.cos(longitudes), np.cos(latitudes) * np.sin(longitudes), np.sin(latitudes)

    @staticmethod
    def flags(mask):
        return np.unpackbits(mask.view(np.uint8), bitorder="little").view(bool)

    # masks

    def mask_of(self, ids):
        """Bits of places by their id; ids that are unknown here are left out."""
        ids = ids[(ids >= 0) & (ids < len(self.slots))]
        slots = self.slots[ids]
        flags = np.zeros(len(self.ids), bool)
        flags[slots[slots >= 0]] = True
        return pack(flags)

    def mask_within(self, kilometres, km):
        """Bits of the places at most `km` away.

        :param kilometres: what `distances` gave
        """
        return pack((kilometres <= km).take(self.columns["point"]))

    def mask_chosen(self, name, values):
        """Bits of the places that have one of the values of a filter."""
        if name == "town":
            codes = [self.codes["town"][value] for value in values if value in self.codes["town"]]
            return pack(np.isin(self.columns["town"], codes)) & self.live
        found = np.zeros(len(self.live), np.uint64)
        for value in values:
            row = self.rows.get((name, value))
            if row is not None:
                found |= self.bits[row]
        return found

    # counts

    def count(self, base, chosen, towns=None):
        """Count what is found, and the places per value of each filter under all other filters.

        :param base: bits of what the words and the distance leave, or None for all
        :param chosen: filter -> values
        :param int towns: how many towns matter, those with most places (and as many more as equal the last)
        :return: (mask, vacancies, places, companies, {filter: Counter})
        """
        base = self.live if base is None else base & self.live
        masks = {name: self.mask_chosen(name, values) for name, values in chosen.items()}
        mask = reduce(and_, masks.values(), base)
        counts, found = {name: Counter() for name in FACETS}, self._count_places(self.bits, mask)
        under = {name: reduce(and_, [one for other, one in masks.items() if other != name], base) for name in masks}
        for name, (rows, values) in self.facets.items():
            numbers = self._count_places(self.bits[rows], under[name]) if name in masks else found[rows]
            counts[name].update({value: int(n) for value, n in zip(values, numbers, strict=True) if n})
        slots = self.slots_in(mask)
        beside = self.slots_in(under["town"]) if "town" in under else slots
        counts["town"] = self._count_towns(beside, towns, chosen.get("town", ()))
        employers = np.count_nonzero(np.bincount(self.columns["employer"].take(slots)))
        places = int(self._count_places(self.live[None], mask)[0])
        return mask, len(slots), places, int(employers), counts

    def _count_places(self, rows, mask):
        """How many places the vacancies of each row of bits offer, of those in a mask."""
        counts = np.zeros(len(rows), np.int64)
        for plane, weight in zip(self.planes, self.weights, strict=True):
            counts += weight * np.bitwise_count(rows & (mask & plane)).sum(axis=1, dtype=np.int64)
        return counts

    def _count_towns(self, slots, most, chosen):
        numbers = np.bincount(
            self.columns["town"].take(slots), weights=self.worth.take(slots), minlength=len(self.towns)
        )
        numbers[0] = 0  # no town
        codes = np.flatnonzero(numbers)
        if most and len(codes) > most:
            least = np.partition(numbers, -most)[-most]
            codes = [*np.flatnonzero(numbers >= least), *(self.codes["town"].get(town, 0) for town in chosen)]
        return Counter({self.towns[code]: int(numbers[code]) for code in codes if numbers[code]})

    def spread(self):
        """How many vacancies there are per trade and town.

        :return: {(trade or None for all, town or None for all): number}, nothing that has none
        """
        if self._spread is None:
            found, towns = {}, self.columns["town"]
            trades = {trade: self.mask_chosen("trade", [trade]) for trade in self.facets.get("trade", ((), ()))[1]}
            for trade, mask in {None: self.live, **trades}.items():
                numbers = np.bincount(towns[self.slots_in(mask)], minlength=len(self.towns))
                found[trade, None] = int(numbers.sum())
                found |= {(trade, self.towns[code]): int(numbers[code]) for code in np.flatnonzero(numbers) if code}
            self._spread = {pair: number for pair, number in found.items() if number}
        return self._spread

    def middle(self, town):
        """Latitude and longitude of a town's places, or None."""
        code = self.codes["town"].get(town)
        used = self.columns["point"][self.columns["town"] == code].tolist() if code else ()
        points = [self.coordinates[point] for point in used if point]
        return tuple(np.mean(points, axis=0).tolist()) if points else None

    # order and pages

    def slots_in(self, mask):
        return np.flatnonzero(self.flags(mask))

    def distances(self, origin):
        """Kilometres from a point to each of the points, infinite where a place has none."""
        return self._look_from(origin)[0]

    def nearest_first(self, origin):
        """A function from slots to their ranks: the nearer to a point, the lower; equal distances share one."""
        ranks, points = self._look_from(origin)[1], self.columns["point"]
        return lambda slots: ranks.take(points.take(slots))

    def _look_from(self, origin):
        if origin not in self.origins:
            if len(self.origins) >= ORIGINS:
                self.origins.clear()
            kilometres = self._measure(origin)
            ranks = np.unique(kilometres, return_inverse=True)[1]
            self.origins[origin] = kilometres, ranks
        return self.origins[origin]

    def _measure(self, origin):
        here = self._on_globe(np.array([origin]))
        chords = sum((axis - at) ** 2 for axis, at in zip(self.globe, here, strict=True))
        return np.nan_to_num(2 * geo.EARTH_KM * np.arcsin(np.sqrt(chords).clip(max=2) / 2), nan=np.inf)

    def page(self, mask, start, stop, ranks=None):
        """Slots of a page: by rank where there are ranks, and the newest first.

        However far the page lies, it costs one pass over the bits.

        :param ranks: function from slots to an array of int
        """
        if ranks is None:
            return self.order.compress(self.flags(mask).take(self.order))[start:stop]
        slots = self.slots_in(mask)
        mine = ranks(slots)
        until = np.cumsum(np.bincount(mine))
        low, high = np.searchsorted(until, [start, min(stop, len(slots)) - 1], side="right")
        near = (mine >= low) & (mine <= high)
        slots, mine = slots.compress(near), mine.compress(near)
        before = int(until[low - 1]) if low else 0
        return slots[np.lexsort((-self.ids[slots], -self.days[slots], mine))][start - before : stop - before]

    def similar(self, place_id, trade, kind, point, limit):
        """Ids of places like one: its trade before other trades, then its kind, then the nearest."""
        own = int(self.slots[place_id]) if place_id < len(self.slots) else -1
        found = []
        for tier in range(4):
            if len(found) < limit:
                found += self._nearest(trade, kind, tier, limit - len(found), point, own)
        return self.ids[found].tolist()

    def _nearest(self, trade, kind, tier, number, point, own):
        """The first slots of a tier, by distance and the newest first, without one's own."""
        (x, y, z), starts, slots = self._get_tier(trade, kind, tier)
        if not point:
            slots = self.order[np.isin(self.order, slots)]
            return slots[slots != own][:number].tolist()
        a, b, c = (float(axis[0]) for axis in self._on_globe(np.array([point])))
        far = -(x * a + y * b + z * c)  # less the cosine of the angle between, which grows with the distance
        near = np.arange(len(far))
        if len(far) > number + 1:  # each point has a place, one of which may be one's own
            near = np.flatnonzero(far <= np.partition(far, number)[number])
        found = [slots[starts[at] : starts[at + 1]] for at in near.tolist()]
        far, slots = far[near].repeat([len(at) for at in found]), np.concatenate([*found, slots[:0]])
        order = np.lexsort((-self.ids[slots], -self.days[slots], far))
        return [slot for slot in slots[order][: number + 1].tolist() if slot != own][:number]

    def _get_tier(self, trade, kind, tier):
        """The places of a trade and a kind (tier 0), of that trade or that kind alone (1 and 2), or of neither (3).

        :return: the points that have some as x, y and z on the globe (nowhere is its middle), where the slots of
            each begin, and the slots, point by point
        """
        key = (trade, kind, tier)
        if key not in self.tiers:
            trades = self.mask_chosen("trade", [trade]) if trade else self.mask_without("trade")
            kinds = self.mask_chosen("kind", [kind])
            slots = self.slots_in(self.live & (~trades if tier & 2 else trades) & (~kinds if tier & 1 else kinds))
            slots = slots[np.argsort(self.columns["point"][slots], kind="stable")].astype(np.int32)
            points, starts = np.unique(self.columns["point"][slots], return_index=True)
            globe = [np.nan_to_num(axis[points]) for axis in self.globe]
            found = globe, [*starts.tolist(), len(slots)], slots
            if tier:  # seldom needed, and large
                return found
            self.tiers[key] = found
        return self.tiers[key]

    def mask_without(self, name):
        """Bits of the places that have no value for a filter."""
        return self.live & ~self.mask_chosen(name, self.facets.get(name, ((), ()))[1])
