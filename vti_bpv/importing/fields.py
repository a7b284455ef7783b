"""Cells into values: each converter takes a cell as the reader gives it and returns a tidy value.

A converter is never asked about an empty cell. What it can't use it refuses with a CellProblem.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from ..tools import geo
from .problems import CellProblem
from .reader import MAX_CELL

EMAIL = re.compile(r"^[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}$")
_PHONE = re.compile(r"^[+(]?[0-9][0-9 ()/.\-]{5,24}$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$")
_WRITTEN = re.compile(r"^(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ -](\d{4})$")
_TIME = re.compile(r"^(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?(?: ?(?:uur|u))?$")
_MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_EXCEL_DAY_0 = date(1899, 12, 30)
_YES = {"ja", "j", "yes", "y", "x", "1", "waar", "true", "v"}
_NO = {"nee", "n", "no", "0", "onwaar", "false"}
CHAR_LIMIT = 250


def fold(text):
    """Letters and digits of a text alone, small and without accents, to compare by."""
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "", plain)


def as_text(cell):
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        return cell.strftime("%d-%m-%Y")
    return str(cell).strip()


def _refuse_formula(text):
    # "- a dash and a blank" begins a list; a formula has no blank there
    if text[0] in "=@" or (text[0] in "+-" and not text[1:2].isspace()) or text[0] in "\t\r":
        raise CellProblem("formula", sign=text[0])


def to_char(cell, column):
    text = re.sub(r"\s+", " ", as_text(cell))
    _refuse_formula(text)
    if len(text) > CHAR_LIMIT:
        raise CellProblem("too_long", limit=CHAR_LIMIT)
    return text


def to_text(cell, column):
    text = re.sub(r"\r\n?", "\n", as_text(cell))
    _refuse_formula(text)
    if len(text) > MAX_CELL:
        raise CellProblem("too_long", limit=MAX_CELL)
    return text


def to_code(cell, column):
    """A number that is a name (of a student, of a place): kept as text, blanks at the ends removed."""
    return to_char(cell, column)


def to_kvk(cell, column):
    """A chamber-of-commerce number: 8 digits, of which a spreadsheet likes to eat the first zero."""
    digits = re.sub(r"[\s.]", "", as_text(cell))
    if re.fullmatch(r"\d{7}", digits):
        raise CellProblem("kvk_seven", value=digits, guess="0" + digits)
    if not re.fullmatch(r"\d{8}", digits):
        raise CellProblem("kvk", value=digits)
    return digits


def to_crebo(cell, column):
    digits = re.sub(r"\s", "", as_text(cell))
    if not re.fullmatch(r"\d{5}", digits):
        raise CellProblem("crebo", value=digits)
    return digits


def to_crebos(cell, column):
    parts = [part for part in re.split(r"[\s,;/|+]+", as_text(cell)) if part]
    return list(dict.fromkeys(to_crebo(part, column) for part in parts))


def to_email(cell, column):
    text = re.sub(r"^mailto:", "", as_text(cell), flags=re.IGNORECASE).strip().lower()
    if re.search(r"\s", text):
        raise CellProblem("email_space", value=text)
    if not EMAIL.match(text) or len(text) > CHAR_LIMIT:
        raise CellProblem("email", value=text)
    return text


def to_phone(cell, column):
    text = re.sub(r"\s+", " ", as_text(cell))
    if re.fullmatch(r"[1-9]\d{8}", text):  # Excel took 0612345678 for a number
        text = "0" + text
    if not _PHONE.match(text):
        raise CellProblem("phone", value=text)
    return text


def to_zip(cell, column):
    """A postcode, tidied where it is a Dutch one; others are kept for who knows the country."""
    text = to_char(cell, column)
    return geo.tidy_zip(text) or text


def to_url(cell, column):
    text = as_text(cell)
    if not re.fullmatch(r"(https?://)?[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?", text, re.IGNORECASE):
        raise CellProblem("url", value=text)
    return text if "://" in text else f"https://{text}"


def to_date(cell, column):
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _in_reach(cell, cell)
    text = as_text(cell).lower()
    if re.fullmatch(r"[2-7]\d{4}", text):  # a date cell that lost its format
        return _EXCEL_DAY_0 + timedelta(days=int(text))
    if match := _YEAR_FIRST.match(text):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.match(text):
        day, month, year = map(int, match.groups())
        if len(match[3]) == 2:
            raise CellProblem("date_year", value=text)
    elif (match := _WRITTEN.match(text)) and (match[2] in _MONTHS or match[2] == "maa"):
        day, month, year = int(match[1]), (_MONTHS + ["maa"]).index(match[2]) + 1, int(match[3])
        month = 3 if month > 12 else month
    else:
        raise CellProblem("date", value=text)
    try:
        return _in_reach(date(year, month, day), text)
    except ValueError as error:
        raise CellProblem("date_none", value=text) from error


def _in_reach(day, text):
    if not 1900 <= day.year <= 2100:
        raise CellProblem("date_none", value=str(text))
    return day


def to_float(cell, column):
    if isinstance(cell, bool):
        raise CellProblem("number", value=as_text(cell))
    if isinstance(cell, int | float):
        return _positive(float(cell), cell)
    text = re.sub(r"^(€|eur|euro)\s*|\s+|,-$", "", as_text(cell), flags=re.IGNORECASE)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text) or re.fullmatch(r"-?\d+,\d+", text):
        text = text.replace(".", "").replace(",", ".")
    try:
        return _positive(float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else float("nan"), cell)
    except ValueError as error:
        raise CellProblem("number", value=as_text(cell)) from error


def _positive(number, cell):
    if number != number:
        raise CellProblem("number", value=as_text(cell))
    if not 0 <= number < 1e9:
        raise CellProblem("number_reach", value=as_text(cell))
    return number


def to_integer(cell, column):
    number = to_float(cell, column)
    if not number.is_integer():
        raise CellProblem("integer", value=as_text(cell))
    return int(number)


def to_hour(cell, column):
    """A time of day, in hours after midnight (half past seven is 7.5)."""
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return cell.hour + cell.minute / 60
    if isinstance(cell, float) and 0 <= cell < 1:  # a time cell that lost its format
        return round(cell * 24, 4)
    match = _TIME.match(as_text(cell).lower())
    if not match or int(match[1]) > 24 or int(match[2] or 0) > 59:
        raise CellProblem("hour", value=as_text(cell))
    return int(match[1]) + int(match[2] or 0) / 60


def to_boolean(cell, column):
    if isinstance(cell, bool):
        return cell
    word = as_text(cell).lower()
    if word in _YES | _NO:
        return word in _YES
    raise CellProblem("boolean", value=word)


def to_choice(cell, column):
    """One of the words of a column, with the value it stands for."""
    text = as_text(cell)
    words = column.words
    if fold(text) in words:
        return words[fold(text)]
    close = get_close_matches(fold(text), words, n=1, cutoff=0.75)
    label = column.choices[words[close[0]]][0] if close else ""
    raise CellProblem("choice", value=text, guess=label, choices=[names[0] for names in column.choices.values()])


def to_choices(cell, column):
    parts = [part.strip() for part in re.split(r"[,;/|+\n]+", as_text(cell)) if part.strip()]
    return list(dict.fromkeys(to_choice(part, column) for part in parts))


CONVERTERS = {name[3:]: function for name, function in list(globals().items()) if name.startswith("to_")}
