from odoo import http
from odoo.http import request

from ...tools.flash import flash


class Answers(http.Controller):
    """Whether students read how fast a company answers."""

    @http.route("/my/company/answers", type="http", auth="user", website=True, methods=["POST"])
    def show_answers(self, shown="", **_post):
        if not request.env.user.has_group("vti_bpv.group_company"):
            raise request.not_found()
        request.env.user.partner_id.commercial_partner_id.sudo(False).action_show_answers(bool(shown))
        flash(request.env._("Saved."))
        return request.redirect("/my/company#answers")
