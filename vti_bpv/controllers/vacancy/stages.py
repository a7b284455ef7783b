from markupsafe import Markup

from odoo import http
from odoo.http import request

from ...models.vacancy.vacancy_search import PAGE_SIZE
from ...tools import mould, picture, place_html, place_query, structured


def sitemap_places(env, rule, qs):
    """The list, the open places and their companies."""
    for entry in env["website"]._enumerate_places():
        if not qs or qs.lower() in entry["loc"]:
            yield entry


class Stages(http.Controller):
    """What visitors see of places and companies; nothing here writes."""

    @http.route("/stages", type="http", auth="public", website=True, readonly=True, sitemap=sitemap_places)
    def places(self, **_params):
        query = place_query.parse(request.httprequest.args.getlist)
        view = request.env["vti.vacancy"]._get_places_view()
        return request.website._answer(view.version, lambda: self._render_places(query, view))

    def _render_places(self, query, view):
        vacancies, website = request.env["vti.vacancy"], request.website
        found = vacancies._search_places(query, view)
        facets, switches = vacancies._get_facets(query, found)
        chips = vacancies._get_chips(query, facets, switches)
        is_beyond = bool(found.total and not found.ids)
        values = {
            "query": query,
            "found": found,
            "places": vacancies.sudo().browse(found.ids),
            "chips": chips,
            "is_beyond": is_beyond,
            "others": vacancies if found.ids else vacancies._get_nearest_places(found).sudo(),
            "pager": self._get_pager(query, found),
            "lead_ons": [] if query.is_filtered else website._get_list_links(view),
        }
        render = request.env["ir.ui.view"]._render_template
        page = {
            "is_filtered": query.is_filtered,
            "query_text": mould.Address(query.url("")),
            "search_html": website._cast("vti_bpv.stages_search", self._get_search_values(query, found)),
            "unknown_html": render("vti_bpv.stages_unknown_place", values) if found.unknown_place else "",
            "filters_html": website._cast(
                "vti_bpv.stages_filters", self._get_filter_values(facets, switches, chips, found)
            ),
            "list_html": render("vti_bpv.places_list", values),
        }
        return website._render_page("vti_bpv.places_page", page, status=404 if is_beyond else 200)

    @staticmethod
    def _get_search_values(query, found):
        kilometres = sorted({*place_query.DISTANCES, *filter(None, [query.km])})
        return {
            "q": query.q, "near": query.near, "is_unknown": bool(found.unknown_place), "is_any": not query.km,
            "distances": [(str(km), km == query.km) for km in kilometres],
        }  # fmt: skip

    @staticmethod
    def _get_filter_values(facets, switches, chips, found):
        return {
            "facets": [
                {
                    "label": facet["label"], "html": facet["html"], "is_long": facet["is_long"],
                    "is_open": facet["is_long"] and facet["is_chosen"],
                }
                for facet in facets
            ],
            "switches": Markup().join(place_html.choice(name, "1", *rest) for name, *rest in switches),
            "chip_count": str(len(chips) or ""),
            "is_open": bool(chips and not found.ids),
        }  # fmt: skip

    def _get_pager(self, query, found):
        page = min(query.page, found.pages)
        pager = request.website.pager(url="/stages", total=found.total, page=page, step=PAGE_SIZE)
        first = query.url(page=1)
        others = f"{first}{'&' if '?' in first else '?'}page="
        ends = [pager[f"page_{name}"] for name in ("first", "previous", "next", "last")]
        for link in (pager["page"], *pager["pages"], *ends):
            if link.get("url"):  # the dots between far numbers lead nowhere
                link["url"] = first if link["num"] == 1 else f"{others}{link['num']}"
        return pager

    @http.route("/stages/<string:slug>", type="http", auth="public", website=True, readonly=True, sitemap=False)
    def place(self, slug, **_params):
        view = request.env["vti.vacancy"]._get_places_view()
        return request.website._answer(view.version, lambda: self._render_place(slug, view))

    def _render_place(self, slug, view):
        place_sudo = self._browse(slug, "vti.vacancy")._read_page(view)
        if not place_sudo or place_sudo.state in ("draft", "review"):
            raise request.not_found()
        url = place_sudo._get_page_path()
        if request.httprequest.path.rstrip("/").rsplit("/", 1)[-1] != url.rsplit("/", 1)[-1]:
            return request.redirect(url, code=301)
        base, crumbs = place_sudo.get_base_url(), request.website._get_place_breadcrumbs(place_sudo, view)
        similar_sudo = place_sudo._get_similar_places(view=view).sudo()
        page = self._get_place_values(place_sudo, view)
        values = {
            **page,
            "similar": Markup().join(similar_sudo._get_cards(view=view)),
            "canonical": mould.Address(base + url),
            "breadcrumbs": [(name, path and mould.Address(path)) for name, path in crumbs],
            "head": structured.script(
                place_sudo._get_posting(base), not page["is_over"] and structured.breadcrumbs(crumbs, base)
            ),
            "og_image": f"{url}/picture.png",
        }
        return request.website._render_page("vti_bpv.place_page", values, status=410 if page["is_over"] else 200)

    @http.route(
        "/stages/<string:slug>/picture.png", type="http", auth="public", website=True, readonly=True, sitemap=False,
        multilang=False,
    )  # fmt: skip
    def picture(self, slug, **_params):
        """What goes with a shared link to a place."""
        view = request.env["vti.vacancy"]._get_places_view()
        place_sudo = self._find(slug, "vti.vacancy")
        if place_sudo.state != "published":
            raise request.not_found()

        def draw():
            who = ", ".join(filter(None, [place_sudo.employer_id.name, place_sudo.town]))
            return picture.draw(place_sudo.name, who, place_sudo._get_badges())

        image = request.website._keep("page", view.key("picture", place_sudo.id, place=place_sudo.id), draw)
        return request.make_response(image, [("Content-Type", "image/png"), ("Cache-Control", "public, max-age=86400")])

    @staticmethod
    def _get_place_values(place_sudo, view=None):
        """What the page of a place says, its parts as HTML."""
        page, cast = place_sudo._get_page(), request.website._cast
        parts = place_sudo._get_page_parts(page)
        html = {f"{name}_html": cast(f"vti_bpv.stage_{name}", values) for name, values in parts.items()}
        return {**page, **html, "company_badges": place_sudo.employer_id._get_page_badges(view)}

    @http.route("/bedrijven/<string:slug>", type="http", auth="public", website=True, readonly=True, sitemap=False)
    def company(self, slug, **_params):
        view = request.env["vti.vacancy"]._get_places_view()
        return request.website._answer(view.version, lambda: self._render_company(slug, view))

    def _render_company(self, slug, view):
        company_sudo = self._find(slug, "res.partner")
        if not company_sudo or not company_sudo._is_public_company():
            raise request.not_found()
        name = request.env["ir.http"]._slug((company_sudo.id, company_sudo.name))
        if slug != name:
            return request.redirect(f"/bedrijven/{name}", code=301)
        values = {
            "company": company_sudo,
            "company_badges": company_sudo._get_page_badges(view),
            "places": company_sudo._get_open_places(),
            "view": view,
        }
        return request.render("vti_bpv.company_page", values)

    @staticmethod
    def _browse(slug, model):
        """The record that a readable address ends in, sudo, and none or one that isn't there: the caller checks."""
        number = request.env["ir.http"]._unslug(slug)[1]
        return request.env[model].sudo().browse(number if number and number < 2**31 else [])

    @staticmethod
    def _find(slug, model):
        return Stages._browse(slug, model).exists()
