from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import scheduling

# what the integer programme may do while somebody waits, and behind the scenes: some five seconds, and a minute
AT_ONCE, LONGER = 120_000, 1_500_000
MOST_SECONDS = 90  # below what Odoo gives a page or a job; a plan that was stopped by it says so


class SpeedDate(models.Model):
    """The plan: what goes into the scheduling, and what comes out."""

    _inherit = "vti.speed.date"

    plan_version = fields.Integer(readonly=True, copy=False)
    plan_value = fields.Integer("Points of wishes", readonly=True, copy=False)
    plan_ideal = fields.Integer("Points at most", readonly=True, copy=False)
    plan_proven = fields.Boolean("Proven best", readonly=True, copy=False)
    plan_note = fields.Text("About the plan", readonly=True, copy=False)
    search_longer = fields.Boolean(readonly=True, copy=False)

    # ------------------------------------------------------------------ what is asked

    def _get_problem(self, first=1, fixed=None):
        """The event as the scheduling knows it: keys are ids, rounds count from 0.

        :param int first: number of the first round that can still change; earlier ones are over for everybody
        :param fixed: talks that stand; by default see `_get_fixed`
        """
        self.ensure_one()
        if fixed is None:
            fixed = self._get_fixed(first)
        start = self.round_ids[:1].starts_at
        past = set(range(first - 1))

        def minutes(moment):
            return int((moment - start).total_seconds() // 60)

        rooms = self.room_ids
        return scheduling.Problem(
            rounds=tuple(scheduling.Round(minutes(turn.starts_at), minutes(turn.ends_at)) for turn in self.round_ids),
            students=tuple(self._get_student(line, past) for line in self.student_ids),
            companies=tuple(
                scheduling.Company(
                    line.id, line.tables, frozenset(past | {number - 1 for number in line._get_away()}),
                    line.talk_limit or None, self.company_promise, line.room_id.id or None,
                )
                for line in self.company_ids
            ),
            pairs=self._get_pairs(),
            fixed=tuple(self._as_talk(talk) for talk in fixed),
            walk={
                (one.id, other.id): one.walk_minutes + other.walk_minutes
                for one in rooms for other in rooms if one.id < other.id
            },
            in_row=self.in_row,
        )  # fmt: skip

    def _get_pairs(self):
        """Who may meet: who wishes so; and who walked in and wishes nothing may meet anybody."""
        pairs = {(wish.student_id.id, wish.company_id.id): wish.points for wish in self.wish_ids if wish.points}
        for line in self.student_ids.filtered("walk_in"):
            if not any(wish.student_rank for wish in line.wish_ids):
                pairs |= {(line.id, company.id): pairs.get((line.id, company.id), 1) for company in self.company_ids}
        return tuple(scheduling.Pair(*pair, points) for pair, points in pairs.items())

    def _get_student(self, line, past):
        away = past | {turn.number - 1 for turn in line.away_round_ids}
        if line.is_absent:
            away = set(range(len(self.round_ids)))
        return scheduling.Student(line.id, frozenset(away), self.student_limit or None, self.promise)

    @api.model
    def _as_talk(self, talk):
        return scheduling.Talk(talk.round_number - 1, talk.company_id.id, talk.student_id.id)

    # ------------------------------------------------------------------ what comes out

    def action_plan(self):
        """Make the plan, around the talks that are locked."""
        self.check_access("write")
        self.ensure_one()
        if self.state not in ("wishes", "planned"):
            raise UserError(self.env._("A plan is made before it is published. During the day, plan the rest anew."))
        self._make_plan(AT_ONCE)
        return True

    def action_plan_longer(self):
        """Search further for a plan that may be better, behind the scenes."""
        self.check_access("write")
        self.search_longer = True
        self.env.ref("vti_events.cron_speed_plan").sudo()._trigger()
        return True

    def _make_plan(self, effort):
        self.ensure_one()
        self._claim()
        plan = scheduling.make_plan(self._get_problem(), effort, MOST_SECONDS)
        self._apply_talks(plan.talks)
        self.write(
            {
                "state": "planned",
                "search_longer": False,
                "plan_value": plan.value,
                "plan_ideal": plan.ideal,
                "plan_proven": plan.proven,
                "plan_note": self._describe(plan),
            }
        )

    @api.model
    def _cron_plan(self):
        """Plan anew where somebody asked to search longer, one after another."""
        waiting = self.search([("search_longer", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for date in waiting:
            if date.state in ("wishes", "planned"):
                date._make_plan(LONGER)
            date.search_longer = False
            if not cron._commit_progress(1):
                break

    def _describe(self, plan):
        """What the plan brings and what it can't, in words."""
        lines = []
        if plan.proven:
            lines.append(self.env._("No plan is better: this is proven."))
        elif plan.stopped == "time":
            lines.append(self.env._("A better plan may exist: the search took too long and was stopped by the clock. "
                                    "Made again, the plan may differ."))  # fmt: skip
        elif plan.stopped == "size":
            lines.append(self.env._("A better plan may exist, but there are too many talks to prove or find it."))
        else:
            lines.append(self.env._("A better plan may exist. Search longer to find out."))
        people = len(self.student_ids.filtered(lambda line: not line.is_absent))
        for level, number in enumerate(plan.promised if not self.company_promise else (), 1):
            values = {"number": number, "people": people, "talks": level}
            if level == 1:
                lines.append(self.env._("%(number)s of %(people)s students have a talk.", **values))
            else:
                lines.append(self.env._("%(number)s of %(people)s students have %(talks)s talks or more.", **values))
        if plan.lost:
            lines.append(self.env._("Rounds that don't suit, walks and pauses cost %(points)s points of wishes.",
                                    points=plan.lost))  # fmt: skip
        for pair in plan.left_out[:5]:
            student = self.student_ids.browse(pair.student).display_name
            company = self.company_ids.browse(pair.company).display_name
            lines.append(self.env._("No round for %(student)s and %(company)s.", student=student, company=company))
        return "\n".join(lines)

    def _apply_talks(self, talks, first=1):
        """Bring the talks that may change in line; those that stay keep their record, table and lock.

        :param talks: of the scheduling, without the fixed ones
        :param int first: number of the first round that changes
        """
        self.ensure_one()
        rounds = {turn.number: turn for turn in self.round_ids}
        fixed = self._get_fixed(first)
        free = self.talk_ids.filtered(lambda talk: talk not in fixed and talk.round_number >= first)
        have = {(talk.company_id.id, talk.student_id.id): talk for talk in free}
        wanted = {(talk.company, talk.student): talk.round + 1 for talk in talks}
        gone = free.filtered(lambda talk: (talk.company_id.id, talk.student_id.id) not in wanted)
        gone.unlink()
        stay = self.talk_ids - gone
        moving = stay.filtered(
            lambda talk: talk in free and wanted[talk.company_id.id, talk.student_id.id] != talk.round_number
        )
        taken = {(talk.round_number, talk.company_id.id, talk.table) for talk in stay - moving}
        new = []
        for (company, student), number in sorted(wanted.items(), key=lambda item: (item[1], item[0])):
            talk = have.get((company, student))
            if talk and talk not in moving:
                continue
            table = next(n for n in range(1, 100) if (number, company, n) not in taken)
            taken.add((number, company, table))
            if talk:
                talk.write({"round_id": rounds[number].id, "table": table})
            else:
                new.append(
                    {"round_id": rounds[number].id, "company_id": company, "student_id": student, "table": table}
                )
        self.env["vti.speed.talk"].create(new)
        self.invalidate_recordset(["talk_ids"])
        self._seat_again()

    def _claim(self, version=None):
        """Lock the plan until the end of the transaction, and count this change.

        :param int version: of the plan that somebody looked at when they decided
        :raise UserError: it has changed since
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute("SELECT plan_version FROM vti_speed_date WHERE id = %s FOR NO KEY UPDATE", [self.id])
        self.invalidate_recordset()
        self.env["vti.speed.talk"].invalidate_model()
        if version is not None and version != self.plan_version:
            raise UserError(self.env._("Somebody changed the plan in the meantime. Look at it again."))
        self.plan_version += 1
