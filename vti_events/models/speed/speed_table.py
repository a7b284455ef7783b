from odoo import models
from odoo.exceptions import UserError


class SpeedCompany(models.Model):
    _inherit = "vti.speed.company"

    def write(self, vals):
        result = super().write(vals)
        if "tables" in vals:
            self.env.flush_all()
            for date in self.speed_date_id:
                date._seat_again()
        return result


class SpeedDate(models.Model):
    """A table that goes, and a company that leaves before the end."""

    _inherit = "vti.speed.date"

    def _seat_again(self):
        """Give talks at a table that is gone a free table of the same company in the same round.

        Where there is none the talk stays, for the staff to see, until a new plan finds it a round. What has begun
        stays as it was held.
        """
        self.ensure_one()
        first = self._get_first_round() if self.state == "published" else 1
        for talks in self.talk_ids.grouped(lambda talk: (talk.company_id, talk.round_id)).values():
            number = talks.company_id.tables
            taken = set(talks.mapped("table"))
            for talk in talks.filtered(lambda talk, n=number: talk.table > n and talk.round_number >= first):
                table = next((table for table in range(1, number + 1) if table not in taken), None)
                if table:
                    taken.add(table)
                    talk.table = table

    def action_change_tables(self, company_id, tables, left_round_id, version):
        """Note how many tables a company has left, and from which round it is gone.

        Talks that have no place any more stay, with a warning, until the rest is planned anew.

        :param int company_id: line of the company
        :param int tables: 1 to 20
        :param left_round_id: the first round without the company, or False where it stays
        :param int version: of the plan that was on the screen
        :raise UserError: no such company, round or number, or the plan has changed
        """
        self.check_access("write")
        self.ensure_one()
        self._claim(version)
        line = self.company_ids.filtered(lambda line: line.id == company_id)
        turn = self.round_ids.filtered(lambda turn: turn.id == left_round_id)
        if not line or bool(turn) != bool(left_round_id):
            raise UserError(self.env._("Somebody changed the plan in the meantime. Look at it again."))
        if not isinstance(tables, int) or not 1 <= tables <= 20:
            raise UserError(self.env._("Choose 1 to 20 tables."))
        line.write({"tables": tables, "left_from_id": turn.id})
        return True
