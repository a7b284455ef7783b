from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STATES = [("waiting", "Student reads it first"), ("shown", "On the card"), ("hidden", "Not on the card")]
LENGTH = 160


class ExchangeLine(models.Model):
    """One line of a company that had to say no, for its fellow members; the student decides whether it is shown."""

    _name = "vti.exchange.line"
    _description = "Good word on a card"
    _inherit = ["vti.portal.guard"]
    _order = "id desc"
    _rec_name = "text"

    application_id = fields.Many2one("vti.application", required=True, index=True, ondelete="cascade", readonly=True)
    student_id = fields.Many2one(related="application_id.student_id", store=True, index=True)
    employer_id = fields.Many2one(related="application_id.employer_id", string="Company", store=True, index=True)
    text = fields.Text(required=True, readonly=True)
    state = fields.Selection(STATES, required=True, default="waiting", readonly=True)

    _once = models.UniqueIndex("(application_id)", "You wrote a line about this student already.")

    def _portal_readable_fields(self):
        user = self.env.user
        if user.has_group("vti_bpv.group_student") or user.has_group("vti_bpv.group_company"):
            return {"application_id", "employer_id", "text", "state"}
        return set()

    def action_decide(self, shown):
        """The student lets a line be on the card, or not.

        :param bool shown:
        """
        if not self.env.su and not self.env.user.has_group("vti_bpv.group_user"):
            self.check_access("read")
            if any(line.sudo().student_id.partner_id != self.env.user.partner_id for line in self):
                raise AccessError(self.env._("This line is about somebody else."))
        self.sudo().state = "shown" if shown else "hidden"


class Application(models.Model):
    """The company that says no can put in a good word."""

    _inherit = "vti.application"

    def _can_recommend(self):
        """Whether the company can still write its line: after its no, once, as a member, while the texts are kept."""
        self.ensure_one()
        this_sudo = self.sudo()
        return (
            this_sudo.state == "refused"
            and not this_sudo.forgotten_on
            and this_sudo.employer_id._is_member()
            and not self.env["vti.exchange.line"].sudo().search_count([("application_id", "=", self.id)], limit=1)
        )

    @api.model
    def _get_recommend_errors(self, application, text):
        """What is wrong with a line as typed, per field."""
        text = (text or "").strip()
        if not application._can_recommend():
            return {"form": self.env._("You can't write a line about this application (any more).")}
        if not text:
            return {"line": self.env._("Write one line, such as: good with people, we were full.")}
        if len(text) > LENGTH:
            return {"line": self.env._("Use at most %(count)s characters.", count=LENGTH)}
        if application.sudo().student_id._tells_who(text):
            return {
                "line": self.env._("Leave out names, addresses, phone numbers and links: the card is without a name.")
            }
        return {}

    def action_recommend(self, text):
        """The company writes one line for its fellow members; the student reads it first."""
        self.ensure_one()
        self._check_actor("company")
        for message in self._get_recommend_errors(self, text).values():
            raise UserError(message)
        line_sudo = self.env["vti.exchange.line"].sudo().create({"application_id": self.id, "text": text.strip()})
        student_sudo = line_sudo.student_id
        self.env["vti.notice"]._post(
            "vti_bpv.mail_template_exchange_line", line_sudo, student_sudo.partner_id,
            button_url=student_sudo._get_card_url(), button_label=student_sudo._get_card_label(),
        )  # fmt: skip
