from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.flash import flash
from . import company as company_pages
from . import student as student_pages
from .common import act_as_company, act_as_student, ics_response, private_headers

# a no to what is asked, and a yes that is taken back
GUARDIAN_NO = {"no": ("asked",), "back": ("confirmed",)}


class ApplicationLinks(http.Controller):
    """Pages behind the links in mails. Opening one changes nothing; the button on it does.

    A link tells who may do what; whether that person may still do so is looked up on the day itself.
    """

    def _open(self, role, token):
        """The application and person of a link, or empties where it is false, old or no longer theirs."""
        application_sudo, partner_sudo = request.env["vti.application"]._open_link(f"application_{role}", token)
        if not application_sudo or not partner_sudo:
            return application_sudo.browse(), partner_sudo.browse()
        entitled = {
            "student": application_sudo.student_id.partner_id == partner_sudo,
            "company": application_sudo._is_entitled_company(partner_sudo),
            "guardian": application_sudo.guardian_id.partner_id == partner_sudo,
        }[role]
        return (application_sudo, partner_sudo) if entitled else (application_sudo.browse(), partner_sudo.browse())

    def _render(self, template, values, errors=None):
        return private_headers(request.render(template, values, status=422 if errors else 200))

    def _render_over(self, kind):
        return private_headers(request.render("vti_bpv.link_over_page", {"kind": kind}, status=410))

    # ------------------------------------------------------------------ confirm the address

    def _open_request(self, token):
        return request.env["vti.application.request"]._open_link("application_confirm", token)[0]

    def _render_confirm(self, request_sudo, values=None, errors=None):
        page = {
            "request_sudo": request_sudo,
            "place": request_sudo.vacancy_id,
            "asks_birth_date": not request_sudo._get_known_birth_date(),
            "student": request_sudo._find_existing_student(),
            "values": values or {},
            "errors": errors or {},
        }
        return self._render("vti_bpv.application_confirm_page", page, errors)

    @http.route(
        "/application/confirm/<string:token>", type="http", auth="public", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def confirm_form(self, token, **_kwargs):
        request_sudo = self._open_request(token)
        return self._render_confirm(request_sudo) if request_sudo else self._render_over("confirm")

    @http.route(
        "/application/confirm/<string:token>", type="http", auth="public", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def confirm(self, token, birth_date=None, **_kwargs):
        request_sudo = self._open_request(token)
        if not request_sudo:
            return self._render_over("confirm")
        if not request_sudo._get_known_birth_date():
            error = request.env["vti.student"]._get_birth_date_error(birth_date)
            if error:
                return self._render_confirm(request_sudo, {"birth_date": birth_date}, {"birth_date": error})
        try:
            with request.env.cr.savepoint():
                application_sudo = request_sudo._confirm(birth_date)
        except UserError as error:
            return self._render_confirm(request_sudo, {"birth_date": birth_date}, {"form": str(error.args[0])})
        flash(application_sudo._get_sent_message())
        return request.redirect(application_sudo._get_link("student", application_sudo.student_id.partner_id), code=303)

    # ------------------------------------------------------------------ the student

    @http.route(
        "/application/student/<string:token>", type="http", auth="public", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def student(self, token, ask=None, **_kwargs):
        application_sudo, partner_sudo = self._open("student", token)
        return self._student_page(application_sudo, partner_sudo, token, ask=ask)

    def _student_page(self, application_sudo, partner_sudo, token, **values):
        if not application_sudo:
            return self._render_over("student")
        page = student_pages.student_page_values(application_sudo, f"/application/student/{token}", **values)
        user_sudo = partner_sudo.user_ids[:1]
        page["can_choose_password"] = bool(partner_sudo.email) and not user_sudo.login_date
        return self._render("vti_bpv.application_page", page, page["errors"])

    @http.route(
        "/application/student/<string:token>/meeting.ics", type="http", auth="public", website=True, readonly=True,
        sitemap=False,
    )  # fmt: skip
    def student_meeting(self, token, **_kwargs):
        application_sudo, _partner_sudo = self._open("student", token)
        return ics_response(application_sudo) if application_sudo else self._render_over("student")

    @http.route(
        "/application/student/<string:token>/<string:action>", type="http", auth="public", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def student_act(self, token, action, **form):
        application_sudo, partner_sudo = self._open("student", token)
        if not application_sudo:
            return self._render_over("student")
        if action == "password":
            url = application_sudo.student_id._get_password_url()
            return request.redirect(url or "/web/login?redirect=/my/applications", code=303)
        errors = act_as_student(application_sudo, action, form)
        if errors:
            return self._student_page(application_sudo, partner_sudo, token, values=form, errors=errors)
        flash(student_pages.said(action))
        return request.redirect(f"/application/student/{token}", code=303)

    # ------------------------------------------------------------------ the company

    def _company_page(self, application_sudo, partner_sudo, token, **values):
        if not application_sudo:
            return self._render_over("company")
        page = company_pages.company_page_values(application_sudo, f"/application/company/{token}", **values)
        # mails get forwarded: who it is stands on the page, how to reach them only behind a login
        name = application_sudo.student_id.partner_id.name if application_sudo._is_contact_open() else ""
        page |= {"contact": None, "first_name": name.split(" ")[0]}
        return self._render("vti_bpv.candidate_page", page, page["errors"])

    @http.route(
        "/application/company/<string:token>", type="http", auth="public", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def company(self, token, **_kwargs):
        return self._company_page(*self._open("company", token), token)

    @http.route(
        "/application/company/<string:token>/<string:action>", type="http", auth="public", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def company_act(self, token, action, **form):
        application_sudo, partner_sudo = self._open("company", token)
        if not application_sudo:
            return self._render_over("company")
        errors = act_as_company(application_sudo.with_context(vti_actor=partner_sudo.id), action, form)
        if errors:
            return self._company_page(
                application_sudo, partner_sudo, token, opened=action, values=form, errors=errors
            )  # fmt: skip
        flash(company_pages.said(action))
        return request.redirect(f"/application/company/{token}", code=303)

    # ------------------------------------------------------------------ the guardian

    @http.route(
        "/application/guardian/<string:token>", type="http", auth="public", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def guardian(self, token, **_kwargs):
        application_sudo, partner_sudo = self._open("guardian", token)
        if not application_sudo:
            return self._render_over("guardian")
        batch_sudo = application_sudo._get_guardian_batch()
        page = {
            "application": application_sudo,
            "guardian": partner_sudo,
            "student": application_sudo.student_id,
            "waiting": batch_sudo.filtered(lambda a: a.guardian_state == "asked"),
            "agreed": batch_sudo.filtered(lambda a: a.guardian_state == "confirmed"),
            "text": application_sudo._get_guardian_text(),
            "act_url": f"/application/guardian/{token}",
        }
        return self._render("vti_bpv.guardian_page", page)

    @http.route(
        "/application/guardian/<string:token>", type="http", auth="public", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def guardian_act(self, token, answer=None, **_kwargs):
        application_sudo, _partner_sudo = self._open("guardian", token)
        if not application_sudo:
            return self._render_over("guardian")
        try:
            with request.env.cr.savepoint():
                if answer == "yes":
                    application_sudo._confirm_by_guardian(application_sudo.guardian_id)
                    flash(request.env._("Thank you. The company sees it now."))
                elif answer in GUARDIAN_NO:
                    application_sudo._refuse_by_guardian(application_sudo.guardian_id, GUARDIAN_NO[answer])
                    flash(request.env._("Thank you. No company sees it."))
        except UserError as error:
            flash(str(error.args[0]), "warning")
        return request.redirect(f"/application/guardian/{token}", code=303)

    # ------------------------------------------------------------------ imported students

    def _open_start(self, token):
        return request.env["vti.student"]._open_own_link("start", token)

    @http.route(
        "/student/start/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def start_form(self, token, **_kwargs):
        student_sudo = self._open_start(token)
        if not student_sudo:
            return self._render_over("student")
        return self._render("vti_bpv.student_start_page", {"student": student_sudo})

    @http.route(
        "/student/start/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def start(self, token, **_kwargs):
        student_sudo = self._open_start(token)
        if not student_sudo:
            return self._render_over("student")
        student_sudo._activate()
        url = student_sudo._get_password_url("/stages")
        return request.redirect(url or "/web/login?redirect=/my/applications", code=303)
