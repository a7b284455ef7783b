import base64

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools import geo, upload

LENGTHS = {"headline": 120, "skills": 2000, "wishes": 2000, "phone": 30, "zip": 7}


class Student(models.Model):
    """What a student changes in the own profile."""

    _inherit = "vti.student"

    def _check_own(self):
        """Refuse who isn't this student.

        :raise AccessError: also for staff, who use the back office
        """
        self.ensure_one()
        if self.sudo().partner_id != self.env.user.partner_id:
            raise AccessError(self.env._("This is somebody else's profile."))

    @api.model
    def _get_profile_errors(self, values):
        """What is wrong with a profile as typed.

        :param dict values: strings, by field name
        :return: field name -> sentence
        """
        errors = {}
        for name, length in LENGTHS.items():
            if len(values.get(name) or "") > length:
                errors[name] = self.env._("At most %(length)s characters, please.", length=length)
        phone = values.get("phone") or ""
        if phone and (sum(char.isdigit() for char in phone) < 8 or not set(phone) <= set("0123456789+-() .")):
            errors["phone"] = self.env._("Type a phone number such as 06 12345678.")
        if values.get("zip") and not geo.tidy_zip(values["zip"]):
            errors["zip"] = self.env._("Type a postcode such as 3447 GG.")
        distance = str(values.get("max_distance_km") or "")
        if distance and not (distance.isdecimal() and len(distance) <= 3 and int(distance) > 0):
            errors["max_distance_km"] = self.env._("Type a whole number of kilometres from 1 to 999, such as 15.")
        return errors

    def action_save_profile(self, values):
        """Keep the own profile; what isn't a field of it is left out.

        :param dict values: headline, skills, wishes, phone, zip, max_distance_km, is_looking
        :raise UserError: where a value is wrong
        """
        self._check_own()
        errors = self._get_profile_errors(values)
        if errors:
            raise UserError("\n".join(errors.values()))
        kept = {name: (values[name] or "").strip() for name in LENGTHS if name in values}
        if kept.get("zip"):
            kept["zip"] = geo.tidy_zip(kept["zip"])
            place = self.env["vti.postcode"].sudo()._of_zip(kept["zip"])
            if place and kept["zip"] != self.sudo().zip:
                kept["city"] = place.place
        if "max_distance_km" in values:
            kept["max_distance_km"] = int(values["max_distance_km"] or 0)
        if "is_looking" in values:
            kept["is_looking"] = bool(values["is_looking"])
        self.sudo().write(kept)

    def action_remove_cv(self):
        """Take the own CV away."""
        self._check_own()
        self.sudo().write({"cv": False, "cv_name": False})

    @api.model
    def _get_cv_error(self, content):
        """What is wrong with an uploaded CV; None where nothing is.

        :param bytes content: at most one byte more than is allowed needs to be read
        """
        if len(content) > upload.MAX_BYTES:
            return self.env._("This file is larger than 10 MB. Make it smaller, or take a photo of your CV.")
        if not upload.sniff(content):
            return self.env._("We can't read this file. Choose a PDF, a Word file (docx) or a photo (jpg, png).")

    def _set_cv(self, content, name):
        """Keep an uploaded CV for this and the next application.

        :raise UserError: with the sentence of `_get_cv_error`
        """
        self.ensure_one()
        error = self._get_cv_error(content)
        if error:
            raise UserError(error)
        self.sudo().write({"cv": base64.b64encode(content), "cv_name": upload.safe_name(name, upload.sniff(content))})
