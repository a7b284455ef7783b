import time

from markupsafe import Markup, escape

from odoo import fields, models, tools
from odoo.http import request
from odoo.tools.lru import LRU

from ...tools import mould
from ...tools.flash import FLASH

# at most of each kind in a worker: a page has some forty kilobytes, a feed three hundred, the others one or two
MOST = {"page": 300, "feed": 20, "mould": 500}
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

    def _recall_all(self, kind, keys):
        """What was remembered in this language.

        :param keys: name -> key
        :return: name -> value or None
        """
        if "xml" in tools.config["dev_mode"]:
            return dict.fromkeys(keys)
        get, here = self._get_memory(kind).get, (self.env.context.get("website_id"), self.env.lang)
        return {name: key and get((kind, *here, *key)) for name, key in keys.items()}

    def _remember_all(self, kind, keys, values):
        """Remember values.

        :param str kind: what they are; see MOST for how many are kept
        :param keys: name -> all that it depends on besides website and language; None where it may not be shared
        :return: the values
        """
        memory, here = self._get_memory(kind), (self.env.context.get("website_id"), self.env.lang)
        for name, value in values.items():
            if keys[name] is not None:
                memory[(kind, *here, *keys[name])] = value
        return values

    def _keep(self, kind, key, make):
        """What is remembered under a key, else what `make` gives."""
        if key is None or "xml" in tools.config["dev_mode"]:
            return make()
        memory, key = self._get_memory(kind), (kind, self.env.context.get("website_id"), self.env.lang, *key)
        found = memory.get(key)
        if found is None:
            found = memory[key] = make()
        return found

    def _tell_settings(self):
        """Bring what each page asks of the website into the ORM's cache, without a query."""
        values = self._keep("settings", (), lambda: [self[name] for name in SETTINGS])
        for name, value in zip(SETTINGS, values, strict=True):
            field = self._fields[name]
            field._insert_cache(self, (field.convert_to_cache(value, self),))

    def _is_shared(self):
        """Whether who asks gets what all visitors get."""
        session = request.session
        return request.env.user._is_public() and not session.get(FLASH) and not session.debug

    def _get_shared_key(self):
        """What a page depends on besides its texts, where all visitors get it alike; None where it is one's own."""
        if not hasattr(request, "vti_shared_key"):
            request.vti_shared_key = self._get_frame_key() if self._is_shared() else None
        return request.vti_shared_key

    def _get_frame_key(self):
        """What header, footer and head of a visitor's page depend on besides its texts."""
        first = request.httprequest.path.strip("/").split("/")
        menu = (first[0], len(first) > 1)  # which menu is the current one
        return (*menu, request.httprequest.host_url, int(time.time()) // FRAME_SECONDS)

    def _get_frame(self, template, path):
        """Header or footer around our pages; for visitors from memory.

        :param path: of this page, for the links to it in other languages
        """
        if not request.env.user._is_public():
            return request.env["ir.ui.view"]._render_template(template, {"vti_page_path": path})
        html = self._keep(
            "frame",
            (template, *self._get_frame_key()),
            lambda: str(request.env["ir.ui.view"]._render_template(template, {"vti_page_path": HERE})),
        )
        return Markup(html.replace(HERE, escape(path)))

    def _cast(self, template, values):
        """HTML of a template; for visitors out of a mould, which is made once for all values of a shape.

        :param dict values: of the kinds that tools/mould.py knows, which tells what the template may do with them
        """
        render, key = request.env["ir.ui.view"]._render_template, self._get_shared_key()
        if key is None:
            return render(template, values)
        shape, texts = mould.take_apart(values)
        kept = self._keep(
            "mould",
            (template, shape, *key),
            lambda: mould.Mould(render(template, mould.stand_in(values))),
        )
        return kept.fill(texts)

    def _render_page(self, template, values, status=200):
        """Answer with a page of ours; see `_cast`."""
        if self._get_shared_key() is None:
            return request.render(template, values, status=status)
        values = {**values, "vti_page_path": request.env["ir.qweb"]._get_page_path()}
        headers = [("Content-Type", "text/html; charset=utf-8")]
        return request.make_response(self._cast(template, values), headers, status=status)

    def _answer(self, version, make):
        """Answer a visitor from memory, or make the page.

        :param version: of the records that the page shows; None where they may not be shared
        :param make: function that gives the response
        """
        asked = request.httprequest
        if version is None or self._get_shared_key() is None or len(asked.full_path) > 300:
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
