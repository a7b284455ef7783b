from odoo import models

from ...tools.address import get_email_error

DETAILS = {"name": 100, "email": 150, "phone": 30}  # field -> characters at most


class Partner(models.Model):
    """What a person with access to the portal keeps up about herself or himself."""

    _inherit = "res.partner"

    def _save_own_details(self, values):
        """Keep name, e-mail and phone of the current user.

        :param dict values: strings by name of the field, as a form sends them
        :return: field -> sentence about what is wrong; empty where it was saved
        :rtype: dict
        """
        _, person = self.env._, self.env.user.partner_id.sudo()
        texts = {name: " ".join(str(values.get(name) or "").replace("\x00", "").split()) for name in DETAILS}
        errors = {
            name: _("At most %(length)s characters, please.", length=length)
            for name, length in DETAILS.items()
            if len(texts[name]) > length
        }
        if not texts["name"]:
            errors["name"] = _("Fill in your name.")
        if error := get_email_error(self.env, texts["email"]):
            errors["email"] = error
        if texts["phone"] and sum(sign.isdigit() for sign in texts["phone"]) < 8:
            errors["phone"] = _("Fill in a whole phone number, or leave it empty.")
        if not errors:
            changed = {name: text for name, text in texts.items() if text != (person[name] or "")}
            if changed:
                person.write(changed)
        return errors
