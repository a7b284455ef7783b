import time

from markupsafe import Markup, escape

from odoo import fields, models, tools
from odoo.http import request
from odoo.tools.lru import LRU

from ...tools.flash import FLASH

# at most of each kind in a worker: a page has some forty kilobytes, a feed three hundred, the others one or two
MOST = {"page": 300, "feed": 20}
MOST_PIECES = 6000
FRAME_SECONDS = 600  # the few things of a frame that Odoo doesn't signal, such as the company's name, may be this old
HERE = "vti-here"
SETTINGS = ("name", "domain", "cookies_bar", "cdn_activated", "block_third_party_domains")


class Website(models.Model):
    """Pieces and pages that all visitors see alike, kept in memory.

    They live in one of Odoo's caches, which every worker empties when templates, menus, translations,
    websites or settings change; what depends on records has their version in its key.
    """

    _inherit = "website"

    @tools.ormcache("kind", cache="templates.cached_values")
    def _get_memory(self, kind):
        return LRU(MOST.get(kind, MOST_PIECES))

    def _recall(self, kind, key):
        """What was remembered under a key in this language, or None."""
        if key is None or "xml" in tools.config["dev_mode"]:
            return None
        return self._get_memory(kind).get((kind, self.env.context.get("website_id"), self.env.lang, *key))

    def _remember(self, kind, key, value):
        """Remember a value.

        :param str kind: what it is; see MOST for how many are kept
        :param tuple key: all that it depends on besides website and language; None where it may not be shared
        :return: the value
        """
        if key is not None:
            self._get_memory(kind)[(kind, self.env.context.get("website_id"), self.env.lang, *key)] = value
        return value

    def _keep(self, kind, key, make):
        """What is remembered under a key, else what `make` gives."""
        found = self._recall(kind, key)
        return self._remember(kind, key, make()) if found is None else found

    def _tell_settings(self):
        """Bring what each page asks of the website into the ORM's cache, without a query."""
        values = self._keep("settings", (), lambda: [self[name] for name in SETTINGS])
        for name, value in zip(SETTINGS, values, strict=True):
            field = self._fields[name]
            field._insert_cache(self, (field.convert_to_cache(value, self),))

    def _get_frame(self, template):
        """Header or footer around our pages; for visitors from memory, with this page's address in the links."""
        path = request.env["ir.qweb"]._get_page_path()
        if not request.env.user._is_public():
            return request.env["ir.ui.view"]._render_template(template, {"vti_page_path": path})
        first = request.httprequest.path.strip("/").split("/")
        menu = (first[0], len(first) > 1)  # which menu is the current one
        html = self._keep(
            "frame",
            (template, *menu, request.httprequest.host_url, int(time.time()) // FRAME_SECONDS),
            lambda: str(request.env["ir.ui.view"]._render_template(template, {"vti_page_path": HERE})),
        )
        return Markup(html.replace(HERE, escape(path)))

    def _answer(self, version, make):
        """Answer a visitor from memory, or make the page.

        :param version: of the records that the page shows; None where they may not be shared
        :param make: function that gives the response
        """
        asked, session = request.httprequest, request.session
        is_shared = version is not None and request.env.user._is_public() and not session.get(FLASH)
        if not is_shared or session.debug or len(asked.full_path) > 300:
            return make()

        def render():
            self._tell_settings()
            response = make()
            response.flatten()
            return response.status_code, response.get_data(), response.headers.get("Location")

        today = fields.Date.context_today(self.with_context(tz="Europe/Amsterdam"))
        key = (asked.host_url, asked.full_path, version, today, int(time.time()) // FRAME_SECONDS)
        status, html, location = self._keep("page", key, render)
        if location:
            return request.redirect(location, code=status)
        return request.make_response(html, [("Content-Type", "text/html; charset=utf-8")], status=status)
