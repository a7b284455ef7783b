from odoo import api, models
from odoo.exceptions import UserError

from ... import scheduling
from ...scheduling.check import (
    COMPANY_AWAY,
    COMPANY_LIMIT,
    FULL,
    IN_ROW,
    STUDENT_AWAY,
    STUDENT_BUSY,
    STUDENT_LIMIT,
    TWICE,
    UNKNOWN,
    WALK,
)

# nobody can be at two tables, and no table has two students
NEVER = {UNKNOWN, TWICE, STUDENT_BUSY, FULL}


class SpeedDate(models.Model):
    """Changes by hand: what is wrong with one, what it costs, and doing it."""

    _inherit = "vti.speed.date"

    def _get_fault_label(self, code):
        return {
            UNKNOWN: self.env._("This person or round isn't there any more"),
            TWICE: self.env._("The two meet twice"),
            STUDENT_BUSY: self.env._("The student is at two tables at once"),
            STUDENT_AWAY: self.env._("The student can't in this round"),
            COMPANY_AWAY: self.env._("The company can't in this round"),
            FULL: self.env._("There is no table left in this round"),
            STUDENT_LIMIT: self.env._("More talks than a student may have"),
            COMPANY_LIMIT: self.env._("More talks than the company wants"),
            WALK: self.env._("The walk from the other room takes too long"),
            IN_ROW: self.env._("Too many talks without a pause"),
        }[code]

    def _describe_fault(self, fault):
        return self.env._(
            "Round %(number)s, %(student)s at %(company)s: %(problem)s",
            number=fault.talk.round + 1,
            student=self.student_ids.browse(fault.talk.student).display_name,
            company=self.company_ids.browse(fault.talk.company).display_name,
            problem=self._get_fault_label(fault.code),
        )

    def _get_faults(self):
        """What is wrong with the plan as it stands, in sentences.

        Locked talks were meant to be so, and during the day only what is to come can be mended.
        """
        self.ensure_one()
        first = self._get_first_round() if self.state == "published" else 1
        fixed = self._get_fixed(first)
        problem = self._get_problem(first, fixed)
        talks = [self._as_talk(talk) for talk in self.talk_ids - fixed if talk.round_number >= first]
        return [self._describe_fault(fault) for fault in scheduling.check(problem, talks)]

    def _get_change(self, talk_id, round_id, company_id, table):
        """The talks after one is put elsewhere; who sits there comes to the place that it leaves.

        :return: records and their new (round, company, table)
        :raise UserError: something is of another speed-date, or the talk or the round has begun
        """
        self.ensure_one()
        talk = self.talk_ids.filtered(lambda talk: talk.id == talk_id)
        turn = self.round_ids.filtered(lambda turn: turn.id == round_id)
        company = self.company_ids.filtered(lambda line: line.id == company_id)
        if not talk or not turn or not company or not 1 <= table <= company.tables:
            raise UserError(self.env._("Somebody changed the plan in the meantime. Look at it again."))
        if self.state == "done":
            raise UserError(self.env._("The day is closed: the plan stays as it was."))
        first = self._get_first_round() if self.state == "published" else 1
        if min(talk.round_number, turn.number) < first:
            raise UserError(self.env._("This round has begun. Choose a later one."))
        places = {talk: (turn, company, table)}
        sits = self.talk_ids.filtered(
            lambda t: t != talk and (t.round_id, t.company_id, t.table) == (turn, company, table)
        )
        if sits:
            places[sits] = (talk.round_id, talk.company_id, talk.table)
        return places

    def _check_change(self, places):
        """Find what a change breaks and what it costs.

        :return: sentences of what can't be, sentences of what shouldn't be, points of wishes lost
        """
        moved = self.env["vti.speed.talk"].union(*places)
        rest = self.talk_ids - moved
        problem = self._get_problem(fixed=rest)
        talks = [
            scheduling.Talk(turn.number - 1, company.id, talk.student_id.id)
            for talk, (turn, company, _table) in places.items()
        ]
        faults = scheduling.check(problem, talks)
        points = {(wish.student_id, wish.company_id): wish.points for wish in self.wish_ids}
        before = sum(points.get((talk.student_id, talk.company_id), 0) for talk in places)
        after = sum(points.get((talk.student_id, company), 0) for talk, (_turn, company, _table) in places.items())
        never = [self._describe_fault(fault) for fault in faults if fault.code in NEVER]
        better_not = [self._describe_fault(fault) for fault in faults if fault.code not in NEVER]
        return never, better_not, before - after

    def _describe_wishes(self, places):
        """Whose wish comes true by a change and whose doesn't any more, in sentences."""
        ranks = {(wish.student_id, wish.company_id): wish.student_rank for wish in self.wish_ids}
        words = []
        for talk, (_turn, company, _table) in places.items():
            for other, is_new in ((talk.company_id, False), (company, True)):
                rank = ranks.get((talk.student_id, other))
                if company == talk.company_id or not rank:
                    continue
                values = {"student": talk.student_id.display_name, "company": other.display_name, "rank": rank}
                if is_new:
                    words.append(self.env._("%(student)s now meets %(company)s: wish %(rank)s.", **values))
                else:
                    words.append(self.env._("%(student)s no longer meets %(company)s: wish %(rank)s.", **values))
        return words

    def action_try_move(self, talk_id, round_id, company_id, table):
        """Tell what it would mean to put a talk elsewhere.

        :return: dict with `never`, `warnings` and `wishes` (sentences) and `cost` (points of wishes)
        """
        self.check_access("write")
        places = self._get_change(talk_id, round_id, company_id, table)
        never, warnings, cost = self._check_change(places)
        return {"never": never, "warnings": warnings, "wishes": self._describe_wishes(places), "cost": cost}

    def action_move(self, talk_id, round_id, company_id, table, version):
        """Put a talk elsewhere and lock it; who sits there changes places with it.

        :param int version: of the plan that was on the screen
        :raise UserError: it can't be, or the plan has changed
        """
        self.check_access("write")
        self._claim(version)
        places = self._get_change(talk_id, round_id, company_id, table)
        never, _warnings, cost = self._check_change(places)
        if never:
            raise UserError("\n".join(never))
        for talk, (turn, company, number) in places.items():
            talk.write({"round_id": turn.id, "company_id": company.id, "table": number, "locked": True})
        self.plan_value -= cost
        self.plan_proven = False
        return True

    def action_toggle_lock(self, talk_id):
        """Let a new plan leave a talk as it is, or not any more."""
        self.check_access("write")
        talk = self.talk_ids.filtered(lambda talk: talk.id == talk_id)
        talk.locked = not talk.locked
        return True

    @api.readonly
    def action_get_grid(self):
        """The plan as the grid shows it: rounds, tables with their talks, version.

        :rtype: dict
        """
        self.check_access("read")
        self.ensure_one()
        talks = {(talk.company_id.id, talk.table, talk.round_id.id): talk for talk in self.talk_ids}
        rows, first = [], self._get_first_round() if self.state == "published" else 1
        for line in self.company_ids.sorted(lambda line: (line.room_id.sequence, line.room_id.id, line.id)):
            away = line._get_away()
            # a talk whose table is gone is shown until it has another place
            for table in range(1, max(line.tables, *line.talk_ids.mapped("table"), 1) + 1):
                cells = []
                for turn in self.round_ids:
                    talk = talks.get((line.id, table, turn.id), self.env["vti.speed.talk"])
                    cells.append(
                        {"round": turn.id, "away": turn.number in away or table > line.tables, "talk": talk.id,
                         "begun": turn.number < first, "student": talk.student_id.display_name or "",
                         "absent": talk.student_id.is_absent, "locked": talk.locked,
                         "rank": talk.student_rank, "company_rank": talk.company_rank}
                    )  # fmt: skip
                rows.append({"company": line.id, "name": line.display_name, "room": line.room_id.name or "",
                             "table": table, "tables": line.tables, "left": line.left_from_id.id,
                             "cells": cells})  # fmt: skip
        return {
            "name": self.name,
            "version": self.plan_version,
            "live": self.state == "published" and first <= len(self.round_ids),
            "planned": self.state == "planned",
            "closed": self.state == "done",
            "rounds": [
                {"id": turn.id, "number": turn.number, "time": turn._get_time(), "begun": turn.number < first}
                for turn in self.round_ids
            ],
            "rows": rows,
            "points": self.env._(
                "%(value)s of at most %(most)s points of wishes", value=self.plan_value, most=self.plan_ideal
            ),
            "proven": self.plan_proven,
            "faults": self._get_faults() if self.talk_ids else [],
        }
