from collections import Counter
from random import Random

import numpy as np

from odoo.tests import BaseCase, tagged

from ...tools import geo
from ...tools.likeness import Vocabulary
from ...tools.place_index import FACETS, Place, PlaceIndex

POINTS = [(52.0, 5.0), (52.1, 5.2), (53.2, 6.5), None]


def make_place(chance, number):
    values = [("kind", chance.choice("abc")), ("trade", chance.randrange(3)), ("qualification", chance.randrange(4))]
    values += [("level", level) for level in "1234" if chance.random() < 0.4]
    values += [("paid", True)] if chance.random() < 0.5 else []
    return Place(
        number, 738000 - chance.randrange(9), chance.randrange(6), chance.randrange(7), chance.choice(["A", "B", None]),
        chance.choice(POINTS), values,
    )  # fmt: skip


def search(places, chosen):
    """The same as the index finds, place by place."""

    def has(place, name, values):
        return place.town in values if name == "town" else any((name, value) in place.values for value in values)

    counts = {name: Counter() for name in FACETS}
    for name in FACETS:
        for place in places:
            if all(has(place, *other) for other in chosen.items() if other[0] != name):
                own = [place.town] if name == "town" else [value for key, value in place.values if key == name]
                counts[name].update({value: place.left for value in own if value is not None})
    found = [place for place in places if all(has(place, *one) for one in chosen.items())]
    found.sort(key=lambda place: (-place.day, -place.id))
    return found, {name: +counter for name, counter in counts.items()}


@tagged("post_install", "-at_install")
class TestPlaceIndex(BaseCase):
    def check(self, index, places, chosen):
        mask, total, left, companies, counts = index.count(None, chosen)
        found, expected = search(places, chosen)
        self.assertEqual(index.ids[index.page(mask, 0, 1000)].tolist(), [place.id for place in found])
        self.assertEqual((total, left), (len(found), sum(place.left for place in found)))
        self.assertEqual(companies, len({place.employer for place in found}))
        self.assertEqual(counts, expected)

    def test_it_finds_and_counts_what_a_plain_search_does(self):
        chance = Random(7)
        places = {number: make_place(chance, number) for number in range(1, 300)}
        index = PlaceIndex(places.values())
        for _round in range(12):
            for chosen in (
                {},
                {"level": ("2", "3")},
                {"town": ("A",), "paid": (True,)},
                {"kind": ("a", "z"), "trade": (1,), "qualification": (0, 2)},
                {"town": ("nowhere",), "level": ("1",)},
            ):
                self.check(index, list(places.values()), chosen)
            changes = {}
            for number in chance.sample(range(1, 330 + _round * 100), 20):
                changes[number] = None if chance.random() < 0.3 else make_place(chance, number)
                places.pop(number, None)
                places |= {number: changes[number]} if changes[number] else {}
            older = index.count(None, {})
            after = index.apply(changes)
            self.assertEqual(index.count(None, {})[1:], older[1:], "an index never changes")
            index = after

    def test_of_many_towns_the_largest_and_those_chosen(self):
        sizes = {"A": 5, "B": 3, "C": 3, "D": 1, "E": 1}
        towns = [town for town, number in sizes.items() for _place in range(number)]
        index = PlaceIndex([Place(n, 1, 1, 1, town, None, []) for n, town in enumerate(towns, 1)])
        for most, chosen, expected in ((None, (), "ABCDE"), (5, (), "ABCDE"), (2, (), "ABC"), (2, ("E", "Z"), "ABCE")):
            counts = index.count(None, {"town": chosen} if chosen else {}, most)[-1]["town"]
            self.assertEqual(counts, {town: sizes[town] for town in expected}, (most, chosen))

    def test_order_by_distance_on_every_page(self):
        chance = Random(8)
        places = [make_place(chance, number) for number in range(1, 200)]
        index = PlaceIndex(places)
        kilometres = index.distances((52.0, 5.0))
        ranks = index.nearest_first((52.0, 5.0))

        def key(place):
            far = geo.distance_km(52.0, 5.0, *place.point) if place.point else 10**6
            return (round(far, 6), -place.day, -place.id)

        expected = [place.id for place in sorted(places, key=key)]
        found = [index.ids[index.page(index.live, at, at + 20, ranks)].tolist() for at in range(0, 200, 20)]
        self.assertEqual(sum(found, []), expected)
        near = index.count(index.mask_within(kilometres, 25), {})
        self.assertEqual(near[1], sum(place.point in POINTS[:2] for place in places))

    def test_similar_means_trade_then_kind_then_distance(self):
        places = [
            Place(1, 1, 1, 1, None, (52.0, 5.0), [("kind", "a"), ("trade", 1)]),
            Place(2, 1, 1, 1, None, (53.0, 5.0), [("kind", "a"), ("trade", 1)]),
            Place(3, 1, 1, 1, None, (52.1, 5.0), [("kind", "a"), ("trade", 1)]),
            Place(4, 1, 1, 1, None, (52.0, 5.0), [("kind", "b"), ("trade", 1)]),
            Place(5, 1, 1, 1, None, (52.0, 5.0), [("kind", "a")]),
        ]
        index = PlaceIndex(places)
        self.assertEqual(index.similar(1, 1, "a", (52.0, 5.0), 4), [3, 2, 4, 5])
        self.assertEqual(index.similar(5, False, "b", None, 1), [4])

    def test_similar_as_place_by_place(self):
        chance = Random(9)
        places = [make_place(chance, number) for number in range(1, 250)]
        index = PlaceIndex(places)
        known = [place for place in places if ("trade", 0) not in place.values]  # 0 stands for none
        for place in chance.sample(known, 60):
            (_kind, kind), (_trade, trade), *_more = place.values
            point = chance.choice(POINTS)

            def key(other, trade=trade, kind=kind, point=point):
                unlike = (("trade", trade) not in other.values) * 2 + (("kind", kind) not in other.values)
                far = point and (geo.distance_km(*point, *other.point) if other.point else 10**6)
                return (unlike, round(far or 0, 6), -other.day, -other.id)

            expected = [other.id for other in sorted(places, key=key) if other != place]
            for limit in (1, 4, 100):
                found = index.similar(place.id, trade, kind, point, limit)
                self.assertEqual(found, expected[:limit], (place, point))

    def test_nothing_at_all(self):
        index = PlaceIndex()
        self.assertEqual(index.count(None, {"level": ("1",), "town": ("A",)})[1:4], (0, 0, 0))
        self.assertEqual(index.page(index.live, 0, 20).tolist(), [])
        self.assertEqual(index.similar(1, 1, "a", (52, 5), 4), [])
        self.assertFalse(index.mask_of(np.array([5, 10**9])).any())
        self.assertEqual(index.count(index.mask_within(index.distances((52, 5)), 5), {})[1], 0)

    def test_words_that_look_like_a_mistyped_one(self):
        words = Vocabulary(["stage elektromonteur warmtepompen", "loodgieter gezocht", "koudemonteur"])
        self.assertEqual(next(iter(words.alike("elektromontuer"))), "elektromonteur")
        self.assertEqual(list(words.alike("loodgeiter")), ["loodgieter"])
        self.assertEqual(words.alike("zeppelin"), {})
