from collections import defaultdict
from difflib import get_close_matches

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...importing.formats import get_format
from ...importing.problems import Problem
from ...importing.reader import read_table
from ...importing.steps import Plan, Step

BATCH = 500  # records made in one call
# an import tells its own story: no log line, follower or mail per record
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "import_file": False,
}


class StepFailed(Exception):
    """A record was refused while it was written."""

    def __init__(self, step, message):
        super().__init__(message)
        self.step, self.message = step, message


class ImportKind(models.AbstractModel):
    """How one kind of file is matched with the records there are.

    A kind is a model `vti.import.<kind>` that inherits this one, with a format of the same name in
    `importing/formats`. It implements `_plan_rows`.
    """

    _name = "vti.import.kind"
    _description = "Kind of import"

    def _get_format(self):
        return get_format(self._name.rpartition(".")[2])

    @api.private
    def read_plan(self, data, keep_example=False):
        """Read a file and work out what importing it would do; nothing is written.

        :param bytes data: the file
        :return: (Plan, list of headings that nobody knows)
        :raise FileProblem: where the file as a whole can't be used
        """
        rows, unknown = self._get_format().read_rows(read_table(data), keep_example=keep_example)
        plan = Plan(rows)
        self.with_context(**QUIET)._plan_rows(plan)
        return plan, unknown

    def _plan_rows(self, plan):
        """Add the steps of every row to the plan, and problems to the rows that have any.

        Looks up all it needs in a number of queries that doesn't grow with the rows.
        """
        raise NotImplementedError

    # helpers for the kinds

    def _header(self, name):
        return self._get_format().by_name[name].header

    def _problem(self, row, code, column="", /, **params):
        row.problems.append(Problem(code, self._header(column) if column else "", params))

    def _add_step(self, plan, row, stage, record, values, defaults=None):
        """Add the step that makes a record, or changes what differs.

        :param record: recordset of the model; empty to make one
        :param dict values: field -> value; many2one an id or a Step, many2many a list of ids
        :param dict defaults: further values of a record that is made
        :return: what stands for the record in other steps' values
        """
        if not record:
            return plan.add(Step(row, record._name, stage, {**(defaults or {}), **values}))
        step = Step(row, record._name, stage, {}, record_id=record.id, is_new=False)
        for name, value in values.items():
            old = self._get_raw(record, name)
            if not self._is_equal(record._fields[name], name, old, value):
                step.values[name], step.old[name] = value, old
                step.shown.append((name, self._get_shown(record, name, old), self._get_shown(record, name, value)))
        return plan.add(step)

    def _get_raw(self, record, name):
        """The value of a field in the form in which a file's value comes."""
        value, field = record[name], record._fields[name]
        if field.type == "many2one":
            return value.id or False
        if field.relational:
            return sorted(value.ids)
        return value

    def _is_equal(self, field, name, old, new):
        if field.type in ("float", "monetary"):
            return abs((old or 0.0) - (new or 0.0)) < 0.005
        if name == "email":
            return (old or "").lower() == (new or "").lower()
        if field.relational and field.type != "many2one":
            return sorted(old) == sorted(new)
        return (old or False) == (new or False)

    def _get_shown(self, record, name, value):
        """A value as it may be kept for readers: words for records, plain data for the rest."""
        field = record._fields[name]
        if isinstance(value, Step):
            return value.values.get("name", "")
        if field.relational:
            found = self.env[field.comodel_name].browse(value if isinstance(value, list) else [value] if value else [])
            return ", ".join(found.mapped("display_name"))
        return fields.Date.to_string(value) if field.type == "date" and value else value

    def _get_nearest(self, value, words):
        """The word that was probably meant, or ""."""
        return next(iter(get_close_matches(value, words, n=1, cutoff=0.6)), "")

    def _refuse_double(self, row, seen, key, column):
        """Note a problem where an earlier row has the same key.

        :return: whether it is a double
        """
        if not key:
            return False
        first = seen.setdefault(key, row)
        if first is not row:
            self._problem(row, "double_row", column, row=first.number)
        return first is not row

    # carrying out

    @api.private
    def carry_out(self, plan):
        """Write all steps of a plan.

        :raise StepFailed: when a record is refused; the caller rolls back
        """
        stages = defaultdict(lambda: defaultdict(list))
        for step in plan.steps:
            if not step.is_idle:
                stages[step.stage][step.model].append(step)
        for stage in sorted(stages):
            for model, steps in stages[stage].items():
                Model = self.env[model].with_context(**QUIET)
                new = [step for step in steps if step.is_new]
                for start in range(0, len(new), BATCH):
                    self._create_batch(Model, new[start : start + BATCH])
                self._write_changes(Model, [step for step in steps if not step.is_new])

    def _create_batch(self, Model, steps):
        try:
            with self.env.cr.savepoint():
                records = Model.create([self._resolve(Model, step.values) for step in steps])
        except (UserError, IntegrityError) as error:
            if len(steps) == 1:
                raise StepFailed(steps[0], self._get_words(Model, error)) from error
            half = len(steps) // 2
            self._create_batch(Model, steps[:half])
            self._create_batch(Model, steps[half:])
            return
        for step, record in zip(steps, records, strict=True):
            step.record_id = record.id

    def _write_changes(self, Model, steps):
        alike = defaultdict(list)
        for step in steps:
            values = self._resolve(Model, step.values)
            alike[repr(sorted(values.items()))].append((step, values))
        for group in alike.values():
            records = Model.browse([step.record_id for step, _values in group])
            try:
                with self.env.cr.savepoint():
                    records.write(group[0][1])
            except (UserError, IntegrityError) as error:
                raise StepFailed(group[0][0], self._get_words(Model, error)) from error

    def _resolve(self, Model, values):
        resolved = {}
        for name, value in values.items():
            if isinstance(value, Step):
                value = value.record_id
            elif isinstance(value, list):
                value = [(6, 0, value)]
            resolved[name] = value
        return resolved

    def _get_words(self, Model, error):
        return str(error.args[0]) if isinstance(error, UserError) else Model._sql_error_to_message(error)
