from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestRecognition(VtiCase):
    def test_valid_until_the_end_date(self):
        recognition = self.make_recognition(self.company, date_end="2026-11-10")
        for day, valid in (("2026-11-10 12:00:00", True), ("2026-11-11 12:00:00", False)):
            with self.at(day):
                recognition.invalidate_recordset()
                self.assertEqual(recognition.is_valid, valid)
                self.assertEqual(
                    bool(recognition.search([("id", "=", recognition.id), ("is_valid", "=", True)])), valid
                )

    def test_an_old_check_warns_and_blocks_nothing(self):
        recognition = self.make_recognition(self.company, last_checked="2025-11-10")
        parameters = self.env["ir.config_parameter"].sudo()
        for months, day, old in (
            (12, "2026-11-10 12:00:00", False),
            (12, "2026-11-11 12:00:00", True),
            (24, "2026-11-11 12:00:00", False),
        ):
            parameters.set_param("vti_bpv.recognition_check_months", months)
            with self.at(day):
                recognition.invalidate_recordset()
                self.assertEqual(recognition.needs_check, old)
                self.assertTrue(recognition.is_valid)
                found = recognition.search([("id", "=", recognition.id), ("needs_check", "=", True)])
                self.assertEqual(bool(found), old)

    def test_withdrawn_needs_no_check(self):
        recognition = self.make_recognition(self.company, last_checked=False, status="withdrawn")
        self.assertFalse(recognition.needs_check)
        self.assertFalse(recognition.is_valid)

    def test_mark_many_checked(self):
        branch = self.make_branch(self.company)
        both = self.make_recognition(self.company, last_checked=False) + self.make_recognition(
            branch, last_checked="2020-01-01", review_date="2026-01-01"
        )
        self.assertEqual(branch.commercial_partner_id, both[1].employer_id)
        with self.at("2026-11-10 12:00:00"):
            both.with_user(self.user_vti).action_mark_checked()
            self.assertEqual(both.mapped("needs_check"), [False, False])
        with self.assertRaises(AccessError):
            both.with_user(self.user_company).action_mark_checked()

    def test_only_of_companies(self):
        with self.assertRaises(ValidationError):
            self.make_recognition(self.school)

    def test_company_sees_its_own(self):
        mine = self.make_recognition(self.company)
        self.make_recognition(self.other_company)
        self.assertEqual(self.env["vti.recognition"].with_user(self.user_company).search([]), mine)
