"""How far is far: by bike, by public transport, by car.

The bands are VTI's judgement, not a timetable: kilometres as the crow flies, since neither routes nor
timetables are known here. Dutch roads are about a third longer; 5 km is then some 25 minutes by bike.
"""

import math

EARTH_KM = 6371.0088  # mean radius, IUGG
# kilometres up to which it is easy, fine, long; what lies beyond the last is too far
MODES = {"bike": (4, 8, 14), "transit": (10, 20, 35), "car": (12, 25, 45)}
UNSAID = (5, 15, 25)  # who says no mode
BANDS = ("easy", "fine", "long")
POINTS = {"easy": 1.0, "fine": 0.72, "long": 0.36}


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points (latitude and longitude in degrees, WGS84) in kilometres."""
    phi1, phi2 = math.radians(a[0]), math.radians(b[0])
    half = (
        math.sin((phi2 - phi1) / 2) ** 2
        + math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def reach_km(mode: str | None, max_km: int | None) -> int:
    """How far a student goes: what the student said, else what the mode allows."""
    return max_km or MODES.get(mode, UNSAID)[-1]


def band(mode: str | None, km: float) -> str | None:
    """The band of a distance for a mode of travel; None where it is too far for all bands."""
    for name, limit in zip(BANDS, MODES.get(mode, UNSAID), strict=True):
        if km <= limit:
            return name
    return None


def travel_share(mode: str | None, km: float, max_km: int | None) -> float:
    """How good a distance is, from 1 (next door) to 0.1 (as far as the student goes).

    Within a band nearer is a little better, so that of two places the nearer one wins.
    """
    limits, low = MODES.get(mode, UNSAID), 0.0
    name = band(mode, km)
    if name is None:
        return 0.1
    at = BANDS.index(name)
    high = float(limits[at])
    low = float(limits[at - 1]) if at else 0.0
    best = POINTS[name]
    worst = POINTS[BANDS[at + 1]] if at + 1 < len(BANDS) else 0.1
    return max(worst, best - (best - worst) * (km - low) / (high - low))
