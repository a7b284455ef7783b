from odoo import models


class Vacancy(models.Model):
    """What a company reads on the page of its own place: the warnings, by subject and with what to do."""

    _inherit = "vti.vacancy"

    def _get_advice(self):
        """What the company should know about this place, without standing in the way.

        :return: title, intro (sentence or ""), lines (sentences), asks (whether VTI can be asked about it)
        :rtype: list[dict]
        """
        self.ensure_one()
        vacancy = self.sudo()
        sections = [vacancy._get_young_advice(), vacancy._get_recognition_advice(), vacancy._get_hbo_advice()]
        return [section for section in sections if section["lines"]]

    def _get_young_advice(self):
        _ = self.env._
        age, start = self._get_usual_start()
        return {
            "title": _("If a student of %(age)s comes", age=age),
            "intro": _(
                "He or she can apply, but can't start like this. Name a guide, change the work or the times, or ask "
                "a higher age."
            ),
            "lines": [message for _code, message in self._get_age_problems(age, start)],
            "asks": False,
        }

    def _get_recognition_advice(self):
        _ = self.env._
        names = ", ".join(self._get_recognitions_to_check().qualification_id.mapped("name"))
        line = _("VTI looks up again at SBB whether you are still recognised for: %(names)s.", names=names)
        return {
            "title": _("Your recognition"),
            "intro": _("You needn't do anything, and your place can stay online. Has something changed? Tell VTI."),
            "lines": [line] if names else [],
            "asks": True,
        }

    def _get_hbo_advice(self):
        return {
            "title": self.env._("Students of hbo"),
            "intro": self.env._("The student's school decides. Ask it before you make an offer."),
            "lines": [message for _code, message in self._get_hbo_warnings()],
            "asks": False,
        }
