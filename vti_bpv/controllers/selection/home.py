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
        if "vti_best_match" in counters:
            values["vti_best_match"] = self._get_best_match() if user.has_group("vti_bpv.group_student") else None
        return values

    def _get_best_match(self):
        """What stands on the card that leads to the places that suit; None for who isn't looking."""
        student_sudo = request.env["vti.student"]._of_user()
        if not student_sudo.is_looking:
            return None
        tip_sudo = student_sudo._get_match_tips()[:1]
        if tip_sudo:
            place_sudo = tip_sudo.vacancy_id
            return request.env._(
                "A tip of VTI waits for you: %(place)s at %(company)s",
                place=place_sudo.name, company=place_sudo.employer_id.name,
            )  # fmt: skip
        best = student_sudo.sudo(False)._get_place_matches(1)
        if not best:
            return request.env._("Chosen for you by course, distance and what you like to do")
        place_sudo = best[0]["place"]
        return request.env._(
            "Such as %(place)s at %(company)s", place=place_sudo.name, company=place_sudo.employer_id.name
        )
