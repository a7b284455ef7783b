"""From HTML to PDF, the same on every machine: no system library, no server to ask, no JavaScript."""

import io
import threading
from collections.abc import Callable, Iterable

import plutoprint
from lxml import html

from odoo.tools.pdf import merge_pdf

# the engine's font cache is shared by the process and not made for threads
one_at_a_time = threading.Lock()

# Odoo's layouts leave these to a script of wkhtmltopdf; classes as in its own templates
RUNNING = """
.header { position: running(header); }
.footer { position: running(footer); }
.page:empty::before { content: counter(page); }
.topage:empty::before { content: counter(pages); }
html, body { height: auto !important; overflow: visible !important; }
body.container { max-width: none !important; width: auto !important; margin: 0 !important; padding: 0 !important; }
"""
PAGE = """
@page {
    size: %(size)s %(orientation)s;
    margin: %(top)smm %(right)smm %(bottom)smm %(left)smm;
    @top-center { content: element(header); width: 100%%; vertical-align: bottom; }
    @bottom-center { content: element(footer); width: 100%%; vertical-align: top; }
}
"""


class Fetcher(plutoprint.ResourceFetcher):
    def __init__(self, fetch: Callable[[str], tuple[bytes, str] | None]):
        super().__init__()
        self.fetch, self.problem = fetch, None

    def fetch_url(self, url):
        found = None
        try:
            found = self.fetch(url)
        except Exception as problem:  # noqa: BLE001 - kept for _write_one: the engine would swallow it
            self.problem = self.problem or problem
        return plutoprint.ResourceData(*(found or (b"", "text/plain")))


def compose(body: str, header: html.HtmlElement | None, footer: html.HtmlElement | None, page: dict) -> str:
    """Put a document's header and footer into its body, where the page's margins take them from.

    :param page: `size` (as in CSS), `orientation`, `top`, `right`, `bottom`, `left` (mm)
    """
    root = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    style = html.Element("style")
    style.text = RUNNING + PAGE % page
    root.find("head").append(style)
    for place, node in enumerate(part for part in (header, footer) if part is not None):
        root.body.insert(place, node)
    return html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")


def write(documents: Iterable[str], base_url: str, fetch: Callable[[str], tuple[bytes, str] | None]) -> bytes:
    """Lay out each document with page numbers of its own; one PDF of all.

    :param fetch: gives what a URL of the document stands for and its mimetype; the engine itself asks nobody
    """
    with one_at_a_time:
        found = [_write_one(document, base_url, fetch) for document in documents]
    return found[0] if len(found) == 1 else merge_pdf(found)


def _write_one(document: str, base_url: str, fetch) -> bytes:
    book = plutoprint.Book(media=plutoprint.MEDIA_TYPE_PRINT)
    book.custom_resource_fetcher = fetcher = Fetcher(fetch)
    book.load_html(document, base_url=base_url)
    stream = io.BytesIO()
    book.write_to_pdf_stream(stream)
    if fetcher.problem:
        raise fetcher.problem
    return stream.getvalue()
