from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ...models.network.own_details import DETAILS
from ...tools.flash import flash


class MyAccount(CustomerPortal):
    """A person's own details, in place of Odoo's address form with its VAT number and company name."""

    def _render_account(self, values, errors=None):
        page = {"values": values, "errors": errors or {}, "login": request.env.user.login, "limits": DETAILS}
        response = request.render("vti_bpv.my_account", page, status=422 if errors else 200)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        return response

    @http.route(methods=["GET"])
    def account(self, **_kwargs):
        person = request.env.user.partner_id
        return self._render_account({name: person[name] or "" for name in DETAILS})

    @http.route("/my/account/save", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def save_account(self, **post):
        values = {name: post.get(name, "") for name in DETAILS}
        errors = request.env.user.partner_id._save_own_details(values)
        if errors:
            return self._render_account(values, errors)
        flash(request.env._("Your details are saved."))
        return request.redirect("/my")

    @http.route("/my/account/save", type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def account_reloaded(self, **_kwargs):
        """Lead back to the form: a phone that opens its tabs anew asks for the address of the last form."""
        return request.redirect("/my/account")
