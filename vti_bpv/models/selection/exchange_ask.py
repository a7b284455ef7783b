from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class ExchangeListing(models.Model):
    """What a member does with a card: ask the student."""

    _inherit = "vti.exchange.listing"

    def _get_house(self):
        """The member company that the current user works for.

        :raise AccessError: where it is none
        """
        user = self.env.user
        if not user.has_group("vti_bpv.group_company"):
            raise AccessError(self.env._("Only member companies ask students of the exchange."))
        return user.partner_id.commercial_partner_id

    def action_ask(self, line, vacancy_id=None):
        """Ask the student to get to know each other; who let this company call gives contact at once.

        :param str line: who they are and what they offer, for the student
        :param int vacancy_id: a place of this company that it has in mind
        :return: id of the interest
        """
        self.ensure_one()
        self.check_access("read")
        employer = self._get_house()
        return self._ask(employer, self.env.user.partner_id, line, vacancy_id).id

    def _ask(self, employer, person, line, vacancy_id=None):
        this_sudo, Interest_sudo = self.sudo(), self.env["vti.exchange.interest"].sudo()
        this_sudo._lock()
        for message in Interest_sudo._get_ask_errors(this_sudo, {"line": line}, employer).values():
            raise UserError(message)
        vacancy = this_sudo.env["vti.vacancy"].browse(vacancy_id or []).exists()
        interest_sudo = Interest_sudo.create({
            "listing_id": self.id,
            "employer_id": employer.id,
            "asked_by_id": person.id,
            "vacancy_id": vacancy.id if vacancy.employer_id == employer else False,
            "line": line.strip(),
            "answer_by": Interest_sudo._get_answer_day(),
        })  # fmt: skip
        if employer in this_sudo.caller_ids:
            interest_sudo._grant(beforehand=True)
            interest_sudo._tell_student("called", urgent=True)
        else:
            interest_sudo._tell_student("asked", urgent=True)
        return interest_sudo


class ExchangeInterest(models.Model):
    """The contact data that come with a yes, and the place that may follow."""

    _inherit = "vti.exchange.interest"

    def action_view_contact(self):
        """Give name, phone and mail to the company that the student said yes to, and note that it looked.

        :return: name, phone, email and is_adult (yes, no or False)
        :rtype: dict
        :raise AccessError: where the student didn't say yes, or took it back
        """
        self.ensure_one()
        self._check_party("company")
        if not self._is_contact_open():
            raise AccessError(self.env._("The student hasn't given you name and contact, or has taken it back."))
        this_sudo = self.sudo()
        user = self.env.user
        self.env["vti.exchange.view"].sudo().create(
            {"interest_id": self.id, "partner_id": user.partner_id.id, "by_vti": user.has_group("vti_bpv.group_user")}
        )
        student = this_sudo.student_id
        adult = student._get_age_on(fields.Date.context_today(self)) >= 18
        return {
            "name": student.partner_id.name,
            "phone": student.partner_id.phone or "",
            "email": student.partner_id.email or "",
            "is_adult": student.birth_date and ("yes" if adult else "no"),
        }

    # hiring

    def _get_hire_places(self):
        """The company's places that can be offered now, as the current user may see them."""
        domain = [("employer_id", "=", self.sudo().employer_id.id), ("places_left", ">", 0)]
        return self.env["vti.vacancy"].search([*domain, ("state", "in", ("published", "paused"))], order="name, id")

    def _get_hire_errors(self, values):
        """What is wrong with an offer as typed, per field.

        :param dict values: vacancy_id, date_from, date_to, note
        """
        errors = {}
        if self.sudo().state != "granted" or not self._is_contact_open():
            errors["form"] = self.env._("You can't offer this student a place any more. Perhaps another company did.")
        place = str(values.get("vacancy_id") or "")
        places = self._get_hire_places()
        if not places:
            return {"form": self.env._("You have no free place online. Make one first, under My places."), **errors}
        if not place.isdecimal() or int(place) not in places.ids:
            errors["vacancy_id"] = self.env._("Choose one of your places.")
        this_sudo = self.sudo()
        planned = this_sudo.env["vti.application"].new({
            "student_id": this_sudo.student_id.id, "vacancy_id": places.ids[0],
            "guardian_state": "confirmed", "state": "submitted",
        })  # fmt: skip
        return planned._get_offer_errors(values) | errors

    def action_hire(self, vacancy_id, date_from, date_to, note=None):
        """Offer the student a place: from here on it is an application with an offer, as any other.

        It closes the card for all; the student says yes or no on the page of the application.

        :param int vacancy_id: a place of this company that is still free
        :return: id of the application
        """
        self.ensure_one()
        self._check_party("company")
        self.sudo().listing_id._lock()
        values = {"vacancy_id": vacancy_id, "date_from": date_from, "date_to": date_to, "note": note}
        for message in self._get_hire_errors(values).values():
            raise UserError(message)
        this_sudo = self.sudo()
        application_sudo = this_sudo._make_application(this_sudo.env["vti.vacancy"].browse(int(vacancy_id)))
        # the offer's own rules and mails; who may make it was checked above
        application_sudo.action_offer(date_from, date_to, note)
        this_sudo.write({"state": "hired", "hired_on": fields.Datetime.now(), "application_id": application_sudo.id})
        card = this_sudo.listing_id
        card.state = "offered"
        for other in card.interest_line_ids.filtered(lambda line: line.state in ("asked", "granted")):
            other._close("let_go", "elsewhere")
        return application_sudo.id

    def _make_application(self, vacancy):
        """The student's application for a place of this company, which may be there already."""
        Application_sudo = self.env["vti.application"].sudo()
        student, card = self.student_id, self.listing_id
        known = Application_sudo.search([
            ("student_id", "=", student.id), ("vacancy_id", "=", vacancy.id),
            ("state", "in", ("submitted", "invited", "offered")),
        ], limit=1)  # fmt: skip
        if known and known._is_shown():
            return known
        values = {"student_id": student.id, "vacancy_id": vacancy.id}
        if student._get_guardian_state() == "needed":
            # the guardian of the card agreed to just this: name and contact after the student's yes, and an offer
            values |= {"guardian_state": "confirmed", "guardian_id": card.guardian_id.id}
        if known:
            known.write({name: values[name] for name in set(values) & {"guardian_state", "guardian_id"}})
            return known
        return Application_sudo.create(values)
