"""Working days in the Netherlands, and the school region that a place lies in; without the ORM."""

from datetime import date, timedelta

from dateutil.easter import easter

REGIONS = ("north", "middle", "south")
_OF_PROVINCE = {
    "Drenthe": "north",
    "Flevoland": "north",
    "Fryslân": "north",
    "Groningen": "north",
    "Noord-Holland": "north",
    "Overijssel": "north",
    "Gelderland": "middle",
    "Utrecht": "middle",
    "Zuid-Holland": "middle",
    "Limburg": "south",
    "Noord-Brabant": "south",
    "Zeeland": "south",
}
# municipalities that go with a neighbouring region, by the postcodes they have
_EXCEPTIONS = (
    (3755, 3755, "north"),  # Eemnes
    (3890, 3899, "middle"),  # Zeewolde
    (4250, 4299, "middle"),  # Altena
    (6500, 6699, "south"),  # Nijmegen and around
    (6800, 6999, "south"),  # Arnhem, Liemers
    (8050, 8052, "north"),  # Hattem
)


def get_school_region(code, province):
    """The region whose school holidays hold at a postcode.

    :param str code: four digits, or empty
    :param str province: its Dutch name, or empty
    :return: north, middle or south; None where neither tells
    :rtype: str | None
    """
    number = int(code) if (code or "").isdigit() else 0
    for first, last, region in _EXCEPTIONS:
        if first <= number <= last:
            return region
    return _OF_PROVINCE.get(province or "")


def get_public_holidays(year):
    """The days that are no working day by law (Algemene termijnenwet, article 3).

    :param int year: the calendar year
    :rtype: set[datetime.date]
    """
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day = date(year, 4, 26)
    moving = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
    return moving | {kings_day, date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}


def is_working_day(day, days_off=()):
    """Whether people work on a day: no weekend, no public holiday, none of `days_off`."""
    return day.weekday() < 5 and day not in days_off and day not in get_public_holidays(day.year)


def add_working_days(day, count, days_off=()):
    """The day that many working days later, or earlier where `count` is negative.

    :param days_off: a set of dates that don't count either, such as the school holidays of a region
    :rtype: datetime.date
    """
    step = timedelta(days=1 if count >= 0 else -1)
    for _number in range(abs(count)):
        day += step
        while not is_working_day(day, days_off):
            day += step
    return day


def count_working_days(day, end, days_off=()):
    """How many working days later than `day` the day `end` is; the opposite of `add_working_days`.

    :rtype: int
    """
    days = (day + timedelta(days=number) for number in range(1, (end - day).days + 1))
    return sum(is_working_day(later, days_off) for later in days)
