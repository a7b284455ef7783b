import re

from odoo import api, fields, models
from odoo.exceptions import UserError

MOST = 1000  # characters an answer
SHOWN = 420  # characters an answer on the page, so that all fit on one
LINES = 8  # of an answer on the page
CUT = " …"  # ends an answer of which the page shows the beginning
# the document's letters have no pictures: they would be empty boxes on the employer's desk
_PICTURES = re.compile(" ?[\U0001f000-\U0010ffff\u2600-\u27bf\u2b00-\u2bff\ufe00-\ufe0f\u200d\u20e3]+")
SEVERAL = "interest_ids"


class Student(models.Model):
    """A CV made from the profile, and the questions that help to fill it."""

    _inherit = "vti.student"

    tools_used = fields.Text("Tools and machines used")
    side_jobs = fields.Text("Side jobs and work")
    languages = fields.Char()

    def _get_own_readable_fields(self):
        return super()._get_own_readable_fields() | {"tools_used", "side_jobs", "languages"}

    def _portal_readable_fields(self):
        readable = super()._portal_readable_fields()
        user = self.env.user
        if user.has_group("vti_bpv.group_student") or user.has_group("vti_bpv.group_alumnus"):
            return readable
        return readable - {"tools_used", "side_jobs", "languages"}

    @api.model
    def _get_cv_steps(self):
        """The questions, one a page: name of the field, question, help, and examples to begin with.

        :rtype: list[dict]
        """
        _ = self.env._
        return [
            {"name": "skills", "title": _("What did you make?"),
             "help": _("At school, at home, for a neighbour. Also small things count, and things that went wrong."),
             "examples": [_("I wired a lamp with two switches."), _("I repaired my own scooter."),
                          _("I put in a radiator with my uncle.")]},
            {"name": "interest_ids", "title": _("What do you like to do?"),
             "help": _("Choose as many as you like. You need not be good at it yet."), "examples": []},
            {"name": "tools_used", "title": _("Which tools have you used?"),
             "help": _("Name them, with what you did with them."),
             "examples": [_("Multimeter, to find a fault."), _("Cordless drill and angle grinder."),
                          _("Soldering iron.")]},
            {"name": "side_jobs", "title": _("Do you have a side job, or have you worked?"),
             "help": _("A paper round, a shop, helping at a club. What did you do, and since when?"),
             "examples": [_("Filling shelves on Saturdays, for a year."), _("Helping at the football club.")]},
            {"name": "languages", "title": _("Which languages do you speak?"),
             "help": _("Also the one you speak at home."), "examples": [_("Dutch and English."), _("Dutch, Turkish.")]},
            {"name": "headline", "title": _("Who are you, in one sentence?"),
             "help": _("What would a teacher or a friend say about you?"),
             "examples": [_("I come on time and I want to know how things work.")]},
        ]  # fmt: skip

    @api.model
    def _get_cv_errors(self, name, value):
        """What is wrong with one answer as typed: field -> sentence."""
        most = 120 if name in ("headline", "languages") else MOST
        if name != SEVERAL and len(value or "") > most:
            return {name: self.env._("Use at most %(count)s characters.", count=most)}
        return {}

    def action_save_cv_answer(self, name, value):
        """Keep one answer of the questions for the own CV.

        :param str name: a field of `_get_cv_steps`
        :param value: text, or for the kinds of work a list of ids
        """
        self._check_own()
        if name not in [step["name"] for step in self._get_cv_steps()]:
            return False
        for message in self._get_cv_errors(name, value).values():
            raise UserError(message)
        if name == SEVERAL:
            value = [(6, 0, self._read_interests(value or []).ids)]
        else:
            value = (value or "").strip()
        self.sudo().write({name: value})
        return True

    def _get_cv_parts(self):
        """What the CV tells: list of (label, text); only what was filled in."""
        student_sudo, _ = self.sudo(), self.env._
        parts = [
            (_("What I can and have made"), student_sudo.skills),
            (_("What I like to do"), ", ".join(student_sudo.interest_ids.mapped("name"))),
            (_("Tools and machines I have used"), student_sudo.tools_used),
            (_("Side jobs and work"), student_sudo.side_jobs),
            (_("Languages"), student_sudo.languages),
            (_("What I want to learn"), student_sudo.wishes),
        ]
        return [(label, shown) for label, text in parts if (shown := _shorten(text or ""))]

    def _get_cv_values(self):
        """The CV of this student with name and contact.

        :return: name, headline, study, contact (list of texts), parts
        :rtype: dict
        """
        self.ensure_one()
        student_sudo = self.sudo()
        enrolment_sudo = student_sudo.enrolment_id
        parts = student_sudo.with_env(self.env)._get_cv_parts()
        return {
            "name": student_sudo.name,
            "headline": _PICTURES.sub("", student_sudo.headline or "").strip(),
            "study": ", ".join(filter(None, (enrolment_sudo._get_course_name() if enrolment_sudo else "",
                                             enrolment_sudo.school_id.name))),
            "contact": [text for text in (student_sudo.phone, student_sudo.email, student_sudo.city) if text],
            "parts": parts,
            "is_cut": any(text.endswith(CUT) for _label, text in parts),
        }  # fmt: skip


def _shorten(text):
    """The beginning of a text without pictures and empty lines, up to a whole word."""
    lines = [line for part in text.splitlines() if (line := _PICTURES.sub("", part).strip())]
    text = "\n".join(lines[:LINES])
    if len(text) > SHOWN:
        return text[:SHOWN].rsplit(" ", 1)[0] + CUT
    return text + CUT if len(lines) > LINES else text
