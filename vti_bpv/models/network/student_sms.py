from odoo import fields, models

from ...tools.mobile import get_mobile


class Student(models.Model):
    """A student's own yes to text messages, and the end of it."""

    _inherit = "vti.student"

    sms_since = fields.Datetime("Text messages since", readonly=True, help="When the student said yes to them.")

    def _get_own_readable_fields(self):
        return super()._get_own_readable_fields() | {"sms_since"}

    def _portal_readable_fields(self):
        readable = super()._portal_readable_fields()
        user = self.env.user
        if user.has_group("vti_bpv.group_student") or user.has_group("vti_bpv.group_alumnus"):
            return readable
        return readable - {"sms_since"}

    def _get_sms_number(self):
        """Where this student may be sent text messages; "" where there is no yes or no mobile number."""
        self.ensure_one()
        student_sudo = self.sudo()
        return get_mobile(student_sudo.phone) if student_sudo.sms_since and student_sudo.active else ""

    def _get_profile_errors(self, values):
        errors = super()._get_profile_errors(values)
        phone = values.get("phone", self.sudo().phone)
        if values.get("sms_ok") and "phone" not in errors and not get_mobile(phone):
            errors["phone"] = self.env._("For text messages we need a Dutch mobile number, such as 06 12345678.")
        return errors

    def action_save_profile(self, values):
        result = super().action_save_profile(values)
        if "sms_ok" in values:
            student_sudo = self.sudo()
            if not values["sms_ok"]:
                student_sudo._stop_sms()
            elif not student_sudo.sms_since and self.env["vti.notice"]._is_sms_on():
                student_sudo.sms_since = fields.Datetime.now()
        return result

    def _stop_sms(self):
        """No more text messages; also not the one that waits for the morning."""
        self.ensure_one()
        student_sudo = self.sudo()
        student_sudo.sms_since = False
        self.env["vti.notice"].sudo()._drop_sms_of(student_sudo.partner_id)
