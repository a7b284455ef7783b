import threading
from functools import partial

from odoo import api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install", "vti_parallel")
class TestExchangeAtOnce(BaseCase):
    """Transactions that really run at the same time; they commit, so all is removed afterwards."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            self._make(api.Environment(cr, api.SUPERUSER_ID, {"tracking_disable": True}))
        self.addCleanup(self._remove)

    def _make(self, env):
        partners = env["res.partner"].create([
            {"name": "Parallel A", "is_company": True, "is_employer": True, "membership_state": "member"},
            {"name": "Parallel B", "is_company": True, "is_employer": True, "membership_state": "member"},
            {"name": "Parallel College", "is_company": True, "is_school": True, "has_mbo": True},
            {"name": "Ann"},
        ])  # fmt: skip
        student = env["vti.student"].create({
            "partner_id": partners[3].id, "birth_date": "2000-01-01", "activated_on": "2026-01-01",
            "enrolment_ids": [(0, 0, {"school_id": partners[2].id, "education": "mbo"})],
        })  # fmt: skip
        consent = env["vti.consent"].create({
            "student_id": student.id, "partner_id": student.partner_id.id, "purpose": "exchange", "text": "Yes",
            "given_by_id": student.partner_id.id, "valid_until": "2030-01-01",
        })  # fmt: skip
        card = env["vti.exchange.listing"].create({
            "student_id": student.id, "consent_id": consent.id, "state": "conversation", "until": "2030-01-01",
        })  # fmt: skip
        places = env["vti.vacancy"].create([
            {"name": "Parallel", "employer_id": company.id, "state": "published", "date_from": "2027-02-01",
             "date_to": "2030-06-30"} for company in partners[:2]
        ])  # fmt: skip
        interests = env["vti.exchange.interest"].create([
            {"listing_id": card.id, "employer_id": company.id, "state": "granted"} for company in partners[:2]
        ])  # fmt: skip
        self.card, self.interests, self.places = card.id, interests.ids, places.ids
        self.student, self.partners, self.consent = student.id, partners.ids, consent.id

    def _remove(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {"tracking_disable": True})
            student = env["vti.student"].browse(self.student)
            env["vti.exchange.listing"].browse(self.card).unlink()
            student.application_ids.unlink()
            env["vti.consent"].browse(self.consent).unlink()
            env["vti.vacancy"].browse(self.places).unlink()
            student.enrolment_ids.unlink()
            student.unlink()
            env["res.partner"].browse(self.partners).unlink()

    def _at_once(self, *deeds):
        """Run deeds by threads that start together.

        :param deeds: functions of an environment, that give a method to call
        :return: per deed None or the message
        """
        barrier, results = threading.Barrier(len(deeds)), {}

        def run(number, deed):
            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, api.SUPERUSER_ID, {})
                    method = deed(env)
                    barrier.wait(timeout=30)
                    retrying(method, env)
                results[number] = None
            except UserError as error:
                results[number] = str(error)

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
        # whoever comes second hits a serialisation failure, which the platform logs and tries again
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(90)
        return [results.get(number, "no answer") for number in range(len(deeds))]

    def _hire(self, number, env):
        interest = env["vti.exchange.interest"].browse(self.interests[number])
        interest.read(["state"])  # both have seen that it is still possible
        interest.listing_id.read(["state"])
        return partial(interest.action_hire, self.places[number], "2027-02-01", "2030-06-30")

    def _withdraw(self, env):
        card = env["vti.exchange.listing"].browse(self.card)
        card.read(["state"])
        return card.action_withdraw

    def _read(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            card = env["vti.exchange.listing"].browse(self.card)
            interests = env["vti.exchange.interest"].browse(self.interests)
            return card.state, sorted(interests.mapped("state")), card.student_id.application_ids.mapped("state")

    def test_two_companies_hire_at_once(self):
        results = self._at_once(partial(self._hire, 0), partial(self._hire, 1))
        self.assertEqual(results.count(None), 1, results)
        self.assertIn("any more", next(message for message in results if message))
        self.assertEqual(self._read(), ("offered", ["hired", "let_go"], ["offered"]))

    def test_hiring_while_the_student_withdraws(self):
        """Whoever comes first: in the end nobody sees the student, and no offer stands."""
        results = self._at_once(partial(self._hire, 0), self._withdraw)
        self.assertIsNone(results[1], results)
        state, interests, applications = self._read()
        self.assertEqual((state, interests), ("withdrawn", ["let_go", "let_go"]))
        self.assertIn(applications, ([], ["withdrawn"]))
