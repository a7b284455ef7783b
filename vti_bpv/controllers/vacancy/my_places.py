from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ...models.vacancy.vacancy_portal import MANY, PORTAL_FIELDS, FormError
from ...tools import place_query
from ...tools.flash import flash
from .stages import Stages

STEP = 20
TABS = {
    "open": ("published", "paused"),
    "draft": ("draft", "review"),
    "over": ("filled", "closed", "expired"),
}
# what a button may ask for: the action, and the states in which the button shows
BUTTONS = {
    "submit": ("draft",),
    "confirm": ("published", "paused"),
    "pause": ("published",),
    "resume": ("paused", "filled"),
    "fill": ("published", "paused"),
    "close": ("draft", "review", "published", "paused", "filled"),
}


class MyPlaces(CustomerPortal):
    """A company's own places on the portal."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "place_count" in counters:
            values["place_count"] = (
                request.env["vti.vacancy"].search_count(
                    [*request.env["vti.vacancy"]._get_portal_domain(), ("state", "in", TABS["open"] + TABS["draft"])]
                )
                if self._is_company()
                else 0
            )
            values["is_new_company"] = (
                self._is_company() and not self._is_former() and not request.env["vti.vacancy"].search_count(
                    request.env["vti.vacancy"]._get_portal_domain(), limit=1
                )
            )  # fmt: skip
        return values

    @staticmethod
    def _is_company():
        return request.env.user.has_group("vti_bpv.group_company")

    @staticmethod
    def _is_former():
        return request.env.user.sudo().partner_id.commercial_partner_id.membership_state == "former"

    def _find_own(self, place_id):
        """The user's own place.

        :raise NotFound: also for another company's, whose existence is none of this user's business
        """
        if place_id > 2**31 - 1:
            raise request.not_found()
        domain = [*request.env["vti.vacancy"]._get_portal_domain(), ("id", "=", place_id)]
        place = request.env["vti.vacancy"].search(domain) if self._is_company() else None
        if not place:
            raise request.not_found()
        return place

    @http.route("/my/places", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def my_places(self, tab="open", page="1", **_params):
        if not self._is_company():
            raise request.not_found()
        vacancies = request.env["vti.vacancy"]
        own = vacancies._get_portal_domain()
        per_state = dict(vacancies._read_group(own, ["state"], ["__count"]))
        tab = tab if tab in TABS else "open"
        total = sum(per_state.get(state, 0) for state in TABS[tab])
        number = min(place_query.to_int(page, 1) or 1, max(1, -(-total // STEP)))
        places = vacancies.search(
            [*own, ("state", "in", TABS[tab])], order="date_from desc, id desc", limit=STEP, offset=(number - 1) * STEP
        )
        values = {
            "tab": tab,
            "tab_counts": {name: sum(per_state.get(s, 0) for s in states) for name, states in TABS.items()},
            "places": places.sudo(),
            "candidates": vacancies._count_candidates(places),
            "unconfirmed": vacancies._count_to_confirm() if tab == "open" else 0,
            "asked_season": request.env["vti.campaign.company"]._get_asked_season(
                request.env.user.sudo().partner_id.commercial_partner_id
            ),
            "is_former": self._is_former(),
            "pager": pager(url="/my/places", url_args={"tab": tab}, total=total, page=number, step=STEP),
            "can_pause_all": not request.env.user.partner_id.sudo().branch_scope_ids,
            "page_name": "places",
        }
        return request.render("vti_bpv.my_places_page", values)

    @http.route("/my/places/<int:place_id>", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def my_place(self, place_id, **_params):
        place = self._find_own(place_id)
        return request.render("vti_bpv.my_place_page", self._get_own_values(place))

    def _get_own_values(self, place, errors=None):
        state, place_sudo = place.state, place.sudo()
        return {
            "place": place_sudo,
            "facts": place_sudo._get_facts(),
            "buttons": [name for name, states in BUTTONS.items() if state in states],
            "candidates": place._count_candidates(place).get(place.id),
            "problems": place._get_publish_problems() if state in ("draft", "paused") else [],
            "advice": place._get_advice() if state not in TABS["over"] else [],
            "ask_url": "/contact" if request.env.user.sudo().partner_id.branch_scope_ids else "/my/company#ask",
            "errors": errors or {},
            "breadcrumbs": [(request.env._("Our places"), "/my/places"), (place_sudo.name, False)],
        }

    @http.route(
        "/my/places/<int:place_id>/preview", type="http", auth="user", website=True, readonly=True, sitemap=False
    )
    def my_place_preview(self, place_id, **_params):
        return self._render_preview(self._find_own(place_id).sudo())

    @http.route(
        ["/my/places/preview", "/my/places/<int:place_id>/preview"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        methods=["POST"],
        sitemap=False,
    )
    def my_place_draft(self, place_id=0, **_params):
        """What stands in the form, as students will see it; nothing is saved."""
        if not self._is_company() or self._is_former():
            raise request.not_found()
        place = self._find_own(place_id) if place_id else request.env["vti.vacancy"]
        return self._render_preview(place._get_preview(self._get_posted()))

    def _render_preview(self, place_sudo):
        values = {**Stages._get_place_values(place_sudo), "is_preview": True, "is_over": False, "no_index": True}
        number = place_sudo._origin.id
        values["breadcrumbs"] = [
            (request.env._("Our places"), "/my/places"), (place_sudo.name, number and f"/my/places/{number}"),
            (request.env._("As students see it"), False),
        ]  # fmt: skip
        return request.render("vti_bpv.place_page", values)

    @http.route("/my/places/<int:place_id>/text", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def my_place_text(self, place_id, **_params):
        place_sudo = self._find_own(place_id).sudo()
        return request.render("vti_bpv.my_place_text_page", {
            "place": place_sudo,
            "text": place_sudo._get_stagemarkt_text(),
            "breadcrumbs": [
                (request.env._("Our places"), "/my/places"), (place_sudo.name, f"/my/places/{place_id}"),
                (request.env._("Text for Stagemarkt"), False),
            ],
        })  # fmt: skip

    # form

    @http.route("/my/places/new", type="http", auth="user", website=True, methods=["GET", "POST"], sitemap=False)
    def my_place_new(self, **_params):
        if not self._is_company():
            raise request.not_found()
        if self._is_former():
            return request.redirect("/my/places")  # which says why
        vacancies = request.env["vti.vacancy"]
        if request.httprequest.method == "GET":
            blank = vacancies.sudo().new({"employer_id": request.env.user.partner_id.commercial_partner_id.id})
            return self._render_form(vacancies, blank._get_form_values())
        values = self._get_posted()
        try:
            place = vacancies._portal_create(values)
        except FormError as error:
            return self._render_form(vacancies, values, error.errors)
        flash(request.env._("Saved as a draft. Look it over, then send it in."))
        return request.redirect(f"/my/places/{place.id}")

    @http.route(
        "/my/places/<int:place_id>/edit", type="http", auth="user", website=True, methods=["GET", "POST"], sitemap=False
    )
    def my_place_edit(self, place_id, **_params):
        place = self._find_own(place_id)
        if place.state in ("closed", "expired"):
            flash(request.env._("This place is over. Copy it to change it."), "warning")
            return request.redirect(f"/my/places/{place_id}")
        if request.httprequest.method == "GET":
            return self._render_form(place, place._get_form_values())
        values = self._get_posted()
        try:
            place._portal_write(values)
        except FormError as error:
            return self._render_form(place, values, error.errors)
        flash(request.env._("Saved."))
        return request.redirect(f"/my/places/{place_id}")

    @staticmethod
    def _get_posted():
        form = request.httprequest.form
        values = {name: form.get(name, "") for name in PORTAL_FIELDS if name in form and name not in MANY}
        return values | {name: form.getlist(name) for name in MANY}

    def _render_form(self, place, values, errors=None):
        employer = request.env.user.sudo().partner_id.commercial_partner_id
        choices = place._get_form_choices(employer)
        choices["qualification_ids"] |= place.sudo().qualification_ids
        labels = place._get_form_labels()
        crumb = (place.sudo().name, f"/my/places/{place.id}") if place else (request.env._("New place"), False)
        return request.render("vti_bpv.my_place_form_page", {
            "place": place.sudo(),
            "values": values,
            "errors": errors or {},
            "labels": labels,
            "error_labels": {name: label for name, label in labels.items() if name != "name"},  # its sentence says it
            "choices": choices,
            "kinds": list(place._get_labels("kind").items()),
            "paths": list(place._get_labels("learning_path").items()),
            "must_choose_branch": bool(request.env.user.sudo().partner_id.branch_scope_ids),
            "breadcrumbs": [(request.env._("Our places"), "/my/places"), crumb],
        }, status=422 if errors else 200)  # fmt: skip

    # actions

    @http.route(
        "/my/places/<int:place_id>/<string:button>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def my_place_act(self, place_id, button, until="", **_params):
        place = self._find_own(place_id)
        if button == "copy":
            copy = place.action_copy_to_season()
            flash(request.env._("Copied. Check the dates and send it in."))
            return request.redirect(f"/my/places/{copy.id}/edit")
        if button not in BUTTONS:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                getattr(place, f"action_{button}")(*([until] if button == "pause" else []))
        except UserError as error:
            flash(str(error), "danger")
        else:
            flash(self._get_done_text(button, place))
        return request.redirect(f"/my/places/{place_id}")

    @http.route("/my/places/pause", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def pause_all(self, until="", **_params):
        if not self._is_company():
            raise request.not_found()
        company = request.env.user.partner_id.commercial_partner_id.sudo(False)
        try:
            count = company.action_pause_places(until)
        except UserError as error:
            flash(str(error), "danger")
        else:
            flash(request.env._("%(count)s places are paused. Students can't apply now.", count=count))
        return request.redirect("/my/places")

    @staticmethod
    def _get_done_text(button, place):
        _ = request.env._
        if button == "submit" and place.state == "review":
            return _("Sent in. VTI looks at it and you get a mail.")
        return {
            "submit": _("Your place is online."),
            "confirm": _("Thank you, noted."),
            "pause": _("The place is paused. Students can't apply now."),
            "resume": _("The place is online again."),
            "fill": _("Noted: the place is filled."),
            "close": _("The place is closed."),
        }[button]
