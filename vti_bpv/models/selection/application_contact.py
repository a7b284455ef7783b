from odoo import api, fields, models

from .application import OPEN_STATES, TAKEN_STATES


class Application(models.Model):
    """Who the student is and how to reach them, for who is entitled to it at this moment.

    Nothing of it is stored on the application, so it can be neither searched nor grouped; the values
    depend on the user who asks, and are empty for all others.
    """

    _inherit = "vti.application"

    contact_name = fields.Char("Name", compute="_compute_contact", compute_sudo=False)
    contact_email = fields.Char("E-mail", compute="_compute_contact", compute_sudo=False)
    contact_phone = fields.Char("Phone", compute="_compute_contact", compute_sudo=False)
    contact_has_cv = fields.Boolean("Has a CV", compute="_compute_contact", compute_sudo=False)
    contact_is_adult = fields.Selection(
        [("yes", "18 or older"), ("no", "Under 18")], "Age", compute="_compute_contact", compute_sudo=False,
        help="Companies see no date of birth, only this, since some work asks for it.",
    )  # fmt: skip

    @api.depends("state", "guardian_state", "student_id.partner_id", "student_id.activated_on")
    @api.depends_context("uid")
    def _compute_contact(self):
        entitled = self._filter_contact()
        # one query for all: a CV is an attachment, and reading it would load the file
        with_cv = self._get_students_with_cv(entitled.sudo().student_id)
        today = fields.Date.context_today(self)
        for application in self:
            student_sudo = application.sudo().student_id if application in entitled else self.env["vti.student"]
            application.contact_name = student_sudo.partner_id.name
            application.contact_email = student_sudo.partner_id.email
            application.contact_phone = student_sudo.partner_id.phone
            application.contact_has_cv = student_sudo.id in with_cv
            adult = student_sudo and student_sudo.birth_date and student_sudo._get_age_on(today) >= 18
            application.contact_is_adult = student_sudo and student_sudo.birth_date and ("yes" if adult else "no")

    @api.model
    def _get_students_with_cv(self, students):
        """Ids of the students who have a CV, without loading a file."""
        rows = self.env["ir.attachment"].sudo().search_fetch(
            [("res_model", "=", "vti.student"), ("res_field", "=", "cv"), ("res_id", "in", students.ids)], ["res_id"]
        )  # fmt: skip
        return set(rows.mapped("res_id"))

    def _filter_contact(self):
        """Those of these applications whose student the current user may know and reach."""
        user = self.env.user
        if self.env.su or user.has_group("vti_bpv.group_user"):
            return self
        partner = user.partner_id
        house = partner.commercial_partner_id
        is_company, is_school = user.has_group("vti_bpv.group_company"), user.has_group("vti_bpv.group_school")
        return self._filtered_access("read").filtered(
            lambda application: (
                application.sudo().student_id.partner_id == partner
                or (is_school and application.sudo().enrolment_id.school_id == house)
                or (is_company and application._is_contact_open() and application._is_entitled_company(partner))
            )
        )

    def _is_contact_open(self):
        """Whether the company may know who it is: while choosing and once chosen, not after a no."""
        self.ensure_one()
        return self.sudo().state in OPEN_STATES + TAKEN_STATES
