from odoo import http
from odoo.http import request

from ...tools import structured


class Landing(http.Controller):
    """The places of a trade, of a town, and of a trade in a town, for who comes from a search engine."""

    @http.route(
        ["/stages/vak/<string:trade>", "/stages/vak/<string:trade>/<string:town>", "/stages/plaats/<string:town>"],
        type="http", auth="public", website=True, readonly=True, sitemap=False,
    )  # fmt: skip
    def landing(self, trade=None, town=None, **_params):
        view = request.env["vti.vacancy"]._get_places_view()
        return request.website._answer(view.version, lambda: self._render(trade, town, view))

    @staticmethod
    def _render(trade_slug, town_slug, view):
        website = request.website
        trade_sudo = request.env["vti.trade"].sudo()
        if trade_slug:
            number = request.env["ir.http"]._unslug(trade_slug)[1]
            trade_sudo = trade_sudo.browse(number if number and number < 2**31 else 0).exists()
        town = website._find_landing_town(town_slug, view) if town_slug else None
        if bool(trade_slug) != bool(trade_sudo) or (town_slug and not town):
            raise request.not_found()
        path = website._get_landing_path(trade_sudo, town)
        if request.httprequest.path.rstrip("/") != path:
            return request.redirect(path, code=301)
        values = website._get_landing(view, trade_sudo, town)
        if (trade_sudo.id or None, town) not in website._get_landings(view):
            return request.redirect(values["query"].url())  # too few for a page: the list has them
        crumbs = [(request.env._("Internships"), "/stages")]
        if trade_sudo and town:
            crumbs.append((trade_sudo.name, website._get_landing_path(trade_sudo)))
        crumbs.append((town or trade_sudo.name, False))
        return request.render("vti_bpv.landing_page", {
            **values,
            "breadcrumbs": crumbs,
            "canonical": website.get_base_url() + path,
            "head": structured.script(structured.breadcrumbs(crumbs, website.get_base_url())),
        })  # fmt: skip
