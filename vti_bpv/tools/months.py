"""Months as people write them: "10-1, 4-6" is October to January, and April to June."""

import re


def parse_months(text):
    """Read months and ranges of months, by number.

    :param str text: such as "10-1, 4-6"; a range may pass the end of the year
    :return: numbers from 1 to 12
    :rtype: set[int]
    :raise ValueError: naming the part that can't be read
    """
    months = set()
    for part in filter(None, (part.strip() for part in (text or "").split(","))):
        match = re.fullmatch(r"(\d\d?)(?:\s*[-\u2013]\s*(\d\d?))?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not (1 <= first <= 12 and 1 <= last <= 12):
            raise ValueError(part)
        months |= {(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)}
    return months
