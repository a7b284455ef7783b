from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.moment import format_day
from .application import ENDED_STATES, OPEN_STATES, TAKEN_STATES

TEXT_LENGTH = 1000
# what is said otherwise where no student applied but a training company asks
STUDENT_MAILS = {"received": "division"} | dict.fromkeys(
    ("refused", "lapsed", "filled", "closed", "expired", "withdrawn"), "division_over"
)
COMPANY_MAILS = {
    "new": "division", "soon": "division_soon", "today": "division_today", "late": "division_late",
    "asks": "division_asks", "over": "division_lapsed", "withdrawn": "division_back",
}  # fmt: skip


class Vacancy(models.Model):
    _inherit = "vti.vacancy"

    reserved_for_id = fields.Many2one(
        "res.partner", "Made for", readonly=True, copy=False, index="btree_not_null", ondelete="set null",
        help="The training company that asked this member, which had no place on offer, to take a student.",
    )  # fmt: skip


class Application(models.Model):
    """A training company asks a member to take one of its students: submitted -> accepted -> placed, or ended.

    The training company stands where the student does in an application of his or her own: it chose, so
    the company's yes is the last word. Clock, reminders, guardian, refusal and answer record are the same.
    """

    _inherit = "vti.application"

    training_employer_id = fields.Many2one(
        "res.partner", "Proposed by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    proposed_by_id = fields.Many2one(
        "res.partner", "Asked by", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    objection = fields.Text("What is wrong, says the student", readonly=True, copy=False)
    objected_on = fields.Datetime(readonly=True, copy=False)

    # also where two colleagues, or one with two taps, ask at the same moment
    _one_division = models.UniqueIndex(
        "(student_id) WHERE training_employer_id IS NOT NULL AND state IN ('submitted', 'invited', 'offered')",
        "A company is asked for this student already.",
    )

    def _get_party_readable_fields(self):
        return super()._get_party_readable_fields() | {"training_employer_id"}

    # ------------------------------------------------------------------ the training company asks

    @api.model
    def _get_dividing_house(self):
        """The training company that the current user works for.

        :raise AccessError: for everybody else
        """
        house = self.env.user.partner_id.commercial_partner_id
        if not self.env.user.has_group("vti_bpv.group_training_employer") or not house.sudo().is_training_employer:
            raise AccessError(self.env._("Only a training company divides its students."))
        return house

    @api.model
    def _find_division(self, application_id):
        """A proposal of the user's own training company, sudo; empty for any other id."""
        house = self._get_dividing_house()
        return self.sudo().search([("id", "=", application_id), ("training_employer_id", "=", house.id)])

    @api.model
    def _divide(self, choices, date_from, date_to):
        """Ask members to take students of the user's training company; all of them or none.

        :param dict choices: id of the student -> what was chosen (vti.division)
        :param date_from: first day; later for who is somewhere else until then
        :param date_to: last day
        :return: how many were asked
        """
        house = self._get_dividing_house()
        chosen = {int(student_id): str(value) for student_id, value in dict(choices).items() if value}
        self._raise_first(self._get_division_errors(chosen, date_from, date_to))
        Division = self.env["vti.division"]
        first, last, _errors = Division._get_period(date_from, date_to)
        rows = [row for row in Division._get_rows(house, first, last) if row["student"].id in chosen]
        for row in rows:
            self._propose(house, row, chosen[row["student"].id], last)
        return len(rows)

    @api.model
    def _get_division_errors(self, chosen, date_from, date_to):
        """What is wrong with a division, per field: form, date_from, date_to, student_<id>."""
        house, Division = self._get_dividing_house(), self.env["vti.division"]
        first, last, errors = Division._get_period(date_from, date_to)
        if errors:
            return errors
        if not chosen:
            return {"form": self.env._("Choose a company for at least one student.")}
        rows = {row["student"].id: row for row in Division._get_rows(house, first, last)}
        left = {f"v{place.id}": place.left for place in Division._get_places(house)}
        for student_id, value in chosen.items():
            row = rows.get(student_id)
            problem = self._get_choice_problem(row, value, last, left)
            if problem:
                errors[f"student_{student_id}" if row else "form"] = problem
            left[value] = left.get(value, 1) - 1
        return errors

    @api.model
    def _get_choice_problem(self, row, value, last, left):
        if not row:
            return self.env._("One of these students has been placed or asked for meanwhile. Look again.")
        if not row["student"].activated_on:
            return self.env._("This student has to log in once, before a company may know of him or her.")
        if value not in row["allowed"]:
            return self.env._("This company can't take this student any more. Choose another.")
        if row["date_from"] >= last:
            return self.env._("This student is still at another company then. Choose a later last day.")
        if left.get(value, 1) < 1:
            return self.env._("You chose more students for this place than there is room for.")
        return None

    @api.model
    def _propose(self, house, row, value, date_to):
        vacancy_sudo = self._get_chosen_vacancy(house, row, value, date_to)
        student_sudo = row["student"]
        application_sudo = self.sudo().create(
            {
                "student_id": student_sudo.id,
                "enrolment_id": student_sudo.enrolment_id.id,
                "vacancy_id": vacancy_sudo.id,
                "training_employer_id": house.id,
                "proposed_by_id": self.env.user.partner_id.id,
                "offer_date_from": row["date_from"],
                "offer_date_to": date_to,
            }
        )
        if application_sudo.shown_on:
            application_sudo._tell_student("received")
            application_sudo._tell_company("new")
        else:
            application_sudo._follow_guardian_state()

    @api.model
    def _get_chosen_vacancy(self, house, row, value, date_to):
        """The place that was chosen; for a member without one a place of its own, which nobody else sees."""
        number = int(value[1:])
        if value.startswith("v"):
            return self.env["vti.vacancy"].sudo().browse(number)
        address_sudo, enrolment_sudo = self.env["res.partner"].sudo().browse(number), row["student"].enrolment_id
        employer_sudo, course_sudo = address_sudo.commercial_partner_id, enrolment_sudo.qualification_id
        spoken = self.with_context(lang=employer_sudo.lang or self.env.lang).env
        return self.env["vti.vacancy"].sudo().create(
            {
                "name": spoken._("Place for %(course)s", course=course_sudo.with_env(spoken).sudo().name),
                "employer_id": employer_sudo.id,
                "branch_id": address_sudo.id if address_sudo.type == "branch" else False,
                "season_id": self.env["vti.season"].sudo()._of_day(row["date_from"]).id,
                "trade_id": course_sudo.trade_id.id,
                "qualification_ids": [(6, 0, course_sudo.ids)],
                "learning_path": enrolment_sudo.learning_path,
                "date_from": row["date_from"],
                "date_to": date_to,
                "days_per_week": row["student"].wish_days or 0,
                "reserved_for_id": house.id,
            }
        )  # fmt: skip

    def _can_take_back(self):
        self.ensure_one()
        return bool(self.training_employer_id) and self.state in OPEN_STATES

    def action_take_back(self):
        """The training company, or VTI for it, no longer asks this member."""
        self.ensure_one()
        staff = self.env.su or self.env.user.has_group("vti_bpv.group_user")
        application_sudo = self.sudo() if staff else self._find_division(self.id)
        if not application_sudo:
            raise AccessError(self.env._("Somebody else decides about this application."))
        application_sudo._lock_for_accept()
        if not application_sudo._can_take_back():
            raise UserError(self.env._("The company has answered already."))
        application_sudo._end("withdrawn", "taken_back")
        application_sudo._tell_company("withdrawn")
        application_sudo._tell_student("withdrawn")
        return True

    # ------------------------------------------------------------------ the company answers

    def _can_take(self):
        """Whether the company can say yes to a training company."""
        self.ensure_one()
        return bool(self.sudo().training_employer_id) and self.state in ("submitted", "invited") and self._is_shown()

    def action_take(self):
        """The company takes a student whom a training company proposed: the place is taken at once."""
        self.ensure_one()
        self._check_actor("company")
        application_sudo = self.sudo()
        application_sudo._lock_for_accept()
        problem = application_sudo._get_take_problem()
        if problem:
            raise UserError(problem)
        self._log_step("taken")
        place_sudo = application_sudo.vacancy_id
        if application_sudo._is_reserved():
            place_sudo.write({"state": "paused"})
        application_sudo._accept()
        place_sudo._note_confirmed()
        application_sudo._tell_training()
        return True

    def _is_reserved(self):
        """Whether the place was made for this proposal and never offered to others."""
        self.ensure_one()
        return bool(self.vacancy_id.reserved_for_id) and self.vacancy_id.state == "draft"

    def _get_take_problem(self):
        """Why the company can't say yes now, in words for it; None where it can."""
        self.ensure_one()
        if not self.training_employer_id:
            return self.env._("This student applied for the place: make an offer.")
        if not self._can_take():
            return self._get_answer_errors().get("form") or self.env._("This can't be answered any more.")
        place = self.vacancy_id
        if place.places_left < 1 or (place.state not in ("published", "paused") and not self._is_reserved()):
            return self.env._("There is no place left here. Make a new place first, or say no kindly.")
        problems = self._get_age_problems()
        return "\n".join(problems) or self._get_elsewhere_problem()

    def _get_elsewhere_problem(self):
        """Hook for later rooms: why the student can't come then, having a place somewhere else."""
        return

    def _get_offer_errors(self, values):
        if self.sudo().training_employer_id:
            return {"form": self.env._("A training company asks you: say yes or no.")}
        return super()._get_offer_errors(values)

    # ------------------------------------------------------------------ the student

    def _can_withdraw(self):
        return super()._can_withdraw() and not self.sudo().training_employer_id

    def _can_object(self):
        """Whether the student can tell that something is wrong with where the training company places him or her."""
        self.ensure_one()
        return bool(self.sudo().training_employer_id) and self.state in OPEN_STATES + TAKEN_STATES

    def _get_objection_errors(self, values):
        text = (values.get("objection") or "").strip()
        if not self._can_object():
            return {"form": self.env._("This is over. Call your training company.")}
        if not text:
            return {"objection": self.env._("Write what is wrong.")}
        return self._get_length_errors({"objection": text}, "objection")

    def action_object(self, objection):
        """The student tells the training company, and VTI, that something is wrong."""
        self.ensure_one()
        self._check_actor("student")
        self._raise_first(self._get_objection_errors({"objection": objection}))
        application_sudo = self.sudo()
        application_sudo.write({"objection": objection.strip(), "objected_on": fields.Datetime.now()})
        application_sudo._tell_training(urgent=True)
        here, staff = application_sudo._for_staff()
        here.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=here.env._("A student says that something is wrong"),
            note=objection.strip(),
            user_id=staff.id,
        )
        return True

    # ------------------------------------------------------------------ how it goes on

    def _on_ended(self):
        """Tell the training company, which looks for another; a place made for this one goes."""
        result = super()._on_ended()
        for application_sudo in self.sudo().filtered("training_employer_id"):
            if application_sudo._is_reserved():
                application_sudo.vacancy_id.write({"state": "closed"})
            if application_sudo.end_kind != "taken_back":
                application_sudo._tell_training()
        return result

    def _invite_to_exchange(self):
        """The training company looks on; a student of its own isn't turned down by anybody."""
        return None if self.training_employer_id else super()._invite_to_exchange()

    def _get_similar_places(self, limit=3):
        # the training company looks on, not the student
        return self.vacancy_id.browse() if self.sudo().training_employer_id else super()._get_similar_places(limit)

    def _can_be_shown(self):
        return super()._can_be_shown() and not self.sudo().training_employer_id

    def _tell_student(self, message, urgent=False):
        if self.training_employer_id:
            if message == "offline":
                return None  # the company is asked all the same, and the training company looks on
            message = STUDENT_MAILS.get(message, message)
        return super()._tell_student(message, urgent=urgent)

    def _get_company_template(self, message):
        if self.training_employer_id:
            message = COMPANY_MAILS.get(message, message)
        return super()._get_company_template(message)

    def _get_guardian_template(self):
        return "mail_template_guardian_division" if self.training_employer_id else super()._get_guardian_template()

    def _tell_training(self, urgent=False):
        """Mail who asked how it went."""
        for partner_sudo in self._get_training_partners():
            self._tell("mail_template_training_news", "training_news", partner_sudo, "/my/divide?show=asked", urgent)

    def _get_training_partners(self):
        """Who asked, while he or she works there; else who has a login; else the training company itself."""
        house = self.training_employer_id
        users = self.env["res.users"].search([("partner_id", "child_of", house.id), ("share", "=", True)], limit=20)
        asked = self.proposed_by_id.filtered(lambda p: p.active and p.commercial_partner_id == house)
        for partners in (asked, users.partner_id, house):
            found = partners.filtered("email")
            if found:
                return found[:3]
        return house.browse()

    def _get_training_news(self):
        """How it stands, in a sentence for the training company."""
        self.ensure_one()
        names = {"company": self.employer_id.name, "student": self.student_id.partner_id.name}
        if self.state in TAKEN_STATES and not self.objection:
            return self.env._("%(company)s takes %(student)s.", **names)
        if self.state not in ENDED_STATES:
            return self.env._("%(student)s says that something is wrong about %(company)s.", **names)
        messages = {
            "refused": self.env._("%(company)s can't take %(student)s.", **names),
            "lapsed": self.env._("%(company)s didn't answer about %(student)s in time.", **names),
            "elsewhere": self.env._("%(student)s has a place somewhere else, not at %(company)s.", **names),
            "guardian": self.env._("A parent or guardian of %(student)s doesn't agree to %(company)s.", **names),
        }
        other = self.env._("The place at %(company)s is gone for %(student)s.", **names)
        return messages.get(self.end_kind, other)

    def _get_button_label(self, message):
        labels = {
            "division": self.env._("See where it stands"),
            "division_over": self.env._("See where it stands"),
            "training_news": self.env._("To your students"),
        }
        return labels.get(message) or super()._get_button_label(message)

    def _get_next_step(self):
        training = self.sudo().training_employer_id.name
        if not training or self.state not in ("submitted", *ENDED_STATES) or not self._is_shown() or self._is_late():
            return super()._get_next_step()
        if self.state in ENDED_STATES:
            return self._get_end_message()
        return self.env._("%(training)s wants to place you here from %(start)s to %(end)s. %(company)s answers by "
                          "%(day)s; you need not do anything.", training=training, company=self.sudo().employer_id.name,
                          start=format_day(self.env, self.offer_date_from), day=format_day(self.env, self.answer_by),
                          end=format_day(self.env, self.offer_date_to))  # fmt: skip

    def _get_end_message(self):
        training = self.sudo().training_employer_id.name
        if not training or self.end_kind in ("elsewhere", "guardian"):
            return super()._get_end_message()
        return self.env._("This company didn't work out. %(training)s looks for another one for you.",
                          training=training)  # fmt: skip

    def _get_steps(self):
        steps, training = super()._get_steps(), self.sudo().training_employer_id.name
        if training:
            steps[0]["title"] = self.env._("Proposed by %(training)s", training=training)
            # an offer is no step here: the company's yes is the last one
            steps = [step for step in steps if step["key"] != "offered"]
        return steps

    def _forget(self):
        result = super()._forget()
        self.sudo().write({"objection": False})
        return result
