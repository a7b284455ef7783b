from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .import_file import KEPT_DAYS

# rows that come along with a record and go with it, so that they stand in nobody's way
COMPANIONS = {"mail.followers", "mail.notification", "vti.import", "vti.import.line"}
SHOWN = 10  # reasons named before "and more"


class Import(models.Model):
    _inherit = "vti.import"

    def action_undo(self):
        """Take an import back: remove what it made, restore what it changed; all of it or nothing.

        :raise UserError: naming what stands in the way
        """
        self._lock()
        if self.state != "done":
            raise UserError(self.env._("Only what was imported can be undone."))
        if self.done_on < fields.Datetime.now() - relativedelta(days=KEPT_DAYS):
            raise UserError(self.env._("An import can be undone for %(days)s days.", days=KEPT_DAYS))
        import_sudo = self.sudo()
        made, changed = import_sudo._read_traces()
        reasons = import_sudo._get_later_changes(changed) + import_sudo._get_dependants(made)
        if reasons:
            more = [self.env._("… and %(count)s more", count=len(reasons) - SHOWN)] if len(reasons) > SHOWN else []
            raise UserError("\n".join([self.env._("This can't be undone:"), *reasons[:SHOWN], *more]))
        import_sudo._restore(changed)
        import_sudo._remove(made)
        self.write({"state": "undone", "undone_on": fields.Datetime.now()})

    def _read_traces(self):
        """What the import did.

        :return: (model -> ids it made, still there, the last made first; list of (record, old, now))
        """
        traces = [trace for line in self.line_ids for trace in line.trace or []]
        made_ids, changed = defaultdict(list), defaultdict(list)
        for trace in traces:
            if trace.get("new"):
                made_ids[trace["stage"], trace["model"]].append(trace["id"])
            else:
                changed[trace["model"]].append(trace)
        made = [self.env[model].browse(ids).exists() for (_stage, model), ids in sorted(made_ids.items(), reverse=True)]
        changes = []
        for model, each in changed.items():
            records = {record.id: record for record in self.env[model].browse([trace["id"] for trace in each]).exists()}
            # what was removed since needs no restoring
            changes += [(records[t["id"]], t["old"], t["now"]) for t in each if t["id"] in records]
        return made, changes

    def _get_later_changes(self, changes):
        reasons = []
        Kind = self.env["vti.import.kind"]
        for record, old, now in changes:
            for name in old:
                field = record._fields[name]
                current = self._plain(Kind._get_raw(record, name))
                if not Kind._is_equal(field, name, current, now[name]) and not Kind._is_equal(
                    field, name, current, old[name]
                ):
                    reasons.append(
                        self.env._(
                            "%(record)s: “%(field)s” was changed after the import.",
                            record=record.display_name,
                            field=field._description_string(self.env),
                        )
                    )
        return reasons

    def _plain(self, value):
        return fields.Date.to_string(value) if hasattr(value, "isoformat") else value

    def _get_dependants(self, made):
        """Sentences about records that refer to what the import made."""
        ids = defaultdict(set)
        for records in made:
            ids[records._name].update(records.ids)
        reasons = []
        for model, mine in ids.items():
            for referring, field in self._get_references(model):
                reasons += self._find_referring(referring, field, model, mine, ids)
        return reasons

    def _get_references(self, model):
        for referring in self.env.values():
            if referring._abstract or referring._transient or not referring._auto or referring._name in COMPANIONS:
                continue
            for field in referring._fields.values():
                # what is computed from another reference adds no reason of its own
                if (
                    field.store
                    and field.comodel_name == model
                    and field.type in ("many2one", "many2many")
                    and not (field.compute and not field.inverse and field.readonly)
                ):
                    yield referring, field

    def _find_referring(self, referring, field, model, mine, ids):
        if field.type == "many2one":
            if not field.column_type or field.name in ("create_uid", "write_uid"):
                return []
            query = SQL(
                "SELECT id, %(column)s FROM %(table)s WHERE %(column)s IN %(mine)s AND NOT id = ANY(%(own)s) LIMIT 20",
                column=SQL.identifier(field.name),
                table=SQL.identifier(referring._table),
                mine=tuple(mine),
                own=list(ids.get(referring._name, [])),
            )
        else:
            query = SQL(
                "SELECT %(one)s, %(other)s FROM %(table)s "
                "WHERE %(other)s IN %(mine)s AND NOT %(one)s = ANY(%(own)s) LIMIT 20",
                one=SQL.identifier(field.column1),
                other=SQL.identifier(field.column2),
                table=SQL.identifier(field.relation),
                mine=tuple(mine),
                own=list(ids.get(referring._name, [])),
            )
        what = self.env["ir.model"]._get(referring._name).name
        return [
            self.env._(
                "%(record)s is used by: %(what)s “%(name)s”.",
                what=what,
                record=self.env[model].browse(target).display_name,
                name=referring.sudo().browse(source).display_name,
            )
            for source, target in self.env.execute_query(query)
        ]

    def _restore(self, changes):
        alike = defaultdict(list)
        for record, old, _now in changes:
            alike[record._name, repr(sorted(old.items()))].append((record, old))
        for group in alike.values():
            records, old = group[0][0].browse([record.id for record, _old in group]), group[0][1]
            values = {name: [(6, 0, value)] if isinstance(value, list) else value for name, value in old.items()}
            records.with_context(tracking_disable=True).write(values)

    def _remove(self, made):
        for records in made:
            records.unlink()
