from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import VtiCase
from .test_exchange import NOW, ExchangeMixin


@tagged("post_install", "-at_install")
class TestExchangeTold(ExchangeMixin, VtiCase):
    """What student, guardian and company hear of a card, when, and what they don't hear."""

    def setUp(self):
        super().setUp()
        clock = self.at(NOW)
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)

    def run_cron(self, moment):
        with self.at(moment):
            self.env["vti.exchange.listing"]._cron_exchange()

    def show_young(self, birth_date="2010-11-13"):
        """The card of a student of fifteen, for which Joke is asked."""
        self.student.birth_date = birth_date
        card = self.show()
        card.with_user(self.user_student).action_name_guardian("Joke", "joke@example.org")
        return card, card.guardian_id.partner_id

    # the guardian

    def test_a_guardians_no_is_told(self):
        for agreed_first in (False, True):
            card, guardian = self.show_young()
            if agreed_first:
                card._agree_as_guardian(guardian)
                self.assertEqual(card.state, "visible")
            told = len(self.notices(self.student.partner_id, "withdrawn"))
            card._withdraw(guardian)
            self.assertEqual((card.state, card.withdrawn_by_id), ("withdrawn", guardian))
            notices = self.notices(self.student.partner_id, "withdrawn")
            self.assertEqual(len(notices), told + 1)
            self.assertIn("parent or guardian", notices[0].body)
            with self.assertRaisesRegex(UserError, "ask again tomorrow"):
                self.show()
            card.closed_on = "2026-11-09 11:59:00"
        self.assertEqual(self.show().state, "consented")

    def test_own_withdrawal_is_not_told_and_vtis_is(self):
        card = self.show()
        card.with_user(self.user_student).action_withdraw()
        self.assertFalse(self.notices(self.student.partner_id, "withdrawn"))
        self.env.flush_all()
        self.show().with_user(self.user_vti).action_withdraw()
        self.assertIn("VTI withdrew", self.notices(self.student.partner_id, "withdrawn").body)

    def test_guardian_is_asked_once_a_day(self):
        card, guardian = self.show_young()
        self.show(likes="Heat pumps", until="2026-12-01")
        self.assertEqual((str(card.until), len(self.notices(guardian, "guardian_ask"))), ("2026-12-01", 1))
        card.guardian_asked_on = "2026-11-09 11:59:00"
        self.show(until="2026-12-02")
        self.assertEqual(len(self.notices(guardian, "guardian_ask")), 2)

    def test_sixteen_in_between(self):
        card, guardian = self.show_young("2010-11-13")
        self.run_cron("2026-11-12 22:30")  # 23:30 in the Netherlands
        self.assertFalse(self.notices(self.student.partner_id, "old_enough"))
        with self.at("2026-11-12 22:30"):
            self.assertTrue(card._is_for_guardian())
        for _time in range(2):
            self.run_cron("2026-11-12 23:30")
        self.assertEqual(len(self.notices(self.student.partner_id, "old_enough")), 1)
        self.assertEqual(len(self.notices(guardian, "guardian_ask")), 1, "nobody reminds who has no say")
        with self.at("2026-11-13 08:00"):
            with self.assertRaisesRegex(UserError, "nothing to answer"):
                card._agree_as_guardian(guardian)
            self.show()
            self.assertEqual((card.state, card.consent_id.given_by_id), ("visible", self.student.partner_id))

    def test_guardian_hears_who_got_the_contact_until_sixteen(self):
        card, guardian = self.show_young("2010-11-13")
        card._agree_as_guardian(guardian)
        self.ask(card).with_user(self.user_student).action_grant()
        self.assertEqual(len(self.notices(guardian, "guardian_told")), 1)
        with self.at("2026-11-13 08:00"):
            self.ask(card, self.user_company).with_user(self.user_student).action_grant()
        self.assertEqual(len(self.notices(guardian, "guardian_told")), 1)
        self.assertEqual(card.state, "conversation")

    # the company

    def test_a_yes_is_mailed_where_it_was_waited_for(self):
        card = self.show(companies=[["De Vries Elektra", "call"]])
        self.ask(card)
        self.assertFalse(self.notices(self.other_recruiter, "granted"))
        self.ask(card, self.user_company).with_user(self.user_student).action_grant()
        self.assertTrue(self.notices(self.recruiter, "granted"))

    def test_a_hire_is_told_to_the_others(self):
        card = self.show()
        interest, rival = self.ask(card), self.ask(card, self.user_company)
        for asked in (interest, rival):
            asked.with_user(self.user_student).action_grant()
        place = self.make_vacancy(self.other_company)
        interest.with_user(self.user_other_company).action_hire(place.id, "2027-02-01", "2027-06-30")
        self.assertIn("has another place", self.notices(self.recruiter, "over").body)
        self.assertNotIn("Sam", self.notices(self.recruiter, "over").body)
        self.assertFalse(self.notices(self.other_recruiter, "over"))

    # the last day

    def test_a_week_before_once_and_after_more_time_none(self):
        card = self.show(until="2026-11-20")
        for day, count in (("12", 0), ("13", 1), ("13", 1), ("14", 1)):
            self.run_cron(f"2026-11-{day} 06:00")
            self.assertEqual(len(self.notices(self.student.partner_id, "soon")), count, day)
        with self.at("2026-11-14 12:00"):
            self.show(until="2026-12-20")
        self.run_cron("2026-11-21 06:00")
        self.assertEqual((card.state, str(card.until)), ("visible", "2026-12-20"))
        self.assertFalse(self.notices(self.student.partner_id, "expired"))

    def test_a_last_week_whose_first_day_was_missed(self):
        """Told later in that week; who chose a few days knows when they are over."""
        self.show(until="2026-11-20")
        self.run_cron("2026-11-17 06:00")
        self.assertEqual(len(self.notices(self.student.partner_id, "soon")), 1)
        with self.at("2026-11-18 12:00"):
            self.show(until="2026-12-20")
        self.run_cron("2026-12-15 06:00")
        self.assertEqual(len(self.notices(self.student.partner_id, "soon")), 2, "once for each end")
        with self.at("2026-12-16 12:00"):
            self.show(until="2026-12-19")
        self.run_cron("2026-12-17 06:00")
        self.assertEqual(len(self.notices(self.student.partner_id, "soon")), 2)

    def test_more_time_keeps_out_who_is_no_member_now(self):
        hidden = [["Bakker Techniek", "hide"]]
        self.show(companies=hidden)
        self.company.membership_state = "former"
        card = self.show(until="2027-01-12", companies=hidden)
        self.company.membership_state = "member"
        self.assertFalse(self.sees(card, self.user_company))
        self.other_company.membership_state = "former"
        errors = self.student._get_card_errors(self.get_values(companies=[["De Vries Elektra", "see"]]))
        self.assertEqual(list(errors), ["company_0"], "nobody names a former member anew")

    # by phone

    def test_a_yes_by_phone_is_mailed(self):
        values = {"student_id": self.student.id, "is_said": True, "excluded_ids": [(6, 0, self.company.ids)]}
        wizards = self.env["vti.exchange.phone"].with_user(self.user_vti)
        wizards.create(values).action_save()
        notice = self.notices(self.student.partner_id, "noted")
        self.assertEqual(notice.state, "sent", "at once")
        self.assertIn("#withdraw", notice.body)
        self.assertIn("Bakker Techniek", notice.body)
        self.student._get_card().with_user(self.user_student).action_withdraw()
        self.env.flush_all()
        self.student.birth_date = "2010-11-13"
        wizards.create(values).action_save()
        self.assertIn("parent or guardian has to agree", self.notices(self.student.partner_id, "noted")[0].body)

    def test_give_and_take(self):
        """Turned down here and placed there by the exchange; who gave most stands first."""
        reason = self.env["vti.refusal.reason"]._get_choices()[:1]
        for student in (self.student, self.other_student):
            self.make_application(student, shown_on=NOW).with_user(self.user_company).action_refuse(reason.id)
        self.show(self.other_student)
        interest = self.ask(self.show())
        interest.with_user(self.user_student).action_grant()
        place = self.make_vacancy(self.other_company)
        number = interest.with_user(self.user_other_company).action_hire(place.id, "2027-02-01", "2027-06-30")
        self.env["vti.application"].browse(number).with_user(self.user_student).action_accept()
        self.env.flush_all()
        balance = self.env["vti.exchange.balance"].search(
            [("employer_id", "in", self.company.ids + self.other_company.ids)]
        )
        self.assertEqual(
            [(row.employer_id, row.turned_down, row.given, row.taken, row.asked, row.granted) for row in balance],
            [(self.company, 2, 1, 0, 0, 0), (self.other_company, 0, 0, 1, 1, 1)],
        )

    def test_the_share_tells_nothing_personal(self):
        share = self.show()._share(self.recruiter)
        self.assertIn(", level 2,", share.text)
        self.assertNotIn("Level", share.text)
