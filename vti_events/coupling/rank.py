"""Companies in the order in which to ask them.

What can't be is left out: another kind, or another trade. Of the rest, those that fit wholly come first (near
enough, on a wished day, big enough a group), among these who gave least this school year, so that the work is
divided fairly, and then who is nearest. Nothing is weighed against anything, so that the order can be told in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

FAR = 10_000.0  # kilometres, for who lives nowhere known
LONGEST = 400  # days of a period that are looked at


@dataclass(frozen=True)
class Ask:
    """What a school asks.

    :param kind: guest_lesson, company_visit or class_information
    :param trade: id of the trade; 0 where any will do
    :param students: how many come; 0 where that isn't known
    :param days: the wished days
    :param period: first and last day between which any working day will do
    """

    kind: str
    trade: int = 0
    students: int = 0
    days: tuple[date, ...] = ()
    period: tuple[date, date] | None = None


@dataclass(frozen=True)
class Offer:
    """What a company offers.

    :param trades: ids; empty: any
    :param max_students: 0: no limit
    :param weekdays: 0 is Monday; empty: any working day
    :param period: first and last day, each possibly None
    :param max_km: how far between school and company; 0: anywhere
    :param km: how far it is; None where unknown
    :param given: how often the company gave this school year
    """

    id: int
    kind: str
    trades: frozenset[int] = frozenset()
    max_students: int = 0
    weekdays: frozenset[int] = frozenset()
    period: tuple[date | None, date | None] = (None, None)
    max_km: float = 0
    km: float | None = None
    given: int = 0


@dataclass(frozen=True)
class Reason:
    """Why an offer suits or doesn't.

    :param code: trade, distance, days, students or given
    :param good: whether it speaks for the offer
    :param value: kilometres, number of days that suit, students at most, times given
    """

    code: str
    good: bool
    value: int = 0


@dataclass(frozen=True)
class Suggestion:
    """An offer with the reasons for its place in the order, and the wished days that suit it."""

    offer: Offer
    reasons: tuple[Reason, ...]
    days: tuple[date, ...] = field(default=())

    @property
    def misses(self) -> int:
        """How many reasons speak against it."""
        return sum(not reason.good for reason in self.reasons)


def is_wished(ask: Ask, day: date) -> bool:
    """Whether the school named this day, or a period that it falls in."""
    if day in ask.days:
        return True
    return bool(ask.period and ask.period[0] <= day <= ask.period[1] and day.weekday() < 5)


def _get_days(ask: Ask) -> list[date]:
    """The wished days, those of the period included, in order."""
    found = set(ask.days)
    if ask.period:
        first, last = ask.period
        length = min((last - first).days, LONGEST)
        found |= {day for day in (first + timedelta(days=n) for n in range(length + 1)) if day.weekday() < 5}
    return sorted(found)


def _suits_day(offer: Offer, day: date) -> bool:
    first, last = offer.period
    if (first and day < first) or (last and day > last):
        return False
    return not offer.weekdays or day.weekday() in offer.weekdays


def _judge(ask: Ask, offer: Offer, days: list[date]) -> Suggestion:
    suiting = tuple(day for day in days if _suits_day(offer, day))
    reasons = []
    if ask.trade and ask.trade in offer.trades:
        reasons.append(Reason("trade", True))
    if offer.km is not None:
        reasons.append(Reason("distance", not offer.max_km or offer.km <= offer.max_km, round(offer.km)))
    if days:
        reasons.append(Reason("days", bool(suiting), len(suiting)))
    if ask.students and offer.max_students:
        reasons.append(Reason("students", ask.students <= offer.max_students, offer.max_students))
    reasons.append(Reason("given", True, offer.given))
    return Suggestion(offer, tuple(reasons), suiting)


def rank(ask: Ask, offers: Iterable[Offer]) -> list[Suggestion]:
    """The offers that can be, in the order in which to ask them; the same input gives the same order."""
    days = _get_days(ask)
    possible = [
        offer
        for offer in offers
        if offer.kind == ask.kind and (not ask.trade or not offer.trades or ask.trade in offer.trades)
    ]
    judged = [_judge(ask, offer, days) for offer in possible]
    return sorted(
        judged,
        key=lambda one: (one.misses, one.offer.given, FAR if one.offer.km is None else one.offer.km, one.offer.id),
    )
