from odoo import http
from odoo.http import request


class Matches(http.Controller):
    """The places that suit the student who is logged in."""

    @http.route("/my/matches", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def matches(self, **_kwargs):
        student_sudo = request.env["vti.student"]._of_user()
        if not student_sudo:
            raise request.not_found()
        student = student_sudo.sudo(False)
        return request.render(
            "vti_bpv.matches_page",
            {
                "student": student_sudo,
                "matches": student._get_place_matches(),
                "tips": student._get_match_tips(),
                "gaps": student._get_match_gaps(),
                "knows_course": bool(student_sudo.enrolment_id),
            },
        )
