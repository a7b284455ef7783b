"""What in a person's own words tells who it is: name, date of birth, address, and whatever one can be reached by.

Nicknames are known to nobody but the person: no list guesses them. Whoever writes sees what others get to read.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

MARK = "…"
# these have no base letter that Unicode knows of; each becomes one letter, so that positions stay
_FOLDED = str.maketrans("øłđßæœı", "oldsaoi")
# words that stand between first name and surname, and in every text; as a first name they need a capital
_COMMON = {
    "van", "der", "den", "de", "het", "ten", "ter", "te", "von", "del", "ben", "bin", "el", "al", "la", "le", "di",
    "da", "dos", "op", "in", "bij", "aan", "uit", "zu", "y",
}  # fmt: skip
_SITES = "insta(?:gram)?|snap(?:chat)?|tiktok|facebook|linkedin|whatsapp|discord|telegram|youtube"
_REACH = (
    r"\S+@\S+|(?<!\w)@\w{3,}|(?:https?://|www\.)\S+"
    r"|\S+\s?[\[(]\s?(?:at|apenstaartje)\s?[\])]\s?\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:nl|com|net|org|eu|be|de|me|io|dev|info)\b(?:/\S*)?"
    rf"|\b(?:{_SITES})\s?[:=]\s?\S+"
    r"|\+?\(?\d(?:[\s()./_-]{0,3}\d){8,}"
)
_APART = r"[\W_]{0,3}"
_MONTHS = (
    "jan", "feb", "maart|mrt|mar", "apr", "mei|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec",
)  # fmt: skip
_ENDINGS = r"(?:['’]?s|tje|je|ke)?"  # of a name in Dutch: Quirines, Timmetje


@dataclass(frozen=True)
class Person:
    """Who wrote: texts as they were typed, each possibly empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    zip: str = ""
    street: str = ""
    birth_date: date | None = None


def hide(text, person):
    """Put a mark where a text tells who wrote it.

    :param str text:
    :param Person person:
    :return: the text, as long as nothing was found; else in composed Unicode
    :rtype: str
    """
    text = unicodedata.normalize("NFC", text or "")
    spans = _find(text, person)
    for begin, end in reversed(spans):
        text = f"{text[:begin]}{MARK}{text[end:]}"
    return text


def tells_who(text, person):
    """Whether a text tells who wrote it; a surname that is an ordinary word too counts with a capital.

    :rtype: bool
    """
    text = unicodedata.normalize("NFC", text or "")
    surnames = {_fold(word) for word in _get_words(person.name)[1:]}
    return any(
        _fold(text[begin:end]) not in surnames or text[begin : begin + 1].isupper()
        for begin, end in _find(text, person)
    )


def _fold(text):
    """Small letters without accents, of the same length."""
    plain = "".join(unicodedata.normalize("NFD", char)[0] for char in text)
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in plain).translate(_FOLDED)


def _get_words(name):
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", name or ""))


def _find(text, person):
    """Where something was found: list of (begin, end), in order, none inside another."""
    folded, spans = _fold(text), []
    for pattern in _get_patterns(person):
        spans += [match.span() for match in pattern.finditer(folded)]
    for word in _get_words(person.name):
        if len(word) < 3 or _fold(word) in _COMMON:
            # a short or common word is a name only where it is written as one
            spans += [
                match.span()
                for match in re.finditer(rf"(?<![^\W_]){re.escape(_fold(word))}{_ENDINGS}(?![^\W\d_])", folded)
                if text[match.start()].isupper() and word in _get_ends(person.name)
            ]
    merged = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _get_ends(name):
    """First name and last word of a name; what stands between is found only next to these."""
    words = _get_words(name)
    return words[:1] + words[-1:]


@lru_cache(maxsize=512)
def _get_patterns(person):
    """Patterns for folded text; of one person they are asked for many texts."""
    patterns = [_REACH, *_get_name_patterns(person.name)]
    local = _fold(person.email or "").partition("@")[0]
    if len(local) >= 5:
        patterns.append(_whole(re.escape(local)))
    digits = re.sub(r"\D", "", person.phone or "")[-8:]
    if len(digits) == 8:
        patterns.append(r"(?:[+(]?\d[\W_]{0,3}){0,5}" + r"[\W_]*".join(digits))
    code = re.sub(r"\W", "", _fold(person.zip or ""))
    if len(code) >= 4:
        patterns.append(r"(?<!\w)" + r"[\s.-]{0,2}".join(code) + r"(?!\w)")
    if person.birth_date:
        patterns += _get_day_patterns(person.birth_date)
    street = " ".join(_get_words(_fold(person.street or "")))
    if len(street) >= 4:
        patterns.append(_whole(r"\W{1,3}".join(street.split())) + r"(?:\W{0,2}\d+\w?)?")
    return [re.compile(pattern) for pattern in patterns]


def _get_day_patterns(day):
    """A day in figures, in either order, and with the month in letters."""
    number, month, year = f"0?{day.day}", f"0?{day.month}", rf"(?:{day.year}|['’]?{day.year % 100:02})(?!\d)"
    word = rf"(?:{_MONTHS[day.month - 1]})\w*"
    return [
        rf"(?<!\d){number}e?{_APART}{word}{_APART}{year}",
        rf"(?<!\d){number}[\W_]{{1,3}}{month}[\W_]{{1,3}}{year}",
        rf"(?<!\d){day.year}[\W_]{{1,3}}{month}[\W_]{{1,3}}{number}(?!\d)",
    ]


def _whole(pattern):
    return rf"(?<![^\W\d_]){pattern}{_ENDINGS}(?![^\W\d_])"


def _get_name_patterns(name):
    """Each word of a name, and first name or initial and surname written together, as in an address or handle."""
    words = [_fold(word) for word in _get_words(name)]
    patterns = [_whole(re.escape(word)) for word in words if len(word) >= 3 and word not in _COMMON]
    if len(words) < 2:
        return patterns
    first, between, last = words[0], words[1:-1], words[-1]
    optional = "".join(f"(?:(?:{re.escape(word)}|{word[0]}){_APART})?" for word in between)
    own = f"(?:{re.escape(first)}|{first[0]})"
    rest = r"[\w.-]*"
    patterns.append(_whole(rf"{re.escape(first)}{_APART}{optional}{re.escape(last)}"))
    if len(last) >= 3:
        patterns += [
            rf"(?<![^\W\d_]){own}{_APART}{optional}{re.escape(last)}{rest}",
            rf"(?<![^\W\d_]){optional}{re.escape(last)}{_APART}{own}(?![^\W\d_])",
        ]
    if len(first) >= 3:
        # Quirine Z., quirine_z
        patterns.append(rf"(?<![^\W\d_]){re.escape(first)}[\W_]{{0,2}}{last[0]}(?![^\W\d_])\.?")
    return patterns
