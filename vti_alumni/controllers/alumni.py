from odoo import http
from odoo.http import request
from odoo.tools import format_date

from odoo.addons.vti_bpv.tools.flash import flash


class AlumniPages(http.Controller):
    """The page of who stayed: their internships, what VTI offers, and the way out."""

    @http.route("/my/alumni", type="http", auth="user", website=True, readonly=True)
    def alumni(self, **_kwargs):
        alumnus_sudo = request.env["vti.alumnus"]._of_user()
        if not alumnus_sudo:
            return request.redirect("/my")
        page = {
            "alumnus": alumnus_sudo,
            "placements": alumnus_sudo.placement_ids.sorted("date_from", reverse=True),
            "consent_text": alumnus_sudo.consent_id.text,
            "day": lambda day: format_date(request.env, day, date_format="d MMM y"),
        }
        return request.render("vti_alumni.alumni_page", page)

    @http.route("/my/alumni/leave", type="http", auth="user", methods=["POST"], website=True)
    def leave(self, **_kwargs):
        partner = request.env.user.partner_id
        consents = request.env["vti.consent"]._get_in_force(partner, "alumni")
        consents.with_user(request.env.user).action_withdraw()
        flash(request.env._("You have withdrawn it. VTI no longer stays in touch."))
        return request.redirect("/my")
