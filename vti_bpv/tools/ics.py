"""Calendar files (iCalendar, RFC 5545). Without the ORM."""

from datetime import UTC, datetime


def calendar(uid, start, title, end=None, description="", location="", url="", cancelled=False):
    """Write one meeting as a calendar file.

    :param str uid: the same for the same meeting, so that a newer file takes the place of an older one
    :param datetime start: UTC without a zone, as `end`; without an end it takes an hour
    :return: text with CRLF ends of line
    :rtype: str
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//VTI//internships//EN",
        f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{end:%Y%m%dT%H%M%SZ}" if end else "DURATION:PT1H",
        f"SUMMARY:{ics_text(title)}",
        f"DESCRIPTION:{ics_text(description)}",
        f"LOCATION:{ics_text(location)}",
        *([f"URL:{url}"] if url else []),
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in ics_fold(line))


def ics_text(text):
    """Escape a text value (RFC 5545, 3.3.11)."""
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def ics_fold(line):
    """Break a content line into parts of at most 75 bytes (RFC 5545, 3.1)."""
    parts, current = [], ""
    for char in line:
        if len((current + char).encode()) > 74:
            parts.append(current)
            current = " "
        current += char
    return [*parts, current]
