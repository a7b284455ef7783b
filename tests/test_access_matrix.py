"""Walk every cell of security/matrix.csv with real users.

A row is a model and a record of it, a column is a role, and a cell holds what that role may do with
that record: r(ead), c(reate) one like it, w(rite), u(nlink), or "-". An empty cell isn't asked; only
VTI's own people have such, where it is Odoo that decides.
"""

import csv
import json
from collections import defaultdict
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger
from odoo.tools.json import json_default

from .access_people import PORTAL_ROLES, ROLES
from .access_records import RecordsMixin
from .access_try import TryMixin

MATRIX = Path(__file__).parent.parent / "security" / "matrix.csv"
QUIET = (
    "odoo.sql_db",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_rule",
    "odoo.models",
    "odoo.models.unlink",
    "odoo.addons.base.models.res_users",
)
# of a user, one of the few fields that everybody may change of their own
WRITE_FIELD = {"res.users": ["signature"]}


def read_matrix():
    """Read the oracle as {(model, whose): {role: letters}}."""
    with MATRIX.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    matrix = {(row["model"], row["whose"]): {role: row[role] for role in ROLES} for row in rows}
    if len(matrix) != len(rows):
        raise ValueError(f"{MATRIX} has a row twice")
    return matrix


def describe(deviations):
    """Tell all deviations at once, as {(model, whose, role): (seen, expected)}."""
    return "\n" + "\n".join(
        f"{model}, {whose}: {role} can {seen}, the matrix says {expected}"
        for (model, whose, role), (seen, expected) in sorted(deviations.items())
    )


class MatrixMixin(TryMixin, RecordsMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matrix = read_matrix()
        cls.values = {
            (model, whose): (record.copy_data()[0], cls._get_writable_value(record))
            for model, by_label in cls.records.items()
            for whose, record in by_label.items()
        }
        cls.env.flush_all()

    def _call(self, user, model, method, *args):
        """Call as RPC does, with values as JSON has them."""
        arguments = json.loads(json.dumps(args, default=json_default))
        return call_kw(self.env[model].with_user(user), method, arguments, {})

    def _get_readable(self, user):
        """Which of all records a user finds or reads: {(model, whose)}; both ways must agree."""
        readable, differing = set(), []
        for model, by_label in self.records.items():
            domain = [["id", "in", [record.id for record in by_label.values()]]]
            if self.env[model]._active_name:
                domain.append([self.env[model]._active_name, "in", [True, False]])
            try:
                found = self._call(user, model, "search", domain)
            except AccessError:
                found = []
            for label, record in by_label.items():
                reads = self._is_let_in(lambda r=record: self._call(user, r._name, "read", r.ids, ["id"]))
                if reads != (record.id in found):
                    differing.append(f"{model}, {label}: {user.login} finds and reads it differently")
                if reads or record.id in found:
                    readable.add((model, label))
        return readable, differing

    @classmethod
    def _get_writable_value(cls, record):
        """A plain field that a form would write, with the value that it has: {name: value}."""
        names = [*WRITE_FIELD.get(record._name, ()), record._rec_name, "name", *record._fields]
        name = next(
            name
            for name in names
            if name in record._fields
            and record._fields[name].store
            and not record._fields[name].compute
            and not record._fields[name].related
            and name not in ("id", "create_uid", "write_uid", "create_date")
        )
        return {name: record._fields[name].convert_to_write(record[name], record)}

    def _get_letters(self, user, model, whose, readable, refused):
        """What a user may do with a record besides what was found readable.

        :param set refused: operations that this user was refused for a record of this model without
            having the right at all; they aren't tried again, and what is new is added
        """
        ids, (values, change) = self.records[model][whose].ids, self.values[model, whose]
        operations = {"create": ([values],), "write": (ids, change), "unlink": (ids,)}
        letters = "r" * ((model, whose) in readable)
        for operation, args in operations.items():
            if operation in refused:
                continue
            if self._is_let_in(lambda o=operation, a=args: self._call(user, model, o, *a)):
                letters += operation[0]
            elif model not in WRITE_FIELD and not self.env[model].with_user(user).has_access(operation):
                refused.add(operation)
        return letters or "-"


@tagged("post_install", "-at_install")
class TestAccessMatrix(MatrixMixin, TransactionCase):
    def test_every_model_in_reach_is_in_the_matrix(self):
        """A new model can't be forgotten: ours always, another's as soon as a portal role has a right on it."""
        groups = self.env["res.groups"].union(*(self.users[role].all_group_ids for role in PORTAL_ROLES))
        rights = (
            self.env["ir.model.access"]
            .sudo()
            .search(["|", ("group_id", "=", False), ("group_id", "in", groups.ids)])
            .filtered(lambda a: a.perm_read or a.perm_write or a.perm_create or a.perm_unlink)
        )
        ours = {name for name, model in self.env.items() if name.startswith("vti.") and not model._abstract}
        reachable = {name for name in rights.model_id.mapped("model") if not self.env[name]._abstract} | ours
        self.assertEqual(reachable - {model for model, _whose in self.matrix}, set())

    def test_matrix_and_records_name_the_same(self):
        named = {(model, whose) for model, by_label in self.records.items() for whose in by_label}
        self.assertEqual(set(self.matrix), named)
        absent = [key for key in named if not self.records[key[0]][key[1]].exists()]
        self.assertEqual(absent, [], "what doesn't exist can't be refused")

    @mute_logger(*QUIET)
    def test_every_cell(self):
        deviations, differing = {}, []
        for role in ROLES:
            user = self.users[role]
            readable, differs = self._get_readable(user)
            refused = defaultdict(set)
            differing += differs
            for (model, whose), expected in self.matrix.items():
                if not expected[role]:
                    continue
                seen = self._get_letters(user, model, whose, readable, refused[model])
                if seen != expected[role]:
                    deviations[model, whose, role] = seen, expected[role]
        self.assertFalse(deviations, describe(deviations))
        self.assertFalse(differing, "\n".join(differing))
