from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .qualification import EDUCATIONS, PATHS


class Enrolment(models.Model):
    """A student at a school: campus, qualification, path, class, from and to.

    What a school may see follows from it, and applications and placements refer to the enrolment of
    their time, so that a later change of school opens nothing of the past.
    """

    _name = "vti.enrolment"
    _description = "Enrolment"
    _inherit = ["vti.portal.guard"]
    _order = "date_from desc, id desc"

    student_id = fields.Many2one("vti.student", required=True, index=True, ondelete="cascade")
    school_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict", domain="[('is_school', '=', True)]"
    )
    student_number = fields.Char(index="btree_not_null", help="The student's number at this school.")
    campus_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        domain="[('type', '=', 'campus'), ('parent_id', '=', school_id)]",
    )
    education = fields.Selection(EDUCATIONS, required=True, default="mbo")
    qualification_id = fields.Many2one("vti.qualification", index=True, ondelete="restrict")
    level = fields.Selection(related="qualification_id.level", store=True)
    learning_path = fields.Selection(PATHS)
    programme = fields.Char(help="The name of the course where there is no crebo (hbo, vmbo, pro, vso).")
    class_name = fields.Char("Class")
    teacher_id = fields.Many2one(
        "res.partner",
        "Stage teacher",
        index="btree_not_null",
        domain="[('commercial_partner_id', '=', school_id), ('is_company', '=', False)]",
    )
    training_employer_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        domain="[('is_training_employer', '=', True)]",
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", help="The last day; empty while the student is there.")

    _dates_ordered = models.Constraint("CHECK(date_to IS NULL OR date_to >= date_from)", "It ends before it begins.")
    _of_school = models.Index("(school_id, class_name)")

    @api.depends("school_id.name", "qualification_id.name", "programme", "class_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # Many2one fields are labelled with sudo, so this looks at the user: a company reads the label
        # on an application, and a class is no business of its, nor a name that was typed with the course.
        user = self.env.user
        with_class = not user.share or user.has_group("vti_bpv.group_student") or user.has_group("vti_bpv.group_school")
        for enrolment in self:
            this_sudo = enrolment.sudo()
            course = this_sudo._get_course_name()
            if not with_class and not this_sudo.qualification_id:
                course = this_sudo.student_id._hide_person(course)
            parts = (this_sudo.school_id.name, course, with_class and this_sudo.class_name)
            enrolment.display_name = ", ".join(filter(None, parts))

    @api.constrains("school_id", "campus_id", "teacher_id", "training_employer_id")
    def _check_houses(self):
        for enrolment in self.sudo():
            school = enrolment.school_id
            if not school.is_school:
                raise ValidationError(self.env._("%(name)s isn't known as a school.", name=school.name))
            for place in (enrolment.campus_id, enrolment.teacher_id):
                if place and place.commercial_partner_id != school:
                    raise ValidationError(
                        self.env._("%(name)s doesn't belong to %(school)s.", name=place.name, school=school.name)
                    )
            employer = enrolment.training_employer_id
            if employer and not employer.is_training_employer:
                raise ValidationError(self.env._("%(name)s isn't known as a training employer.", name=employer.name))

    def write(self, vals):
        for name in {"student_id", "school_id"} & set(vals):
            if self.filtered(lambda enrolment, n=name: enrolment[n].id != vals[n])._get_in_use():
                raise ValidationError(
                    self.env._("Internships or applications refer to this enrolment. End it and add a new one.")
                )
        if "school_id" in vals:
            self.filtered(lambda enrolment: enrolment.school_id.id != vals["school_id"])._leave_school()
        return super().write(vals)

    def _leave_school(self):
        """Let go of what belongs to the school, before it changes."""
        return super().write({"campus_id": False, "teacher_id": False})

    def _get_in_use(self):
        """Hook for the rooms after this one: those of these enrolments that their records refer to."""
        return self.browse()

    def _get_course_name(self):
        self.ensure_one()
        return self.sudo().qualification_id.name or self.programme or ""

    @api.model
    def _get_current_domain(self, day=None):
        """Domain of enrolments that haven't ended on a day, by default today (a coming one counts)."""
        day = day or fields.Date.context_today(self)
        return Domain("date_to", "=", False) | Domain("date_to", ">=", day)

    def _portal_readable_fields(self):
        return {
            "student_id",
            "school_id",
            "student_number",
            "campus_id",
            "education",
            "qualification_id",
            "level",
            "learning_path",
            "programme",
            "class_name",
            "teacher_id",
            "training_employer_id",
            "date_from",
            "date_to",
        }
