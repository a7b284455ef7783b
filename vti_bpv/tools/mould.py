"""Moulds: the HTML of a template with gaps where its texts go, made once for all pages of a shape.

A template takes a millisecond or more, filling a mould some microseconds. The template is rendered with
marks instead of texts, so it may print a text, put it into a longer one, and ask whether there is one, but
not compare, cut or count it. Flags and numbers it may use as it likes: each of them has a mould of its own.
Without the ORM.
"""

import re
from types import NoneType
from urllib.parse import quote

from markupsafe import Markup, escape

START, END = "\ue000", "\ue001"  # of Unicode's private use: no template has them
MARKS = re.compile(f"{START}([^{END}]*){END}")
BEGINNINGS = re.compile(r"https?://|/|\?|")
# in what all visitors get there is no token of one of them, and a mark that was quoted is lost
NEVER = ("csrf_token", quote(START))


class Address(str):
    """An address for a link. Its beginning is no text: a page's language may come after the slash of a path."""

    __slots__ = ()

    @property
    def start(self):
        return BEGINNINGS.match(self)[0]


def take_apart(values):
    """Part values into what a template may decide on, and the texts.

    :param values: str, Markup (HTML), Address, numbers, flags and None; lists, tuples and dicts of them
    :return: the shape (hashable), and {name: text as HTML}
    :raise TypeError: for other values, such as records, of which a mould would keep what they were
    """
    texts = {}
    return _take(values, "", texts), texts


def _take(value, name, texts):
    kind = type(value)
    if kind is str or kind is Markup:
        if value:
            texts[name] = escape(value)
        return kind if value else ""
    if kind is Address:
        if value:
            texts[name] = escape(value.removeprefix(value.start))
        return kind, value.start
    if kind in (bool, NoneType, int, float):
        return kind, value
    if kind is dict:
        return tuple([(key, _take(inner, f"{name}.{key}", texts)) for key, inner in value.items()])
    if kind in (list, tuple):
        return tuple([_take(inner, f"{name}.{number}", texts) for number, inner in enumerate(value)])
    raise TypeError(f"{name}: {kind}")


def stand_in(value, name=""):
    """The same values with marks for texts, to render a template with."""
    if isinstance(value, str):
        start = value.start if isinstance(value, Address) else ""
        return type(value)(f"{start}{START}{name}{END}") if value else value
    if isinstance(value, dict):
        return {key: stand_in(inner, f"{name}.{key}") for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [stand_in(inner, f"{name}.{number}") for number, inner in enumerate(value)]
    return value


class Mould:
    def __init__(self, html):
        """:param str html: what the template made of the stand-in values"""
        found = [word for word in NEVER if word in html]
        if found:
            raise ValueError(f"A mould with {found}")
        self.parts = MARKS.split(html)  # what stays, a name, what stays, a name, ...
        self.names = self.parts[1::2]

    def fill(self, texts):
        """The page of these texts (what `take_apart` gave, of the same shape)."""
        parts = self.parts.copy()
        parts[1::2] = [texts[name] for name in self.names]
        return Markup("".join(parts))
