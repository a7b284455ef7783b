from odoo import fields, models
from odoo.exceptions import UserError


class Application(models.Model):
    _inherit = "vti.application"

    placement_id = fields.Many2one("vti.placement", readonly=True, index="btree_not_null", copy=False)

    def _portal_readable_fields(self):
        return super()._portal_readable_fields() | {"placement_id"}

    def _on_accepted(self):
        """Make the internship of each accepted application, in the same transaction.

        :raise UserError: where a hard rule or a missing date stands in the way; nothing is accepted then
        """
        result = super()._on_accepted()
        for application in self.sudo().filtered(lambda a: not a.placement_id):
            values = application._prepare_placement_values()
            placement = self.env["vti.placement"].sudo().create(values)
            placement._check_rules(placement.date_from)
            application.write({"state": "placed", "placement_id": placement.id})
            application.student_id.write({"is_looking": False})
            placement._notify_all("vti_bpv.mail_placement_made")
        return result

    def _prepare_placement_values(self):
        """What the internship takes over from application, place and enrolment.

        :return: values by field name

        :rtype: dict
        :raise UserError: where neither offer nor place says when
        """
        self.ensure_one()
        vacancy = self.vacancy_id
        date_from, date_to = self.offer_date_from or vacancy.date_from, self.offer_date_to or vacancy.date_to
        if not date_from or not date_to:
            raise UserError(
                self.env._("The offer doesn't say from when to when. Ask the company to fill in the dates.")
            )
        if date_to < date_from:
            raise UserError(self.env._("The offer ends before it begins. Ask the company to look at the dates again."))
        Placement = self.env["vti.placement"]
        return {
            **Placement._prepare_enrolment_values(self.enrolment_id),
            "student_id": self.student_id.id,
            "enrolment_id": self.enrolment_id.id,
            "application_id": self.id,
            "vacancy_id": vacancy.id,
            "season_id": (vacancy.season_id or self.env["vti.season"]._of_day(date_from)).id,
            "employer_id": vacancy.employer_id.id,
            "training_employer_id": self._get_contract_house().id,
            "branch_id": vacancy.branch_id.id,
            "kind": vacancy.kind,
            "date_from": date_from,
            "date_to": date_to,
            "days_per_week": vacancy.days_per_week,
            "hours_per_week": vacancy.hours_per_week,
            "workplace_mentor_id": (self.offer_mentor_id or vacancy.mentor_id).id,
            "practical_trainer_id": self._find_only("practical_trainer").id,
            "practical_assessor_id": self._find_only("practical_assessor").id,
        }

    def _get_contract_house(self):
        """The training company that employs the student: who proposed it, or whose bbl student this is."""
        house = self.training_employer_id
        if not house and self.enrolment_id.learning_path == "bbl":
            house = self.enrolment_id.training_employer_id
        return house - self.vacancy_id.employer_id

    def _find_only(self, role):
        """Who has this role at the place's company, where that is exactly one person; else nobody."""
        day = self.env["vti.placement"]._get_today()
        roles = (
            self.env["vti.guidance.role"]
            .sudo()
            .search(
                [
                    ("organisation_id.commercial_partner_id", "=", self.vacancy_id.employer_id.id),
                    ("role", "=", role),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", day),
                ]
            )
        )
        # somebody of the branch itself goes before somebody of the company as a whole
        here = roles.filtered(lambda r: r.organisation_id == self.vacancy_id.branch_id)
        people = (here or roles).partner_id
        return people if len(people) == 1 else self.env["res.partner"]
