from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.vti_bpv.controllers.selection.common import private_headers
from odoo.addons.vti_bpv.tools.flash import flash

from .events import Events


class EventHome(CustomerPortal):
    """The number on the portal's home."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "vti_event_count" in counters:
            values["vti_event_count"] = request.env["event.registration"]._count_coming(request.env.user.partner_id)
        return values


class MyEvents(http.Controller):
    """The events that somebody goes to, behind a login or behind the link in a mail."""

    @http.route("/my/events", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def my_events(self, **_kwargs):
        Registration = request.env["event.registration"]
        coming, past = Registration._get_mine(request.env.user.partner_id)
        waiting = request.env["vti.event.waiting"]._get_mine(request.env.user.partner_id)
        values = {"coming": coming, "past": past, "waiting_list": waiting}
        return request.render("vti_events.my_events_page", values)

    @http.route(
        "/my/events/<int:registration_id>/cancel", type="http", auth="user", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def cancel(self, registration_id, **_form):
        registration_sudo = request.env["event.registration"].sudo().search(
            [("id", "=", registration_id), ("partner_id", "=", request.env.user.partner_id.id)]
        )  # fmt: skip
        if not registration_sudo:
            raise request.not_found()
        self._cancel(registration_sudo)
        return request.redirect("/my/events", code=303)

    def _cancel(self, registration_sudo):
        try:
            with request.env.cr.savepoint():
                registration_sudo._cancel_by_person()
            flash(request.env._("You don't come any more. Thank you for telling us."))
        except UserError as error:
            flash(str(error.args[0]), "warning")

    # ------------------------------------------------------------------ the link in a mail

    def _open(self, token, purpose="registration"):
        """The registration of a link (sudo); empty where the link is false or old, or the person another by now."""
        return request.env["event.registration"]._open_own_link(purpose, token)

    def _render_over(self):
        return private_headers(request.render("vti_events.event_link_over_page", status=410))

    @http.route(
        "/events/mine/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def mine(self, token, **_kwargs):
        registration_sudo = self._open(token)
        if not registration_sudo:
            return self._render_over()
        values = {"registration": registration_sudo, "event": registration_sudo.event_id, "token": token}
        return private_headers(request.render("vti_events.event_mine_page", values))

    @http.route(
        "/events/mine/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def cancel_mine(self, token, **_form):
        registration_sudo = self._open(token)
        if not registration_sudo:
            return self._render_over()
        self._cancel(registration_sudo)
        return request.redirect(f"/events/mine/{token}", code=303)

    @http.route(
        "/events/mine/<string:token>/agenda.ics", type="http", auth="public", website=True, readonly=True,
        sitemap=False,
    )  # fmt: skip
    def mine_agenda(self, token, **_kwargs):
        registration_sudo = self._open(token)
        if not registration_sudo:
            return self._render_over()
        return Events._send_calendar(registration_sudo.event_id, with_call=registration_sudo.state != "cancel")

    @http.route(
        "/events/after/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def after(self, token, **_kwargs):
        registration_sudo = self._open(token, "event_survey")
        if not registration_sudo.event_id.survey_id:
            return self._render_over()
        values = {"event": registration_sudo.event_id}
        return private_headers(request.render("vti_events.event_after_page", values))

    @http.route(
        "/events/after/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def start_after(self, token, **_form):
        registration_sudo = self._open(token, "event_survey")
        path = registration_sudo._open_survey() if registration_sudo else ""
        return request.redirect(path, code=303) if path else self._render_over()
