from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class Student(models.Model):
    """What is private about a student; the partner holds only name, address, mail and phone.

    Companies have no right on it, and its display name is a code for who isn't entitled to more.
    """

    _name = "vti.student"
    _description = "Student"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard", "vti.signed.link", "vti.near"]
    _order = "name, id"
    _rec_names_search = ["name", "code"]

    partner_id = fields.Many2one("res.partner", "Person", required=True, index=True, ondelete="restrict")
    name = fields.Char(related="partner_id.name", store=True, readonly=False, index="trigram")
    code = fields.Char(
        readonly=True,
        required=True,
        default="/",
        copy=False,
        help="How others see the student where a name isn't theirs to see.",
    )
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

    @api.depends("code", "name")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        named = self._filter_nameable()
        for student in self:
            student.display_name = student.sudo().name if student in named else student._get_nameless_name()

    def _get_nameless_name(self):
        """What a student is called where the name isn't the reader's to see."""
        self.ensure_one()
        return self.env._("Student %(code)s", code=self.sudo().code)

    @api.depends("birth_date")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for student in self:
            student.age = student._get_age_on(today)

    @api.depends("enrolment_ids.date_from", "enrolment_ids.date_to")
    def _compute_enrolment_id(self):
        today = fields.Date.context_today(self)
        for student in self:
            lasting = student.enrolment_ids.filtered(lambda e: not e.date_to or e.date_to >= today)
            begun = lasting.filtered(lambda e: e.date_from and e.date_from <= today)
            student.enrolment_id = (begun or lasting or student.enrolment_ids).sorted("date_from")[-1:]

    @api.constrains("partner_id")
    def _check_stands_alone(self):
        self.partner_id._check_stands_alone()

    @api.constrains("max_distance_km")
    def _check_max_distance(self):
        if any(student.max_distance_km < 0 for student in self):
            raise ValidationError(self.env._("A distance is 0 or more."))

    @api.constrains("birth_date")
    def _check_birth_date(self):
        today = fields.Date.context_today(self)
        for student in self.filtered("birth_date"):
            if not 10 <= student._get_age_on(today) <= 90:
                raise ValidationError(self.env._("Look at the date of birth again: the year seems wrong."))

    @api.model_create_multi
    def create(self, vals_list):
        unnamed = [vals for vals in vals_list if not vals.get("code")]
        for vals, code in zip(unnamed, self._get_next_codes(len(unnamed)), strict=True):
            vals["code"] = code
        students = super().create(vals_list)
        students.sudo().partner_id._sync_vti_users()
        return students

    def write(self, vals):
        people = self.sudo().partner_id if {"partner_id", "active"} & set(vals) else self.env["res.partner"].sudo()
        result = super().write(vals)
        (people | self.sudo().partner_id if people else people)._sync_vti_users()
        return result

    def unlink(self):
        people = self.sudo().partner_id
        result = super().unlink()
        people._sync_vti_users()
        return result

    def _portal_readable_fields(self):
        readable = self._get_own_readable_fields()
        user = self.env.user
        if user.has_group("vti_bpv.group_student") or user.has_group("vti_bpv.group_alumnus"):
            return readable
        return readable - {"birth_date", "age", "cv_name", "skills", "zip"}

    def _get_own_readable_fields(self):
        return {
            "code",
            "partner_id",
            "name",
            "email",
            "phone",
            "zip",
            "city",
            "birth_date",
            "age",
            "headline",
            "skills",
            "wishes",
            "max_distance_km",
            "cv_name",
            "is_looking",
            "activated_on",
            "enrolment_ids",
            "enrolment_id",
        }

    def _filter_nameable(self):
        """Those whose name this user may see where only their `display_name` is asked for.

        Many2one fields are labelled with sudo, so this looks at the user, not at the mode. Mails
        that a cron renders show the code.
        """
        if self.env.uid == SUPERUSER_ID:
            return self.browse()
        if self.env.user.has_group("vti_bpv.group_user"):
            return self
        return self.sudo(False)._filtered_access("read").sudo(self.env.su)

    def _activate(self):
        """Note that these imported students have come themselves, which opens them to companies."""
        self.filtered(lambda student: not student.activated_on).activated_on = fields.Datetime.now()

    @api.model
    def _get_next_codes(self, count):
        """Draw codes for new students, in the same few queries for one as for thousands."""
        sequence_sudo = self.env["ir.sequence"].sudo().search([("code", "=", "vti.student")], limit=1)
        if count < 2 or sequence_sudo.implementation != "standard" or sequence_sudo.use_date_range:
            return [sequence_sudo.next_by_id() for _student in range(count)]
        rows = self.env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", f"ir_sequence_{sequence_sudo.id:03}", count)
        )
        return [sequence_sudo.get_next_char(number) for (number,) in rows]

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
