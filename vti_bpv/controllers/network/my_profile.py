from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ...tools import upload
from ...tools.flash import flash

FIELDS = ("headline", "skills", "wishes", "phone", "zip", "max_distance_km", "travel_mode", "wish_from", "wish_days")
CHECKS = ("is_looking", "wish_side_job", "sms_ok")


class ProfilePages(CustomerPortal):
    """A student's own profile, CV and consents."""

    def _get_student(self):
        """The student this user is.

        :raise NotFound: for who is none
        """
        student_sudo = request.env["vti.student"]._of_user()
        if not student_sudo:
            raise request.not_found()
        return student_sudo.sudo(False)

    def _render_profile(self, student, values=None, errors=None):
        own = {name: student[name] or "" for name in FIELDS} | {name: student[name] for name in CHECKS[:2]}
        own["sms_ok"] = bool(student.sms_since)
        own["interest_ids"] = [str(interest.id) for interest in student.interest_ids]
        return request.render(
            "vti_bpv.my_profile",
            {
                "student": student,
                "values": own | (values or {}),
                "errors": errors or {},
                "can_have_sms": bool(student.sms_since) or request.env["vti.notice"]._is_sms_on(),
                "enrolment": student.enrolment_id,
                "interests": request.env["vti.interest"].search([]),
                "travel_modes": student._fields["travel_mode"]._description_selection(request.env),
                "consents": request.env["vti.consent"].search([("partner_id", "=", request.env.user.partner_id.id)]),
            },
            status=422 if errors else 200,
        )

    @http.route("/my/profile", type="http", auth="user", website=True, readonly=True, methods=["GET"])
    def profile(self, **_kwargs):
        return self._render_profile(self._get_student())

    @http.route("/my/profile/save", type="http", auth="user", website=True, methods=["POST"])
    def save_profile(self, **post):
        student = self._get_student()
        values = {name: str(post.get(name, "")).strip() for name in FIELDS}
        values |= {name: bool(post.get(name)) for name in CHECKS}
        values["interest_ids"] = request.httprequest.form.getlist("interest_ids")
        errors = student._get_profile_errors(values)
        content, name = self._read_upload()
        if content and not errors:
            error = student._get_cv_error(content)
            errors = {"cv": error} if error else {}
        if errors:
            return self._render_profile(student, values, errors)
        if content:
            student._set_cv(content, name)
        student.action_save_profile(values)
        flash(request.env._("Your profile is saved."))
        return request.redirect("/my/profile")

    @staticmethod
    def _read_upload():
        """The uploaded CV, read up to one byte more than is allowed."""
        file = request.httprequest.files.get("cv")
        return (file.read(upload.MAX_BYTES + 1), file.filename) if file and file.filename else (b"", "")

    @http.route("/my/profile/cv/remove", type="http", auth="user", website=True, methods=["POST"])
    def remove_cv(self, **_post):
        self._get_student().action_remove_cv()
        flash(request.env._("Your CV has been removed."))
        return request.redirect("/my/profile")

    @http.route("/my/profile/cv", type="http", auth="user", website=True, readonly=True, methods=["GET"])
    def own_cv(self, **_kwargs):
        student_sudo = self._get_student().sudo()
        if not student_sudo.cv:
            raise request.not_found()
        stream = request.env["ir.binary"].sudo()._get_stream_from(student_sudo, "cv", filename=student_sudo.cv_name)
        return stream.get_response(as_attachment=True)

    @http.route("/my/consents/<int:consent_id>/withdraw", type="http", auth="user", website=True, methods=["POST"])
    def withdraw_consent(self, consent_id, **_post):
        partner = request.env.user.partner_id
        consent = request.env["vti.consent"].search([("id", "=", consent_id), ("partner_id", "=", partner.id)])
        if not consent:
            raise request.not_found()
        consent.action_withdraw()
        flash(request.env._("You have withdrawn your consent."))
        return request.redirect("/my/profile#consents")
