from odoo import http
from odoo.http import request
from odoo.tools import file_open

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.vti_bpv.tools.flash import flash
from odoo.addons.vti_bpv.tools.moment import ZONE

from ..models.speed.speed_criteria import DISTANCES

MOMENT = {"widget": "datetime", "format": "EEEE d MMMM, HH:mm", "tz_name": ZONE}
WORKER = "vti_events/static/src/js/speed_worker.js"


class SpeedHome(CustomerPortal):
    """The number on the portal's home."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "vti_speed_date_count" in counters:
            values["vti_speed_date_count"] = len(request.env["vti.speed.date"]._get_mine(request.env.user))
        return values


class SpeedDates(http.Controller):
    """Wishes before a speed-date, the plan on the day, and the answer after each talk; for who takes part."""

    @http.route("/my/speed-dates", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def speed_dates(self, **_kwargs):
        user = request.env.user
        if not user.has_group("vti_bpv.group_student") and not user.has_group("vti_bpv.group_company"):
            return request.redirect("/my")
        dates_sudo = request.env["vti.speed.date"]._get_mine(user)
        return request.render(
            "vti_events.speed_dates_page", {"dates": dates_sudo, "sides": self._get_sides(dates_sudo)}
        )

    def _get_sides(self, dates_sudo):
        """Per speed-date the side that the user is on."""
        lines = {date: date._get_line(request.env.user) for date in dates_sudo}
        return {date: "student" if line is None else line._side for date, line in lines.items()}

    def _find(self, date_id):
        """The speed-date (sudo) and the user's own line in it; 404 for who has none."""
        date_sudo = request.env["vti.speed.date"].sudo().browse(date_id).exists()
        line_sudo = date_sudo._get_line(request.env.user) if date_sudo else None
        if line_sudo is None:
            raise request.not_found()
        return date_sudo, line_sudo

    def _render(self, date_sudo, line_sudo, errors=None, form=None):
        side = line_sudo._side
        values = {"date": date_sudo, "line": line_sudo, "side": side, "errors": errors or {}, "form": form}
        if date_sudo.state in ("published", "done"):
            values |= {"schedule": date_sudo._get_schedule(line_sudo), "seen_at": date_sudo._get_clock()}
            return request.render("vti_events.speed_plan_page", values)
        student = request.env["vti.student"]._of_user()
        values |= {
            "choices": date_sudo._get_choices(line_sudo, student),
            "can_wish": date_sudo._can_wish(side),
            "can_rank": date_sudo._can_rank(side),
            "chosen": self._get_chosen(line_sudo, side, form),
            "moment": MOMENT,
        }
        if side == "company":
            values |= self._get_company_values(line_sudo, form)
        return request.render("vti_events.speed_wishes_page", values, status=422 if errors else 200)

    def _get_company_values(self, line_sudo, form):
        """What the form of a company offers, and has filled in."""
        enrolment = request.env["vti.enrolment"]._fields
        return {
            "values": line_sudo._get_form_values() if form is None else form,
            "places": line_sudo._get_open_places(),
            "levels": enrolment["level"]._description_selection(request.env),
            "paths": enrolment["learning_path"]._description_selection(request.env),
            "trades": request.env["vti.trade"].sudo().search([]),
            "distances": [(km, f"{km} km") for km in DISTANCES],
        }

    def _get_chosen(self, line_sudo, side, form):
        """Rank -> id as text, of what was typed or else of what is kept."""
        if form is not None:
            return {rank: str(form.get(f"wish_{rank}") or "") for rank in range(1, 16)}
        other = "company" if side == "student" else "student"
        ranked = line_sudo.wish_ids.filtered(f"{side}_rank").sorted(f"{side}_rank")
        return {rank: str(wish[f"{other}_id"].id) for rank, wish in enumerate(ranked, 1)}

    @http.route(
        "/my/speed-dates/<int:date_id>", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def speed_date(self, date_id, **_kwargs):
        return self._render(*self._find(date_id))

    @http.route(
        "/my/speed-dates/<int:date_id>/wishes", type="http", auth="user", website=True, methods=["POST"], sitemap=False
    )
    def save(self, date_id, **form):
        date_sudo, line_sudo = self._find(date_id)
        errors = date_sudo.with_env(request.env)._save_wishes(request.env.user, form)
        if errors:
            return self._render(date_sudo, line_sudo, errors, form)
        flash(request.env._("We have your wishes. You can change them until the deadline."))
        return request.redirect(f"/my/speed-dates/{date_id}", code=303)

    @http.route(
        "/my/speed-dates/<int:date_id>/leave", type="http", auth="user", website=True, methods=["POST"], sitemap=False
    )
    def leave(self, date_id, **_form):
        date_sudo, _line = self._find(date_id)
        if date_sudo._leave(request.env.user):
            flash(request.env._("You don't take part any more."))
        return request.redirect("/my/speed-dates", code=303)

    @http.route(
        "/my/speed-dates/<int:date_id>/answer", type="http", auth="user", website=True, methods=["POST"], sitemap=False
    )
    def answer(self, date_id, talk="", answer="", note="", **_form):
        _date, line_sudo = self._find(date_id)
        talk_sudo = line_sudo.talk_ids.filtered(lambda mine: str(mine.id) == talk)
        if not talk_sudo:
            raise request.not_found()
        if talk_sudo._answer(line_sudo._side, answer, note):
            flash(request.env._("We keep your answer. Nobody sees a no."))
        else:
            flash(request.env._("You can answer when the talk has begun."), "warning")
        return request.redirect(f"/my/speed-dates/{date_id}#talk_{talk_sudo.id}", code=303)

    @http.route(
        "/my/speed-dates/<int:date_id>/version", type="http", auth="user", methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def version(self, date_id, **_kwargs):
        """Tell which plan is the newest, in a few bytes."""
        date_sudo, _line = self._find(date_id)
        return request.make_response(
            str(date_sudo.plan_version), [("Content-Type", "text/plain"), ("Cache-Control", "no-store")]
        )

    @http.route("/my/speed-dates/worker.js", type="http", auth="public", readonly=True, sitemap=False)
    def worker(self, **_kwargs):
        """Give the script that keeps the last plan on the phone; from here, as its reach is its address."""
        with file_open(WORKER, "rb") as file:
            headers = [("Content-Type", "text/javascript"), ("Cache-Control", "no-cache")]
            # pages in another language have another address
            return request.make_response(file.read(), [*headers, ("Service-Worker-Allowed", "/")])
