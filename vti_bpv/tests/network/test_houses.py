from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestHouses(VtiCase):
    """Companies, schools, their places and people."""

    def test_places_belong_to_the_right_house(self):
        self.make_branch(self.company)
        with self.assertRaises(ValidationError):
            self.make_branch(self.school)
        with self.assertRaises(ValidationError):
            self.make_branch(self.company, type="campus")
        with self.assertRaises(ValidationError):
            self.make_branch(self.company, is_company=True)

    def test_training_employer_is_an_employer(self):
        self.company.is_training_employer = True
        with self.assertRaises(ValidationError):
            self.company.is_employer = False
        with self.assertRaises(ValidationError):
            self.recruiter.is_employer = True

    def test_membership_ends_after_its_last_day(self):
        self.company.write({"membership_from": "2020-01-01", "membership_to": "2026-11-10"})
        Partner = self.env["res.partner"]
        with self.at("2026-11-10 12:00:00"):
            Partner._cron_end_memberships()
            self.assertEqual(self.company.membership_state, "member")
        with self.at("2026-11-11 12:00:00"):
            Partner._cron_end_memberships()
        self.assertEqual(self.company.membership_state, "former")
        self.assertEqual(self.other_company.membership_state, "member")

    def test_role_needs_the_right_house(self):
        Role = self.env["vti.guidance.role"]
        role = Role.create({"partner_id": self.recruiter.id, "role": "buddy"})
        self.assertEqual(role.organisation_id, self.company)
        for values in (
            {"partner_id": self.recruiter.id, "role": "stage_teacher"},
            {"partner_id": self.coordinator.id, "role": "buddy"},
            {"partner_id": self.recruiter.id, "role": "buddy", "organisation_id": self.other_company.id},
            {"partner_id": self.company.id, "role": "buddy"},
        ):
            with self.assertRaises(ValidationError):
                Role.create(values)

    def test_leaving_ends_roles_and_limits(self):
        branch = self.make_branch(self.company)
        self.recruiter.branch_scope_ids = branch
        role = self.env["vti.guidance.role"].create(
            {"partner_id": self.recruiter.id, "role": "buddy", "date_from": "2026-09-01"}
        )
        with self.at("2026-11-10 12:00:00"):
            self.recruiter.parent_id = self.other_company
        self.assertEqual(str(role.date_to), "2026-11-10")
        self.assertFalse(self.recruiter.branch_scope_ids)

    def test_other_branches_and_company_count_at_once(self):
        utrecht, gouda = self.make_branch(self.company), self.make_branch(self.company, "Gouda")
        places = {branch: self.make_vacancy(branch_id=branch.id, state="draft") for branch in (utrecht, gouda)}
        places[self.other_company] = self.make_vacancy(self.other_company, state="draft")

        def seen():
            domain = [("id", "in", [place.id for place in places.values()])]
            return self.env["vti.vacancy"].with_user(self.user_company).search(domain)

        self.assertEqual(seen(), places[utrecht] | places[gouda])
        self.recruiter.branch_scope_ids = utrecht
        self.assertEqual(seen(), places[utrecht])
        self.recruiter.branch_scope_ids = gouda
        self.assertEqual(seen(), places[gouda])
        gouda.active = False
        self.assertEqual(seen(), places[gouda], "A limit to a branch that closed opens no other")
        self.recruiter.parent_id = self.other_company
        self.assertEqual(seen(), places[self.other_company])

    def test_private_people_stand_alone(self):
        guardian = self.env["res.partner"].create({"name": "Parent"})
        self.env["vti.guardian"].create({"student_id": self.student.id, "partner_id": guardian.id})
        for person in (self.student.partner_id, guardian):
            with self.assertRaises(ValidationError):
                person.parent_id = self.company
            with self.assertRaises(ValidationError):
                person.is_company = True
            with self.assertRaises(ValidationError):
                self.make_contact(person)
        with self.assertRaises(ValidationError):
            self.env["vti.student"].create({"partner_id": self.recruiter.id})
        with self.assertRaises(ValidationError):
            self.env["vti.guardian"].create({"student_id": self.student.id, "partner_id": self.recruiter.id})
        with self.assertRaises(ValidationError):
            self.env["vti.guardian"].create({"student_id": self.student.id, "partner_id": self.student.partner_id.id})

    def test_enrolment_names_people_of_its_school(self):
        enrolment = self.student.enrolment_ids
        enrolment.teacher_id = self.coordinator
        with self.assertRaises(ValidationError):
            enrolment.teacher_id = self.other_coordinator
        with self.assertRaises(ValidationError):
            enrolment.training_employer_id = self.company
        with self.assertRaises(ValidationError):
            self.make_student("Kim", school_id=self.company.id)

    def test_only_branch_of_somebody_is_not_deleted(self):
        utrecht, gouda = self.make_branch(self.company), self.make_branch(self.company, "Gouda")
        self.recruiter.branch_scope_ids = utrecht
        gouda.unlink()
        with self.assertRaisesRegex(UserError, self.recruiter.name):
            utrecht.with_user(self.user_vti).unlink()
        utrecht.active = False
        with self.assertRaises(UserError):
            utrecht.unlink()
        self.assertEqual(self.recruiter.with_context(active_test=False).branch_scope_ids, utrecht)
        other = self.make_branch(self.company, "Woerden")
        self.recruiter.branch_scope_ids = utrecht | other
        utrecht.unlink()
        self.assertEqual(self.recruiter.branch_scope_ids, other)

    def test_delete_says_what_hangs_on_it(self):
        self.make_vacancy(self.company)
        place = self.env["ir.model"]._get("vti.vacancy").name
        with self.assertRaisesRegex(UserError, rf"{self.company.name}.*{place} \(1\)"):
            self.company.with_user(self.user_vti_coordinator).unlink()
        with self.assertRaises(UserError):
            self.student.partner_id.unlink()
        lone = self.make_company("Zonder iets")
        lone.unlink()
        self.assertFalse(lone.exists())
