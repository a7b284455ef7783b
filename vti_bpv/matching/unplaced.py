"""Why somebody got no place: what is missing near this student, so that VTI knows whom to call."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from .pairs import Grid, PairFinder
from .profiles import PlaceProfile, Reason, StudentProfile
from .score import get_block, score
from .study import study_fit
from .travel import distance_km, reach_km

NEAR_KM = 25  # what counts as near for a student who goes less far


def get_near_km(mode: str | None, max_km: int | None) -> int:
    """How far around a student is looked for what is missing."""
    return max(NEAR_KM, reach_km(mode, max_km))


class Explainer:
    """Explains for one student at a time why no place was found.

    :param places: all places on offer, also those that were given away
    :param min_score: what the radar left out
    """

    def __init__(self, places: Sequence[PlaceProfile], min_score: int = 0):
        self.places = places
        self.min_score = min_score
        self.finder = PairFinder(places)
        self.by_education = defaultdict(list)
        for index, place in enumerate(places):
            if place.left > 0:
                self.by_education[place.education].append(index)
        self.by_education = {name: Grid(places, indexes) for name, indexes in self.by_education.items()}

    def explain(self, student: StudentProfile) -> tuple[Reason, ...]:
        """Reasons, what weighs most first; never empty.

        Codes: `study_unknown`; `position_unknown`; `none_anywhere` and `none_near` (no place for this study at
        all, or none near: km, and how far the nearest is); `recognition_missing` (companies near with such a
        place that lack the recognition: how many, and who); `path_other`, `too_far`, `dates_other`, `tried` and
        `poor_fit` (places near that would do, but for that); `taken` (places that suit, all given to others).
        """
        if student.education == "mbo" and student.qualification is None:
            return (Reason.of("study_unknown", -1),)
        reasons = [] if student.position else [Reason.of("position_unknown", -1)]
        fitting = self.finder.get_grid(student)
        near_km = get_near_km(student.travel, student.max_km)
        places, companies = self._count_near(student, near_km)
        fits = sum(places[code] for code in ("taken", "too_far", "dates_other", "tried", "poor_fit"))
        if not fitting.count:
            reasons.append(Reason.of("none_anywhere", -1, level=student.level))
        elif not fits:
            nearest = self._get_nearest_km(student, fitting)
            reasons.append(Reason.of("none_near", -1, level=student.level, km=near_km, nearest=nearest))
        if companies["recognition_missing"]:
            who = tuple(sorted(companies["recognition_missing"]))
            reasons.append(Reason.of("recognition_missing", -1, companies=len(who), km=near_km, who=who))
        params = {"too_far": {"reach": reach_km(student.travel, student.max_km)}, "path_other": {"path": student.path}}
        reasons += [
            Reason.of(code, -1, places=places[code], km=near_km, **params.get(code, {}))
            for code in ("taken", "too_far", "dates_other", "path_other", "tried", "poor_fit")
            if places[code]
        ]
        return tuple(reasons)

    def _count_near(self, student, near_km):
        """Places and companies near, by what stands in the way."""
        places, companies = Counter(), defaultdict(set)
        grid = self.by_education.get(student.education, ())
        for index in grid.around(student.position, near_km) if grid else ():
            place = self.places[index]
            if student.position and place.position and distance_km(student.position, place.position) > near_km:
                continue
            code = self._get_obstacle(student, place)
            places[code] += 1
            companies[code].add(place.company)
        return places, companies

    def _get_obstacle(self, student, place):
        share, reason = study_fit(student, place)
        if not share:
            return reason.code
        block = get_block(student, place)
        if not block:
            return "taken" if score(student, place).score >= self.min_score else "poor_fit"
        codes = {"barred": "tried", "starts_too_late": "dates_other", "ends_too_early": "dates_other"}
        return codes.get(block.code, block.code)

    def _get_nearest_km(self, student, grid):
        if not student.position:
            return None
        positions = (self.places[index].position for index in grid)
        distances = [distance_km(student.position, position) for position in positions if position]
        return round(min(distances)) if distances else None
