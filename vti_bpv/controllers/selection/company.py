from odoo import fields, http
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import pager

from ...models.selection.application_candidates import FILTERS
from ...tools.flash import flash
from ...tools.moment import format_moment, to_input
from ..network.cv import answer_pdf
from .common import act_as_company, ics_response, private_headers

PER_PAGE = 20


def company_page_values(application, act_url, opened=None, values=None, errors=None):
    """What the page of one candidate needs, for its company; the application as sudo, contact as the user."""
    application_sudo = application.sudo()
    reasons_sudo = request.env["vti.refusal.reason"].sudo()._get_choices()
    # by moving its dates and limit a company could read a date of birth from the warnings
    shows_age = application._can_answer() and application._is_name_open()
    place = application_sudo.vacancy_id
    kinds = application._fields["meeting_kind"]._description_selection(request.env)
    return {
        "application": application_sudo,
        "contact": application,
        "place": place,
        "state_label": dict(application._fields["state"]._description_selection(request.env))[application_sudo.state],
        "can_answer": application._can_answer(),
        "can_offer": application._can_offer(),
        "can_take": application._can_take(),
        "age_problems": application._get_age_problems() if shows_age else [],
        "meeting": format_moment(request.env, application_sudo.meeting_at),
        "meeting_kinds": kinds,
        "meeting_label": dict(kinds).get(application_sudo.meeting_kind, ""),
        "mentors": application._get_mentor_choices(place),
        "steps": _get_steps(application_sudo),
        "profile": application_sudo._get_profile_parts(),
        "script": application._get_intake_script(),
        "proposed": [format_moment(request.env, slot.start) for slot in application_sudo._get_open_slots()],
        "reasons": [(reason.id, reason.name) for reason in reasons_sudo],
        "act_url": act_url,
        "opened": opened,
        "errors": errors or {},
        # the other answers on the page keep what they proposed
        "values": {
            "meeting_at": to_input(application_sudo.meeting_at),
            "meeting_kind": application_sudo.meeting_kind or "visit",
            "meeting_note": application_sudo.meeting_note or "",
            "date_from": str(application_sudo.offer_date_from or place.date_from or ""),
            "date_to": str(application_sudo.offer_date_to or place.date_to or ""),
            "until": str(application_sudo.offer_until or ""),
            "mentor_id": str((application_sudo.offer_mentor_id or place.mentor_id).id or ""),
        }
        | dict(values or {}),
    }


def _get_steps(application_sudo):
    """Who of the company did what, the last one first."""
    steps_sudo = request.env["vti.application.step"].sudo().search([("application_id", "=", application_sudo.id)])
    return [
        {
            "label": application_sudo._get_step_label(step.kind),
            "who": step.partner_id.name or request.env._("Somebody"),
            "when": format_moment(request.env, step.create_date),
            "note": step.note,
        }
        for step in steps_sudo
    ]


def said(action):
    """What to tell a company after an action."""
    return {
        "invite": request.env._("The student has your invitation."),
        "offer": request.env._("The student has your offer and says yes or no."),
        "take": request.env._("Thank you. The internship is made, and everybody gets a mail."),
        "refuse": request.env._("The student gets a kind message."),
        "note": request.env._("Your note is kept."),
    }.get(action, "")


class Candidates(http.Controller):
    """Who applied at the company, and the answer."""

    @http.route(
        ["/my/candidates", "/my/candidates/page/<int:page>"], type="http", auth="user", website=True, readonly=True,
        sitemap=False,
    )  # fmt: skip
    def candidates(self, page=1, state="waiting", place="", **_kwargs):
        if not request.env.user.has_group("vti_bpv.group_company"):
            return request.redirect("/my")
        Application = request.env["vti.application"]
        state = state if state in FILTERS else "waiting"
        places = Application._get_candidate_places()
        place_id = int(place) if str(place).isdecimal() and int(place) in dict(places) else None
        counts = Application._count_candidates(place_id)
        url_args = {"state": state} | ({"place": place_id} if place_id else {})
        pages = pager("/my/candidates", counts[state], page=page, step=PER_PAGE, url_args=url_args)
        applications = Application.search(
            Application._get_candidate_domain(state, place_id),
            limit=PER_PAGE, offset=max(pages["offset"], 0), order="answer_by, submitted_on desc, id desc",
        )  # fmt: skip
        values = {
            "applications": applications,
            "today": fields.Date.context_today(Application),
            "state_labels": dict(Application._fields["state"]._description_selection(request.env)),
            "filters": [(name, Application._get_filter_label(name), counts[name]) for name in FILTERS],
            "state": state,
            "places": places,
            "place_id": place_id,
            "pager": pages,
        }
        return request.render("vti_bpv.candidates_page", values)

    def _find(self, application_id):
        """A candidate of the user's own company; 404 for any other, whether it exists or not."""
        application = request.env["vti.application"].browse(application_id).exists()
        if (
            not application
            or not request.env.user.has_group("vti_bpv.group_company")
            or not application.has_access("read")
            or not application._is_entitled_company(request.env.user.partner_id)
        ):
            raise request.not_found()
        return application

    def _render(self, application, **values):
        page = company_page_values(application, f"/my/candidates/{application.id}", **values)
        return request.render("vti_bpv.candidate_page", page, status=422 if page["errors"] else 200)

    @http.route(
        "/my/candidates/<int:application_id>", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def candidate(self, application_id, **_kwargs):
        return self._render(self._find(application_id))

    @http.route(
        "/my/candidates/<int:application_id>/<string:action>", type="http", auth="user", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def act(self, application_id, action, **form):
        application = self._find(application_id)
        errors = act_as_company(application, action, form)
        if errors:
            return self._render(application, opened=action, values=form, errors=errors)
        flash(said(action))
        return request.redirect(f"/my/candidates/{application.id}", code=303)

    @http.route(
        "/my/candidates/<int:application_id>/<string:action>", type="http", auth="user", website=True,
        methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def act_reloaded(self, application_id, action, **_kwargs):
        """Lead back to the candidate: a phone that opens its tabs anew asks for the address of the last form."""
        return request.redirect(f"/my/candidates/{application_id}")

    @http.route(
        "/my/candidates/<int:application_id>/profile.pdf", type="http", auth="user", website=True, sitemap=False
    )
    def profile(self, application_id, **_kwargs):
        application = self._find(application_id)
        if not application._can_answer() and not application._is_contact_open():
            raise request.not_found()
        return answer_pdf("vti_bpv.action_report_application_cv", application.sudo())

    @http.route(
        "/my/candidates/<int:application_id>/meeting.ics", type="http", auth="user", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def meeting(self, application_id, **_kwargs):
        return ics_response(self._find(application_id))

    @http.route(
        "/my/candidates/<int:application_id>/cv", type="http", auth="user", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def cv(self, application_id, **_kwargs):
        application = self._find(application_id)
        if not application.contact_has_cv:
            raise request.not_found()
        return stream_cv(application.sudo().student_id)


def stream_cv(student_sudo):
    """Send a CV to somebody whose right to it was checked; always as a file, never as a page of this site."""
    stream = request.env["ir.binary"]._get_stream_from(student_sudo, "cv", filename=student_sudo.cv_name)
    response = stream.get_response(as_attachment=True)
    response.headers["Content-Disposition"] = content_disposition(student_sudo.cv_name or "cv")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return private_headers(response)
