import base64

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...importing.problems import FileProblem
from .import_kind import StepFailed
from .import_message import get_words

KEPT_DAYS = 30  # how long an import can be undone; then its rows and file go, for they hold personal data


class Import(models.Model):
    """A file with records: checked first, then imported as a whole or not at all, and undone if need be.

    Life: draft -> checked -> done -> undone. Checking writes nothing but what it found.
    """

    _name = "vti.import"
    _description = "Import"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(
        [
            ("company", "Companies and branches"),
            ("school", "Schools and campuses"),
            ("contact", "Contacts"),
            ("recognition", "Recognitions"),
            ("student", "Students"),
            ("qualification", "Qualifications"),
        ],
        "What",
        required=True,
        default="company",
    )
    file = fields.Binary(attachment=True)
    file_name = fields.Char()
    state = fields.Selection(
        [("draft", "To check"), ("checked", "Checked"), ("done", "Imported"), ("undone", "Undone")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    # what the check found
    line_ids = fields.One2many("vti.import.line", "import_id", copy=False)
    error_line_ids = fields.One2many("vti.import.line", "import_id", domain=[("outcome", "=", "error")])
    new_line_ids = fields.One2many("vti.import.line", "import_id", domain=[("outcome", "=", "new")])
    changed_line_ids = fields.One2many("vti.import.line", "import_id", domain=[("outcome", "=", "changed")])
    same_line_ids = fields.One2many("vti.import.line", "import_id", domain=[("outcome", "=", "same")])
    error_count = fields.Integer("With errors", readonly=True, copy=False)
    new_count = fields.Integer("New", readonly=True, copy=False)
    changed_count = fields.Integer("Changed", readonly=True, copy=False)
    same_count = fields.Integer("The same", readonly=True, copy=False)
    problems = fields.Json(readonly=True, copy=False)
    message = fields.Text("About the file", compute="_compute_message")
    digest = fields.Char(
        readonly=True, copy=False, help="What the check found would happen, to see whether it still is so."
    )
    # who and when
    checked_on = fields.Datetime(readonly=True, copy=False)
    done_on = fields.Datetime("Imported on", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Imported by", readonly=True, copy=False, index="btree_not_null")
    undone_on = fields.Datetime(readonly=True, copy=False)
    can_import = fields.Boolean(compute="_compute_can_import")

    @api.depends("kind", "file_name")
    def _compute_name(self):
        for record in self:
            kind = self.env["vti.import"]._get_kind_model(record.kind)._get_format().title if record.kind else ""
            record.name = ": ".join(filter(None, [kind, record.file_name]))

    @api.depends("problems")
    @api.depends_context("lang")
    def _compute_message(self):
        for record in self:
            record.message = "\n".join(get_words(self.env, problem) for problem in record.problems or []) or False

    @api.depends("state", "error_count", "new_count", "changed_count")
    def _compute_can_import(self):
        for record in self:
            record.can_import = record._can_import()

    @api.onchange("kind", "file")
    def _onchange_file(self):
        self.state = "draft"

    def write(self, vals):
        if {"kind", "file"} & set(vals):
            if self.filtered(lambda record: record.state in ("done", "undone")) and not self.env.context.get(
                "vti_clearing"
            ):
                raise UserError(self.env._("This file was imported already. Make a new import for another file."))
            vals = {**vals, "state": "draft"}
        return super().write(vals)

    def _get_kind_model(self, kind=None):
        return self.env[f"vti.import.{kind or self.kind}"]

    def _can_import(self):
        self.ensure_one()
        return self.state == "checked" and not self.error_count and bool(self.new_count or self.changed_count)

    def _lock(self):
        """Wait for, and then hold, this import: whoever presses twice does it once."""
        self.ensure_one()
        self.check_access("write")
        self.env.cr.execute(SQL("SELECT state FROM vti_import WHERE id = %s FOR UPDATE", self.id))
        self.invalidate_recordset(["state"])

    # actions

    def action_check(self):
        """Read the file and note what importing it would do."""
        self._lock()
        if self.state not in ("draft", "checked"):
            raise UserError(self.env._("This file was imported already."))
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        try:
            plan, unknown = self._read_plan()
        except FileProblem as problem:
            self._note(None, [{"code": problem.code, "params": problem.params}])
            return
        self._note(plan, [{"code": "unknown_columns", "params": {"columns": unknown}}] if unknown else [])

    def action_import(self):
        """Import the whole file, or nothing of it."""
        self._lock()
        if not self._can_import():
            raise UserError(self.env._("There is nothing that can be imported. Check the file first."))
        plan, unknown = self._read_plan()
        found = [{"code": "unknown_columns", "params": {"columns": unknown}}] if unknown else []
        if plan.has_problems or plan.get_digest() != self.digest:
            self._note(plan, [{"code": "changed_since"}, *found])
            return
        try:
            with self.env.cr.savepoint():
                self._get_kind_model().carry_out(plan)
        except StepFailed as failure:
            self.env.invalidate_all(flush=False)
            row = failure.step.row.number
            self._note_failure(row, failure.message)
            return
        self._store_traces(plan)
        self.write({"state": "done", "done_on": fields.Datetime.now(), "done_by_id": self.env.uid})

    def action_template(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/vti/import/{self.kind}/template.xlsx", "target": "download"}

    def action_template_csv(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/vti/import/{self.kind}/template.csv", "target": "download"}

    def action_report(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/vti/import/{self.id}/errors.xlsx", "target": "download"}

    # what was found

    def _get_data(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _read_plan(self):
        return self._get_kind_model().read_plan(self._get_data())

    def _note(self, plan, problems):
        """Replace what an earlier check found."""
        self.env.cr.execute(SQL("DELETE FROM vti_import_line WHERE import_id = %s", self.id))
        outcomes = [plan.get_outcome(row) for row in plan.rows] if plan else []
        self._insert_lines(
            (
                row.number,
                outcome,
                plan.get_label(row)[:250],
                Json([problem.as_json() for problem in row.problems]) if row.problems else None,
                Json(self._get_changes(plan, row)) if outcome == "changed" else None,
            )
            for row, outcome in zip(plan.rows if plan else (), outcomes, strict=True)
        )
        self.invalidate_recordset()
        self.write(
            {
                "state": "checked" if plan else "draft",
                "checked_on": fields.Datetime.now(),
                "problems": problems or False,
                "digest": plan.get_digest() if plan else False,
                **{f"{outcome}_count": outcomes.count(outcome) for outcome in ("error", "new", "changed", "same")},
            }
        )

    def _get_changes(self, plan, row):
        changes = []
        for step in plan.get_steps(row):
            if step.is_new:
                changes.append([step.model, None, None, None])
            changes += [[step.model, name, old, new] for name, old, new in step.shown]
        return changes

    def _insert_lines(self, lines):
        # thousands of rows that only this method ever writes: one statement instead of the ORM's many
        rows = [(self.id, *line) for line in lines]
        for start in range(0, len(rows), 1000):
            values = SQL(", ").join(SQL("%s", row) for row in rows[start : start + 1000])
            self.env.cr.execute(
                SQL(
                    "INSERT INTO vti_import_line (import_id, number, outcome, name, problems, changes) VALUES %s",
                    values,
                )
            )

    def _note_failure(self, number, message):
        line = self.line_ids.filtered(lambda line: line.number == number).sudo()
        line.write({"outcome": "error", "problems": [{"code": "refused", "params": {"message": message}}]})
        self.write(
            {"problems": [{"code": "failed_row", "params": {"row": number, "message": message}}], "error_count": 1}
        )

    def _store_traces(self, plan):
        """Keep what was done per row, so that it can be undone."""
        rows = []
        for row in plan.rows:
            traces = [
                {
                    "model": step.model,
                    "id": step.record_id,
                    "stage": step.stage,
                    **(
                        {"new": True}
                        if step.is_new
                        else {"old": self._to_json(step.old), "now": self._to_json(step.values)}
                    ),
                }
                for step in plan.get_steps(row)
                if not step.is_idle
            ]
            if traces:
                rows.append((row.number, Json(traces)))
        for start in range(0, len(rows), 1000):
            values = SQL(", ").join(SQL("%s", row) for row in rows[start : start + 1000])
            self.env.cr.execute(
                SQL(
                    "UPDATE vti_import_line SET trace = t.trace::jsonb FROM (VALUES %s) AS t (number, trace) "
                    "WHERE import_id = %s AND vti_import_line.number = t.number",
                    values,
                    self.id,
                )
            )
        self.line_ids.invalidate_recordset(["trace"])

    def _to_json(self, values):
        plain = {}
        for name, value in values.items():
            value = getattr(value, "record_id", value)
            plain[name] = fields.Date.to_string(value) if hasattr(value, "isoformat") else value
        return plain

    @api.autovacuum
    def _gc_files(self):
        """Forget files, rows and names of imports that can no longer be undone, and what was left unfinished."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        old = self.search(
            [("write_date", "<", limit), "|", ("file_name", "!=", False), ("line_ids", "!=", False)], limit=100
        )
        self.env.cr.execute(SQL("DELETE FROM vti_import_line WHERE import_id IN %s", tuple(old.ids or [0])))
        old.invalidate_recordset()
        old.with_context(vti_clearing=True).write({"file": False, "problems": False, "file_name": False})
        return len(old), len(old) == 100
