from odoo import api, models
from odoo.tools import plaintext2html

from ...tools.address import get_email_error

TOPICS = ("question", "company", "school", "privacy")
LIMITS = {"name": 100, "email": 254, "phone": 30, "organisation": 150, "message": 4000}


class Lead(models.Model):
    """What somebody asks VTI by the page Contact."""

    _inherit = "crm.lead"

    @api.model
    def _get_topics(self):
        """What one can write about: (key, label), the usual one first."""
        _ = self.env._
        labels = {
            "question": _("A question"),
            "company": _("My company wants to train interns"),
            "school": _("My school wants to join"),
            "privacy": _("My data"),
        }
        return [(topic, labels[topic]) for topic in TOPICS]

    @api.model
    def _clean_message(self, values):
        """The texts of a message as they are judged and kept, and its topic.

        :param dict values: strings by name of the field, as a form sends them
        """
        texts = {name: str(values.get(name) or "").replace("\x00", "").strip() for name in LIMITS}
        about = values.get("about")
        return texts | {"about": about if about in TOPICS else TOPICS[0]}

    @api.model
    def _get_message_errors(self, texts):
        """What is wrong with a message.

        :param dict texts: from `_clean_message`
        :return: field -> sentence
        :rtype: dict
        """
        _ = self.env._
        errors = {
            name: _("At most %(length)s characters, please.", length=length)
            for name, length in LIMITS.items()
            if len(texts[name]) > length
        }
        if not texts["name"]:
            errors["name"] = _("Fill in your name.")
        if error := get_email_error(self.env, texts["email"]):
            errors["email"] = error
        if not texts["message"]:
            errors["message"] = _("Write what we can do for you.")
        return errors

    @api.model
    def _receive_message(self, values):
        """Put a message of anybody in VTI's list of leads; what looks like HTML stays text.

        :param dict values: strings by name of the field, as a form sends them
        :return: field -> sentence about what is wrong; empty where it was kept
        :rtype: dict
        """
        texts = self._clean_message(values)
        errors = self._get_message_errors(texts)
        if errors:
            return errors
        topic = dict(self._get_topics())[texts["about"]]
        self.sudo().create(
            {
                "type": "lead",
                "name": f"{topic}: {texts['organisation'] or texts['name']}",
                "contact_name": texts["name"],
                "partner_name": texts["organisation"],
                "email_from": texts["email"],
                "phone": texts["phone"],
                "description": plaintext2html(texts["message"]),
                "user_id": False,
            }
        )
        return {}
