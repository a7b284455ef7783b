from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestPartnerMerge(VtiCase):
    """A company that stands in the list twice becomes one, and keeps all that hung on either."""

    def _merge(self, source, target):
        (source | target).email = "info@example.org"  # Odoo asks it of who isn't its administrator
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.user_vti)
        wizard._merge((source | target).ids, target.with_user(self.user_vti))
        self.env.invalidate_all()
        self.assertFalse(source.exists())

    def _refuses(self, source, target):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._merge(source, target)
        self.assertTrue(source.exists())

    def test_all_that_hangs_on_a_company_moves(self):
        source, target = self.other_company, self.company
        source.company_registry = "01234567"
        place, branch = self.make_vacancy(source), self.make_branch(source)
        mine = self.make_vacancy(target)
        application = self.make_application(vacancy=place)
        placement = self.make_placement(self.other_student, place)
        role = self.env["vti.guidance.role"].create({"partner_id": self.other_recruiter.id, "role": "buddy"})
        check = {"confirmed_before": "2026-11-01", "asked_on": "2026-11-01"}
        checks = self.env["vti.place.check"].create([{"employer_id": house.id, **check} for house in source | target])
        self._merge(source, target)
        self.assertEqual(((place | mine).employer_id, target.company_registry), (target, "01234567"))
        self.assertEqual((application.employer_id, placement.employer_id), (target, target))
        self.assertEqual((branch.parent_id, self.other_recruiter.commercial_partner_id), (target, target))
        self.assertEqual((role.organisation_id, role.date_to), (target, False))
        self.assertEqual((checks.employer_id, sorted(checks.mapped("state"))), (target, ["asked", "over"]))
        places = self.env["vti.vacancy"].with_user(self.user_other_company)
        self.assertEqual(places.search([("employer_id", "=", target.id)]), mine | place)

    def test_the_newest_word_of_two_recognitions_counts(self):
        source, target = self.other_company, self.company
        self.make_recognition(source, last_checked="2026-10-01", status="withdrawn")
        other = self.make_recognition(source, qualification_id=self.qualification_4.id)
        kept = self.make_recognition(target, last_checked="2026-01-01")
        self._merge(source, target)
        self.assertEqual(target.recognition_ids, kept | other)
        self.assertEqual((kept.status, str(kept.last_checked)), ("withdrawn", "2026-10-01"))
        self.assertEqual(other.branch_id, target)

    def test_one_number_from_before_it_had_to_be_ones_own(self):
        companies = self.company | self.other_company
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET company_registry = '01234567' WHERE id = ANY(%s)", [companies.ids])
        self.env.invalidate_all()
        self._merge(self.other_company, self.company)
        self.assertEqual(self.company.company_registry, "01234567")

    def test_what_is_two_stays_two(self):
        self._refuses(self.other_student.partner_id, self.student.partner_id)
        self._refuses(self.student.partner_id, self.recruiter)
        self._refuses(self.school, self.company)
        self._refuses(self.other_recruiter, self.recruiter)
        self._refuses(self.make_branch(self.other_company), self.make_branch(self.company))

    def test_somebody_of_no_kind_becomes_a_colleague(self):
        self._merge(self.env["res.partner"].create({"name": "Kim"}), self.recruiter)
        self.assertEqual(self.recruiter.parent_id, self.company)
