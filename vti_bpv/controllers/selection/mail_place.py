from odoo import http
from odoo.http import request

from ...tools.address import read_email
from ...tools.flash import flash
from .common import find_place, get_mail_form_errors, sign_form, texts


class MailPlace(http.Controller):
    """Mail a place to oneself: found on the phone, applied for at a desk. Nothing is kept but the mail."""

    @http.route(
        "/stages/<string:slug>/mail", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def form(self, slug, **_kwargs):
        user = request.env.user
        return self._render(find_place(slug), {"email": "" if user._is_public() else user.email or ""})

    @http.route("/stages/<string:slug>/mail", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def send(self, slug, **form):
        place_sudo = find_place(slug)
        values = texts(form, ("email",), 120)
        errors = get_mail_form_errors(form, values, f"mail{place_sudo.id}", "mail_place")
        if errors:
            return self._render(place_sudo, values, errors)
        place_sudo._mail_to_visitor(read_email(values["email"]))
        flash(request.env._("Sent. Look in your mail, also in the spam folder."))
        return request.redirect(place_sudo._get_page_path(), code=303)

    def _render(self, place_sudo, values, errors=None):
        page = {
            "place": place_sudo,
            "values": values,
            "errors": errors or {},
            "shown": sign_form(f"mail{place_sudo.id}"),
        }
        return request.render("vti_bpv.mail_place_page", page, status=422 if errors else 200)
