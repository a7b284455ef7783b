from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestConsent(VtiCase):
    def _give(self, student, **values):
        return self.env["vti.consent"].create(
            {"partner_id": student.partner_id.id, "student_id": student.id, "purpose": "alumni",
             "text": "Stay in touch", "given_by_id": student.partner_id.id, **values}
        )  # fmt: skip

    def test_words_are_never_rewritten(self):
        consent = self._give(self.student)
        for values in ({"text": "Sell my data"}, {"given_on": "2020-01-01 00:00:00"}, {"purpose": "application"},
                       {"valid_until": "2030-01-01"}, {"partner_id": self.other_student.partner_id.id}):  # fmt: skip
            with self.assertRaises(UserError):
                consent.with_user(self.user_vti_coordinator).write(values)

    def test_only_the_person_or_vti_withdraws(self):
        consent = self._give(self.student)
        for user in (self.user_other_student, self.user_company, self.user_school):
            with self.assertRaises(AccessError):
                consent.with_user(user).action_withdraw()
        self.assertTrue(consent.is_in_force)
        consent.with_user(self.user_student).action_withdraw()
        self.assertFalse(consent.is_in_force)
        self.assertEqual(consent.withdrawn_by_id, self.student.partner_id)
        moment = consent.withdrawn_on
        with self.at("2027-01-01"):
            consent.with_user(self.user_vti).action_withdraw()
        self.assertEqual((consent.withdrawn_on, consent.withdrawn_by_id), (moment, self.student.partner_id))

    def test_in_force_until_the_last_day(self):
        consent = self._give(self.student, valid_until="2026-12-31")
        Consent = self.env["vti.consent"]
        for day, holds in (("2026-12-31 12:00:00", True), ("2027-01-01 12:00:00", False)):
            with self.at(day):
                consent.invalidate_recordset(["is_in_force"])
                self.assertEqual(consent.is_in_force, holds)
                self.assertEqual(bool(Consent._get_in_force(self.student.partner_id, "alumni")), holds)
                self.assertEqual(
                    consent in Consent.search([("is_in_force", "=", False)]), not holds, "the search has both sides"
                )
