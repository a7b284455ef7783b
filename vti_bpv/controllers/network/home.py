from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class AllCounters:
    """Stands for the names of all counters: our home page shows every card at once."""

    def __contains__(self, name):
        return name.startswith("vti_") or name in OURS


OURS = {
    "place_count",
    "internship_count",
    "application_count",
    "candidate_count",
    "school_student_count",
    "own_student_count",
}


class Home(CustomerPortal):
    @http.route()
    def home(self, **_kwargs):
        if request.env.user._is_internal():
            return request.redirect("/odoo")
        return request.render("vti_bpv.my_home", self._prepare_home_portal_values(AllCounters()))
