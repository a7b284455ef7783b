from odoo import models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _render_eval_context(self):
        # What notices add at rendering; empty here, so that a text that uses it can be saved and previewed.
        return {"partner": self.env["res.partner"], "values": {}, **super()._render_eval_context()}
