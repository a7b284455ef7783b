from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.session import Session

from ...models.selection.favourite import COOKIE, COOKIE_SECONDS, MOST
from ...tools.address import read_email
from ...tools.flash import flash
from .common import get_mail_form_errors, sign_form, texts


def is_from_here():
    """Whether a form was sent by a page of ours, as the browser tells.

    It stands in for the token of a session on pages that all visitors share.
    """
    headers, url = request.httprequest.headers, request.httprequest.host_url.rstrip("/")
    site = headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = headers.get("Origin")
    return not origin or origin.split("://")[-1] == url.split("://")[-1]


class Saved(http.Controller):
    """Places one saved: in the browser's cookie, or with one's account."""

    # where they are kept

    @staticmethod
    def _get_partner():
        """Who is logged in, or nobody."""
        user = request.env.user
        return None if user._is_public() else user.sudo().partner_id

    def _get_ids(self):
        partner, favourites = self._get_partner(), request.env["vti.favourite"]
        if partner:
            return favourites._get_ids(partner)
        return favourites._read_cookie(request.httprequest.cookies.get(COOKIE))

    def _change(self, added=(), removed=None):
        """Keep more, or one less.

        :return: function that sets the cookie of a response
        """
        partner, favourites = self._get_partner(), request.env["vti.favourite"]
        added = favourites._get_places(list(added)).ids
        if partner:
            favourites._save(partner, added)
            if removed:
                favourites._take_off(partner, removed)
            return lambda response: response
        kept = [number for number in self._get_ids() if number != removed and number not in added]
        value = favourites._write_cookie([*added, *kept][:MOST])

        def set_cookie(response):
            response.set_cookie(
                COOKIE, value, max_age=COOKIE_SECONDS if value else 0, samesite="Lax",
                secure=request.httprequest.scheme == "https",
            )  # fmt: skip
            return response

        return set_cookie

    # pages

    def _render(self, values=None, errors=None):
        places_sudo = request.env["vti.favourite"]._get_places(self._get_ids())
        user = request.env.user
        page = {
            "places": places_sudo,
            "values": values or {"email": "" if user._is_public() else user.email or ""},
            "errors": errors or {},
            "shown": sign_form("saved"),
            "is_visitor": user._is_public(),
        }
        response = request.render("vti_bpv.saved_page", page, status=422 if errors else 200)
        response.headers["Cache-Control"] = "no-store"
        return response

    @http.route("/bewaard", type="http", auth="public", website=True, methods=["GET"], readonly=True, sitemap=False)
    def saved(self, **_params):
        return self._render()

    @http.route("/bewaard/ids", type="http", auth="public", methods=["GET"], readonly=True, sitemap=False)
    def ids(self, **_params):
        """The ids of one's own saved places, for the hearts on cards."""
        return request.make_json_response(self._get_ids(), headers=[("Cache-Control", "no-store")])

    # without a session's token, since the pages of places are shared by all visitors
    @http.route(
        "/bewaard/<any(save,remove):what>", type="http", auth="public", website=True, methods=["POST"], csrf=False,
        sitemap=False,
    )  # fmt: skip
    def change(self, what, place=None, quiet=None, **_params):
        if not is_from_here() or not str(place or "").isdecimal() or int(place) > 2**31 - 1:
            raise request.not_found()
        number = int(place)
        set_cookie = self._change([number]) if what == "save" else self._change(removed=number)
        if quiet:  # our script shows it on the button
            return set_cookie(request.make_response("", status=204))
        flash(request.env._("Saved.") if what == "save" else request.env._("Taken off your list."))
        return set_cookie(request.redirect("/bewaard", code=303))

    # to the computer

    @http.route("/bewaard/mail", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def mail(self, **form):
        values = texts(form, ("email",), 120)
        places_sudo = request.env["vti.favourite"]._get_places(self._get_ids())
        if not places_sudo:
            return self._render(values, {"form": request.env._("You haven't saved a place yet.")})
        errors = get_mail_form_errors(form, values, "saved", "mail_saved")
        if errors:
            return self._render(values, errors)
        request.env["vti.favourite"]._mail_list(places_sudo, read_email(values["email"]))
        flash(request.env._("Sent. Look in your mail, also in the spam folder."))
        return request.redirect("/bewaard", code=303)

    @http.route(
        "/bewaard/open/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def open_page(self, token, **_params):
        places_sudo = request.env["vti.favourite"]._open_list(token)
        return request.render(
            "vti_bpv.saved_open_page", {"places": places_sudo}, status=200 if places_sudo else 410
        )  # fmt: skip

    @http.route(
        "/bewaard/open/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def keep_here(self, token, **_params):
        set_cookie = self._change(request.env["vti.favourite"]._open_list(token).ids)
        return set_cookie(request.redirect("/bewaard", code=303))


class SavedSession(Session):
    """Who logs out of a shared computer leaves nothing of theirs behind."""

    @http.route()
    def logout(self, *args, **kwargs):
        response = super().logout(*args, **kwargs)
        response.set_cookie(COOKIE, max_age=0)
        return response
