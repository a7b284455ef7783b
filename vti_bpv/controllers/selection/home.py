from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class SelectionHome(CustomerPortal):
    """Numbers on the portal's home. Pages have controllers of their own: subclasses of this one are merged."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        Application, user = request.env["vti.application"], request.env.user
        if "application_count" in counters:
            is_student = user.has_group("vti_bpv.group_student")
            own = [("student_id.partner_id", "=", user.partner_id.id)]
            values["application_count"] = Application.search_count(own) if is_student else 0
        if "candidate_count" in counters:
            is_company = user.has_group("vti_bpv.group_company")
            waiting = Application._get_candidate_domain("waiting")
            values["candidate_count"] = Application.search_count(waiting) if is_company else 0
        return values
