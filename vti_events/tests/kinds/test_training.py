from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from .common import KindsMixin


@tagged("post_install", "-at_install")
class TestTraining(KindsMixin, TransactionCase):
    def test_who_was_there_counts_for_the_company(self):
        training, visit = self.make_event("training"), self.make_event("network")
        colleague = self.make_contact(self.company)
        came = self.register(training, self.recruiter) | self.register(training, colleague)
        came.action_set_done()
        self.register(training, self.other_recruiter)
        self.register(visit, self.recruiter).action_set_done()
        company, other = (self.company | self.other_company).with_user(self.user_vti)
        self.assertEqual((company.training_count, other.training_count), (2, 0))
        self.assertEqual(str(company.last_training_on), "2099-03-03")
        self.assertFalse(other.last_training_on)
        shown = self.env["event.registration"].search(company.action_open_trainings()["domain"])
        self.assertEqual(shown, came.sorted("id", reverse=True))
        came[0].action_confirm()
        company.invalidate_recordset()
        self.assertEqual(company.training_count, 1)

    def test_companies_dont_read_it(self):
        with self.assertRaises(AccessError):
            self.company.with_user(self.user_company).read(["training_count"])
