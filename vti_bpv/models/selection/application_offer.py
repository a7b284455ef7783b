from datetime import timedelta

from odoo import api, fields, models

from ...tools.moment import get_today

OFFER_SOON, OFFER_TODAY = 1, 2
LONGEST = timedelta(days=62)


class Application(models.Model):
    """The end of an offer: the student hears of it in time, and then the place is free for another."""

    _inherit = "vti.application"

    offer_until = fields.Date(
        "Offer stands until", readonly=True, copy=False, help="The last day on which the student can say yes."
    )
    offer_mentor_id = fields.Many2one(
        "res.partner", "Mentor in the offer", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    offer_mentor_name = fields.Char("Who guides you", compute="_compute_offer_mentor_name", compute_sudo=True)

    @api.depends("offer_mentor_id.name")
    def _compute_offer_mentor_name(self):
        for application in self:
            application.offer_mentor_name = application.offer_mentor_id.name

    def _get_party_readable_fields(self):
        return super()._get_party_readable_fields() | {"offer_until", "offer_mentor_name"}

    @api.depends("offer_until")
    def _compute_answer_by(self):
        """Of an offer the company says itself until when it stands."""
        result = super()._compute_answer_by()
        for application in self:
            if application.state == "offered" and application.offer_until:
                application.answer_by = application.offer_until
                application.remind_on = application._get_offer_reminder(application.offer_until)
        return result

    def _get_offer_reminder(self, until):
        """The working day before the last one, or the day itself for an offer of a day."""
        return fields.Date.subtract(until, days=3 if until.weekday() == 0 else 1)

    @api.model
    def _get_clock_domains(self, today):
        offered = [("state", "=", "offered")]
        return [
            *super()._get_clock_domains(today),
            ("_end_offer", [*offered, ("answer_by", "<", today)]),
            ("_remind_of_offer", [*offered, ("clock_step", "<", OFFER_TODAY), ("answer_by", "=", today)]),
            (
                "_remind_of_offer",
                [*offered, ("clock_step", "<", OFFER_SOON), ("remind_on", "<=", today), ("answer_by", ">", today)],
            ),
        ]

    def _remind_of_offer(self):
        """Ask the student for a yes or no: once before the last day, once on it."""
        is_last = self.answer_by == get_today()
        self.clock_step = OFFER_TODAY if is_last else OFFER_SOON
        self._tell_student("offer_soon", urgent=True)

    def _end_offer(self):
        """Close an offer that nobody answered; both are told."""
        self._end("lapsed", "offer_over")
        self._tell_company("offer_over")
        self._tell_student("offer_over")

    def _can_accept_until(self):
        """Whether the offer still stands today; the cron may run hours after midnight."""
        self.ensure_one()
        return not self.answer_by or self.answer_by >= get_today()

    def _get_accept_problem(self):
        problem = super()._get_accept_problem()
        if not problem and not self._can_accept_until():
            return self.env._("This offer ended on %(day)s. Call the company if you still want the place.",
                              day=fields.Date.to_string(self.answer_by))  # fmt: skip
        return problem

    def _get_offer_end_errors(self, values):
        """What is wrong with the end of an offer and its mentor, per field; both may be left open."""
        errors, today = {}, get_today()
        try:
            until = fields.Date.to_date(values.get("until") or None)
        except (TypeError, ValueError):
            return {"until": self.env._("Choose a day.")}
        if until and not today < until <= today + LONGEST:
            errors["until"] = self.env._("Give the student at least until tomorrow, and at most two months.")
        mentor = str(values.get("mentor_id") or "")
        if mentor and mentor not in [str(number) for number, _name in self._get_mentor_choices(self.vacancy_id)]:
            errors["mentor_id"] = self.env._("Choose somebody of your company.")
        return errors

    @api.model
    def _get_mentor_choices(self, vacancy):
        """Who of the company can be the mentor: list of (id, name)."""
        people_sudo = vacancy.sudo()._get_form_choices(vacancy.sudo().employer_id)["mentor_id"]
        return [(person.id, person.name) for person in people_sudo]
