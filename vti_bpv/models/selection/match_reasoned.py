from odoo import api, fields, models

from ...matching.profiles import Reason

# what holds for nearly every proposal, and so says little in a list
OBVIOUS = ("qualification_own", "education_same", "guide", "level_2_welcome")


class MatchReasoned(models.AbstractModel):
    """Reasons of matching kept as codes, and said in the language of who reads."""

    _name = "vti.match.reasoned"
    _description = "Something with reasons of matching"

    reasons = fields.Json(readonly=True, help="Codes and parameters; the words come from the language.")
    reasons_text = fields.Text("Why", compute="_compute_reasons", help="All of them.")
    reasons_for = fields.Text("Speaks for it", compute="_compute_reasons")
    reasons_mind = fields.Text("Mind", compute="_compute_reasons", help="What doesn't fit, or isn't sure.")
    reasons_line = fields.Text("Why, in short", compute="_compute_reasons", help="What tells pairs apart.")

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reasons(self):
        lists = [[Reason.from_dict(data) for data in record.reasons or ()] for record in self]
        said = self.env["vti.match"]._say_all(lists)
        telling = self.env["vti.match"]._say_all(
            [[reason for reason in reasons if reason.tone > 0 and reason.code not in OBVIOUS] for reasons in lists]
        )
        for record, rows, short in zip(self, said, telling, strict=True):
            good = [sentence for tone, sentence in rows if tone > 0]
            mind = [sentence for tone, sentence in rows if tone <= 0]
            record.reasons_for, record.reasons_mind = "\n".join(good), "\n".join(mind)
            record.reasons_text = "\n".join(sentence for _tone, sentence in rows)
            lines = [" · ".join(sentence for _tone, sentence in short) or " · ".join(good[:1])]
            if mind:
                lines.append(self.env._("Mind: %(what)s", what=" · ".join(mind)))
            record.reasons_line = "\n".join(filter(None, lines))

    def _get_reason_rows(self):
        """Tone (1, 0 or -1) and sentence of each reason, in this language."""
        self.ensure_one()
        return self.env["vti.match"]._say([Reason.from_dict(data) for data in self.reasons or ()])
