from odoo import models

from .import_lookup import Named

OWN = ("name", "level", "dossier", "dossier_crebo", "valid_from", "valid_to")


class ImportQualification(models.AbstractModel):
    """Qualifications, from a list of one's own or DUO's public one (which has a row per learning path)."""

    _name = "vti.import.qualification"
    _description = "Import of qualifications"
    _inherit = ["vti.import.kind"]

    def _plan_rows(self, plan):
        found = (
            self.env["vti.qualification"]
            .with_context(active_test=False)
            .search_fetch([], ["crebo", "active", "trade_id", "learning_paths", *OWN])
            .grouped("crebo")
        )
        trades, rows_of = Named(self.env, "vti.trade"), {}
        for row in plan.rows:
            crebo = row.values.get("crebo")
            plan.name_row(row, " ".join(filter(None, [crebo, row.values.get("name")])))
            if crebo and self._merge_paths(row, rows_of.setdefault(crebo, row)):
                continue
            if crebo:
                self._plan_qualification(row, plan, found.get(crebo), trades)
        for step in plan.steps:  # only now the paths of all rows are known
            self._add_path(step, found)

    def _merge_paths(self, row, first):
        """Take a further row of a crebo together with the first, where they differ in learning path alone.

        :return: whether it is a further row
        """
        if row is first:
            return False
        plain = [{k: v for k, v in each.values.items() if k != "learning_path"} for each in (row, first)]
        if plain[0] != plain[1]:
            self._problem(row, "double_row", "crebo", row=first.number)
        elif row.values.get("learning_path", "both") != first.values.get("learning_path", "both"):
            first.values["learning_path"] = "both"
        return True

    def _plan_qualification(self, row, plan, qualification, trades):
        values = {name: row.values[name] for name in OWN if name in row.values}
        if trade := trades.find(row, "trade", self._header):
            values["trade_id"] = trade.id
        if not qualification:
            for name in ("name", "level"):
                if name not in values and not row.cells.get(name):
                    self._problem(row, "required_new", name)
        elif not qualification.active:
            self._problem(row, "archived", name=qualification.name)
        start, end = values.get("valid_from"), values.get("valid_to")
        if start and end and end < start:
            self._problem(row, "dates_ordered", "valid_to")
        record = qualification or self.env["vti.qualification"]
        self._add_step(plan, row, 0, record, values, {"crebo": row.values["crebo"]})

    def _add_path(self, step, found):
        path = step.row.values.get("learning_path")
        if not path:
            return
        old = False if step.is_new else found[step.row.values["crebo"]].learning_paths
        if step.is_new:
            step.values["learning_paths"] = path
        elif old != path:
            step.values["learning_paths"], step.old["learning_paths"] = path, old
            step.shown.append(("learning_paths", old, path))
