from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger


class Partner(models.Model):
    _inherit = "res.partner"

    def _get_merge_kind(self):
        """What a partner is to us; only partners of one kind are one and the same.

        :return: empty for who is none of ours
        """
        self.ensure_one()
        roles = [name for name in ("is_employer", "is_school") if self[name]]
        if roles or self.type in ("branch", "campus"):
            return " ".join(roles) or self.type
        if self.with_context(active_test=False).vti_student_ids:
            return "student"
        house = self.commercial_partner_id
        if house != self and (house.is_employer or house.is_school):
            return "contact"
        return "guardian" if self._filter_private_people() else ""

    def _check_mergeable(self):
        """Refuse to make one of what is two.

        :raise UserError: in words, with what to do instead
        """
        kinds = [kind for kind in (partner._get_merge_kind() for partner in self.sudo()) if kind]
        if len(set(kinds)) > 1:
            raise UserError(
                self.env._(
                    "These are not of one kind: a company, a school, a branch, a colleague, a student and a parent "
                    "each stay themselves."
                )
            )
        if kinds.count("student") > 1:
            raise UserError(
                self.env._(
                    "Two students can't be merged: each has applications and consents of their own. Archive the "
                    "one that isn't used."
                )
            )
        if {"contact", "branch", "campus"} & set(kinds) and len(self.commercial_partner_id.filtered("is_company")) > 1:
            raise UserError(
                self.env._("These belong to two companies or schools. Are those one and the same? Merge them first.")
            )


class MergePartner(models.TransientModel):
    """Merge our partners without losing what hangs on them.

    Where one row clashes with a rule of the database, Odoo's own way deletes all rows of that table.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids).exists()
        partners._check_mergeable()
        numbers = [number for number in partners.mapped("company_registry") if number]
        kept = dst_partner or self._get_ordered_partner(partners.ids)[-1:]
        (partners - kept).filtered("is_employer").company_registry = False  # a number is one company's own
        result = super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        merged_sudo = partners.exists().sudo()
        merged_sudo._sync_vti_users()
        merged_sudo._forget_rules()
        if numbers and not merged_sudo.company_registry:  # computed, and so left out by Odoo
            merged_sudo.company_registry = numbers[0]
        return result

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env.flush_all()
        models_of = {model._table: model for model in self.env.values() if model._auto and not model._abstract}
        for table, column in self._get_fk_on("res_partner"):
            model = models_of.get(table)
            if model is not None and model._name.startswith("vti.") and not model._transient:
                self._move_rows(model.sudo().with_context(active_test=False), column, src_partners, dst_partner)
        self.env.invalidate_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _move_rows(self, model, column, sources, target):
        """Point the rows of a table to `target`, one by one where not all can; see `_settle_double`."""
        if self._point_rows(model, column, SQL("%s = ANY(%s)", SQL.identifier(column), sources.ids), target):
            return
        for record in model.search([(column, "in", sources.ids)]):
            by_id = SQL("id = %s", record.id)
            if self._point_rows(model, column, by_id, target):
                continue
            self._settle_double(record, target)
            self.env.flush_all()
            if record.exists() and not self._point_rows(model, column, by_id, target):
                raise UserError(
                    self.env._(
                        "Both have this, and one of the two has to go first: %(record)s (%(kind)s).",
                        record=record.display_name, kind=self.env["ir.model"]._get(model._name).name,
                    )
                )  # fmt: skip

    def _point_rows(self, model, column, rows, target):
        """:return: whether the database let it"""
        query = SQL(
            "UPDATE %s SET %s = %s WHERE %s", SQL.identifier(model._table), SQL.identifier(column), target.id, rows
        )
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(query)
        except IntegrityError:
            return False
        model.invalidate_model([column])
        return True

    def _settle_double(self, record, target):
        """Hook: end or take away a record that `target` has as well; what stays as it was stops the merge."""
        if record._name == "vti.recognition":
            record._settle_double(target)
