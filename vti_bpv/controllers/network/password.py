from odoo import http
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome


class Password(AuthSignupHome):
    """Passwords by mail: who has an account is nobody else's business, and a chosen password is typed once."""

    @http.route()
    def web_auth_reset_password(self, *args, **kw):
        response = super().web_auth_reset_password(*args, **kw)
        page = getattr(response, "qcontext", {})
        if request.httprequest.method != "POST":
            return response
        if page.get("token") and page.get("message"):
            request.params["login"] = page["login"]  # of the link's owner; the form doesn't ask it
            # an ordinary login with what was just typed: a second factor is asked as ever
            return self.web_login(*args, **kw)
        if not page.get("token") and page.get("login") and not self._is_ours_to_tell(page):
            # the same words for an address we know and for one that we don't
            page.pop("error", None)
            page["message"] = request.env._(
                "If we know this address, a mail with a link is on its way. Look in your spam folder too."
            )
        return response

    @staticmethod
    def _is_ours_to_tell(page):
        """Whether a mail to somebody we know could not be sent: that person has to hear it."""
        if not page.get("error"):
            return False
        Users_sudo = request.env["res.users"].sudo()
        domain = Users_sudo._get_login_domain(page["login"]) | Users_sudo._get_email_domain(page["login"])
        return Users_sudo.search_count(domain) == 1
