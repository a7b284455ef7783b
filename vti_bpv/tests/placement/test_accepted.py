from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestAccepted(VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mentor = cls.make_contact(cls.company, name="Ilse Vos")
        cls.vacancy = cls.make_vacancy(mentor_id=cls.mentor.id)
        cls.teacher = cls.make_contact(cls.school, name="Karel Smit")
        cls.student.enrolment_ids.teacher_id = cls.teacher

    def accept(self, vacancy=None, student=None, **values):
        application = self.make_application(student, vacancy or self.vacancy, state="accepted", **values)
        application._on_accepted()
        return application.placement_id

    def make_role(self, name, **values):
        person = self.make_contact(self.company, name=name)
        self.env["vti.guidance.role"].create({"partner_id": person.id, "role": "practical_trainer", **values})
        return person

    def test_takes_over_place_offer_and_enrolment(self):
        trainer = self.make_role("Henk Bos")
        placement = self.accept(offer_date_from="2027-02-08")
        self.assertEqual(
            (str(placement.date_from), str(placement.date_to), placement.hours_per_week, placement.state),
            ("2027-02-08", "2027-06-30", 32.0, "planned"),
        )
        self.assertEqual(placement.workplace_mentor_id, self.mentor)
        self.assertEqual(placement.practical_trainer_id, trainer)
        self.assertEqual(placement.teacher_id, self.teacher)
        self.assertEqual(
            (placement.school_id, placement.qualification_id, placement.learning_path, placement.season_id),
            (self.school, self.qualification, "bol", self.season),
        )
        self.assertEqual(placement.application_id.state, "placed")
        self.assertFalse(self.student.is_looking)

    def test_of_two_trainers_none_is_guessed(self):
        self.make_role("Henk Bos")
        self.make_role("Piet Mol")
        self.assertFalse(self.accept().practical_trainer_id)

    def test_a_trainer_of_the_past_does_not_count(self):
        trainer = self.make_role("Henk Bos")
        self.make_role("Piet Mol", date_from="2025-01-01", date_to="2026-01-01")
        with self.at("2026-01-02"):
            self.assertEqual(self.accept().practical_trainer_id, trainer)

    def test_is_frozen(self):
        placement = self.accept()
        self.student.enrolment_ids.qualification_id = self.qualification_4
        self.assertEqual((placement.school_id, placement.qualification_id), (self.school, self.qualification))

    def test_without_dates_nothing_is_accepted(self):
        vacancy = self.make_vacancy(date_from=False, date_to=False)
        with self.assertRaises(UserError):
            self.accept(vacancy)
        self.assertFalse(self.env["vti.placement"].search([("vacancy_id", "=", vacancy.id)]))

    def test_once_per_application(self):
        placement = self.accept()
        placement.application_id._on_accepted()
        self.assertEqual(
            self.env["vti.placement"].search_count([("application_id", "=", placement.application_id.id)]), 1
        )

    def test_vmbo_needs_a_named_guide(self):
        values = {"kind": "vmbo_block", "time_to": 16.0, "state": "published"}
        with self.assertRaisesRegex(UserError, "guide"):
            self.accept(self.make_vacancy(**values))
        other = self.make_vacancy(mentor_id=self.mentor.id, **values)
        self.assertEqual(self.accept(other, self.other_student).workplace_mentor_id, self.mentor)
