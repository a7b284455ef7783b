"""Which pairs are possible at all: cheap, before anything is scored.

Students and places are many, kinds of study few. So whether a study fits is asked once per kind, and a
grid over the map cuts the rest. What comes out may still be refused by `score`; nothing possible is lost.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .profiles import PlaceProfile, StudentProfile
from .study import study_fit
from .travel import EARTH_KM, distance_km, reach_km

CELL = 0.25  # degrees; some 28 by 17 km in the Netherlands

Position = tuple[float, float]


class Grid:
    """Indexes of places by where they are on the map."""

    def __init__(self, places: Sequence[PlaceProfile], indexes: Iterable[int]):
        self.cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.nowhere: list[int] = []  # of unknown position
        self.count = 0
        for index in indexes:
            position = places[index].position
            (self.cells[_cell(position)] if position else self.nowhere).append(index)
            self.count += 1

    def __iter__(self) -> Iterator[int]:
        for indexes in self.cells.values():
            yield from indexes
        yield from self.nowhere

    def around(self, position: Position | None, km: float) -> Iterator[int]:
        """All within `km`, some beyond, and those of unknown position; without a position simply all."""
        if position is None:
            yield from self
            return
        latitude, longitude = position
        high = math.degrees(km / EARTH_KM)
        wide = high / max(0.05, math.cos(math.radians(min(85.0, abs(latitude) + high))))
        south, west = _cell((latitude - high, longitude - wide))
        north, east = _cell((latitude + high, longitude + wide))
        for row in range(south, north + 1):
            for column in range(west, east + 1):
                yield from self.cells.get((row, column), ())
        yield from self.nowhere


class PairFinder:
    """The places within a student's study and reach."""

    def __init__(self, places: Sequence[PlaceProfile]):
        self.places = places
        self.grids: dict[tuple, Grid] = {}

    def find(self, student: StudentProfile) -> list[int]:
        """Indexes of the places that may suit a student, in ascending order."""
        reach = reach_km(student.travel, student.max_km)
        return sorted(self.get_grid(student).around(student.position, reach))

    def get_grid(self, student: StudentProfile) -> Grid:
        """All places for the student's study, at any distance."""
        kind = (student.education, student.qualification, student.level, student.trade, student.path)
        if kind not in self.grids:
            fitting = [i for i, place in enumerate(self.places) if place.left > 0 and study_fit(student, place)[0]]
            self.grids[kind] = Grid(self.places, fitting)
        return self.grids[kind]


def thin_out(
    student: StudentProfile, places: Sequence[PlaceProfile], indexes: Sequence[int], limit: int
) -> Sequence[int]:
    """At most `limit` of these places: half of them the nearest, half spread over the others.

    All nearest ones would be the same for all students of a town, and places beyond would stay empty. The
    spread begins elsewhere for each student, by id, and so is the same each time.
    """
    if len(indexes) <= limit:
        return indexes
    if student.position is not None:
        indexes = sorted(indexes, key=lambda i: (_km(student.position, places[i].position), i))
    near, rest = indexes[: limit // 2], indexes[limit // 2 :]
    step, wanted = len(rest) / (limit - len(near)), limit - len(near)
    spread = {rest[int(student.id + number * step) % len(rest)] for number in range(wanted)}
    return sorted({*near, *spread})


def _km(position, other):
    return distance_km(position, other) if other else 0.0


def _cell(position):
    return math.floor(position[0] / CELL), math.floor(position[1] / CELL)
