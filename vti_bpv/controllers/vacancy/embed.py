from urllib.parse import urlencode

from odoo import http
from odoo.http import request

from ...tools import place_query

MOST_OF_COMPANY = 60
LEVELS = ("1", "2", "3", "4")
# no script of anybody, only our own files, and the one page of ours that any site may show in a frame
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *"
)


class Embed(http.Controller):
    """Open places in a frame on the site of a school or company, and the code for it."""

    @http.route(
        "/stages/embed", type="http", auth="public", website=True, readonly=True, sitemap=False, multilang=False,
        save_session=False,
    )  # fmt: skip
    def embed(self, company=None, school=None, fit=None, **_params):
        request.update_context(lang=request.website.default_lang_id.code)
        view = request.env["vti.vacancy"]._get_places_view()
        fit = fit == "1"
        if company:
            values = self._get_company_values(self._find_house(company, "is_employer"), view)
        else:
            house_sudo = self._find_house(school, "is_school") if school else None
            values = self._get_list_values(house_sudo, view, fit)
        response = request.render("vti_bpv.embed_page", {**values, "fit": fit, "view": view})
        script = "script-src 'self'; " if fit else ""
        response.headers["Content-Security-Policy"] = script + POLICY
        response.headers["Cache-Control"] = "public, max-age=300"
        return response

    @staticmethod
    def _find_house(text, kind):
        """A company or school that visitors may know of, sudo.

        :raise NotFound: for any other
        """
        house_sudo = request.env["res.partner"].sudo().browse(place_query.to_int(text) or 0).exists()
        if not (house_sudo.active and house_sudo.is_company and house_sudo[kind]):
            raise request.not_found()
        if kind == "is_employer" and not house_sudo._is_public_company():
            raise request.not_found()
        return house_sudo

    @staticmethod
    def _get_company_values(company_sudo, view):
        places = company_sudo._get_open_places(limit=MOST_OF_COMPANY)
        return {
            "title": request.env._("Internships at %(company)s", company=company_sudo.name),
            "cards": places._get_cards(view=view),
            "more_url": f"/bedrijven/{request.env['ir.http']._slug(company_sudo)}",
        }

    @staticmethod
    def _get_list_values(school_sudo, view, fit):
        """The list as filtered; of a school, around it unless another place is asked for."""
        asked = request.httprequest.args
        query = place_query.parse(asked.getlist)
        if school_sudo and not query.near:
            query = place_query.replace(query, near=school_sudo.zip or school_sudo.city or "")
        found = request.env["vti.vacancy"]._search_places(query, view)
        kept = {name: asked[name] for name in ("school", "fit") if asked.get(name)}

        def page_url(number):
            return f"/stages/embed?{urlencode([*kept.items(), *query.params(page=number)])}"

        title = request.env._("Internships")
        if school_sudo:
            title = request.env._("Internships near %(school)s", school=school_sudo.name)
        return {
            "title": title,
            "cards": request.env["vti.vacancy"].browse(found.ids)._get_cards(found.distances, view),
            "more_url": query.url(),
            "previous_url": page_url(query.page - 1) if 1 < query.page <= found.pages else None,
            "next_url": page_url(query.page + 1) if query.page < found.pages else None,
        }

    @http.route("/my/embed", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def code(self, **_params):
        """What a school or company copies into its own site."""
        user = request.env.user
        is_company = user.has_group("vti_bpv.group_company")
        if not is_company and not user.has_group("vti_bpv.group_school"):
            raise request.not_found()
        house_sudo = user.partner_id.commercial_partner_id.sudo()
        chosen = [("company" if is_company else "school", house_sudo.id)]
        query = place_query.parse(request.httprequest.args.getlist)
        if not is_company:
            around = place_query.replace(query, q="", near=house_sudo.zip or house_sudo.city or "", sort="")
            chosen += [(name, value) for name, value in around.params() if name != "near"]
        site = request.website.get_base_url()
        values = {
            "house": house_sudo,
            "is_company": is_company,
            "is_shown": not is_company or house_sudo._is_public_company(),
            "query": query,
            "distances": place_query.DISTANCES,
            "levels": LEVELS,
            "site": site,
            "pairs": urlencode(chosen),
            "feed_query": urlencode(around.params()) if not is_company else "",
            "breadcrumbs": [
                (request.env._("Your company"), "/my/company") if is_company
                else (request.env._("Your students"), "/my/school"),
                (request.env._("On your own site"), False),
            ],
        }  # fmt: skip
        return request.render("vti_bpv.my_embed_page", values)
