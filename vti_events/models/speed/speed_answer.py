from odoo import api, fields, models

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
        """Make the application that both want, as far as it is after a meeting; none where there is no place."""
        Application = self.env["vti.application"].sudo()
        student, line = self.student_id.student_id, self.company_id
        places = line.vacancy_ids | line.vacancy_ids.search(
            [("employer_id", "=", line.employer_id.id), ("state", "=", "published")]
        )
        have = Application.search(
            [("student_id", "=", student.id), ("vacancy_id", "in", places.ids),
             ("state", "in", ("submitted", "invited", "offered", "accepted", "placed"))], limit=1,
        )  # fmt: skip
        place = next((place for place in places if not Application._get_apply_problem(student, place)), None)
        if not have and place:
            have = Application._apply(student, place, {})
        if not have:
            return
        if have.state == "submitted" and have._is_shown():
            have.write(
                {"state": "invited", "invited_on": fields.Datetime.now(), "meeting_at": self.round_id.starts_at,
                 "meeting_kind": "visit"}
            )  # fmt: skip
        self.application_id = have
