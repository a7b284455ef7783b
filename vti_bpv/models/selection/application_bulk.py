from odoo import api, models
from odoo.exceptions import UserError

MOST = 50  # candidates on one page


class Application(models.Model):
    """Saying no to several candidates at once, to each with an own line."""

    _inherit = "vti.application"

    @api.model
    def _get_refusable(self):
        """The candidates whom the current user may say no to, who waited longest first."""
        return self.search([("state", "in", ("submitted", "invited"))], order="answer_by, id", limit=MOST)

    def _get_refuse_many_errors(self, reason_id, notes):
        """What is wrong with saying no to these candidates, as `action_refuse_many` takes it.

        :return: name of a field of the page (reason_id, note_<id>, form) -> sentence
        :rtype: dict
        """
        if not self:
            return {"form": self.env._("Choose at least one candidate.")}
        errors = {}
        for application in self:
            found = application._get_refusal_errors({"reason_id": reason_id, "note": notes.get(application.id)})
            errors |= {f"note_{application.id}" if name == "note" else name: text for name, text in found.items()}
        return errors

    def _get_refusal_texts(self, reason_id, notes):
        """What each student would read, in his or her own language.

        :return: the name as the company knows it, the kind sentence, the line
        :rtype: list[tuple[str, str, str]]
        """
        reason_sudo = self.env["vti.refusal.reason"].sudo().browse(int(reason_id))
        texts = []
        for application in self:
            lang = application.sudo().student_id.partner_id.lang or self.env.lang
            name = application.contact_name or application._get_candidate_name()
            texts.append((name, reason_sudo.with_context(lang=lang).message, (notes.get(application.id) or "").strip()))
        return texts

    def action_refuse_many(self, reason_id, notes=None):
        """Say no to these candidates for one reason; counted apart in how the company answers.

        :param int reason_id: a vti.refusal.reason that people can choose
        :param dict notes: id of an application -> a line for that student
        :raise UserError: where one can't be answered; then none is
        """
        if not self:
            raise UserError(self.env._("Choose at least one candidate."))
        notes = {str(number): note for number, note in (notes or {}).items()}
        if len(self) > 1:
            self._check_actor("company")
            self.sudo().filtered(lambda a: not a.answered_on).answered_in_bulk = True
        for application in self:
            application.action_refuse(reason_id, notes.get(str(application.id)))
        return True
