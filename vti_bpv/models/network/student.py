from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Student(models.Model):
    """What is private about a student; the partner holds only name, address, mail and phone.

    Companies have no right on it, and its display name is a code for who isn't entitled to more.
    """

    _name = "vti.student"
    _description = "Student"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard", "vti.signed.link"]
    _order = "id desc"

    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    code = fields.Char(readonly=True, copy=False, help="How others see the student where a name isn't theirs to see.")
    active = fields.Boolean(default=True)
    # person
    email = fields.Char(related="partner_id.email", readonly=False)
    phone = fields.Char(related="partner_id.phone", readonly=False)
    zip = fields.Char(related="partner_id.zip", readonly=False)
    city = fields.Char(related="partner_id.city", readonly=False)
    postcode_id = fields.Many2one(related="partner_id.postcode_id", store=True, index="btree_not_null")
    birth_date = fields.Date(groups="base.group_user,vti_bpv.group_student")
    age = fields.Integer(compute="_compute_age", groups="base.group_user,vti_bpv.group_student")
    # wishes and profile
    headline = fields.Char("About me in one sentence")
    skills = fields.Text("What I can and have made")
    wishes = fields.Text("What I want to learn or do")
    max_distance_km = fields.Integer("Travels at most (km)")
    cv = fields.Binary("CV", attachment=True)
    cv_name = fields.Char("File name of the CV")
    is_looking = fields.Boolean("Looking for a place", default=True, index="btree_not_null")
    # life
    activated_on = fields.Datetime(
        readonly=True, copy=False, help="An imported student is invisible to companies until this moment."
    )
    enrolment_ids = fields.One2many("vti.enrolment", "student_id")
    enrolment_id = fields.Many2one("vti.enrolment", "Current enrolment", compute="_compute_enrolment_id")
    guardian_ids = fields.One2many("vti.guardian", "student_id")
    consent_ids = fields.One2many("vti.consent", "student_id")
    user_ids = fields.One2many(related="partner_id.user_ids")

    _partner_unique = models.Constraint("UNIQUE(partner_id)", "This person is a student already.")
    _code_unique = models.Constraint("UNIQUE(code)", "Another student has this code.")

    def _compute_display_name(self):
        named = self.env.su is False and (self.env.user._is_internal() or self.env.user.has_group("vti_bpv.group_school"))
        for student in self:
            own = student.sudo().partner_id == self.env.user.partner_id
            student.display_name = student.sudo().partner_id.name if named or own else student.sudo().code

    @api.depends("birth_date")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for student in self:
            student.age = student._get_age_on(today)

    @api.depends("enrolment_ids.date_from", "enrolment_ids.date_to")
    def _compute_enrolment_id(self):
        today = fields.Date.context_today(self)
        for student in self:
            begun = student.enrolment_ids.filtered(lambda e: not e.date_to or e.date_to >= today)
            student.enrolment_id = (begun or student.enrolment_ids).sorted("date_from")[-1:]

    @api.constrains("partner_id")
    def _check_stands_alone(self):
        if self.sudo().partner_id.parent_id:
            raise ValidationError(self.env._("A student can't be a contact of a company or school."))

    @api.constrains("birth_date")
    def _check_birth_date(self):
        today = fields.Date.context_today(self)
        for student in self.filtered("birth_date"):
            if not 10 <= student._get_age_on(today) <= 90:
                raise ValidationError(self.env._("Look at the date of birth again: the year seems wrong."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("code", self.env["ir.sequence"].sudo().next_by_code("vti.student"))
        return super().create(vals_list)

    def _portal_readable_fields(self):
        return {"code", "partner_id", "email", "phone", "zip", "city", "birth_date", "age", "headline", "skills",
                "wishes", "max_distance_km", "cv_name", "is_looking", "activated_on", "enrolment_ids", "enrolment_id"}

    def _get_age_on(self, day):
        """Age in whole years on a day; 0 where the birth date is unknown."""
        self.ensure_one()
        birth = self.sudo().birth_date
        return relativedelta(day, birth).years if birth else 0

    @api.model
    def _of_user(self, user=None):
        """The student record of a user, by default the current one; sudo, possibly empty."""
        partner = (user or self.env.user).partner_id
        return self.sudo().search([("partner_id", "=", partner.id)], limit=1)
