"""Open places as feeds for job sites and readers, from plain values. Without the ORM.

Three forms of the same: Atom (RFC 4287, paged as in RFC 5005), the XML that most job sites read (described
in static/feed/places.xsd), and JSON with each place as a schema.org JobPosting.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
}
# what XML 1.0 can't hold, not even escaped: https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Entry:
    """One open place."""

    posting: dict  # what VacancyPosting gives
    summary: str
    updated: datetime  # with its zone
    published: datetime
    trade: str = ""


@dataclass
class Feed:
    """A page of open places."""

    title: str
    publisher: str
    site_url: str
    list_url: str  # the same search as a page for people
    links: dict  # self, first, next, previous, last -> address
    total: int
    updated: datetime
    lang: str = "nl"
    entries: list = field(default_factory=list)


def render(form, feed):
    """A feed as bytes.

    :param form: one of TYPES
    """
    return {"atom": _atom, "xml": _xml, "json": _json}[form](feed)


def _add(parent, name, text=None, **attributes):
    """Add an element, unless there is nothing to say in it."""
    if text == "" or (text is None and not attributes):
        return None
    element = etree.SubElement(parent, name, {key: clean(value) for key, value in attributes.items()})
    if text is not None:
        element.text = clean(text)
    return element


def clean(text):
    """Text without the characters that XML can't hold."""
    return _NO_XML.sub("", str(text))


def _bytes(root):
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _atom(feed):
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", feed.lang)
    own = f"{{{ATOM}}}"
    _add(root, own + "id", feed.links["first"])
    _add(root, own + "title", feed.title)
    _add(root, own + "updated", feed.updated.isoformat(timespec="seconds"))
    _add(etree.SubElement(root, own + "author"), own + "name", feed.publisher)
    _add(root, own + "link", None, rel="alternate", type="text/html", href=feed.list_url)
    for rel, url in feed.links.items():
        _add(root, own + "link", None, rel=rel, type="application/atom+xml", href=url)
    for place in feed.entries:
        posting, entry = place.posting, etree.SubElement(root, own + "entry")
        _add(entry, own + "id", posting["url"])
        _add(entry, own + "title", posting["title"])
        _add(entry, own + "updated", place.updated.isoformat(timespec="seconds"))
        _add(entry, own + "published", place.published.isoformat(timespec="seconds"))
        author = etree.SubElement(entry, own + "author")
        _add(author, own + "name", posting["hiringOrganization"]["name"])
        _add(entry, own + "link", None, rel="alternate", type="text/html", href=posting["url"])
        if place.trade:
            _add(entry, own + "category", None, term=place.trade)
        _add(entry, own + "summary", place.summary)
        _add(entry, own + "content", posting["description"], type="html")
    return _bytes(root)


def _xml(feed):
    root = etree.Element("source")
    _add(root, "publisher", feed.publisher)
    _add(root, "publisherurl", feed.site_url)
    _add(root, "lastBuildDate", format_datetime(feed.updated))
    _add(root, "total", feed.total)
    for rel in ("previous", "next"):
        _add(root, rel, feed.links.get(rel, ""))
    for place in feed.entries:
        posting, job = place.posting, etree.SubElement(root, "job")
        address, pay = posting["jobLocation"]["address"], posting.get("baseSalary")
        values = {
            "title": posting["title"],
            "date": format_datetime(place.published),
            "referencenumber": posting["identifier"]["value"],
            "url": posting["url"],
            "company": posting["hiringOrganization"]["name"],
            "companyurl": posting["hiringOrganization"].get("sameAs"),
            "streetaddress": address.get("streetAddress"),
            "city": address.get("addressLocality"),
            "state": address.get("addressRegion"),
            "postalcode": address.get("postalCode"),
            "country": address["addressCountry"],
            "description": posting["description"],
            "salary": pay and f"{pay['value']['value']:g} {pay['currency']} / {pay['value']['unitText'].lower()}",
            "jobtype": posting["employmentType"].lower(),
            "category": place.trade,
            "openings": posting["totalJobOpenings"],
            "workhours": posting.get("workHours"),
            "startdate": posting.get("jobStartDate"),
            "expirationdate": posting.get("validThrough", "")[:10],
        }
        for name, value in values.items():
            _add(job, name, "" if value is None else value)
    return _bytes(root)


def _json(feed):
    pages = {rel: feed.links[rel] for rel in ("previous", "next") if rel in feed.links}
    data = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": feed.title,
        "url": feed.links["self"],
        "dateModified": feed.updated.isoformat(timespec="seconds"),
        "numberOfItems": feed.total,
        **pages,
        "itemListElement": [place.posting for place in feed.entries],
    }
    return json.dumps(data, ensure_ascii=False).encode()
