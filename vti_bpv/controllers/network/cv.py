from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.flash import flash


class CvPages(http.Controller):
    """Questions that make a CV, one a page, and the CV itself as a document."""

    def _get_student(self):
        student_sudo = request.env["vti.student"]._of_user()
        if not student_sudo:
            raise request.not_found()
        return student_sudo.sudo(False)

    def _render_step(self, student, number, values=None, errors=None):
        steps = student._get_cv_steps()
        if not 1 <= number <= len(steps):
            raise request.not_found()
        step = steps[number - 1]
        student_sudo = student.sudo()
        own = {step["name"]: student_sudo[step["name"]]}
        if step["name"] == "interest_ids":
            own["interest_ids"] = [str(interest.id) for interest in student_sudo.interest_ids]
        page = {
            "step": step,
            "number": number,
            "count": len(steps),
            "interests": request.env["vti.interest"].search([]),
            "values": own | (values or {}),
            "errors": errors or {},
        }
        return request.render("vti_bpv.cv_step_page", page, status=422 if errors else 200)

    @http.route("/my/cv/<int:number>", type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def step(self, number, **_kwargs):
        return self._render_step(self._get_student(), number)

    @http.route("/my/cv/<int:number>", type="http", auth="user", website=True, methods=["POST"])
    def save_step(self, number, **form):
        student = self._get_student()
        steps = student._get_cv_steps()
        if not 1 <= number <= len(steps):
            raise request.not_found()
        name = steps[number - 1]["name"]
        value = request.httprequest.form.getlist(name) if name == "interest_ids" else str(form.get(name) or "").strip()
        errors = student._get_cv_errors(name, value)
        if not errors:
            try:
                student.action_save_cv_answer(name, value)
            except UserError as error:
                errors = {name: str(error.args[0])}
        if errors:
            return self._render_step(student, number, {name: value}, errors)
        if number < len(steps):
            return request.redirect(f"/my/cv/{number + 1}", code=303)
        flash(request.env._("Your CV is ready."))
        return request.redirect("/my/cv", code=303)

    @http.route("/my/cv", type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def preview(self, **_kwargs):
        return request.render("vti_bpv.cv_page", {"cv": self._get_student()._get_cv_values()})

    @http.route("/my/cv.pdf", type="http", auth="user", website=True, methods=["GET"])
    def document(self, **_kwargs):
        return answer_pdf("vti_bpv.action_report_student_cv", self._get_student().sudo())


def answer_pdf(report, record_sudo):
    """A document about a record to which the reader's right was checked; never kept by a browser."""
    content, _kind = request.env["ir.actions.report"].sudo()._render_qweb_pdf(report, record_sudo.ids)
    return request.make_response(content, [
        ("Content-Type", "application/pdf"), ("Content-Disposition", 'inline; filename="cv.pdf"'),
        ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
    ])  # fmt: skip
