from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ...models.placement.alumni_consent import LINK


class StayInTouchPages(http.Controller):
    """The link in the mail that asks whether VTI may stay in touch: looking changes nothing."""

    def _render(self, token, **values):
        placement_sudo, partner_sudo = request.env["vti.placement"]._open_link(LINK, token)
        valid = bool(partner_sudo) and partner_sudo in placement_sudo._get_consent_givers()
        page = {"token": token, "placement": placement_sudo, "partner": partner_sudo, "valid": valid,
                "given": valid and placement_sudo._get_alumni_consent(),
                "able": valid and placement_sudo._can_give_alumni_consent(partner_sudo),
                "for_other": valid and partner_sudo != placement_sudo.student_id.partner_id,
                "consent_text": placement_sudo._get_alumni_consent_text(), **values}  # fmt: skip
        return request.render("vti_bpv.stay_page", page, status=200 if valid else 410)

    @http.route("/internships/stay/<token>", type="http", auth="public", website=True, sitemap=False, readonly=True)
    def stay(self, token, **_kwargs):
        return self._render(token)

    @http.route("/internships/stay/<token>/yes", type="http", auth="public", methods=["POST"], website=True)
    def stay_yes(self, token, **_kwargs):
        placement_sudo, partner_sudo = request.env["vti.placement"]._open_link(LINK, token)
        if not partner_sudo or partner_sudo not in placement_sudo._get_consent_givers():
            return self._render(token)
        try:
            placement_sudo._give_alumni_consent(partner_sudo, "mail")
        except UserError as error:
            return self._render(token, problem=str(error))
        return request.redirect(f"/internships/stay/{token}")
