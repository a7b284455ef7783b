from odoo import models

from ...tools import own_words


class Student(models.Model):
    """A student's own words, where a company isn't to know who wrote them."""

    _inherit = "vti.student"

    def _get_person(self):
        """What can give this student away in a text.

        :rtype: own_words.Person
        """
        self.ensure_one()
        partner_sudo = self.sudo().partner_id
        texts = (partner_sudo[name] or "" for name in ("name", "email", "phone", "zip", "street"))
        return own_words.Person(*texts, birth_date=self.sudo().birth_date or None)

    def _hide_person(self, text):
        return own_words.hide(text, self._get_person()) if text else text

    def _tells_who(self, text):
        """Whether a text tells who the student is, or how to reach him or her."""
        return own_words.tells_who(text, self._get_person())
