from odoo import api, fields, models
from odoo.fields import Domain

OPEN = ("wishes", "planned", "published", "done")


class SpeedDate(models.Model):
    """What the pages of students and companies show and change; all sudo, always inside one's own line."""

    _inherit = "vti.speed.date"

    @api.model
    def _get_mine(self, user):
        """The speed-dates that a user takes part in, or can still join as a student.

        :return: sudo, the next one first
        """
        domain = Domain.FALSE
        if user.has_group("vti_bpv.group_company"):
            domain |= Domain("company_ids.employer_id", "=", user.partner_id.commercial_partner_id.id)
        if user.has_group("vti_bpv.group_student"):
            domain |= Domain("student_ids.student_id.partner_id", "=", user.partner_id.id)
            open_for_me = self.env["event.event"]._get_audience_domain(user.partner_id)
            domain |= (
                Domain("state", "=", "wishes")
                & Domain("wish_deadline", ">", fields.Datetime.now())
                & Domain("event_id", "any", open_for_me)
            )
        shown = Domain("state", "in", OPEN) & Domain("event_id.is_published", "=", True)
        return self.sudo().search(domain & shown, order="starts_at desc", limit=50)

    def _get_line(self, user):
        """The line of a user: of the company, of the student, or an empty one of a student who may join.

        :return: vti.speed.company or vti.speed.student (sudo), or None for somebody who has nothing to do with it
        """
        self.ensure_one()
        date_sudo = self.sudo()
        if date_sudo.state not in OPEN or not date_sudo.event_id.is_published:
            return None
        if user.has_group("vti_bpv.group_company"):
            house = user.partner_id.commercial_partner_id
            mine = date_sudo.company_ids.filtered(lambda line: line.employer_id == house)
            if mine:
                return mine
        if user.has_group("vti_bpv.group_student"):
            mine = date_sudo.student_ids.search(
                [("speed_date_id", "=", self.id), ("student_id.partner_id", "=", user.partner_id.id)]
            )
            can_join = date_sudo._can_wish() and date_sudo.event_id._is_for(user.partner_id)
            return mine if mine or can_join else None
        return None

    def _can_wish(self, side="student"):
        """Whether one side can still change what it said.

        :param str side: student or company
        """
        self.ensure_one()
        until = self.wish_deadline if side == "student" else self.company_deadline
        is_on = self.state == "wishes" and self.event_id.kanban_state != "cancel"
        return is_on and bool(until) and fields.Datetime.now() < until

    def _can_rank(self, side):
        """Whether one side can choose whom it wants to meet: companies when the wishes of students are in."""
        self.ensure_one()
        return self._can_wish(side) and (side == "student" or not self._can_wish())

    def _leave(self, user):
        """Take a student out, with the wishes; the registration is cancelled.

        :return: whether it was done
        """
        self.ensure_one()
        line = self._get_line(user)
        if not line or line._side != "student" or self.sudo().state not in ("wishes", "planned"):
            return False
        line.registration_id.action_cancel()
        line.unlink()
        return True

    # ------------------------------------------------------------------ the plan of one person

    def _get_schedule(self, line):
        """A line's rounds with what is in them.

        :return: dicts with `round` and `talks` (of one student at most one)
        """
        self.ensure_one()
        talks = line.talk_ids.grouped("round_id")
        away = {turn.number for turn in line.away_round_ids} if line._side == "student" else line._get_away()
        none = self.env["vti.speed.talk"].sudo()
        return [
            {"round": turn, "talks": talks.get(turn, none).sorted("table"), "away": turn.number in away}
            for turn in self.round_ids
        ]

    def _get_moment(self):
        """The round that runs, and the next one; by the clock of now.

        :return: (round or empty, round or empty)
        """
        self.ensure_one()
        now = fields.Datetime.now()
        running = self.round_ids.filtered(lambda turn: turn.starts_at <= now < turn.ends_at)
        coming = self.round_ids.filtered(lambda turn: turn.starts_at > now)
        return running[:1], coming[:1]
