from odoo import http
from odoo.http import request

from odoo.addons.vti_bpv.tools.flash import flash

from ..models.lessons.lesson_offer import WEEKDAYS
from .lessons_common import answer_moment, get_person, render_lesson, render_over, send_calendar

COMPANY = "vti_bpv.group_company"
FIELDS = ("kind", "branch_id", "max_students", "max_km", "date_from", "date_to", "text", *WEEKDAYS)


class CompanyLessons(http.Controller):
    """A company offers guest lessons and visits, and answers what it is asked."""

    @http.route("/my/guest-lessons", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def guest_lessons(self, **_kwargs):
        house_sudo = get_person(COMPANY).commercial_partner_id
        live_sudo, past_sudo = request.env["vti.lesson.proposal"]._get_mine(house_sudo)
        values = {
            "live": live_sudo,
            "past": past_sudo[:20],
            "offers": request.env["vti.lesson.offer"]._get_mine(house_sudo),
        }
        return request.render("vti_events.guest_lessons_page", values)

    # ------------------------------------------------------------------ what it offers

    def _find_offer(self, number):
        get_person(COMPANY)
        found = request.env["vti.lesson.offer"].search([("id", "=", number)])
        if not found:
            raise request.not_found()
        return found.sudo()

    def _render_form(self, person_sudo, values, offer_sudo=None, errors=None):
        trades_sudo = request.env["vti.trade"].sudo().search([])
        page = {
            "values": values,
            "errors": errors or {},
            "offer": offer_sudo,
            "trades": trades_sudo,
            "weekdays": request.env["vti.lesson.offer"]._get_weekday_labels(),
            "branches": [(branch.id, branch.name) for branch in person_sudo.commercial_partner_id.branch_ids],
            "kinds": request.env["vti.lesson.request"]._get_form_choices()["kinds"],
        }
        return request.render("vti_events.lesson_offer_page", page, status=422 if errors else 200)

    def _save(self, form, offer_sudo=None):
        person_sudo = get_person(COMPANY)
        texts = {name: str(value)[:600] for name, value in form.items() if name in FIELDS or name.startswith("trade_")}
        values, errors = request.env["vti.lesson.offer"]._read_offer(texts, person_sudo)
        if errors:
            return self._render_form(person_sudo, texts, offer_sudo, errors)
        if offer_sudo:
            offer_sudo.write(values)
        else:
            request.env["vti.lesson.offer"].sudo().create(values)
        flash(request.env._("Saved. You get a mail when a school asks something that suits."))
        return request.redirect("/my/guest-lessons", code=303)

    @http.route(
        "/my/guest-lessons/offer", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def new_offer(self, **_kwargs):
        return self._render_form(get_person(COMPANY), {"kind": "guest_lesson", "max_km": "25", "max_students": "30"})

    @http.route("/my/guest-lessons/offer", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def create_offer(self, **form):
        return self._save(form)

    @http.route(
        "/my/guest-lessons/offer/<int:number>", type="http", auth="user", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def edit_offer(self, number, **_kwargs):
        offer_sudo = self._find_offer(number)
        return self._render_form(get_person(COMPANY), offer_sudo._get_form_values(), offer_sudo)

    @http.route(
        "/my/guest-lessons/offer/<int:number>", type="http", auth="user", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def save_offer(self, number, **form):
        return self._save(form, self._find_offer(number))

    @http.route(
        "/my/guest-lessons/offer/<int:number>/stop", type="http", auth="user", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def stop_offer(self, number, **_form):
        self._find_offer(number).active = False
        flash(request.env._("You don't offer this any more. What is planned stays."))
        return request.redirect("/my/guest-lessons", code=303)

    # ------------------------------------------------------------------ what it is asked

    def _find(self, number):
        get_person(COMPANY)
        found = request.env["vti.lesson.proposal"].search([("id", "=", number)])
        if not found:
            raise request.not_found()
        return found.sudo()

    def _render(self, proposal_sudo, act_url, form=None, errors=None, token=None):
        values = {"lesson": proposal_sudo.request_id, "act_url": act_url, "token": token, "opened": bool(errors)}
        return render_lesson("vti_events.lesson_asked_page", proposal_sudo, values, form, errors)

    def _act(self, proposal_sudo, answer, form):
        errors = answer_moment(proposal_sudo, "company", answer, form)
        if not errors and answer == "no":
            flash(request.env._("Thank you for telling us. We ask another company."))
        elif not errors:
            flash(request.env._("Thank you! You get a mail as soon as it is settled."))
        return errors

    @http.route(
        "/my/guest-lessons/<int:number>", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def asked(self, number, **_kwargs):
        return self._render(self._find(number), f"/my/guest-lessons/{number}/")

    @http.route(
        "/my/guest-lessons/<int:number>/<any(agree,moment,no):answer>", type="http", auth="user", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def answer(self, number, answer, **form):
        proposal_sudo = self._find(number)
        if errors := self._act(proposal_sudo, answer, form):
            return self._render(proposal_sudo, f"/my/guest-lessons/{number}/", form, errors)
        return request.redirect(f"/my/guest-lessons/{number}", code=303)

    # ------------------------------------------------------------------ the link in a mail

    def _open(self, token):
        return request.env["vti.lesson.proposal"]._open_own_link("lesson_company", token)

    @http.route(
        "/events/asked/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def linked(self, token, **_kwargs):
        proposal_sudo = self._open(token)
        return self._render(proposal_sudo, f"/events/asked/{token}/", token=token) if proposal_sudo else render_over()

    @http.route(
        "/events/asked/<string:token>/<any(agree,moment,no):answer>", type="http", auth="public", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def answer_linked(self, token, answer, **form):
        proposal_sudo = self._open(token)
        if not proposal_sudo:
            return render_over()
        if errors := self._act(proposal_sudo, answer, form):
            return self._render(proposal_sudo, f"/events/asked/{token}/", form, errors, token)
        return request.redirect(f"/events/asked/{token}", code=303)

    @http.route(
        "/events/asked/<string:token>/agenda.ics", type="http", auth="public", website=True, readonly=True,
        sitemap=False,
    )  # fmt: skip
    def calendar(self, token, **_kwargs):
        proposal_sudo = self._open(token)
        if proposal_sudo.state != "planned":
            raise request.not_found()
        return send_calendar(proposal_sudo.request_id.event_id)
