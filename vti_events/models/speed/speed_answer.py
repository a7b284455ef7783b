from odoo import api, fields, models

from odoo.addons.vti_bpv.models.selection.application import OPEN_STATES, TAKEN_STATES

from .speed_talk import ANSWERS


class SpeedTalk(models.Model):
    """After the talk: whether both want to go on. Each side sees its own answer only, and nobody sees a no."""

    _inherit = "vti.speed.talk"

    # for nobody's eyes, VTI's neither: the pages give each side its own, all others know two times yes alone
    student_answer = fields.Selection(ANSWERS, readonly=True, copy=False, groups=fields.NO_ACCESS)
    company_answer = fields.Selection(ANSWERS, readonly=True, copy=False, groups=fields.NO_ACCESS)
    student_note = fields.Text("Note of the student for itself", readonly=True, copy=False, groups=fields.NO_ACCESS)
    company_note = fields.Text("Note of the company for itself", readonly=True, copy=False, groups=fields.NO_ACCESS)
    asked_again = fields.Boolean("Asked once more", readonly=True, copy=False, groups=fields.NO_ACCESS)
    both_yes = fields.Boolean("Both say yes", compute="_compute_both_yes", store=True, index=True)
    application_id = fields.Many2one("vti.application", readonly=True, ondelete="set null", index="btree_not_null")

    @api.depends("student_answer", "company_answer")
    def _compute_both_yes(self):
        for talk in self:
            talk.both_yes = talk.student_answer == talk.company_answer == "yes"

    def _can_answer(self):
        """Whether the talk has begun; nobody judges somebody they haven't met."""
        self.ensure_one()
        return self.speed_date_id.state in ("published", "done") and self.round_id.starts_at <= fields.Datetime.now()

    def _answer(self, side, answer, note=""):
        """Keep what one side says; two times yes makes an application.

        :param str side: student or company
        :param str answer: yes, maybe or no
        :param str note: for oneself
        :return: whether it could be said
        """
        self.ensure_one()
        if answer not in dict(ANSWERS) or not self._can_answer():
            return False
        # both may answer at the same moment, and the second yes has to see the first
        self.flush_recordset()
        self.env.cr.execute("SELECT id FROM vti_speed_talk WHERE id = %s FOR NO KEY UPDATE", [self.id])
        self.invalidate_recordset()
        if self.application_id:
            return True  # it has become an application: there one goes on, or withdraws
        self[f"{side}_answer"] = answer
        self[f"{side}_note"] = (note or "").strip()[:2000] or False
        answers = {self.student_answer, self.company_answer}
        if self.both_yes:
            self._make_application()
        elif answers == {"yes", "maybe"} and not self.asked_again:
            self._ask_again()
        return True

    def _ask_again(self):
        """Ask who said maybe once more, as the other would like to go on."""
        self.asked_again = True
        if self.student_answer == "maybe":
            people = self.student_id.partner_id
        else:
            people = self.speed_date_id._get_contacts_of(self.company_id)
        self.env["vti.notice"]._post(
            "vti_events.mail_speed_again", self.speed_date_id, people,
            button_url=f"/my/speed-dates/{self.speed_date_id.id}", button_label=self.env._("Say yes or no"),
        )  # fmt: skip

    def _make_application(self):
        """Make the application that both want, as far as it is after a meeting; where that can't be, VTI is asked."""
        Application = self.env["vti.application"].sudo()
        student = self.student_id.student_id
        places = self._get_application_places()
        have = Application.search(
            [("student_id", "=", student.id), ("vacancy_id", "in", places.ids),
             ("state", "in", OPEN_STATES + TAKEN_STATES)], order="id desc", limit=1,
        )  # fmt: skip
        if not have and student._has_place():
            return self._ask_staff(self.env._("The student has an internship already."))
        if not have:
            problems = [(place, Application._get_apply_problem(student, place)) for place in places]
            place = next((place for place, problem in problems if not problem), None)
            if not place:
                return self._ask_staff(problems[0][1] if problems else self.env._("The company has no open place."))
            have = Application._apply(student, place, {})
        if have.state == "submitted" and have._is_shown():
            have.write(
                {"state": "invited", "invited_on": fields.Datetime.now(), "meeting_at": self.round_id.starts_at,
                 "meeting_kind": "visit"}
            )  # fmt: skip
        self.application_id = have
        return None

    def _get_application_places(self):
        """Places that it may be about: what the company brought goes first, and then what suits the student best."""
        line = self.company_id
        others = line._get_open_places() - line.vacancy_ids
        matches = self.speed_date_id._match_places(self.student_id.student_id, line.vacancy_ids | others)

        def worth(place):
            return place in others, -(matches[place]["score"] if place in matches else -1), place.id

        return (line.vacancy_ids | others).sorted(worth)

    def _ask_staff(self, problem):
        """Let VTI help two who want to go on, where the site can't make an application."""
        event = self.speed_date_id.event_id
        event.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Two times yes without an application"),
            note=self.env._(
                "%(student)s and %(company)s want to go on: %(problem)s",
                student=self.student_id.student_id.name, company=self.company_id.display_name, problem=problem,
            ),
            user_id=(event.user_id or self.env["vti.application"]._get_staff_user()).id,
        )  # fmt: skip


class Student(models.Model):
    _inherit = "vti.student"

    def _has_place(self):
        """Whether this student said yes to a place, or has an internship that is agreed or running."""
        self.ensure_one()
        accepted = [("student_id", "=", self.id), ("state", "=", "accepted")]
        has_one = [("id", "=", self.id), ("id", "in", self._get_placed_query())]
        return bool(self.env["vti.application"].sudo().search_count(accepted) or self.sudo().search_count(has_one))
