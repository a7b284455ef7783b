from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.vti_bpv.controllers.selection.common import private_headers
from odoo.addons.vti_bpv.tools.flash import flash


class EventQueue(http.Controller):
    """The waiting list: saying yes or no to a seat, behind a login or behind the link in a mail."""

    def _act(self, waiting_sudo, answer):
        try:
            with request.env.cr.savepoint():
                if answer == "take":
                    waiting_sudo._take()
                    flash(request.env._("The seat is yours. We mailed you the details."))
                else:
                    waiting_sudo._leave()
                    flash(request.env._("You are off the waiting list."))
        except UserError as error:
            flash(str(error.args[0]), "warning")

    @http.route(
        "/my/events/waiting/<int:waiting_id>/<any(take,leave):answer>", type="http", auth="user", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def act(self, waiting_id, answer, **_form):
        waiting_sudo = request.env["vti.event.waiting"].sudo().search(
            [("id", "=", waiting_id), ("partner_id", "=", request.env.user.partner_id.id)]
        )  # fmt: skip
        if not waiting_sudo:
            raise request.not_found()
        self._act(waiting_sudo, answer)
        return request.redirect("/my/events", code=303)

    def _open(self, token):
        return request.env["vti.event.waiting"]._open_own_link("event_seat", token)

    @http.route(
        "/events/seat/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def seat(self, token, **_kwargs):
        waiting_sudo = self._open(token)
        if not waiting_sudo:
            return private_headers(request.render("vti_events.event_link_over_page", status=410))
        values = {"waiting": waiting_sudo, "event": waiting_sudo.event_id, "act_url": f"/events/seat/{token}"}
        return private_headers(request.render("vti_events.event_seat_page", values))

    @http.route(
        "/events/seat/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def act_on_seat(self, token, answer="", **_form):
        waiting_sudo = self._open(token)
        if not waiting_sudo:
            return private_headers(request.render("vti_events.event_link_over_page", status=410))
        self._act(waiting_sudo, answer)
        return request.redirect(f"/events/seat/{token}", code=303)
