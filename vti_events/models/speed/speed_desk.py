from odoo import fields, models
from odoo.tools.misc import format_datetime

from odoo.addons.vti_bpv.tools.moment import ZONE

ROWS = 40  # that fit a phone at the door; a name finds the rest
MANY, MOST = 40, 80  # talks in a round from which the names on the screen are smaller


class SpeedDate(models.Model):
    """What VTI's staff see on the day itself: the screen in the hall, and the desk at the door."""

    _inherit = "vti.speed.date"

    def _get_clock(self):
        """Dutch clock time of now."""
        return format_datetime(self.env, fields.Datetime.now(), tz=ZONE, dt_format="HH:mm")

    def _get_screen(self):
        """Who goes where in each round, by name; without who is absent.

        :return: dict with `rounds` (dicts of `round` and `talks`), `shown` (the next round, else the one that runs)
            and `size` of the names
        """
        self.ensure_one()
        running, coming = self._get_moment()
        talks = self.talk_ids.filtered(lambda talk: not talk.student_id.is_absent).grouped("round_id")
        rows = [
            {"round": turn, "talks": [self._get_screen_row(talk) for talk in talks.get(turn, self.talk_ids.browse())]}
            for turn in self.round_ids
        ]
        most = max((len(row["talks"]) for row in rows), default=0)
        for row in rows:
            row["talks"].sort(key=lambda talk: (talk["name"], talk["company"]))
        size = "most" if most > MOST else "many" if most > MANY else "few"
        return {"rounds": rows, "shown": coming or running, "size": size}

    def _get_screen_row(self, talk):
        company = talk.company_id
        return {
            "name": talk.student_id._get_first_name(), "company": company.display_name,
            "room": company.room_id.name, "table": talk.table,
        }  # fmt: skip

    # ------------------------------------------------------------------ the desk at the door

    def _get_desk(self, name="", code=""):
        """Who is expected at the door.

        :param str name: a part of it
        :param str code: what a scanned QR code holds
        :return: dict of what the page shows
        """
        self.ensure_one()
        Line = self.env["vti.speed.student"]
        name, code = (text.replace("\x00", "").strip()[:60] for text in (name, code))
        mine = [("speed_date_id", "=", self.id)]
        counts = dict(Line._read_group(mine, ["presence"], ["__count"]))
        values = {"counts": counts, "q": name, "code": code, "others": self.env["vti.student"], "scanned": Line}
        if code:
            values["scanned"] = Line.search([*mine, ("registration_id.barcode", "=", code)])
        looked_for = [("student_id.name", "ilike", name)] if name else [("presence", "!=", "present")]
        values["lines"] = Line.search([*mine, *looked_for], order="student_id", limit=ROWS)
        values["more"] = Line.search_count([*mine, *looked_for]) - len(values["lines"])
        if name and self.state == "published":
            known = self.student_ids.student_id.ids
            values["others"] = self.env["vti.student"].search(
                [("name", "ilike", name), ("activated_on", "!=", False), ("id", "not in", known)], limit=10
            )
        return values

    def _change_at_desk(self, what, person_id):
        """Note that somebody is here or isn't after all, or let somebody join who just walked in.

        :param str what: here, away or join
        :param int person_id: of the line, or of the student who joins
        :return: a sentence of what was done, or False
        """
        self.ensure_one()
        if what == "join":
            return self._join_at_desk(person_id)
        line = self.student_ids.filtered(lambda line: line.id == person_id)
        if not line:
            return False
        if what == "here":
            line.registration_id.action_set_done()
            line.is_absent = False
            return self.env._("%(name)s is checked in.", name=line.display_name)
        line.registration_id.action_confirm()
        line.is_absent = self.state == "published" and self._get_first_round() > 1
        return self.env._("%(name)s isn't checked in any more.", name=line.display_name)

    def _join_at_desk(self, student_id):
        student = self.env["vti.student"].search([("id", "=", student_id), ("activated_on", "!=", False)])
        if not student or self.state != "published" or student in self.student_ids.student_id:
            return False
        self.env["vti.speed.student"].create({"speed_date_id": self.id, "student_id": student.id})
        return self.env._("%(name)s joins. Plan the rest anew to give them talks.", name=student.display_name)
