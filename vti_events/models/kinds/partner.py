from odoo import models


class Partner(models.Model):
    _inherit = "res.partner"

    def _get_event_audiences(self):
        """The audiences that a person belongs to, by who they are today, and the schools they are at.

        :return: keys of `audience`; schools (res.partner) of which they are a student or a teacher
        :rtype: tuple[set[str], recordset]
        """
        self.ensure_one()
        person_sudo = self.sudo()
        house = person_sudo.commercial_partner_id
        found = {"everybody", "parents"}
        current = self.env["vti.enrolment"]._get_current_domain()
        schools = person_sudo.vti_student_ids.enrolment_ids.filtered_domain(current).school_id
        if schools:
            found.add("students")
        if house.is_employer and house.active:
            found |= {"mentors", "companies"}
            if house.membership_state == "member":
                found.add("members")
        if house.is_school and house.active:
            found.add("schools")
            schools |= house
        if self.env.ref("vti_bpv.group_alumnus") in person_sudo.user_ids.all_group_ids:
            found.add("alumni")
        return found, schools
