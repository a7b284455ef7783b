from odoo import fields, models

from ...tools.moment import local_date
from ...tools.working_days import count_working_days


class Application(models.Model):
    """The first answer of a company: when it came, and until when it had.

    Kept when it happens, since a clock starts anew with each step and holidays may be corrected later.
    """

    _inherit = "vti.application"

    answered_on = fields.Datetime("First answer on", readonly=True, copy=False)
    answer_due = fields.Date("First answer due", readonly=True, copy=False)
    answer_days = fields.Integer("Working days until the answer", readonly=True, copy=False)
    answered_in_bulk = fields.Boolean("Refused together with others", readonly=True, copy=False)

    _answers = models.Index("(shown_on, employer_id)")

    def write(self, vals):
        if vals.get("state", "submitted") == "submitted":
            return super().write(vals)
        waiting = self.filtered(lambda a: a.state == "submitted" and a.shown_on and not a.answer_due)
        due = {application: application.answer_by for application in waiting}
        done = super().write(vals)
        for application, day in due.items():
            super(Application, application).write({"answer_due": day, **application._get_first_answer()})
        return done

    def _get_first_answer(self):
        """When the answer came, where the step just taken is one: the student may also have left."""
        self.ensure_one()
        if self.state not in ("invited", "offered") and (self.state, self.end_kind) != ("refused", "refused"):
            return {}
        now, since = fields.Datetime.now(), local_date(self.shown_on)
        days_off = self.env["vti.holiday"].sudo()._get_days_off(since)[self._get_region()]
        return {"answered_on": now, "answer_days": count_working_days(since, local_date(now), days_off)}
