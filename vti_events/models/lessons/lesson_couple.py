from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

BEST = 3  # companies that are ticked beforehand


class LessonCouple(models.TransientModel):
    """Chooses who is asked for a request: suggested companies with their reasons, and others."""

    _name = "vti.lesson.couple"
    _description = "Find a company"

    request_id = fields.Many2one("vti.lesson.request", required=True, readonly=True, ondelete="cascade")
    wishes = fields.Text("Wished days", compute="_compute_wishes")
    line_ids = fields.One2many("vti.lesson.couple.line", "couple_id")
    employer_ids = fields.Many2many(
        "res.partner", "vti_lesson_couple_employer_rel", "couple_id", "employer_id", "Other companies",
        domain="[('is_employer', '=', True)]",
    )  # fmt: skip
    begin = fields.Datetime("Agreed moment", help="Only where you agreed on it by phone: both are asked to confirm it.")
    hours = fields.Float(default=2.0)

    @api.depends("request_id")
    def _compute_wishes(self):
        for one in self:
            one.wishes = "\n".join(one.request_id._get_when_texts())

    @api.model
    def _open(self, request):
        """The wizard with the companies for a request, the best ticked."""
        lines = [
            fields.Command.create(
                {"offer_id": offer.id, "employer_id": offer.employer_id.id, "fits": request._get_reasons_text(one),
                 "is_chosen": number < BEST and not one.misses}
            )
            for number, (offer, one) in enumerate(request._rank_offers()[request][:20])
        ]  # fmt: skip
        wizard = self.create({"request_id": request.id, "line_ids": lines})
        return {
            "type": "ir.actions.act_window", "name": self.env._("Find a company"), "res_model": self._name,
            "res_id": wizard.id, "view_mode": "form", "target": "new",
        }  # fmt: skip

    def _get_others(self):
        none = self.env["vti.lesson.offer"]
        return [(employer, none, False) for employer in self.employer_ids]

    def action_ask_companies(self):
        """Ask all that are ticked; the first that says yes does it."""
        self.ensure_one()
        self.request_id._check_staff()
        chosen = self.line_ids.filtered("is_chosen")
        rows = [(line.employer_id, line.offer_id, line.fits) for line in chosen] + self._get_others()
        if not rows:
            raise UserError(self.env._("Tick a company, or choose another one."))
        self.request_id._ask(rows)
        return {"type": "ir.actions.act_window_close"}

    def action_couple(self):
        """Couple with the one company that is ticked or named."""
        self.ensure_one()
        self.request_id._check_staff()
        chosen = self.line_ids.filtered("is_chosen")
        rows = self._get_others() or [(line.employer_id, line.offer_id, line.fits) for line in chosen]
        if len(rows) != 1:
            raise UserError(self.env._("Couple with one company: press the button on its line."))
        return self._couple_with(rows[0])

    def _couple_with(self, row):
        end = self.begin + timedelta(hours=min(max(self.hours, 0.5), 8)) if self.begin else False
        self.request_id._ask([row], direct=True, begin=self.begin, end=end)
        return {"type": "ir.actions.act_window_close"}


class LessonCoupleLine(models.TransientModel):
    """A suggested company, with why."""

    _name = "vti.lesson.couple.line"
    _description = "Suggested company"

    couple_id = fields.Many2one("vti.lesson.couple", required=True, ondelete="cascade")
    is_chosen = fields.Boolean("Ask")
    offer_id = fields.Many2one("vti.lesson.offer", ondelete="cascade", readonly=True)
    employer_id = fields.Many2one("res.partner", "Company", readonly=True, ondelete="cascade")
    fits = fields.Char("Why", readonly=True)

    def action_couple(self):
        """Couple with this company at once: both get a mail."""
        self.ensure_one()
        wizard = self.couple_id
        wizard.request_id._check_staff()
        return wizard._couple_with((self.employer_id, self.offer_id, self.fits))


class LessonRequest(models.Model):
    _inherit = "vti.lesson.request"

    def action_find_company(self):
        """Open the companies for this request."""
        self.ensure_one()
        self._check_staff()
        return self.env["vti.lesson.couple"]._open(self)


class LessonProposal(models.Model):
    _inherit = "vti.lesson.proposal"

    def action_couple(self):
        """Staff: let this company do it, with the other day that it named."""
        self.ensure_one()
        self.request_id._check_staff()
        this_sudo = self.sudo()
        this_sudo.request_id._claim()
        if this_sudo.state != "asked" or this_sudo.request_id.state != "offered":
            raise UserError(self.env._("This request can't be offered any more: look where it stands."))
        this_sudo.request_id._couple(this_sudo)

    def action_decline(self):
        """Staff: this company told that it can't."""
        self.ensure_one()
        self.request_id._check_staff()
        self.sudo()._say_no()
