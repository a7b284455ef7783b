from odoo import fields, models

from .application_request import OTHER

EDUCATION_OF_KIND = {
    "hbo": "hbo",
    "hbo_graduation": "hbo",
    "vmbo_day": "vmbo",
    "vmbo_orientation": "vmbo",
    "vmbo_weekly": "vmbo",
    "vmbo_block": "vmbo",
    "leerwerktraject": "vmbo",
    "pro": "pro",
    "vso": "vso",
}


class Student(models.Model):
    """Applying: what was typed goes to the profile, so that it is there the next time."""

    _inherit = "vti.student"

    def _apply_with(self, vacancy, values, cv=b"", cv_name=""):
        """Apply for a place with values that `vti.application.request` found right.

        :param dict values: phone, birth_date, school_id, school_name, qualification_id, programme, motivation
        :return: the application, sudo
        """
        self.ensure_one()
        student_sudo = self.sudo()
        if values.get("phone"):
            student_sudo.phone = values["phone"]
        if values.get("birth_date") and not student_sudo.birth_date:
            student_sudo.birth_date = fields.Date.to_date(values["birth_date"])
        if cv:
            student_sudo._set_cv(cv, cv_name)
        if not student_sudo.enrolment_id and values.get("school_id"):
            student_sudo._enrol(vacancy, values)
        known = bool(student_sudo.enrolment_id)
        return self.env["vti.application"]._apply(
            student_sudo,
            vacancy,
            {
                "motivation": values.get("motivation"),
                "stated_school": not known and values.get("school_name"),
                "stated_programme": not known and self._get_programme_name(values),
            },
        )

    def _get_look_errors(self, vacancy, values):
        """In a round without names a student looks first at what the company reads; a visitor has no profile yet."""
        if self and vacancy._is_nameless() and self._get_nameless_parts() and not values.get("looked"):
            return {"looked": self.env._("Look at what the company sees, and tick the box.")}
        return {}

    def _get_apply_values(self):
        """What the form for a next application has filled in already; of a visitor nothing.

        :return: texts by field name
        :rtype: dict
        """
        values = {"phone": self.phone or ""}
        last_sudo = self.sudo().application_ids.sorted("id")[-1:] if not self.enrolment_id else None
        if last_sudo and last_sudo.stated_school:
            values |= {"school_id": OTHER, "school_name": last_sudo.stated_school}
        if last_sudo and last_sudo.stated_programme:
            values |= {"qualification_id": OTHER, "programme": last_sudo.stated_programme}
        return values

    def _get_programme_name(self, values):
        qualification = self.env["vti.qualification"].browse(values.get("qualification_id") or [])
        return values.get("programme") or qualification.display_name

    def _enrol(self, vacancy, values):
        vacancy_sudo = vacancy.sudo()
        return self.env["vti.enrolment"].sudo().create(
            {
                "student_id": self.id,
                "school_id": values["school_id"],
                "qualification_id": values.get("qualification_id"),
                "programme": values.get("programme"),
                "education": EDUCATION_OF_KIND.get(vacancy_sudo.kind, "mbo"),
                "learning_path": vacancy_sudo.learning_path if vacancy_sudo.kind == "mbo" else False,
            }
        )  # fmt: skip

    def _set_birth_date(self, text):
        """Keep the date of birth, once; VTI corrects mistakes, since a guardian may depend on it."""
        self.ensure_one()
        error = self._get_birth_date_error(text)
        if not error and not self.sudo().birth_date:
            self.sudo().birth_date = fields.Date.to_date(text)
        return error
