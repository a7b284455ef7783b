from odoo import api, fields, models

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
    campus_id = fields.Many2one(
        "res.partner", index="btree_not_null", domain="[('type', '=', 'campus'), ('parent_id', '=', school_id)]"
    )
    education = fields.Selection(EDUCATIONS, required=True, default="mbo")
    qualification_id = fields.Many2one("vti.qualification", index=True, ondelete="restrict")
    level = fields.Selection(related="qualification_id.level", store=True)
    learning_path = fields.Selection(PATHS)
    programme = fields.Char(help="The name of the course where there is no crebo (hbo, vmbo, pro, vso).")
    class_name = fields.Char("Class")
    teacher_id = fields.Many2one("res.partner", "Stage teacher", index="btree_not_null")
    training_employer_id = fields.Many2one(
        "res.partner", index="btree_not_null", domain="[('is_training_employer', '=', True)]"
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To")

    _dates_ordered = models.Constraint("CHECK(date_to IS NULL OR date_to >= date_from)", "It ends before it begins.")

    @api.depends("school_id", "qualification_id", "programme", "class_name")
    def _compute_display_name(self):
        for enrolment in self.sudo():
            parts = [enrolment.school_id.name, enrolment.qualification_id.name or enrolment.programme, enrolment.class_name]
            enrolment.display_name = ", ".join(filter(None, parts))

    def _portal_readable_fields(self):
        return {"student_id", "school_id", "campus_id", "education", "qualification_id", "level", "learning_path",
                "programme", "class_name", "teacher_id", "training_employer_id", "date_from", "date_to"}
