from datetime import timedelta
from functools import partial

from odoo import fields
from odoo.tests import tagged

from ..parallel import ParallelCase


@tagged("-at_install", "post_install")
class TestDivisionParallel(ParallelCase):
    """Two colleagues of a company take a student each, when there is one place."""

    def _make(self, env):
        partners = env["res.partner"].create(
            [
                {"name": "Parallel Techniek", "is_company": True, "is_employer": True, "email": "p@example.org"},
                {"name": "Parallel opleiding", "is_company": True, "is_employer": True, "is_training_employer": True,
                 "email": "o@example.org"},
                {"name": "Parallel school", "is_company": True, "is_school": True},
                {"name": "Parallel Een", "email": "een@example.org"},
                {"name": "Parallel Twee", "email": "twee@example.org"},
            ]
        )  # fmt: skip
        students = env["vti.student"].create(
            [
                {"partner_id": partner.id, "birth_date": "2000-01-01", "activated_on": "2026-01-01",
                 "enrolment_ids": [(0, 0, {"school_id": partners[2].id, "education": "mbo",
                                           "training_employer_id": partners[1].id})]}
                for partner in partners[3:]
            ]
        )  # fmt: skip
        vacancy = env["vti.vacancy"].create(
            {"name": "Parallel", "employer_id": partners[0].id, "state": "published", "description": "x"}
        )
        today = fields.Date.today()
        applications = env["vti.application"].create(
            [
                {"student_id": student.id, "vacancy_id": vacancy.id, "training_employer_id": partners[1].id,
                 "offer_date_from": today + timedelta(days=20), "offer_date_to": today + timedelta(days=200)}
                for student in students
            ]
        )  # fmt: skip
        self.ids = {
            "vti.application": applications.ids, "vti.vacancy": vacancy.ids,
            "vti.enrolment": students.enrolment_ids.ids, "vti.student": students.ids, "res.partner": partners.ids,
        }  # fmt: skip

    def _remove(self, env):
        applications = env["vti.application"].browse(self.ids["vti.application"])
        placements = applications.placement_id
        applications.placement_id = False
        placements.unlink()
        env["mail.mail"].search([("recipient_ids", "in", self.ids["res.partner"])]).unlink()
        for model, ids in self.ids.items():
            env[model].browse(ids).unlink()

    def _take(self, number):
        return lambda env: env["vti.application"].browse(self.ids["vti.application"][number]).action_take

    def test_the_last_place_goes_once(self):
        results = self.at_once(self._take(0), self._take(1))
        self.assertEqual(results.count(None), 1, results)
        with self.open_env() as env:
            states = env["vti.application"].browse(self.ids["vti.application"]).mapped("state")
            self.assertEqual(sorted(states), ["placed", "refused"])
            self.assertEqual(env["vti.vacancy"].browse(self.ids["vti.vacancy"]).places_left, 0)

    def test_one_yes_and_one_taken_back(self):
        results = self.at_once(
            self._take(0),
            lambda env: env["vti.application"].browse(self.ids["vti.application"][0]).action_take_back,
        )  # fmt: skip
        with self.open_env() as env:
            application = env["vti.application"].browse(self.ids["vti.application"][0])
            self.assertEqual(results.count(None), 1, results)
            self.assertIn(application.state, ("placed", "withdrawn"))
            self.assertEqual(bool(application.placement_id), application.state == "placed")

    def test_one_student_asked_for_twice(self):
        """Two colleagues of the training company divide at the same moment."""
        with self.open_env() as env:
            env["vti.application"].browse(self.ids["vti.application"]).unlink()
            place = env["vti.vacancy"].browse(self.ids["vti.vacancy"][0])
            self.ids["vti.vacancy"].append(place.copy({"state": "published"}).id)
        made = []

        def propose(number, env):
            student, training = self.ids["vti.student"][0], self.ids["res.partner"][1]
            values = {
                "student_id": student, "vacancy_id": self.ids["vti.vacancy"][number], "training_employer_id": training
            }  # fmt: skip
            self.assertFalse(env["vti.application"].search([("student_id", "=", student)]))
            return lambda: made.append(env["vti.application"].create(values).id)

        results = self.at_once(partial(propose, 0), partial(propose, 1))
        self.assertEqual(results.count(None), 1, results)
        self.assertIn("asked for this student already", next(message for message in results if message))
        self.ids["vti.application"] = made

    def test_a_company_takes_while_the_student_says_yes_elsewhere(self):
        with self.open_env() as env:
            first = env["vti.application"].browse(self.ids["vti.application"][0])
            place = first.vacancy_id.copy({"state": "published"})
            self.ids["vti.vacancy"].append(place.id)
            own = env["vti.application"].create({
                "student_id": first.student_id.id, "vacancy_id": place.id, "state": "offered",
                "offer_date_from": first.offer_date_from, "offer_date_to": first.offer_date_to,
            })  # fmt: skip
            self.ids["vti.application"].append(own.id)

        def accept(env):
            application = env["vti.application"].browse(self.ids["vti.application"][2])
            application.read(["state"])
            return application.action_accept

        results = self.at_once(self._take(0), accept)
        self.assertEqual(results.count(None), 1, results)
        with self.open_env() as env:
            applications = env["vti.application"].browse(self.ids["vti.application"])
            self.assertEqual(sorted((applications[0] | applications[2]).mapped("state")), ["placed", "withdrawn"])
            self.assertEqual(len(applications.placement_id), 1)
