from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.flash import flash
from ...tools.place_query import to_int

MAX_ID = 2**31 - 1


class PlacesCopy(http.Controller):
    """A company takes its places along to the next season: all, or those it ticks."""

    @staticmethod
    def _get_season(seasons, wanted):
        """The season that was asked for, else the next one, else the last that isn't over."""
        chosen = seasons.filtered(lambda season: season.id == to_int(wanted, 0))
        return chosen or request.env["vti.vacancy"]._get_copy_season() or seasons[-1:]

    @staticmethod
    def _check_company():
        """:raise NotFound: for who isn't of a company"""
        if not request.env.user.has_group("vti_bpv.group_company"):
            raise request.not_found()

    @classmethod
    def _render(cls, season_id, **values):
        vacancies = request.env["vti.vacancy"]
        seasons = vacancies._get_copy_seasons()
        season = cls._get_season(seasons, season_id)
        places = vacancies._get_places_to_copy(season, vacancies._get_portal_domain()) if season else vacancies.browse()
        return request.render(
            "vti_bpv.places_copy_page",
            {
                "season": season,
                "seasons": seasons,
                "reviews": places._review_copies(season) if places else [],
                "ticked": None,
                "errors": {},
                "breadcrumbs": [
                    (request.env._("Our places"), "/my/places"), (request.env._("Copy to the next season"), False)
                ],
                **values,
            },
            status=422 if values.get("errors") else 200,
        )  # fmt: skip

    @http.route(
        "/my/places/copy", type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False
    )
    def copy_page(self, season=None, **_params):
        self._check_company()
        return self._render(season)

    @http.route("/my/places/copy", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def copy_chosen(self, season=None, how=None, **_params):
        self._check_company()
        vacancies, texts = request.env["vti.vacancy"], request.httprequest.form.getlist("place")
        ids = {int(text) for text in texts[:1000] if text.isdecimal() and int(text) <= MAX_ID}
        target = vacancies._get_copy_seasons().filtered(lambda one: one.id == to_int(season, 0))
        places = vacancies._get_places_to_copy(target, vacancies._get_portal_domain()) if target else vacancies.browse()
        places = places.filtered(lambda place: place.id in ids).with_env(request.env)
        if not places:
            return self._render(season, errors={"places": request.env._("Tick at least one place.")}, how=how)
        try:
            with request.env.cr.savepoint():
                done = places._copy_reviewed(target, "action_submit" if how == "online" else None)
        except UserError as error:
            return self._render(season, errors={"places": str(error)}, ticked=ids, how=how)
        self._tell(done)
        drafts = not done or any(copy.state in ("draft", "review") for _place, copy, _why in done)
        return request.redirect("/my/places?tab=draft" if drafts else "/my/places", code=303)

    @staticmethod
    def _tell(done):
        _ = request.env._
        count = {"draft": 0, "review": 0, "published": 0}
        for _place, copy, _why in done:
            count[copy.state] += 1
        if count["published"]:
            flash(_("Copied and online: %(count)s.", count=count["published"]))
        if count["review"]:
            flash(_("Copied and sent in: %(count)s. VTI looks at them.", count=count["review"]))
        if count["draft"]:
            flash(_("Copied as drafts: %(count)s. Look at the dates and send them in.", count=count["draft"]))
        for _place, copy, why in done:
            if why:
                flash(_("“%(name)s” is still a draft. %(why)s", name=copy.name, why=" ".join(why)), "warning")
        if not done:
            flash(_("These places are copied already."), "info")
