from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.flash import flash
from ...tools.upload import ACCEPT
from .common import find_place, get_misuse_error, private_headers, read_upload, sign_form, texts

FIELDS = (
    "name", "email", "phone", "school_id", "school_name", "qualification_id", "programme", "motivation", "birth_date",
    "looked",
)  # fmt: skip
PER_DAY = 10  # applications with one address
SESSION_KEY = "vti_applied_with"


class Apply(http.Controller):
    """Apply for a place in one step, as a visitor or logged in."""

    @http.route(
        "/stages/<string:slug>/apply", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def form(self, slug, **_kwargs):
        place_sudo = find_place(slug)
        student_sudo, stop = self._get_applicant(place_sudo)
        return stop or self._render(place_sudo, student_sudo, student_sudo._get_apply_values())

    @http.route(
        "/stages/<string:slug>/apply", type="http", auth="public", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def send(self, slug, **form):
        place_sudo = find_place(slug)
        student_sudo, stop = self._get_applicant(place_sudo)
        if stop:
            return stop
        Request = request.env["vti.application.request"]
        values, (cv, cv_name) = texts(form, FIELDS), read_upload("cv")
        if form.get("homepage"):
            return request.redirect(f"{place_sudo._get_page_path()}/apply/sent", code=303)
        errors = Request._get_errors(values, cv, known=student_sudo)
        errors |= student_sudo._get_look_errors(place_sudo, values)
        if not errors:
            user = request.env.user
            email = values["email"] if user._is_public() else user.login
            error = get_misuse_error(form, f"apply{place_sudo.id}", "apply", email, PER_DAY)
            errors = {"form": error} if error else {}
        if errors:
            if cv:  # a browser doesn't fill in a file again
                errors.setdefault("cv", request.env._("Choose your CV once more. The rest of the form is still here."))
            return self._render(place_sudo, student_sudo, values, errors)
        prepared = Request._prepare_values(place_sudo, values, cv, cv_name)
        if request.env.user._is_public():
            return self._ask_confirmation(place_sudo, prepared)
        return self._apply(place_sudo, prepared, values, cv, cv_name)

    def _get_applicant(self, place_sudo):
        """Who applies, or a page that says why this person can't.

        :return: (vti.student, sudo and empty for a visitor or a new account; a response or None)
        """
        user = request.env.user
        student_sudo = (
            request.env["vti.student"]._of_user() if not user._is_public() else request.env["vti.student"].sudo()
        )
        partner = user.sudo().partner_id
        if not user._is_public() and (not user.share or partner.parent_id or partner.is_company):
            return student_sudo, self._render_stop(place_sudo, "not_a_student", 403)
        if not place_sudo._is_open():
            return student_sudo, self._render_stop(place_sudo, "closed", 410)
        applications = request.env["vti.application"]
        full = applications._get_full_problem(place_sudo)
        problem = applications._get_apply_problem(student_sudo, place_sudo) if student_sudo else full
        if not problem:
            return student_sudo, None
        return student_sudo, self._render_stop(place_sudo, "full" if problem == full else "applied", 409, problem)

    def _ask_confirmation(self, place_sudo, prepared):
        request_sudo = request.env["vti.application.request"].sudo().create(prepared)
        request_sudo._send_confirmation()
        request.session[SESSION_KEY] = request_sudo.email
        return request.redirect(f"{place_sudo._get_page_path()}/apply/sent", code=303)

    def _apply(self, place_sudo, prepared, values, cv, cv_name):
        """Somebody who is logged in: no mail needs to be confirmed."""
        student_sudo = request.env["vti.student"]._of_user()
        if not student_sudo:
            student_sudo = request.env["vti.student"].sudo().create({"partner_id": request.env.user.partner_id.id})
            request.env.user._sync_vti_groups()
        try:
            with request.env.cr.savepoint():
                application_sudo = student_sudo._apply_with(place_sudo, prepared, cv, cv_name)
        except UserError as error:
            return self._render(place_sudo, student_sudo, values, {"form": str(error.args[0])})
        flash(application_sudo._get_sent_message())
        return request.redirect(f"/my/applications/{application_sudo.id}", code=303)

    @http.route(
        "/stages/<string:slug>/apply/sent", type="http", auth="public", website=True, readonly=True, sitemap=False,
    )  # fmt: skip
    def sent(self, slug, **_kwargs):
        place_sudo = find_place(slug)
        return private_headers(
            request.render("vti_bpv.apply_sent_page", {"place": place_sudo, "email": request.session.get(SESSION_KEY)})
        )

    # ------------------------------------------------------------------ pages

    def _render(self, place_sudo, student_sudo, values, errors=None):
        Request = request.env["vti.application.request"]
        page = {
            "place": place_sudo,
            "student": student_sudo,
            "values": values,
            "errors": errors or {},
            "schools": Request._get_school_options(),
            "qualifications": Request._get_qualification_options(place_sudo),
            "asks_birth_date": Request._asks_birth_date() and not student_sudo.birth_date,
            "accept": ACCEPT,
            "shown": sign_form(f"apply{place_sudo.id}"),
        }
        return request.render("vti_bpv.apply_page", page, status=422 if errors else 200)

    def _render_stop(self, place_sudo, why, status, problem=None):
        similar_sudo = place_sudo._get_similar_places(limit=3).sudo() if why == "full" else place_sudo.browse()
        page = {"place": place_sudo, "why": why, "problem": problem, "similar": similar_sudo}
        return request.render("vti_bpv.apply_stop_page", page, status=status)
