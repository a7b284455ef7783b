from odoo import fields, models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    event_button = fields.Selection(
        [("registration", "The registration"), ("survey", "The questions afterwards"), ("events", "All events")],
        "Button leads to",
        help="A mail about a registration: sent in VTI's frame, with this button.",
    )
    attach_calendar = fields.Boolean("With the date", help="Adds the event as a file that a calendar opens.")

    def _render_eval_context(self):
        # None yet, so that a mail about one can be saved and previewed.
        context = super()._render_eval_context()
        return {**context, "values": {"proposal": self.env["vti.lesson.proposal"], **context["values"]}}
