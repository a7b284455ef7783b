from odoo import http
from odoo.http import request

from ...tools import place_query

MOST = 12  # places in one block


class Blocks(http.Controller):
    """What stands in the blocks "places" and "place of the week" of pages that VTI builds: a piece of HTML.

    A page that is built once is kept by Odoo for an hour; what changes by the minute is asked for here.
    """

    @http.route("/stages/block", type="http", auth="public", website=True, readonly=True, sitemap=False)
    def places(self, **_params):
        view = request.env["vti.vacancy"]._get_places_view()
        return request.website._answer(view.version, lambda: self._render_places(view))

    @staticmethod
    def _render_places(view):
        asked = request.httprequest.args
        query = place_query.parse(asked.getlist)
        company = place_query.to_int(asked.get("company"))
        number = place_query.to_int(asked.get("number"), 1, MOST) or 6
        ids, places = request.env["vti.vacancy"]._get_block_places(view, query.chosen, company, number)
        return request.render("vti_bpv.places_block", {
            "cards": request.env["vti.vacancy"].browse(ids)._get_cards(view=view),
            "more_label": places and request.env._("See all %(count)s places", count=places),
            "more_url": request.website._get_block_link(query.chosen, company),
        })  # fmt: skip

    @http.route("/stages/block/week", type="http", auth="public", website=True, readonly=True, sitemap=False)
    def week(self, **_params):
        view = request.env["vti.vacancy"]._get_places_view()
        return request.website._answer(view.version, lambda: self._render_week(view))

    @staticmethod
    def _render_week(view):
        place_sudo = request.env["vti.vacancy"]._get_place_of_week(view)
        return request.render("vti_bpv.place_week_block", {"place": place_sudo})
