from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .exchange_listing import AUDIENCES, OPEN_STATES


class ExchangePhone(models.TransientModel):
    """VTI puts a student in the exchange who asks for it by phone, or on paper."""

    _name = "vti.exchange.phone"
    _description = "Card at a student's request"

    student_id = fields.Many2one("vti.student", required=True, ondelete="cascade")
    channel = fields.Selection([("phone", "Phone"), ("paper", "Paper")], "How", required=True, default="phone")
    text = fields.Text("Read this to the student", compute="_compute_text")
    is_said = fields.Boolean("The student said yes to this")
    until = fields.Date("Until and including", required=True, default=lambda self: self._get_default_until())
    audience = fields.Selection(AUDIENCES, "Shown to", required=True, default="all")
    named_ids = fields.Many2many("res.partner", "vti_exchange_phone_named_rel", string="Companies named")
    excluded_ids = fields.Many2many("res.partner", "vti_exchange_phone_excluded_rel", string="Not shown to")
    caller_ids = fields.Many2many("res.partner", "vti_exchange_phone_caller_rel", string="May call at once")
    likes = fields.Text("What the student likes")
    skills = fields.Text("What the student can")
    needs_guardian = fields.Boolean(compute="_compute_text")
    is_looking = fields.Boolean(related="student_id.is_looking")

    @api.model
    def _get_default_until(self):
        return fields.Date.context_today(self) + timedelta(days=self.env["vti.student"]._get_exchange_days())

    @api.depends("student_id")
    def _compute_text(self):
        for wizard in self:
            student = wizard.student_id
            wizard.needs_guardian = bool(student) and student._get_guardian_state() != "not_needed"
            here = student.with_context(lang=student.partner_id.lang or self.env.lang)
            wizard.text = here._get_exchange_text()

    @api.onchange("student_id")
    def _onchange_student_id(self):
        card_sudo = self.student_id._get_card() if self.student_id else None
        if card_sudo and card_sudo.state in OPEN_STATES:
            for name in ("until", "audience", "named_ids", "excluded_ids", "caller_ids", "likes", "skills"):
                self[name] = card_sudo[name]
        elif self.student_id:
            student_sudo = self.student_id.sudo()
            self.excluded_ids = student_sudo._get_refusers()
            self.likes, self.skills = student_sudo.wishes, student_sudo.skills

    def action_save(self):
        """Show the card, and keep who noted the consent, when, and to what words.

        :raise UserError: where the student didn't say yes, or something is missing
        """
        self.ensure_one()
        self.check_access("write")
        student = self.student_id
        if not self.is_said:
            raise UserError(self.env._("Read the text to the student first, and tick that the answer was yes."))
        if not student.birth_date or not student.enrolment_id:
            raise UserError(self.env._("Fill in the date of birth and the enrolment of this student first."))
        if student._tells_who(self.likes or "") or student._tells_who(self.skills or ""):
            raise UserError(
                self.env._("Leave out names, addresses, phone numbers and links: the card is without a name.")
            )
        for message in student._get_until_errors({"until": str(self.until)}).values():
            raise UserError(message)
        if self.audience == "named" and not self.named_ids | self.caller_ids:
            raise UserError(self.env._("Name at least one company that may see the card."))
        card_sudo = student._get_card()
        if card_sudo.state not in OPEN_STATES:
            card_sudo = card_sudo.create({"student_id": student.id, "until": self.until})
        named = self.audience == "named"
        card_sudo._fill(
            {
                "audience": self.audience,
                "until": self.until,
                "named": (self.named_ids | self.caller_ids).sudo() if named else self.named_ids[:0].sudo(),
                "excluded": self.excluded_ids[:0].sudo() if named else self.excluded_ids.sudo(),
                "callers": (self.caller_ids - (self.named_ids[:0] if named else self.excluded_ids)).sudo(),
                "likes": (self.likes or "").strip(),
                "skills": (self.skills or "").strip(),
            },
            student.sudo().partner_id,
            self.channel,
        )
        # what was said by phone stands on paper too, with the way to take it back
        card_sudo._tell_student("noted", urgent=True)
        return {
            "type": "ir.actions.act_window", "res_model": card_sudo._name, "res_id": card_sudo.id, "view_mode": "form",
        }  # fmt: skip
