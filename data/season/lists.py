"""The lists and how they come in: through VTI's own import."""

import base64
import csv
import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path

FILES = [  # in the order in which they refer to each other
    ("company", "leerbedrijven"),
    ("school", "scholen"),
    ("contact", "contactpersonen"),
    ("recognition", "erkenningen"),
    ("student", "studenten"),
    ("vacancy", "stageplekken"),
]
REGIONS = [("Utrecht", "middle"), ("Groene Hart", "middle"), ("Eemland", "middle")]
_RELATIVE = re.compile(r"^(feb|sep)?([+-]\d+)d(?: (ma|vr))?$")
AHEAD = 28  # days that a place still to be filled lies ahead at least


def get_day(text, today):
    """The day that a relative date stands for."""
    period, days, weekday = _RELATIVE.match(text).groups()
    day = (_get_next_period(period, today) if period else today) + timedelta(days=int(days))
    if weekday:
        day += timedelta(days={"ma": 0, "vr": 4}[weekday] - day.weekday())
    return day


def _get_next_period(period, today):
    """The next first of February or September that isn't too near."""
    month = {"feb": 2, "sep": 9}[period]
    day = date(today.year, month, 1)
    return day if day >= today + timedelta(days=AHEAD) else date(today.year + 1, month, 1)


def get_date(text):
    """The day that a cell of `read_list` names."""
    return datetime.strptime(text, "%d-%m-%Y").date()


def read_list(name, today):
    """The rows of a list as dicts, dates made absolute (dd-mm-yyyy)."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            {key: f"{get_day(cell, today):%d-%m-%Y}" if _RELATIVE.match(cell) else cell for key, cell in row.items()}
            for row in csv.DictReader(file, delimiter=";")
        ]


def make_file(rows):
    """The rows as a CSV file of the kind that Dutch Excel makes."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def add_seasons(env):
    """School years from the one before last up to the one after next, and the regions."""
    today = date.today()
    first = today.year - (today.month < 8) - 2
    for year in range(first, first + 5):
        start, end = date(year, 8, 1), date(year + 1, 7, 31)
        if not env["vti.season"].search_count([("date_from", "<=", end), ("date_to", ">=", start)], limit=1):
            env["vti.season"].create({"name": f"{year}-{year + 1}", "date_from": start, "date_to": end})
    for name, holiday in REGIONS:
        if not env["vti.region"].search_count([("name", "=", name)], limit=1):
            env["vti.region"].create({"name": name, "holiday_region": holiday})


def import_all(env):
    """Check and import every list.

    :raise ValueError: with what the import says, where a list has errors
    """
    today = date.today()
    for kind, name in FILES:
        record = env["vti.import"].create(
            {
                "kind": kind,
                "file": base64.b64encode(make_file(read_list(name, today))),
                "file_name": f"{name}.csv",
            }
        )
        record.action_check()
        if record.can_import:
            record.action_import()
        if record.error_count or record.state != "done":
            rows = [f"{line.number}: {line.message}" for line in record.error_line_ids[:10]]
            raise ValueError("\n".join([name, record.message or "", *rows]))
