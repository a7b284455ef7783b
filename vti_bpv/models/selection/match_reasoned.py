from odoo import api, fields, models

from ...matching.profiles import Reason


class MatchReasoned(models.AbstractModel):
    """Reasons of matching kept as codes, and said in the language of who reads."""

    _name = "vti.match.reasoned"
    _description = "Something with reasons of matching"

    reasons = fields.Json(readonly=True, help="Codes and parameters; the words come from the language.")
    reasons_text = fields.Text("Why", compute="_compute_reasons_text")
    reasons_line = fields.Text("Why, in a line", compute="_compute_reasons_text")

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reasons_text(self):
        lists = [[Reason.from_dict(data) for data in record.reasons or ()] for record in self]
        for record, rows in zip(self, self.env["vti.match"]._say_all(lists), strict=True):
            record.reasons_line = " · ".join(f"– {sentence}" if tone <= 0 else sentence for tone, sentence in rows)
            record.reasons_text = "\n".join(
                sentence if tone < 0 and len(rows) == 1 else f"{'+' if tone > 0 else '–'} {sentence}"
                for tone, sentence in rows
            )
