from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from ...tools.flash import flash
from .common import act_as_student, ics_response

PER_PAGE = 20
# what waits for the student first, what is over last
STUDENT_ORDER = "closed_on desc nulls first, offered_on desc nulls last, invited_on desc nulls last, submitted_on desc"
ASKS = ("withdraw", "accept", "decline", "remind")


def student_page_values(application, act_url, ask=None, values=None, errors=None):
    """What the page of one application needs, for its student; the application as sudo."""
    application_sudo = application.sudo()
    return {
        "application": application_sudo,
        "place": application_sudo.vacancy_id,
        "company": application_sudo.employer_id,
        "steps": application._get_steps(),
        "next_step": application._get_next_step(),
        "can_withdraw": application._can_withdraw(),
        "can_object": application._can_object(),
        "can_choose": application._can_choose(),
        "slots": application._get_slot_options(),
        "asked_to_pick": application._is_asked_to_pick(),
        "can_remind": application._can_remind_company(),
        "guardian_age": application._get_guardian_age(),
        "act_url": act_url,
        "ask": ask if ask in ASKS else None,
        "values": values or {},
        "errors": errors or {},
    }


def said(action):
    """What to tell a student after an action."""
    return {
        "withdraw": request.env._("Your application is withdrawn."),
        "accept": request.env._("Congratulations, the place is yours!"),
        "decline": request.env._("You said no to the offer. The company knows."),
        "pick": request.env._("Your meeting is planned. You both get a mail with it."),
        "other_times": request.env._("We asked the company for other moments."),
        "remind": request.env._("We asked the company for an answer."),
        "birthday": request.env._("Thank you."),
        "sms_stop": request.env._("You get no text messages any more."),
        "object": request.env._("Thank you. Your training company and VTI read this."),
        "guardian": request.env._("We mailed your parent or guardian."),
    }.get(action, "")


class StudentApplications(http.Controller):
    """The student's own applications: where each stands and what happens next."""

    @http.route(
        ["/my/applications", "/my/applications/page/<int:page>"], type="http", auth="user", website=True,
        readonly=True, sitemap=False,
    )  # fmt: skip
    def applications(self, page=1, **_kwargs):
        student_sudo = request.env["vti.student"]._of_user()
        if not student_sudo:
            return request.render("vti_bpv.applications_page", {"applications": [], "pager": None})
        domain = [("student_id", "=", student_sudo.id)]
        Application_sudo = request.env["vti.application"].sudo()
        pages = pager("/my/applications", Application_sudo.search_count(domain), page=page, step=PER_PAGE)
        applications_sudo = Application_sudo.search(
            domain, limit=PER_PAGE, offset=max(pages["offset"], 0), order=STUDENT_ORDER
        )
        return request.render("vti_bpv.applications_page", {"applications": applications_sudo, "pager": pages})

    def _find(self, application_id):
        """The student's own application; 404 for any other, whether it exists or not."""
        application = request.env["vti.application"].browse(application_id).exists()
        partner = request.env.user.partner_id
        if not application or not application.has_access("read") or application.sudo().student_id.partner_id != partner:
            raise request.not_found()
        return application

    def _render(self, application, **values):
        page = student_page_values(application, f"/my/applications/{application.id}", **values)
        return request.render("vti_bpv.application_page", page, status=422 if page["errors"] else 200)

    @http.route(
        "/my/applications/<int:application_id>", type="http", auth="user", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def application(self, application_id, ask=None, **_kwargs):
        return self._render(self._find(application_id), ask=ask)

    @http.route(
        "/my/applications/<int:application_id>/meeting.ics", type="http", auth="user", website=True, readonly=True,
        sitemap=False,
    )  # fmt: skip
    def meeting(self, application_id, **_kwargs):
        return ics_response(self._find(application_id))

    @http.route(
        "/my/applications/<int:application_id>/<string:action>", type="http", auth="user", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def act(self, application_id, action, **form):
        application = self._find(application_id)
        errors = act_as_student(application, action, form)
        if errors:
            return self._render(application, values=form, errors=errors)
        flash(said(action))
        return request.redirect(f"/my/applications/{application.id}", code=303)
