from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.vti_bpv.tools.flash import flash

from ..models.lessons.lesson_form import ROWS
from .lessons_common import answer_moment, get_person, render_lesson, render_over, send_calendar

SCHOOL = "vti_bpv.group_school"
FIELDS = (
    "kind", "trade_id", "level", "study_year", "students", "campus_id", "remarks", "date_from", "date_to",
    *(f"{name}_{row}" for name in ("day", "part") for row in ROWS),
)  # fmt: skip


class LessonHome(CustomerPortal):
    """The number on the portal's home: what waits for an answer."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        user = request.env.user
        house = user.sudo().partner_id.commercial_partner_id
        if "vti_lesson_count" in counters and user.has_group(SCHOOL):
            values["vti_lesson_count"] = request.env["vti.lesson.request"]._count_waiting(house)
        if "vti_guest_lesson_count" in counters and user.has_group("vti_bpv.group_company"):
            values["vti_guest_lesson_count"] = request.env["vti.lesson.proposal"]._count_waiting(house)
        return values


class SchoolLessons(http.Controller):
    """A school asks for a guest lesson, a visit or information, and answers the company that was found."""

    @http.route(
        ["/my/lessons", "/my/lessons/page/<int:page>"], type="http", auth="user", website=True, readonly=True,
        sitemap=False,
    )  # fmt: skip
    def lessons(self, page=1, **_kwargs):
        get_person(SCHOOL)
        return request.render("vti_events.lessons_page", request.env["vti.lesson.request"]._get_page(page))

    # ------------------------------------------------------------------ asking

    def _render_form(self, person_sudo, values, errors=None):
        Request = request.env["vti.lesson.request"]
        school_sudo = person_sudo.commercial_partner_id
        page = {
            "values": values,
            "errors": errors or {},
            "rows": ROWS,
            "more_days": any(values.get(name) for name in ("day_2", "day_3", "date_from", "date_to")),
            "campuses": [(campus.id, campus.name) for campus in school_sudo.campus_ids],
            **Request._get_form_choices(),
        }
        return request.render("vti_events.lesson_ask_page", page, status=422 if errors else 200)

    @http.route(
        "/my/lessons/ask", type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False
    )
    def ask(self, **_kwargs):
        person_sudo = get_person(SCHOOL)
        return self._render_form(person_sudo, request.env["vti.lesson.request"]._get_last_values(person_sudo))

    @http.route("/my/lessons/ask", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def send(self, **form):
        person_sudo = get_person(SCHOOL)
        texts = {name: str(form.get(name) or "")[:600] for name in FIELDS}
        values, errors = request.env["vti.lesson.request"]._read_request(texts, person_sudo)
        if errors:
            return self._render_form(person_sudo, texts, errors)
        request_sudo = request.env["vti.lesson.request"]._send_request(values)
        flash(request.env._("Done! VTI looks for a company, and you get a mail as soon as there is one."))
        return request.redirect(f"/my/lessons/{request_sudo.id}", code=303)

    # ------------------------------------------------------------------ one request

    def _find(self, number):
        get_person(SCHOOL)
        found = request.env["vti.lesson.request"].search([("id", "=", number)])
        if not found:
            raise request.not_found()
        return found.sudo()

    def _render(self, request_sudo, act_url, form=None, errors=None, token=None):
        values = {"lesson": request_sudo, "act_url": act_url, "token": token, "opened": bool(errors)}
        return render_lesson("vti_events.lesson_page", request_sudo.coupled_id, values, form, errors)

    def _act(self, request_sudo, answer, form):
        if answer in ("agree", "moment"):
            errors = answer_moment(request_sudo.coupled_id, "school", answer, form) if request_sudo.coupled_id else {
                "form": request.env._("You can't answer this any more: look what it says now.")
            }  # fmt: skip
            if not errors:
                flash(request.env._("Thank you. The company gets a mail."))
            return errors
        try:
            with request.env.cr.savepoint():
                request_sudo._withdraw()
            flash(request.env._("Your request is taken back. Whoever was asked gets a mail."))
        except UserError as error:
            return {"form": str(error.args[0])}
        return {}

    @http.route(
        "/my/lessons/<int:number>", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def lesson(self, number, **_kwargs):
        return self._render(self._find(number), f"/my/lessons/{number}/")

    @http.route(
        "/my/lessons/<int:number>/<any(agree,moment,withdraw):answer>", type="http", auth="user", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def answer(self, number, answer, **form):
        request_sudo = self._find(number)
        if errors := self._act(request_sudo, answer, form):
            return self._render(request_sudo, f"/my/lessons/{number}/", form, errors)
        return request.redirect(f"/my/lessons/{number}", code=303)

    # ------------------------------------------------------------------ the link in a mail

    def _open(self, token):
        return request.env["vti.lesson.request"]._open_own_link("lesson_school", token)

    @http.route(
        "/events/lesson/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def linked(self, token, **_kwargs):
        request_sudo = self._open(token)
        return self._render(request_sudo, f"/events/lesson/{token}/", token=token) if request_sudo else render_over()

    @http.route(
        "/events/lesson/<string:token>/<any(agree,moment,withdraw):answer>", type="http", auth="public", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def answer_linked(self, token, answer, **form):
        request_sudo = self._open(token)
        if not request_sudo:
            return render_over()
        if errors := self._act(request_sudo, answer, form):
            return self._render(request_sudo, f"/events/lesson/{token}/", form, errors, token)
        return request.redirect(f"/events/lesson/{token}", code=303)

    @http.route(
        "/events/lesson/<string:token>/agenda.ics", type="http", auth="public", website=True, readonly=True,
        sitemap=False,
    )  # fmt: skip
    def calendar(self, token, **_kwargs):
        return send_calendar(self._open(token).event_id)
