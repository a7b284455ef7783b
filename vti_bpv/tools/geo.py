"""Postcodes and distances, without the ORM."""

import math
import re

from odoo.tools import SQL

EARTH_KM = 6371.0088  # mean radius, IUGG
_ZIP = re.compile(r"^\s*([1-9]\d{3})\s*([A-Za-z]{2})?\s*$")


def pc4(text):
    """The four digits of a typed Dutch postcode.

    :param str text: such as "3447gg", "3447 GG" or "3447"
    :return: "3447", or None where it is no Dutch postcode
    :rtype: str | None
    """
    match = _ZIP.match(text or "")
    return match[1] if match else None


def tidy_zip(text):
    """The postcode as it is written officially ("3447 GG"), or None where it is none."""
    match = _ZIP.match(text or "")
    if not match:
        return None
    return f"{match[1]} {match[2].upper()}" if match[2] else match[1]


def distance_km(lat1, lon1, lat2, lon2):
    """Great-circle distance between two points.

    :param float lat1: degrees, WGS84; so are the others
    :return: kilometres
    :rtype: float
    """
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    a = (
        math.sin((phi2 - phi1) / 2) ** 2
        + math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1, math.sqrt(a)))


def sql_distance_km(latitude, longitude, lat, lon):
    """SQL for the same distance between two columns and a point, to filter and sort by.

    :param SQL latitude: expression in degrees, such as `SQL.identifier("postcode", "latitude")`
    :param float lat: degrees of the point
    :return: an expression in kilometres; NULL where the columns are
    :rtype: SQL
    """
    return SQL(
        "(2 * %(radius)s * asin(least(1, sqrt("
        "power(sin(radians(%(latitude)s::float8 - %(lat)s) / 2), 2)"
        " + cos(radians(%(lat)s)) * cos(radians(%(latitude)s::float8))"
        " * power(sin(radians(%(longitude)s::float8 - %(lon)s) / 2), 2)"
        "))))",
        radius=EARTH_KM,
        latitude=latitude,
        longitude=longitude,
        lat=lat,
        lon=lon,
    )
