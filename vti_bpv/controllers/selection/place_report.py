from odoo import http
from odoo.http import request

from ...tools.address import read_email
from ...tools.flash import flash
from .common import find_place, get_misuse_error, sign_form, texts


class PlaceReports(http.Controller):
    """Tell VTI that something is wrong with a place; with an address, one hears what came of it."""

    @http.route(
        "/stages/<string:slug>/report", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def form(self, slug, **_params):
        user = request.env.user
        return self._render(find_place(slug), {"email": "" if user._is_public() else user.email or ""})

    @http.route(
        "/stages/<string:slug>/report", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def send(self, slug, **form):
        place_sudo, reports, _ = find_place(slug), request.env["vti.place.report"], request.env._
        values = texts(form, ("reason", "text", "email"))
        errors = reports._get_errors(values)
        email = read_email(values["email"])
        if not errors:  # without an address its network is counted
            whose = email or request.httprequest.remote_addr
            error = get_misuse_error(form, f"report{place_sudo.id}", "report", whose)
            errors = {"form": error} if error else {}
        if errors:
            return self._render(place_sudo, values, errors)
        reports._tell(place_sudo, values["reason"], values["text"], email)
        flash(_("Thank you. VTI looks at it."))
        return request.redirect(place_sudo._get_page_path(), code=303)

    def _render(self, place_sudo, values, errors=None):
        field = request.env["vti.place.report"]._fields["reason"]
        page = {
            "place": place_sudo, "values": values, "errors": errors or {},
            "shown": sign_form(f"report{place_sudo.id}"), "reasons": field._description_selection(request.env),
        }  # fmt: skip
        return request.render("vti_bpv.place_report_page", page, status=422 if errors else 200)
