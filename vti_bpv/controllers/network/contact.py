from odoo import http
from odoo.http import request

from ...tools.flash import flash


class Contact(http.Controller):
    @http.route("/contact", type="http", auth="public", website=True, methods=["GET"], sitemap=True, readonly=True)
    def contact(self, about=None, **_kwargs):
        user, values = request.env.user, {"about": about}
        if not user._is_public():
            values |= {"name": user.name, "email": user.email, "phone": user.phone}
        return self._render(values)

    @http.route("/contact", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def contact_send(self, **post):
        if not post.get("website"):  # people don't see this field, what fills in every field does
            errors = request.env["crm.lead"]._receive_message(post)
            if errors:
                return self._render(post, errors)
        flash(request.env._("Thank you. Your message has reached us; you hear from us within a few working days."))
        return request.redirect("/contact")

    def _render(self, values, errors=None):
        Lead = request.env["crm.lead"]
        page = {"values": Lead._clean_message(values), "errors": errors or {}, "topics": Lead._get_topics()}
        return request.render("vti_bpv.contact_page", page, status=422 if errors else 200)
