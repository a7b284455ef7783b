"""How well a place suits a student, from 0 to 100, with the reasons.

The weights below add up to 100. Each part gives a share of its weight: 1 where it fits, 0.6 where nothing
is known (nobody is worse off for leaving a question open than by an answer that doesn't fit). The hard
rules come first: the study, the dates, how far the student goes, and what was barred beforehand.
"""

from .profiles import Match, PlaceProfile, Reason, StudentProfile
from .study import study_fit
from .travel import band, distance_km, reach_km, travel_share

WEIGHTS = {"study": 28, "travel": 27, "wishes": 12, "period": 10, "days": 10, "guide": 8, "welcome": 5}
UNKNOWN = 0.6
MAX_SCORE = 100


def score(student: StudentProfile, place: PlaceProfile) -> Match:
    """Score one pair. The same input gives the same result; nothing else is looked at.

    :return: a Match; where it isn't possible its one reason says why
    """
    blocked = get_block(student, place)
    if blocked:
        return Match(0, (blocked,), is_possible=False)
    share, reason = study_fit(student, place)
    if not share:
        return Match(0, (reason,), is_possible=False)
    parts = {
        "study": (share, (reason,)),
        "travel": _travel(student, place),
        "wishes": _wishes(student, place),
        "period": _period(student, place),
        "days": _days(student, place),
        "guide": _guide(place),
        "welcome": _welcome(student, place),
    }
    total = sum(WEIGHTS[name] * part[0] for name, part in parts.items())
    reasons = tuple(reason for _share, reasons in parts.values() for reason in reasons)
    return Match(int(total + 0.5), reasons)


def get_block(student: StudentProfile, place: PlaceProfile) -> Reason | None:
    """The hard rule, other than the study, that forbids this pair; None where none does."""
    if place.id in student.barred:
        return Reason.of("barred", -1)
    if place.left < 1:
        return Reason.of("full", -1)
    if student.end and place.start and place.start > student.end:
        return Reason.of("starts_too_late", -1, start=place.start.isoformat())
    if student.start and place.end and place.end < student.start:
        return Reason.of("ends_too_early", -1, end=place.end.isoformat())
    if student.position and place.position:
        km = distance_km(student.position, place.position)
        reach = reach_km(student.travel, student.max_km)
        if km > reach:
            return Reason.of("too_far", -1, km=_round_km(km), reach=reach)
    return None


def _round_km(km: float) -> int:
    """Whole kilometres, at least 1: 'at 0 km' says less than '1 km'."""
    return max(1, int(km + 0.5))


def _travel(student, place):
    if not (student.position and place.position):
        return UNKNOWN, (Reason.of("distance_unknown"),)
    km = distance_km(student.position, place.position)
    share = travel_share(student.travel, km, student.max_km)
    far = band(student.travel, km)
    mode = student.travel or "any"
    code, tone = (f"distance_{far}", 1 if far in ("easy", "fine") else 0) if far else ("distance_stretch", -1)
    return share, (Reason.of(code, tone, km=_round_km(km), mode=mode),)


def _wishes(student, place):
    """What the student wants to do, two hits being full marks; who wants a side job has it count for a quarter."""
    reasons, share = [], UNKNOWN
    if student.interests and place.interests:
        both = sorted(student.interests & place.interests)
        hits = len(both) / min(2, len(student.interests))
        share = min(1.0, 0.5 + hits / 2) if both else 0.0
        reasons.append(Reason.of("interests", 1, ids=tuple(both)) if both else Reason.of("interests_none", 0))
    if student.side_job:
        share = 0.75 * share + 0.25 * place.side_job
        if place.side_job:
            reasons.append(Reason.of("side_job", 1))
    return share, tuple(reasons)


def _period(student, place):
    """Nothing lost up to two weeks after the wished start; after half a year little is left."""
    if not (student.start and place.start):
        return UNKNOWN, ()
    late = (place.start - student.start).days
    if -14 <= late <= 14:
        return 1.0, (Reason.of("period_fits", 1, start=place.start.isoformat()),)
    if late < 0:  # it runs already when the student can come: to be agreed
        return 0.4, (Reason.of("period_early", 0, start=place.start.isoformat()),)
    return max(0.1, 1 - (late - 14) / 170), (Reason.of("period_late", 0, start=place.start.isoformat()),)


def _days(student, place):
    if not (student.days and place.days):
        return UNKNOWN, ()
    apart = place.days - student.days
    if not apart:
        return 1.0, (Reason.of("days_same", 1, days=place.days),)
    code = "days_more" if apart > 0 else "days_fewer"
    return max(0.0, 0.7 - 0.3 * (abs(apart) - 1)), (Reason.of(code, -1, days=place.days, wish=student.days),)


def _guide(place):
    return (1.0, (Reason.of("guide", 1),)) if place.has_guide else (0.0, (Reason.of("guide_none", 0),))


def _welcome(student, place):
    """Level 1 and 2 are better off where the company says that they are welcome; for others it says nothing."""
    if not student.needs_care:
        return 1.0, ()
    if place.open_to_level_2:
        return 1.0, (Reason.of("level_2_welcome", 1),)
    return (UNKNOWN, ()) if student.level in place.levels else (0.0, ())
