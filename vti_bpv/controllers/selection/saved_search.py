from odoo import http
from odoo.http import request
from odoo.tools import email_normalize

from ...models.selection.saved_search import CONFIRM, STOP
from ...tools import place_query
from ...tools.address import read_email
from ...tools.flash import flash
from .common import get_mail_form_errors, private_headers, sign_form, texts


class SavedSearches(http.Controller):
    """New places of a search by mail: ask for it, confirm the address, stop."""

    def _render(self, query, values=None, errors=None):
        user = request.env.user
        page = {
            "query": query,
            "label": request.env["vti.saved.search"]._get_label(query),
            "is_visitor": user._is_public(),
            "values": values or {"email": "" if user._is_public() else user.email or "", "frequency": "weekly"},
            "errors": errors or {},
            "shown": sign_form("search"),
            "frequencies": request.env["vti.saved.search"]._fields["frequency"]._description_selection(request.env),
        }
        return request.render("vti_bpv.search_page", page, status=422 if errors else 200)

    @http.route(
        "/zoekopdracht", type="http", auth="public", website=True, methods=["GET"], readonly=True, sitemap=False
    )
    def form(self, **_params):
        return self._render(place_query.parse(request.httprequest.args.getlist))

    @http.route("/zoekopdracht", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def save(self, **form):
        query = place_query.parse(request.httprequest.form.getlist)
        if request.env.user._is_public():
            return self._save_for_visitor(query, form)
        return self._save_for_user(query, texts(form, ("frequency",)))

    def _save_for_user(self, query, values):
        _, user, searches = request.env._, request.env.user, request.env["vti.saved.search"]
        email = email_normalize(user.email or "")
        errors = searches._get_errors(query, values)
        if not errors and not email:
            errors["form"] = _("Your account has no e-mail address yet.")
        if not errors and not searches._save(email, query, values["frequency"], user.sudo().partner_id):
            errors["form"] = _("You have five saved searches. Stop one first.")
        if errors:
            return self._render(query, values | {"email": user.email or ""}, errors)
        flash(_("Saved. You get a mail when there is something new."))
        return request.redirect(query.url(), code=303)

    def _save_for_visitor(self, query, form):
        """Whatever is known of this address, the answer is the same."""
        values, searches = texts(form, ("email", "frequency"), 120), request.env["vti.saved.search"]
        errors = searches._get_errors(query, values) or get_mail_form_errors(form, values, "search", "search")
        if errors:
            return self._render(query, values, errors)
        search_sudo = searches._save(read_email(values["email"]), query, values["frequency"])
        if search_sudo and not search_sudo.confirmed_on:
            search_sudo._ask_to_confirm()
        flash(request.env._("Almost there: click the button in the mail that we sent you."))
        return request.redirect(query.url(), code=303)

    # links in mails: opening one changes nothing

    def _render_link(self, searches_sudo, kind):
        values = {
            "searches": [(search, search._get_label(search._get_query())) for search in searches_sudo],
            "kind": kind,
        }  # fmt: skip
        status = 200 if searches_sudo else 410
        return private_headers(request.render("vti_bpv.search_link_page", values, status=status))

    @http.route(
        "/zoekopdracht/confirm/<string:token>", type="http", auth="public", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def confirm_page(self, token, **_params):
        return self._render_link(request.env["vti.saved.search"]._open_records(CONFIRM, token), "confirm")

    @http.route(
        "/zoekopdracht/confirm/<string:token>", type="http", auth="public", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def confirm(self, token, **_params):
        searches_sudo = request.env["vti.saved.search"]._open_records(CONFIRM, token)
        if not searches_sudo:
            return self._render_link(searches_sudo, "confirm")
        searches_sudo._confirm()
        flash(request.env._("Done. You get a mail when there is something new."))
        return request.redirect(searches_sudo[0]._get_query().url(), code=303)

    @http.route(
        "/zoekopdracht/stop/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def stop_page(self, token, **_params):
        return self._render_link(request.env["vti.saved.search"]._open_records(STOP, token), "stop")

    # a mail program posts here without a session (RFC 8058): the signed address is what entitles
    @http.route(
        "/zoekopdracht/stop/<string:token>", type="http", auth="public", website=True, methods=["POST"], csrf=False,
        sitemap=False,
    )  # fmt: skip
    def stop(self, token, search=None, **_params):
        searches_sudo = request.env["vti.saved.search"]._open_records(STOP, token)
        if search:  # one of several
            searches_sudo = searches_sudo.filtered(lambda one: str(one.id) == search)
        searches_sudo.unlink()
        values = {"searches": [], "kind": "stopped"}
        return private_headers(request.render("vti_bpv.search_link_page", values))
