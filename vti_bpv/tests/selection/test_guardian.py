from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestGuardian(VtiCase):
    """No company knows of a student under 16 before the guardian agreed, nor of one whose age isn't known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.young = cls.make_student("Bo Klein", birth_date=False)
        cls.user_young = cls.make_user(cls.young.partner_id)
        cls.vacancy = cls.make_vacancy()
        cls.application = cls.env["vti.application"]._apply(cls.young, cls.vacancy, {})

    def is_seen(self, application=None):
        application = application or self.application
        found = self.env["vti.application"].with_user(self.user_company).search([("id", "=", application.id)])
        return bool(found)

    def name_guardian(self):
        self.application.with_user(self.user_young).action_name_guardian("Ma Klein", " Ma@Example.org ")
        return self.application.guardian_id

    def test_unknown_age_is_hidden(self):
        self.assertEqual(self.application.guardian_state, "unknown")
        self.assertFalse(self.is_seen())
        self.assertFalse(self.application.shown_on)
        with self.assertRaises(AccessError):
            self.application.with_user(self.user_company).read(["state"])

    def test_around_the_sixteenth_birthday(self):
        for birth_date, state in (("2010-11-09", "not_needed"), ("2010-11-10", "not_needed"), ("2010-11-11", "needed")):
            with self.subTest(birth_date=birth_date), self.at("2026-11-10 12:00"):
                self.young.birth_date = birth_date
                self.assertEqual(self.application.guardian_state, state)
                self.assertEqual(self.is_seen(), state == "not_needed")

    def test_age_is_a_setting(self):
        self.env["ir.config_parameter"].set_param("vti_bpv.guardian_age", "18")
        with self.at("2026-11-10 12:00"):
            self.young.birth_date = "2009-01-01"
        self.assertEqual(self.application.guardian_state, "needed")

    def test_guardian_agrees(self):
        self.young.birth_date = "2011-06-01"
        guardian = self.name_guardian()
        self.assertEqual((guardian.email, guardian.partner_id.name), ("ma@example.org", "Ma Klein"))
        self.assertEqual(self.application.guardian_state, "asked")
        self.assertFalse(self.is_seen())
        self.application._confirm_by_guardian(guardian)
        self.assertTrue(self.is_seen())
        self.assertTrue(self.application.shown_on)
        consent = self.young.consent_ids
        self.assertEqual((consent.purpose, consent.channel), ("application", "mail"))
        self.assertEqual((consent.partner_id, consent.given_by_id), (self.young.partner_id, guardian.partner_id))
        self.assertIn(self.company.name, consent.text)
        with self.assertRaises(UserError):
            self.application._confirm_by_guardian(guardian)
        self.assertEqual(len(self.young.consent_ids), 1)

    def test_guardian_takes_it_back(self):
        self.young.birth_date = "2011-06-01"
        guardian = self.name_guardian()
        self.application._confirm_by_guardian(guardian)
        self.application._refuse_by_guardian(guardian)
        self.assertFalse(self.is_seen())
        self.assertEqual((self.application.state, self.application.end_kind), ("withdrawn", "guardian"))
        self.assertTrue(self.young.consent_ids.withdrawn_on)

    def test_one_answer_for_all_that_waits(self):
        self.young.birth_date = "2011-06-01"
        second = self.env["vti.application"]._apply(self.young, self.make_vacancy(self.other_company), {})
        guardian = self.name_guardian()
        self.assertEqual(second.guardian_state, "asked")
        self.application._confirm_by_guardian(guardian)
        self.assertEqual(second.guardian_state, "confirmed")
        # a later application is asked for anew, at the guardian who is known
        third = self.env["vti.application"]._apply(self.young, self.make_vacancy(), {})
        self.assertEqual((third.guardian_state, third.guardian_id), ("asked", guardian))

    def test_own_address_is_no_guardian(self):
        self.young.birth_date = "2011-06-01"
        with self.assertRaisesRegex(UserError, "your own address"):
            self.application.with_user(self.user_young).action_name_guardian("Bo", "BO.Klein@example.org")
        with self.assertRaises(UserError):
            self.application.with_user(self.user_young).action_name_guardian("Ma", "no address")

    def test_accept_waits_for_the_guardian(self):
        self.young.birth_date = "2011-06-01"
        self.application.write({"state": "offered", "offer_date_from": "2027-02-01", "offer_date_to": "2027-03-01"})
        with self.assertRaisesRegex(UserError, "parent or guardian"):
            self.application.with_user(self.user_young).action_accept()

    def test_who_comes_of_age_goes_on_alone(self):
        with self.at("2026-11-10 12:00"):
            self.young.birth_date = "2010-11-12"
            self.name_guardian()
        with self.at("2026-11-11 12:00"):
            self.env["vti.application"]._cron_guardian()
            self.assertFalse(self.is_seen())
        with self.at("2026-11-12 12:00"):
            self.env["vti.application"]._cron_guardian()
            self.assertTrue(self.is_seen())

    def test_reminded_once_also_where_a_day_was_missed(self):
        with self.at("2026-11-10 12:00"):
            self.young.birth_date = "2011-06-01"
            guardian = self.name_guardian()
        template = self.env.ref("vti_bpv.mail_template_guardian_ask")
        asked = [("template_id", "=", template.id), ("partner_id", "=", guardian.partner_id.id)]
        for moment, count in (("12 13:00", 1), ("13 11:59", 1), ("14 18:00", 2), ("14 18:05", 2), ("15 12:00", 2)):
            with self.at(f"2026-11-{moment}"):
                self.env["vti.application"]._cron_guardian()
            self.assertEqual(self.env["vti.notice"].search_count(asked), count, moment)

    def test_imported_student_is_hidden_until_activated(self):
        imported = self.make_student("Im Ported", activated_on=False)
        application = self.make_application(imported, self.vacancy)
        self.assertFalse(self.is_seen(application))
        imported._activate()
        self.assertTrue(self.is_seen(application))
        self.assertTrue(application.shown_on)
