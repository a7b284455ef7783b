import hashlib

from werkzeug.datastructures import Headers

from odoo import http
from odoo.http import Response, request

from ...tools import feeds, place_query

FEED_SIZE = 100  # places on a page
KEEP_SECONDS = 300


class Feeds(http.Controller):
    """The open places for job sites and readers, with the filters of the list."""

    @http.route(
        "/stages/feed.<any(atom,xml,json):form>", type="http", auth="public", website=True, readonly=True,
        sitemap=False, multilang=False, save_session=False, cors="*",
    )  # fmt: skip
    def feed(self, form, **_params):
        request.update_context(lang=request.website.default_lang_id.code)
        query = place_query.parse(request.httprequest.args.getlist)
        stamp, changed = request.env["vti.vacancy"]._get_places_stamp()
        site = request.website.get_base_url()
        tag = hashlib.sha256(repr((stamp, site, form, query.params(page=query.page))).encode()).hexdigest()[:32]
        response = Response(headers=Headers({"Content-Type": feeds.TYPES[form]}))
        response.set_etag(tag, weak=True)  # a proxy may compress it
        response.last_modified = changed
        response.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
        response.headers["X-Robots-Tag"] = "noindex"
        response.make_conditional(request.httprequest.environ)
        if response.status_code != 304:
            response.status_code, body, links = request.website._keep(
                "feed", (tag,), lambda: self._render(form, query, changed, site)
            )
            response.set_data(body)
            for rel, url in links:
                response.headers.add("Link", f'<{url}>; rel="{rel}"')
        return response

    def _render(self, form, query, changed, site):
        """Status, body and the addresses of the pages beside this one; the same for all who ask."""
        feed = self._make_feed(form, query, changed, site)
        is_beyond = feed.total and not feed.entries and query.page > 1
        links = [(rel, url) for rel, url in feed.links.items() if rel in ("next", "previous")]
        return 404 if is_beyond else 200, feeds.render(form, feed), links

    @staticmethod
    def _make_feed(form, query, changed, site):
        vacancies = request.env["vti.vacancy"]
        found = vacancies._search_places(query, size=FEED_SIZE)
        path = f"{site}/stages/feed.{form}"
        links = {"self": query.url(path, page=query.page), "first": query.url(path)}
        if 1 < query.page <= found.pages:
            links["previous"] = query.url(path, page=query.page - 1)
        if query.page < found.pages:
            links["next"] = query.url(path, page=query.page + 1)
        return feeds.Feed(
            title=request.env._("Internships at %(site)s", site=request.website.name),
            publisher=request.website.name,
            site_url=site,
            list_url=query.url(f"{site}/stages"),
            links=links,
            total=found.total,
            updated=changed,
            lang=(request.env.lang or "nl").split("_")[0],
            entries=vacancies.sudo().browse(found.ids)._get_feed_entries(site),
        )
