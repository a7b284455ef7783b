from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ...models.network.partner_page import ABOUT_LENGTH
from ...tools.flash import flash


class CompanyPages(CustomerPortal):
    """What a member company sees and changes of itself."""

    def _get_company(self):
        """The company of this user, as the user.

        :raise NotFound: for who works at none
        """
        if not request.env.user.has_group("vti_bpv.group_company"):
            raise request.not_found()
        return request.env.user.partner_id.commercial_partner_id.sudo(False)

    def _render_company(self, company, values=None, errors=None):
        recognitions = request.env["vti.recognition"].search([("employer_id", "=", company.id)])
        return request.render(
            "vti_bpv.my_company",
            {
                "company": company,
                "people": company._get_page_people(),
                "recognitions": recognitions,
                "may_edit": not request.env.user.partner_id.sudo().branch_scope_ids,
                "values": {"about": company.about or ""} | (values or {}),
                "errors": errors or {},
                "about_length": ABOUT_LENGTH,
            },
            status=422 if errors else 200,
        )

    @http.route("/my/company", type="http", auth="user", website=True, readonly=True, methods=["GET"])
    def company(self, **_kwargs):
        return self._render_company(self._get_company())

    @http.route("/my/company/save", type="http", auth="user", website=True, methods=["POST"])
    def save_company(self, about="", **_post):
        company = self._get_company()
        about = str(about)
        if len(about.strip()) > ABOUT_LENGTH:
            sentence = request.env._("At most %(length)s characters, please.", length=ABOUT_LENGTH)
            return self._render_company(company, {"about": about}, {"about": sentence})
        company.action_save_about(about)
        flash(request.env._("The text about your company is saved."))
        return request.redirect("/my/company")

    @http.route("/my/company/ask", type="http", auth="user", website=True, methods=["POST"])
    def ask(self, question="", **_post):
        company = self._get_company()
        if not str(question).strip():
            return self._render_company(company, errors={"question": request.env._("Tell us what we can do for you.")})
        company.action_ask_vti(str(question))
        flash(request.env._("VTI has your question, and will answer you."))
        return request.redirect("/my/company")
