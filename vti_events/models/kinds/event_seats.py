from odoo import api, fields, models
from odoo.exceptions import UserError


class EventEvent(models.Model):
    """Signing up: the one way in for pages, and the seats."""

    _inherit = "event.event"

    seats_turn = fields.Integer(readonly=True, copy=False, groups="base.group_system")

    def _claim_seats(self):
        """Let nobody else take a seat of these events until this transaction ends.

        Who waits here and had looked before gets a serialisation failure, and is tried anew by Odoo:
        a lock alone would let both count the seats that they saw at the start.
        """
        limited = self.filtered("seats_limited")
        if limited:
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE event_event SET seats_turn = COALESCE(seats_turn, 0) + 1 WHERE id IN %s", [tuple(limited.ids)]
            )
            limited.invalidate_recordset(["seats_turn", "seats_available", "seats_reserved", "seats_taken"])

    def _can_sign_up(self):
        """Whether anybody still can: on the site, not over, not cancelled."""
        self.ensure_one()
        return (
            self.is_published
            and self.kanban_state != "cancel"
            and not self.is_multi_slots
            and self.event_registrations_started
            and self.date_begin > fields.Datetime.now()
        )

    def _is_full(self):
        self.ensure_one()
        return bool(self.seats_limited and self.seats_max and self.sudo().seats_available <= 0)

    def _get_questions(self):
        """What is asked beside name and address."""
        self.ensure_one()
        return self.sudo().question_ids.filtered(lambda q: q.question_type in ("simple_choice", "text_box"))

    def _read_answers(self, form):
        """The answers in a form.

        :return: values of event.registration.answer, field -> sentence
        """
        answers, errors = [], {}
        for question in self._get_questions():
            name = f"question_{question.id}"
            value = str(form.get(name) or "").strip()[:1000]
            if not value:
                if question.is_mandatory_answer:
                    errors[name] = self.env._("Answer this question.")
                continue
            if question.question_type == "text_box":
                answers.append({"question_id": question.id, "value_text_box": value})
                continue
            choice = question.answer_ids.filtered(lambda answer, v=value: str(answer.id) == v)
            if choice:
                answers.append({"question_id": question.id, "value_answer_id": choice.id})
            else:
                errors[name] = self.env._("Choose from the list.")
        return answers, errors

    def _find_registration(self, person=None, email=None):
        """The registration that counts of somebody; sudo, possibly empty."""
        self.ensure_one()
        Registration_sudo = self.env["event.registration"].sudo()
        domain = [("event_id", "=", self.id), ("state", "in", ("open", "done"))]
        if person:
            return Registration_sudo.search([*domain, ("partner_id", "=", person.id)], limit=1)
        return Registration_sudo.search([*domain, ("partner_id", "=", False), ("email", "=ilike", email)], limit=1)

    def _sign_up(self, person, values=None, answers=()):
        """Sign somebody up.

        :param person: res.partner; empty for a visitor
        :param dict values: `name`, `email` of a visitor
        :param answers: of `_read_answers`
        :return: the registration (sudo); one that was there already stays
        :raise UserError: it isn't open (any more), full, or not for this person
        """
        self.ensure_one()
        self._check_for(person)
        if not self._can_sign_up():
            raise UserError(self.env._("You can't sign up for this any more."))
        self.sudo()._claim_seats()
        found = self._find_registration(person, (values or {}).get("email"))
        if found:
            return found
        if self._is_full():
            raise UserError(self.env._("All seats are taken."))
        return self.env["event.registration"].sudo().create(self._prepare_sign_up(person, values or {}, answers))

    @api.model
    def _get_contact_values(self, person, values):
        """Name and addresses of who comes."""
        if not person:
            return {name: values.get(name) for name in ("name", "email")}
        person_sudo = person.sudo()
        house = person_sudo.commercial_partner_id
        return {
            "partner_id": person.id, "name": person_sudo.name, "email": person_sudo.email, "phone": person_sudo.phone,
            "company_name": house.name if house != person_sudo else False,
        }  # fmt: skip

    def _prepare_sign_up(self, person, values, answers):
        return {
            "event_id": self.id,
            **self._get_contact_values(person, values),
            "registration_answer_ids": [(0, 0, answer) for answer in answers],
        }
