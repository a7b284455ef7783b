from odoo import api, fields, models
from odoo.tools import format_date

from .import_message import get_words


class ImportLine(models.Model):
    """A row of an imported file: what is wrong with it, or what it does."""

    _name = "vti.import.line"
    _description = "Row of an import"
    _order = "import_id, number"
    _log_access = False

    import_id = fields.Many2one("vti.import", required=True, index=True, ondelete="cascade", readonly=True)
    number = fields.Integer("Row", readonly=True, aggregator=None)
    outcome = fields.Selection(
        [("error", "Error"), ("new", "New"), ("changed", "Changed"), ("same", "The same")], readonly=True
    )
    name = fields.Char("What", readonly=True)
    problems = fields.Json(readonly=True)
    changes = fields.Json(readonly=True)
    trace = fields.Json(readonly=True, groups="base.group_system")
    message = fields.Text("What is wrong", compute="_compute_message")
    change_text = fields.Text("What changes", compute="_compute_change_text")

    @api.depends("problems")
    @api.depends_context("lang")
    def _compute_message(self):
        for line in self:
            line.message = "\n".join(get_words(self.env, problem) for problem in line.problems or [])

    @api.depends("changes")
    @api.depends_context("lang")
    def _compute_change_text(self):
        for line in self:
            line.change_text = "\n".join(self._get_change_words(*change) for change in line.changes or [])

    def _get_change_words(self, model, name, old, new):
        if not name:
            return self.env._("added: %(what)s", what=self.env["ir.model"]._get(model).name)
        field = self.env[model]._fields[name]
        label = field._description_string(self.env)
        return f"{label}: {self._get_value_words(field, old)} → {self._get_value_words(field, new)}"

    def _get_value_words(self, field, value):
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if value is False or value is None or value == "":
            return "–"
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "date":
            return format_date(self.env, value)
        text = str(value)
        return text if len(text) < 80 else text[:79] + "…"
