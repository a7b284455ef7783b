"""The school holidays as the Dutch government publishes them (JSON, opendata.rijksoverheid.nl). Without the ORM."""

import json
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

MAX_BYTES = 1_000_000  # a school year takes 5 kB
MAX_ROWS = 500
REGIONS = {"noord": "north", "midden": "middle", "zuid": "south", "heel nederland": False}
_DUTCH = ZoneInfo("Europe/Amsterdam")


class SchoolHoliday(NamedTuple):
    """A holiday in one region, or in the whole country (False), up to and including its last day."""

    name: str
    region: str | bool
    date_from: date
    date_to: date
    school_year: str


def read_school_holidays(content):
    """Read a file of one or more school years.

    :param bytes content: all of the file
    :rtype: list[SchoolHoliday]
    :raise ValueError: where it isn't such a file, or says what nobody can use
    """
    if len(content) > MAX_BYTES:
        raise ValueError("too large")
    try:
        rows = [row for document in _as_list(json.loads(content)) for row in _read_document(document)]
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("not such a file") from error
    if not 0 < len(rows) <= MAX_ROWS:
        raise ValueError("no holidays in it")
    return rows


def _as_list(value):
    return value if isinstance(value, list) else [value]


def _read_document(document):
    for year in _as_list(document["content"]):
        school_year = year["schoolyear"].strip()
        for vacation in year["vacations"]:
            name = vacation["type"].strip()[:60]
            for region in vacation["regions"]:
                first, last = (_read_day(region[key]) for key in ("startdate", "enddate"))
                if last < first or (last - first).days > 92:
                    raise ValueError("dates in the wrong order")
                yield SchoolHoliday(name, REGIONS[region["region"].strip().lower()], first, last, school_year)


def _read_day(text):
    """The Dutch day of a moment in UTC: a holiday ends there at 21:59 or 22:59."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(_DUTCH).date()
