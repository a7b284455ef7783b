from odoo import api, models
from odoo.exceptions import UserError

from ... import scheduling


class SpeedDate(models.Model):
    """The day itself: who isn't there, who comes along, and new plans for the rounds that are left."""

    _inherit = "vti.speed.date"

    def _get_first_round(self):
        """Number of the first round that can still change: the next one to start, or the one after the last."""
        self.ensure_one()
        running, coming = self._get_moment()
        over = self.round_ids and self.round_ids[-1].number + 1
        return coming.number or (running and over) or over

    def _get_fixed(self, first):
        """Talks that a new plan leaves alone: earlier ones, and locked ones of people and tables that are there.

        Of somebody who is absent nothing stands, whatever was locked.
        """
        self.ensure_one()

        def is_fixed(talk):
            leaves = talk.company_id.left_from_id
            stays = talk.locked and talk.table <= talk.company_id.tables
            stays = stays and not (leaves and talk.round_number >= leaves.number)
            return not talk.student_id.is_absent and (talk.round_number < first or stays)

        return self.talk_ids.filtered(is_fixed)

    def _get_options(self, first):
        """The ways to go on from a round.

        :rtype: tuple[scheduling.Option, ...]
        """
        self.ensure_one()
        self._check_live(first)
        current = [self._as_talk(talk) for talk in self.talk_ids if talk.round_number >= first]
        return scheduling.replan(self._get_problem(first), current)

    def _check_live(self, first):
        if self.state != "published":
            raise UserError(self.env._("Publish the plan first. Until then, make it anew as a whole."))
        if not isinstance(first, int) or not self._get_first_round() <= first <= len(self.round_ids):
            raise UserError(self.env._("This round has begun. Choose a later one."))

    @api.readonly
    def action_propose(self, first=None):
        """Tell the ways to plan the rounds that are left, and what each brings and changes.

        :param int first: number of the first round that may change, by default the next one
        :return: dict with `first`, `version`, `people` and `options`, the fewest moved talks first
        """
        self.check_access("write")
        self.ensure_one()
        first = self._get_first_round() if first is None else first
        return {
            "first": first,
            "version": self.plan_version,
            "rounds": [turn.number for turn in self.round_ids if turn.number >= self._get_first_round()],
            "options": [
                {
                    "key": self._get_key(option), "moved": option.moved, "gone": option.gone, "added": option.added,
                    "value": option.value, "advised": option.advised, "words": self._describe_option(option),
                }
                for option in self._get_options(first)
            ],
        }  # fmt: skip

    def _describe_option(self, option):
        """What an option means for people, in sentences."""
        if not option.moved:
            moved = self.env._("Nobody has to move.")
        elif option.moved == 1:
            moved = self.env._("1 talk changes round or goes.")
        else:
            moved = self.env._("%(number)s talks change round or go.", number=option.moved)
        new = (
            self.env._("1 new talk.") if option.added == 1 else self.env._("%(number)s new talks.", number=option.added)
        )
        words = [moved, new]
        if option.promised and not self.company_promise:
            missing = len(self.student_ids.filtered(lambda line: not line.is_absent)) - option.promised[-1]
            if missing == 1:
                words.append(self.env._("1 student has fewer talks than promised."))
            elif missing > 1:
                words.append(self.env._("%(number)s students have fewer talks than promised.", number=missing))
        words.append(self.env._("%(points)s points of wishes.", points=option.value))
        return words

    def action_take_option(self, first, version, key):
        """Take one of the proposed ways.

        The same event gives the same proposals; if anything has changed since, none has that key or that version.

        :param int first: number of the first round that may change
        :param int version: of the plan that was on the screen
        :param str key: of the option
        :raise UserError: something has changed since, or the round has begun
        """
        self.check_access("write")
        self._claim(version)
        option = next((option for option in self._get_options(first) if self._get_key(option) == key), None)
        if not option:
            raise UserError(self.env._("Somebody changed the plan in the meantime. Look at it again."))
        self._apply_talks(option.talks, first)
        points = {(wish.student_id, wish.company_id): wish.points for wish in self.wish_ids}
        talks = self.talk_ids.filtered(lambda talk: not talk.student_id.is_absent)
        self.plan_value = sum(points.get((talk.student_id, talk.company_id), 0) for talk in talks)
        self.plan_proven = False
        return True

    @api.model
    def _get_key(self, option):
        """What tells an option from what would be proposed after a change."""
        return f"{option.moved}-{option.gone}-{option.added}-{option.value}-{len(option.talks)}"

    def action_mark_absent(self):
        """Note everybody who hasn't checked in as absent.

        :return: how many
        """
        self.check_access("write")
        self.ensure_one()
        self._claim()
        missing = self.student_ids.filtered(lambda line: line.presence == "expected")
        missing.is_absent = True
        return len(missing)
