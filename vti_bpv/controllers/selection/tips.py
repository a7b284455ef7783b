from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ...models.selection.match_proposal import TIP
from ...models.selection.match_tip import FOUND
from ...tools.flash import flash
from .common import private_headers


class Tips(http.Controller):
    """A place that VTI proposes to a student: behind the link in the mail, and for who is logged in."""

    def _render(self, tip_sudo, act_url, errors=None):
        page = tip_sudo._get_tip_page() | {"act_url": act_url, "errors": errors or {}}
        return private_headers(request.render("vti_bpv.match_tip_page", page, status=422 if errors else 200))

    def _render_over(self):
        return private_headers(request.render("vti_bpv.link_over_page", {"kind": "tip"}, status=410))

    def _decline(self, tip_sudo, act_url, reason):
        try:
            tip_sudo._decline(reason)
        except UserError as error:
            return self._render(tip_sudo, act_url, {"reason": str(error.args[0])})
        flash(
            request.env._("Thank you. You get no more tips; on your profile you say when you look again.")
            if reason == FOUND
            else request.env._("Thank you for saying so. VTI looks for something that suits better.")
        )
        return request.redirect(act_url, code=303)

    # the link in the mail

    def _open(self, token):
        return request.env["vti.match.proposal"]._open_own_link(TIP, token)

    @http.route(
        "/student/tip/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def tip(self, token, **_kwargs):
        tip_sudo = self._open(token)
        return self._render(tip_sudo, f"/student/tip/{token}") if tip_sudo else self._render_over()

    @http.route(
        "/student/tip/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def act(self, token, action=None, reason=None, **_kwargs):
        tip_sudo = self._open(token)
        if not tip_sudo:
            return self._render_over()
        if action == "start":
            student_sudo, place_path = tip_sudo.student_id, tip_sudo.vacancy_id._get_page_path()
            student_sudo._activate()
            return request.redirect(student_sudo._get_password_url(place_path) or place_path, code=303)
        return self._decline(tip_sudo, f"/student/tip/{token}", reason)

    # the student who is logged in

    def _find_own(self, number):
        tip_sudo = request.env["vti.match.proposal"].sudo().browse(number).exists() if number < 2**31 else None
        if not tip_sudo or tip_sudo.state != "sent" or not tip_sudo._is_reader(request.env.user.partner_id):
            raise request.not_found()
        return tip_sudo

    @http.route(
        "/my/tips/<int:number>", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def own_tip(self, number, **_kwargs):
        return self._render(self._find_own(number), f"/my/tips/{number}")

    @http.route("/my/tips/<int:number>", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def own_decline(self, number, reason=None, **_kwargs):
        return self._decline(self._find_own(number), f"/my/tips/{number}", reason)
