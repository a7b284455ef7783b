from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql

SCOPES = {"school_id": "vti_bpv.group_school", "training_employer_id": "vti_bpv.group_training_employer"}


class Student(models.Model):
    """The pages on which a school, or a training employer, sees its students.

    A scope is the field of the enrolment that makes a student theirs. Record rules limit what is
    found as well; the scope keeps apart what somebody sees who is both.
    """

    _inherit = "vti.student"

    @api.model
    def _get_page_domain(self, scope, q="", mine=False, class_name="", qualification_id=0, standing=""):
        """Domain of the students of this user's house, now.

        :param str scope: `school_id` or `training_employer_id`
        :param bool mine: only whose stage teacher is this user
        :param str standing: a key of `_get_standing_filters`
        """
        person = self.env.user.partner_id
        enrolment = self.env["vti.enrolment"]._get_current_domain() & Domain(
            scope, "=", person.commercial_partner_id.id
        )
        if mine:
            enrolment &= Domain("teacher_id", "=", person.id)
        if class_name:
            enrolment &= Domain("class_name", "=", class_name)
        if qualification_id:
            enrolment &= Domain("qualification_id", "=", qualification_id)
        domain = Domain("enrolment_ids", "any", enrolment)
        if q:
            domain &= Domain("name", "ilike", escape_psql(q))
        filters = {key: more for key, _label, more in self._get_standing_filters()}
        return domain & filters.get(standing, Domain.TRUE)

    @api.model
    def _get_standing_filters(self):
        """What one may filter on: whether a student has a place. Later rooms know more.

        :return: rows of key, label and domain
        """
        return [("looking", self.env._("Looking for a place"), Domain("is_looking", "=", True))]

    def _get_standings(self):
        """Where each of these students stands, for who may read them; later rooms know more.

        :return: student -> (sentence, kind of badge: info, success, warning or "")
        """
        looking, idle = (self.env._("Looking for a place"), "warning"), (self.env._("Not looking"), "")
        return {student: looking if student.is_looking else idle for student in self}

    @api.model
    def _get_page_facets(self, scope):
        """Classes and qualifications to filter on, with the number of students.

        :return: two lists of (value, label with number)
        """
        house = self.env.user.partner_id.commercial_partner_id
        domain = self.env["vti.enrolment"]._get_current_domain() & Domain(scope, "=", house.id)
        count = ["student_id:count_distinct"]
        classes = self.env["vti.enrolment"]._read_group(domain, ["class_name"], count, order="class_name")
        courses = self.env["vti.enrolment"]._read_group(domain, ["qualification_id"], count)
        return (
            [(name, f"{name} ({number})") for name, number in classes if name],
            [(course.id, f"{course.sudo().display_name} – {number}") for course, number in courses if course],
        )
