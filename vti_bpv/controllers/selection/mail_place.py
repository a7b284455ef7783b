from odoo import http
from odoo.http import request
from odoo.tools import email_normalize

from ...tools.flash import flash
from .common import find_place, is_too_often, looks_automatic, sign_form, texts

PER_MAIL_DAY = 5


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
        values, errors = texts(form, ("email",), 120), {}
        email = email_normalize(values["email"])
        if not email or email != values["email"].lower():
            errors["email"] = request.env._("Fill in an e-mail address, such as name@example.com.")
        elif looks_automatic(form, f"mail{place_sudo.id}"):
            errors["form"] = request.env._("That was very fast. Press the button once more.")
        elif is_too_often("mail_place", email, PER_MAIL_DAY):
            errors["form"] = request.env._("This address got a lot of mails today. Try again tomorrow.")
        if errors:
            return self._render(place_sudo, values, errors)
        place_sudo._mail_to_visitor(email)
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
