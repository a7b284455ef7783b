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
            domain |= Domain("state", "=", "wishes") & Domain("wish_deadline", ">", fields.Datetime.now())
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
            return mine if mine or date_sudo._can_wish() else None
        return None

    def _can_wish(self):
        """Whether wishes are still taken."""
        self.ensure_one()
        return self.state == "wishes" and bool(self.wish_deadline) and fields.Datetime.now() < self.wish_deadline

    def _get_choices(self, line):
        """Whom a line may wish for.

        :return: lines of the other side, each with the words that describe it
        :rtype: list[tuple]
        """
        self.ensure_one()
        if line._name == "vti.speed.student":
            return [(company, company.display_name) for company in self.company_ids.sorted(lambda c: c.display_name)]
        fans = line.wish_ids.filtered("student_rank").student_id
        return [(student, student._get_label()) for student in fans]

    def _read_wishes(self, line, form):
        """What a form says: who is wished for, in order, and the rounds that don't suit.

        :return: lines of the other side, rounds, field -> sentence
        """
        choices = {str(other.id): other for other, _label in self._get_choices(line)}
        found, errors = [], {}
        for rank in range(1, self.wish_limit + 1):
            value = str(form.get(f"wish_{rank}") or "")
            if not value:
                continue
            if value not in choices:
                errors[f"wish_{rank}"] = self.env._("Choose from the list.")
            elif choices[value] in found:
                errors[f"wish_{rank}"] = self.env._("You chose this one already. Choose another, or leave it open.")
            else:
                found.append(choices[value])
        if not found and not errors and line._name == "vti.speed.student":
            errors["wish_1"] = self.env._("Choose at least one company.")
        rounds = self.round_ids.filtered(lambda turn: form.get(f"away_{turn.id}"))
        if rounds and rounds == self.round_ids:
            errors["away"] = self.env._("Leave at least one round open.")
        return found, rounds, errors

    def _save_wishes(self, user, form):
        """Keep what somebody wishes; a student who wasn't there yet takes part from now on.

        :return: field -> sentence, empty where it was kept
        """
        self.ensure_one()
        date = self.sudo()
        line = date._get_line(user)
        if line is None or not date._can_wish():
            return {"form": self.env._("Wishes are closed. Ask VTI if something has to change.")}
        found, rounds, errors = date._read_wishes(line, form)
        if errors:
            return errors
        if not line:
            student = self.env["vti.student"]._of_user(user)
            line = line.create({"speed_date_id": date.id, "student_id": student.id})
        line.away_round_ids = rounds
        if line._name == "vti.speed.company":
            places = line.employer_id.env["vti.vacancy"].search(
                [("employer_id", "=", line.employer_id.id), ("state", "=", "published")]
            )
            line.vacancy_ids = places.filtered(lambda place: form.get(f"place_{place.id}"))
        self.env["vti.speed.wish"].sudo()._rank(line, found)
        return {}

    def _leave(self, user):
        """Take a student out, with the wishes; the registration is cancelled.

        :return: whether it was done
        """
        self.ensure_one()
        line = self._get_line(user)
        if not line or line._name != "vti.speed.student" or self.sudo().state not in ("wishes", "planned"):
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
        away = {turn.number for turn in line.away_round_ids} if line._name == "vti.speed.student" else line._get_away()
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
