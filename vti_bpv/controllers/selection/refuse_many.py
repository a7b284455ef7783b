from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.flash import flash


class RefuseMany(http.Controller):
    """Say no to several candidates on one page, to each with an own line."""

    def _render(self, values=None, errors=None, preview=None):
        if not request.env.user.has_group("vti_bpv.group_company"):
            raise request.not_found()
        reasons_sudo = request.env["vti.refusal.reason"].sudo()._get_choices()
        page = {
            "applications": request.env["vti.application"]._get_refusable(),
            "reasons": [(reason.id, reason.name) for reason in reasons_sudo],
            "chosen": request.httprequest.form.getlist("chosen"),
            "values": values or {},
            "errors": errors or {},
            "preview": preview,
        }
        return request.render("vti_bpv.refuse_many_page", page, status=422 if errors else 200)

    @http.route(
        "/my/candidates/refuse", type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False
    )
    def form(self, **_kwargs):
        return self._render()

    @http.route("/my/candidates/refuse", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def refuse(self, reason_id="", step="", **form):
        chosen = {number for number in request.httprequest.form.getlist("chosen") if number.isdecimal()}
        applications = request.env["vti.application"]._get_refusable().filtered(lambda a: str(a.id) in chosen)
        notes = {a.id: str(form.get(f"note_{a.id}") or "") for a in applications}
        errors = applications._get_refuse_many_errors(reason_id, notes)
        if step == "look" and not errors:
            return self._render(
                {**form, "reason_id": reason_id}, preview=applications._get_refusal_texts(reason_id, notes)
            )
        if not errors:
            try:
                with request.env.cr.savepoint():
                    applications.action_refuse_many(int(reason_id), notes)
            except UserError as error:
                errors["form"] = str(error.args[0])
        if errors:
            return self._render({**form, "reason_id": reason_id}, errors)
        if len(applications) == 1:
            flash(request.env._("The student gets a kind message."))
        else:
            flash(request.env._("%(count)s students get a kind message.", count=len(applications)))
        return request.redirect("/my/candidates", code=303)
