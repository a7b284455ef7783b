"""The picture that goes with a link where it is shared: 1200 x 630 pixels, the same on every machine."""

import io

import plutoprint
from markupsafe import escape

from odoo.tools.misc import file_open

from .pdf import Fetcher, one_at_a_time

FILES = {
    "figtree.woff2": "vti_bpv/static/src/fonts/figtree-latin-wght-normal.woff2",
    "bricolage.woff2": "vti_bpv/static/src/fonts/bricolage-grotesque-latin-wght-normal.woff2",
    "logo.svg": "vti_bpv/static/src/img/logo-white.svg",
}
STYLE = """
@font-face { font-family: Figtree; src: url(figtree.woff2); font-weight: 300 900; }
@font-face { font-family: Bricolage; src: url(bricolage.woff2); font-weight: 200 800; }
body { margin: 0; width: 1200px; height: 630px; background: #0a2c66; color: #fff; font-family: Figtree; }
.frame { position: absolute; inset: 0; padding: 64px 72px; box-sizing: border-box; border-bottom: 20px solid #ffc629; }
.logo { height: 62px; }
h1 { margin: 56px 0 20px; font: 700 %(size)spx/1.12 Bricolage; }
.who { margin: 0 0 32px; font-size: 36px; color: #e6eefb; }
.badge { display: inline-block; margin: 0 12px 12px 0; padding: 8px 22px; border-radius: 30px; background: #ffc629;
         color: #14213d; font-size: 28px; font-weight: 650; }
"""
WIDTH, HEIGHT = 1200, 630
LONGEST = 90  # characters of a title


def _fetch(url):
    name = url.rsplit("/", 1)[-1]
    if name not in FILES:
        return None
    with file_open(FILES[name], "rb") as handle:
        return handle.read(), "image/svg+xml" if name.endswith(".svg") else "font/woff2"


def draw(title, who, badges):
    """A title, who offers it and where, and a few short facts.

    :return: a PNG
    :rtype: bytes
    """
    if len(title) > LONGEST:
        title = title[: LONGEST - 1].rstrip() + "…"
    labels = "".join(f'<span class="badge">{escape(text)}</span>' for text in badges[:4])
    document = (
        f"<!DOCTYPE html><html><head><style>{STYLE % {'size': 72 if len(title) < 45 else 56}}</style></head>"
        f'<body><div class="frame"><img class="logo" src="logo.svg"/><h1>{escape(title)}</h1>'
        f'<p class="who">{escape(who)}</p>{labels}</div></body></html>'
    )
    size = plutoprint.PageSize(WIDTH * plutoprint.UNITS_PX, HEIGHT * plutoprint.UNITS_PX)
    book = plutoprint.Book(size, plutoprint.PAGE_MARGINS_NONE, plutoprint.MEDIA_TYPE_SCREEN)
    book.custom_resource_fetcher = fetcher = Fetcher(_fetch)
    stream = io.BytesIO()
    with one_at_a_time:
        book.load_html(document, base_url="http://picture/")
        book.write_to_png_stream(stream, WIDTH, HEIGHT)
    if fetcher.problem:
        raise fetcher.problem
    return stream.getvalue()
