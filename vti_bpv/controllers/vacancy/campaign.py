from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.flash import flash
from .places_confirm import PlacesConfirm
from .places_copy import PlacesCopy

ANSWERS = ("copy", "new", "none", "call")


class Campaign(http.Controller):
    """One page on which a company says which places it offers in the season that comes.

    From a mail without logging in, or from the own pages. Opening it changes nothing; a script on it tells that
    somebody looked, which scanners of mails don't.
    """

    def _open_campaign(self, token):
        """The line and person of a link; empties where it is false, old, closed or no longer theirs."""
        line_sudo, person_sudo = request.env["vti.campaign.company"]._open_link("places_season", token)
        checks = request.env["vti.place.check"]
        if (
            person_sudo
            and line_sudo.campaign_id.state == "running"
            and checks._is_entitled(person_sudo, line_sudo.employer_id)
        ):
            return line_sudo, person_sudo
        return line_sudo.browse(), person_sudo.browse()

    def _get_own_campaign(self):
        """The line and person of the user.

        :raise NotFound: for who isn't of a company
        """
        company_sudo, person_sudo = PlacesConfirm._get_own()
        return request.env["vti.campaign.company"]._get_open_of(company_sudo), person_sudo

    def _render_campaign(self, line_sudo, person_sudo, errors=None, **values):
        values = {
            "line": line_sudo,
            "season": line_sudo.season_id,
            "tells_seen": not line_sudo.opened_on and request.httprequest.path.startswith("/places/"),
            "company": line_sudo.employer_id,
            "reviews": line_sudo._get_reviews(person_sudo),
            "ticked": None,
            "errors": errors or {},
            "values": values,
            "answer_labels": dict(line_sudo._fields["answer"]._description_selection(request.env)),
            **values,
        }
        return PlacesConfirm._keep_private(
            request.render("vti_bpv.campaign_page", values, status=422 if errors else 200)
        )  # fmt: skip

    def _render_campaign_over(self):
        return PlacesConfirm._keep_private(request.render("vti_bpv.campaign_over_page", status=410))

    def _act(self, line_sudo, person_sudo, answer, reason, how):
        if answer not in ANSWERS:
            return self._render_campaign(
                line_sudo, person_sudo, {"answer": request.env._("Choose one of the answers.")}
            )  # fmt: skip
        try:
            with request.env.cr.savepoint():
                if answer == "copy":
                    return self._act_copy(line_sudo, person_sudo, how)
                line_sudo._answer(answer, person_sudo, reason)
        except UserError as error:
            field = "places" if answer == "copy" else f"reason_{answer}"
            return self._render_campaign(
                line_sudo, person_sudo, {field: str(error)}, **{field: reason or ""}, how=how,
                ticked=PlacesConfirm._read_ids("place") if answer == "copy" else None,
            )  # fmt: skip
        if answer == "new":
            return request.redirect("/my/places/new", code=303)
        flash(request.env._("Thank you, noted. VTI calls you.") if answer == "call"
              else request.env._("Thank you, noted. We don't ask again this season."))  # fmt: skip
        return request.redirect(request.httprequest.path, code=303)

    def _act_copy(self, line_sudo, person_sudo, how):
        ids = PlacesConfirm._read_ids("place")
        done = line_sudo._answer_copy(person_sudo, ids, how == "online")
        if not done:
            raise UserError(request.env._("Tick at least one place."))
        PlacesCopy._tell(done)
        return request.redirect(request.httprequest.path, code=303)

    @http.route(
        "/places/season/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def campaign_page(self, token, **_params):
        line_sudo, person_sudo = self._open_campaign(token)
        return self._render_campaign(line_sudo, person_sudo) if line_sudo else self._render_campaign_over()

    @http.route(
        "/places/season/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def campaign(self, token, answer=None, reason=None, how=None, **_params):
        line_sudo, person_sudo = self._open_campaign(token)
        if not line_sudo:
            return self._render_campaign_over()
        return self._act(line_sudo, person_sudo, answer, reason, how)

    @http.route(
        "/places/season/<string:token>/seen", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def campaign_seen(self, token, **_params):
        line_sudo, _person = self._open_campaign(token)
        if line_sudo:
            line_sudo._note_opened()
        return request.make_response("", status=204)

    @http.route(
        "/my/places/season", type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False
    )
    def my_campaign_page(self, **_params):
        line_sudo, person_sudo = self._get_own_campaign()
        return self._render_campaign(line_sudo, person_sudo) if line_sudo else PlacesCopy._render(None)

    @http.route("/my/places/season", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def my_campaign(self, answer=None, reason=None, how=None, **_params):
        line_sudo, person_sudo = self._get_own_campaign()
        if not line_sudo:
            return request.redirect("/my/places/copy", code=303)
        return self._act(line_sudo, person_sudo, answer, reason, how)
