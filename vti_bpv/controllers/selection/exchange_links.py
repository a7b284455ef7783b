from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ...models.selection.exchange_follow import STOP
from ...models.selection.exchange_share import SHARE
from ...tools.flash import flash
from .common import private_headers, texts


class ExchangeLinks(http.Controller):
    """Links to the exchange in messages and mails, and the line of a company that had to say no."""

    def _render_over(self, kind):
        return private_headers(request.render("vti_bpv.link_over_page", {"kind": kind}, status=410))

    # not read-only: it counts how often a shared link is opened, by members who logged in
    @http.route("/exchange/shared/<string:token>", type="http", auth="user", website=True, sitemap=False)
    def shared(self, token, **_kwargs):
        share_sudo = request.env["vti.exchange.share"]._open_link(SHARE, token)[0]
        card = request.env["vti.exchange.listing"].browse(share_sudo.listing_id.id)
        if not card or not request.env.user.has_group("vti_bpv.group_company") or not card.has_access("read"):
            return self._render_over("shared")
        share_sudo._count_opening()
        return request.redirect(f"/my/exchange/{card.id}", code=303)

    def _open_follow(self, token):
        return request.env["vti.exchange.follow"]._open_own_link(STOP, token)

    @http.route(
        "/exchange/follow/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def follow_form(self, token, **_kwargs):
        follow_sudo = self._open_follow(token)
        if not follow_sudo:
            return self._render_over("follow")
        return private_headers(request.render("vti_bpv.exchange_stop_page", {"follow": follow_sudo}))

    @http.route(
        "/exchange/follow/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def follow_stop(self, token, **_kwargs):
        follow_sudo = self._open_follow(token)
        if not follow_sudo:
            return self._render_over("follow")
        follow_sudo.unlink()
        flash(request.env._("Done. You get no more mails about this."))
        return request.redirect("/", code=303)

    # a good word after a no

    def _find_application(self, application_id):
        application = request.env["vti.application"].browse(application_id).exists() if application_id < 2**31 else None
        partner = request.env.user.partner_id
        if (
            not application
            or not request.env.user.has_group("vti_bpv.group_company")
            or not application.has_access("read")
            or not application._is_entitled_company(partner)
        ):
            raise request.not_found()
        return application

    def _render_recommend(self, application, values=None, errors=None):
        page = {"application": application.sudo(), "can": application._can_recommend(), "values": values or {},
                "errors": errors or {}}  # fmt: skip
        return request.render("vti_bpv.exchange_recommend_page", page, status=422 if errors else 200)

    @http.route(
        "/my/exchange/recommend/<int:application_id>", type="http", auth="user", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def recommend_form(self, application_id, **_kwargs):
        return self._render_recommend(self._find_application(application_id))

    @http.route(
        "/my/exchange/recommend/<int:application_id>", type="http", auth="user", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def recommend(self, application_id, **form):
        application = self._find_application(application_id)
        values = texts(form, ("line",))
        errors = application._get_recommend_errors(application, values["line"])
        if not errors:
            try:
                with request.env.cr.savepoint():
                    application.action_recommend(values["line"])
            except UserError as error:
                errors = {"form": str(error.args[0])}
        if errors:
            return self._render_recommend(application, values, errors)
        flash(request.env._("Thank you. The student reads it first and decides."))
        return request.redirect("/my/candidates?state=ended", code=303)
