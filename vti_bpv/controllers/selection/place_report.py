from odoo import http
from odoo.http import request
from odoo.tools import email_normalize

from ...tools.flash import flash
from .common import find_place, is_too_often, looks_automatic, sign_form, texts

PER_DAY = 5  # reports of one address, or of one network where no address is given


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
        email = email_normalize(values["email"])
        if values["email"] and email != values["email"].lower():
            errors["email"] = _("Fill in an e-mail address, such as name@example.com.")
        elif looks_automatic(form, f"report{place_sudo.id}"):
            errors["form"] = _("That was very fast. Press the button once more.")
        elif not errors and is_too_often("report", email or request.httprequest.remote_addr, PER_DAY):
            errors["form"] = _("You told us a lot today. Call VTI, or try again tomorrow.")
        if errors:
            return self._render(place_sudo, values, errors)
        reports._tell(place_sudo, values["reason"], values["text"], email or "")
        flash(_("Thank you. VTI looks at it."))
        return request.redirect(place_sudo._get_page_path(), code=303)

    def _render(self, place_sudo, values, errors=None):
        field = request.env["vti.place.report"]._fields["reason"]
        page = {
            "place": place_sudo, "values": values, "errors": errors or {},
            "shown": sign_form(f"report{place_sudo.id}"), "reasons": field._description_selection(request.env),
        }  # fmt: skip
        return request.render("vti_bpv.place_report_page", page, status=422 if errors else 200)
