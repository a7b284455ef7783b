from odoo import http
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome


class Password(AuthSignupHome):
    """Who chose a password by the link in a mail goes on at once, instead of typing it again."""

    @http.route()
    def web_auth_reset_password(self, *args, **kw):
        response = super().web_auth_reset_password(*args, **kw)
        page = getattr(response, "qcontext", {})
        if request.httprequest.method == "POST" and page.get("token") and page.get("message"):
            request.params["login"] = page["login"]  # of the link's owner; the form doesn't ask it
            # an ordinary login with what was just typed: a second factor is asked as ever
            return self.web_login(*args, **kw)
        return response
