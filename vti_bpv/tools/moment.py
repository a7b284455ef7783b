"""Moments and days as people in the Netherlands mean them; the database keeps UTC without a zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from odoo.tools.misc import format_date, format_datetime

ZONE = "Europe/Amsterdam"


def local_date(moment):
    """The Dutch day of a UTC moment."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(ZONE)).date()


def read_day(text):
    """Read what a `date` input sends.

    :param text: such as "2026-11-10"; a date stays what it is
    :return: None where it isn't a day
    :rtype: date | None
    """
    try:
        return date.fromisoformat(str(text or "").strip())
    except ValueError:
        return None


def to_utc(text):
    """Read what a `datetime-local` input sends.

    :param str text: such as "2026-11-10T14:30", Dutch time
    :return: UTC without a zone; None where it isn't a moment
    :rtype: datetime | None
    """
    try:
        moment = datetime.fromisoformat((text or "").strip())
        if moment.tzinfo:
            return None
        return moment.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError):  # in UTC the first day of the year 1 is no date
        return None


def to_input(moment):
    """Write a UTC moment as a `datetime-local` input wants it."""
    if not moment:
        return ""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M")


def format_moment(env, moment):
    """A UTC moment in words in Dutch time, in the reader's language: Tuesday 10 November, 14:30."""
    return format_datetime(env, moment, tz=ZONE, dt_format="EEEE d MMMM, HH:mm") if moment else ""


def get_today():
    """The day that it is in the Netherlands."""
    return local_date(datetime.now(UTC).replace(tzinfo=None))


def format_day(env, day):
    """A day in words, in the reader's language: Friday 4 December."""
    return format_date(env, day, date_format="EEEE d MMMM") if day else ""
