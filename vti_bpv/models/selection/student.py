from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.auth_signup.models.res_partner import SignupError


class Student(models.Model):
    """What selecting adds to a student: applications, CV, activation, and whether a guardian has to agree."""

    _inherit = "vti.student"

    application_ids = fields.One2many("vti.application", "student_id", "Applications")
    application_count = fields.Integer(compute="_compute_application_count", groups="vti_bpv.group_user")

    def _compute_application_count(self):
        counts = dict(
            self.env["vti.application"]._read_group([("student_id", "in", self.ids)], ["student_id"], ["__count"])
        )
        for student in self:
            student.application_count = counts.get(student, 0)

    def write(self, vals):
        result = super().write(vals)
        if "birth_date" in vals:
            self.sudo().application_ids._refresh_guardian_state()
        if vals.get("activated_on"):
            self.sudo().application_ids._follow_guardian_state()
        return result

    def action_open_applications(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_application_action")
        return action | {"domain": [("student_id", "=", self.id)], "context": {"default_student_id": self.id}}

    # ------------------------------------------------------------------ activation

    def _activate(self):
        """From the first own act on (a login, a link in a mail) companies may see what the student sends them."""
        self.filtered(lambda student: not student.activated_on).write({"activated_on": fields.Datetime.now()})

    def action_invite_to_activate(self):
        """Mail imported students a link with which they start."""
        self.check_access("write")
        waiting = self.sudo().filtered(lambda student: not student.activated_on and student.email)
        if not waiting:
            raise UserError(self.env._("These students have started already, or have no e-mail address."))
        for student_sudo in waiting:
            partner = student_sudo.partner_id
            self.env["vti.notice"]._post(
                "vti_bpv.mail_template_student_activate",
                student_sudo,
                partner,
                button_url=f"{student_sudo.get_base_url()}/student/start/{student_sudo._sign_link('start', partner)}",
                button_label=student_sudo.with_context(lang=partner.lang or self.env.lang).env._("Start"),
                urgent=True,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": self.env._("Mailed to %(count)s students.", count=len(waiting)), "type": "success"},
        }

    def _find_or_make_user(self, login=None):
        """The portal account of the student; made without a password where there is none yet."""
        self.ensure_one()
        student_sudo = self.sudo()
        user_sudo = student_sudo.user_ids[:1]
        if user_sudo or not student_sudo.email:
            return user_sudo
        partner = student_sudo.partner_id
        values = {
            "login": (login or partner.email).strip().lower(),
            "partner_id": partner.id,
            "email": partner.email,
            "lang": partner.lang,
            "tz": "Europe/Amsterdam",
        }
        try:
            return self.env["res.users"].sudo()._create_user_from_template(values)
        except SignupError as error:
            # somebody else was just before: said as it is, so that the page is served once more
            if isinstance(error.__context__, UniqueViolation):
                raise error.__context__ from None
            raise

    def _get_password_url(self, redirect="/my/applications"):
        """Where a student who proved to own the address chooses a password.

        :return: None where the account has been used before
        :rtype: str | None
        """
        self.ensure_one()
        user_sudo = self._find_or_make_user()
        if not user_sudo or user_sudo.login_date:
            return None
        partner_sudo = self.sudo().partner_id
        partner_sudo.signup_prepare(signup_type="reset")
        return partner_sudo.with_context(relative_url=True)._get_signup_url_for_action(url=redirect)[partner_sudo.id]

    # ------------------------------------------------------------------ birth date and guardian

    def _get_guardian_state(self):
        """What the age of today asks for: unknown, needed or not_needed."""
        self.ensure_one()
        student_sudo = self.sudo()
        if not student_sudo.birth_date:
            return "unknown"
        age = student_sudo._get_age_on(fields.Date.context_today(self))
        return "needed" if age < self.env["vti.application"]._get_guardian_age() else "not_needed"

    @api.model
    def _get_birth_date_error(self, text):
        """What is wrong with a date of birth as typed; None where nothing is."""
        try:
            birth_date = fields.Date.to_date(text or None)
        except ValueError:
            birth_date = None
        if not birth_date:
            return self.env._("Fill in your date of birth.")
        age = self.env["vti.student"].new({"birth_date": birth_date})._get_age_on(fields.Date.context_today(self))
        if not 10 <= age <= 90:
            return self.env._("Look at the date of birth again: the year seems wrong.")

    def _name_guardian(self, name, email):
        """Find or make a guardian of this student."""
        self.ensure_one()
        student_sudo = self.sudo()
        known = student_sudo.guardian_ids.filtered(lambda guardian: (guardian.email or "").lower() == email)
        if known:
            return known[0]
        partner = self.env["res.partner"].sudo().create(
            {"name": name, "email": email, "lang": student_sudo.partner_id.lang}
        )  # fmt: skip
        return self.env["vti.guardian"].sudo().create({"student_id": student_sudo.id, "partner_id": partner.id})
