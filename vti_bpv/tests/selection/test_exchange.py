from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase

NOW = "2026-11-10 12:00"


class ExchangeMixin:
    """Sam, turned down by Bakker, and De Vries, which looks; the clock stands still."""

    @classmethod
    def get_values(cls, **values):
        card = {"audience": "all", "until": "2027-01-05", "likes": "Solar panels", "skills": "I built a bike"}
        return {**card, "agreed": "1", "companies": [], **values}

    @classmethod
    def show(cls, student=None, **values):
        """Let a student show the card, as the student does."""
        student = student or cls.student
        return student._show_card(cls.get_values(**values), student.partner_id, "site")

    @classmethod
    def ask(cls, card, user=None, line="We fit solar panels in Woerden."):
        user = user or cls.user_other_company
        number = card.with_user(user).action_ask(line)
        return cls.env["vti.exchange.interest"].browse(number)

    def notices(self, partner, name=None):
        domain = [("partner_id", "=", partner.id)]
        if name:
            domain.append(("template_id", "=", self.env.ref(f"vti_bpv.mail_template_exchange_{name}").id))
        return self.env["vti.notice"].search(domain)

    def sees(self, card, user):
        """Whether a user finds a card by any question; all of them must agree."""
        cards = self.env["vti.exchange.listing"].with_user(user)
        found = card.id in cards.search([]).ids
        self.assertEqual(card.with_user(user).has_access("read"), found)
        house = user.partner_id.commercial_partner_id
        if user.has_group("vti_bpv.group_company"):
            self.assertEqual(card._is_shown_to(house), found, "page and rule say the same")
        return found


@tagged("post_install", "-at_install")
class TestExchange(ExchangeMixin, VtiCase):
    """From agreeing to a place, and who sees what on the way."""

    def setUp(self):
        super().setUp()
        clock = self.at(NOW)
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)

    # agreeing

    def test_consent_of_its_own(self):
        with self.assertRaisesRegex(UserError, "Tick the box"):
            self.show(agreed="")
        self.assertFalse(self.env["vti.exchange.listing"].search([("student_id", "=", self.student.id)]))
        card = self.student.with_user(self.user_student).action_show_card(self.get_values())
        card = self.student._get_card()
        consent = card.consent_id
        self.assertEqual((card.state, consent.purpose, consent.channel), ("visible", "exchange", "site"))
        self.assertEqual(consent.given_by_id, self.student.partner_id)
        self.assertEqual(consent.valid_until, fields.Date.to_date("2027-01-05"))
        self.assertTrue(consent.text_version)
        self.assertIn("all member companies", consent.text)

    def test_nobody_else_agrees(self):
        for user in (self.user_other_student, self.user_company, self.user_school):
            with self.assertRaises(AccessError):
                self.student.with_user(user).action_show_card(self.get_values())

    def test_texts_tell_not_who(self):
        for text in (
            "Call 06 12345678",
            "sam@example.org",
            "Ask for Sam",
            "Ik ben Jansen",
            "3511 ab",
            "www.sam.nl",
            "@samj",
        ):
            self.student.partner_id.zip = "3511 AB"
            errors = self.student._get_card_errors(self.get_values(likes=text))
            self.assertEqual(list(errors), ["likes"], text)
        self.assertFalse(self.student._get_card_errors(self.get_values(likes="4 days, 3000 panels, since 2024-2025")))
        for text, ok in (("x" * 400, True), ("x" * 401, False)):
            self.assertEqual(not self.student._get_card_errors(self.get_values(skills=text)), ok)

    def test_last_day(self):
        for until, ok in (
            ("2026-11-09", False), ("2026-11-10", True), ("10-11-2026", True), ("2027-11-09", True),
            ("2027-11-10", False), ("nonsense", False), ("", False),
        ):  # fmt: skip
            errors = self.student._get_card_errors(self.get_values(until=until))
            self.assertEqual(list(errors), [] if ok else ["until"], until)

    def test_companies_are_members(self):
        former = self.make_company("Oud Lid", membership_state="former")
        for name, ok in (
            ("Bakker Techniek", True), ("bakker techniek, woerden", True), ("Bakker", False), (former.name, False),
            ("ROC Utrecht-Zuid", False), ("%", False), ("_akker Techniek", False),
        ):  # fmt: skip
            errors = self.student._get_card_errors(self.get_values(companies=[[name, "hide"]]))
            self.assertEqual(list(errors), [] if ok else ["company_0"], name)
        self.assertIn("company_0", self.student._get_card_errors(self.get_values(audience="named")))

    def test_to_whom_it_is_shown(self):
        card = self.show()
        self.assertTrue(self.sees(card, self.user_company) and self.sees(card, self.user_other_company))
        self.show(companies=[["Bakker Techniek", "hide"]])
        self.assertEqual((self.sees(card, self.user_company), self.sees(card, self.user_other_company)), (False, True))
        self.show(audience="named", companies=[["Bakker Techniek", "see"]])
        self.assertEqual((self.sees(card, self.user_company), self.sees(card, self.user_other_company)), (True, False))
        self.company.membership_state = "former"
        self.assertFalse(self.sees(card, self.user_company))
        for user in (self.user_other_student, self.user_school):
            self.assertFalse(self.env["vti.exchange.listing"].with_user(user).has_access("read") and
                             self.env["vti.exchange.listing"].with_user(user).search([]))  # fmt: skip

    def test_another_scope_is_another_consent(self):
        card = self.show()
        first = card.consent_id
        self.show(likes="Heat pumps")
        self.assertEqual((card.consent_id, card.likes), (first, "Heat pumps"))
        self.show(until="2026-12-01")
        self.assertNotEqual(card.consent_id, first)
        self.assertTrue(first.withdrawn_on)
        self.assertEqual(card.state, "visible")

    def test_last_day_and_day_after(self):
        card = self.show(until="2026-11-12")
        with self.at("2026-11-12 22:30"):  # 23:30 in the Netherlands
            self.env["vti.exchange.listing"]._cron_exchange()
            self.assertTrue(self.sees(card, self.user_company))
        with self.at("2026-11-13 06:00"):
            self.assertFalse(self.sees(card, self.user_company))
            self.assertEqual(card.state, "visible")
            self.env["vti.exchange.listing"]._cron_exchange()
            self.assertEqual(card.state, "expired")
        self.assertTrue(self.notices(self.student.partner_id, "expired"))

    # under age

    def test_guardian_gives_it(self):
        self.student.birth_date = "2010-11-11"  # 15, sixteen tomorrow
        card = self.show()
        self.assertEqual((card.state, card.consent_id.ids), ("consented", []))
        self.assertFalse(self.sees(card, self.user_company))
        card.with_user(self.user_student).action_name_guardian("Joke", "joke@example.org")
        guardian = card.guardian_id.partner_id
        self.assertEqual(self.notices(guardian, "guardian_ask").state, "sent")
        card._agree_as_guardian(guardian)
        self.assertEqual(
            (card.state, card.consent_id.given_by_id, card.consent_id.channel), ("visible", guardian, "mail")
        )
        self.assertTrue(self.sees(card, self.user_company))
        # to whom it is shown is for the guardian again
        interest = self.ask(card)
        interest.with_user(self.user_student).action_grant()
        self.assertTrue(self.notices(guardian, "guardian_told"))
        self.show(until="2026-12-24")
        self.assertEqual((card.state, self.sees(card, self.user_company)), ("consented", False))
        with self.assertRaises(AccessError):
            interest.with_user(self.user_other_company).action_view_contact()
        card._agree_as_guardian(guardian)
        self.assertEqual(card.state, "conversation")

    def test_sixteen_today(self):
        self.student.birth_date = "2010-11-10"
        self.assertEqual(self.show().state, "visible")

    # asking and granting

    def test_contact_after_yes_alone(self):
        card = self.show()
        interest = self.ask(card)
        mine = interest.with_user(self.user_other_company)
        with self.assertRaises(AccessError):
            mine.action_view_contact()
        self.assertEqual(self.notices(self.student.partner_id, "asked").state, "sent")
        interest.with_user(self.user_student).action_grant()
        self.assertEqual((interest.state, card.state), ("granted", "conversation"))
        self.assertEqual(mine.action_view_contact()["name"], "Sam Jansen")
        view = interest.view_ids
        self.assertEqual((view.partner_id, view.student_id), (self.other_recruiter, self.student))
        self.assertEqual(
            view.with_user(self.user_student).read(["partner_id"])[0]["partner_id"][0], self.other_recruiter.id
        )
        self.assertFalse(view.by_vti)
        interest.with_user(self.user_vti).action_view_contact()
        self.assertEqual(interest.view_ids.filtered("by_vti").partner_id, self.user_vti.partner_id)
        for act in (lambda: view.write({"partner_id": False}), view.unlink):
            with self.assertRaises(UserError):
                act()
        with self.assertRaises(AccessError):
            interest.with_user(self.user_company).action_view_contact()

    def test_who_decides(self):
        interest = self.ask(self.show())
        for user in (self.user_other_student, self.user_other_company, self.user_company, self.user_school):
            for act in ("action_grant", "action_decline"):
                with self.assertRaises(AccessError):
                    getattr(interest.with_user(user), act)()
        for user in (self.user_student, self.user_company):
            with self.assertRaises(AccessError):
                interest.with_user(user).action_let_go()

    def test_said_beforehand(self):
        card = self.show(companies=[["De Vries Elektra", "call"]])
        interest = self.ask(card)
        self.assertEqual((interest.state, interest.beforehand), ("granted", True))
        self.assertTrue(interest.with_user(self.user_other_company).action_view_contact()["name"])
        self.assertEqual(self.ask(card, self.user_company).state, "asked")

    def test_asking_twice(self):
        card = self.show()
        interest = self.ask(card)
        with self.assertRaisesRegex(UserError, "asked this student already"):
            self.ask(card)
        interest.with_user(self.user_student).action_decline()
        with self.assertRaisesRegex(UserError, "said no"):
            self.ask(card)

    def test_answer_in_time(self):
        """Five working days: asked on Tuesday, Tuesday after is the last."""
        card = self.show()
        interest = self.ask(card)
        self.assertEqual(str(interest.answer_by), "2026-11-17")
        for day, state, reminded in (
            ("12", "asked", False),
            ("13", "asked", True),
            ("17", "asked", True),
            ("18", "let_go", True),
        ):
            with self.at(f"2026-11-{day} 06:00"):
                self.env["vti.exchange.listing"]._cron_exchange()
            self.assertEqual((interest.state, bool(interest.reminded_on)), (state, reminded), day)
        self.assertEqual(len(self.notices(self.student.partner_id, "remind")), 1)
        self.assertTrue(self.notices(self.other_recruiter, "over"))

    # withdrawing

    def test_withdrawing_hides_at_once(self):
        card = self.show()
        seen, asked = self.ask(card), self.ask(card, self.user_company)
        seen.with_user(self.user_student).action_grant()
        mine = seen.with_user(self.user_other_company)
        mine.action_view_contact()
        card.with_user(self.user_student).action_withdraw()
        self.assertEqual((card.state, card.consent_id.is_in_force), ("withdrawn", False))
        self.assertFalse(self.sees(card, self.user_company) or self.sees(card, self.user_other_company))
        with self.assertRaises(AccessError):
            mine.action_view_contact()
        with self.assertRaises(AccessError):
            card.with_user(self.user_other_company).read(["likes"])
        with self.assertRaises(UserError):
            card.with_user(self.user_other_company).export_data(["likes"])
        self.assertEqual(self.notices(self.other_recruiter, "over").state, "sent", "at once")
        self.assertIn("delete", self.notices(self.other_recruiter, "over").body)
        self.assertEqual((seen.end_kind, asked.end_kind), ("withdrawn", "withdrawn"))
        card.with_user(self.user_student).action_withdraw()

    def test_withdrawing_the_consent_itself(self):
        card = self.show()
        self.ask(card).with_user(self.user_student).action_grant()
        card.consent_id.with_user(self.user_student).action_withdraw()
        self.assertEqual(card.state, "withdrawn")
        self.assertFalse(self.sees(card, self.user_other_company))

    def test_nobody_elses_to_withdraw(self):
        card = self.show()
        for user in (self.user_other_student, self.user_company, self.user_school):
            with self.assertRaises(AccessError):
                card.with_user(user).action_withdraw()

    # hiring

    def make_granted(self, **values):
        card = self.show(**values)
        interest = self.ask(card)
        interest.with_user(self.user_student).action_grant()
        return card, interest

    def hire(self, interest, place, user=None):
        mine = interest.with_user(user or self.user_other_company)
        number = mine.action_hire(place.id, "2027-02-01", "2027-06-30")
        return self.env["vti.application"].browse(number)

    def test_hiring_closes_it_for_all(self):
        card, interest = self.make_granted()
        rival = self.ask(card, self.user_company)
        rival.with_user(self.user_student).action_grant()
        place = self.make_vacancy(self.other_company)
        application = self.hire(interest, place)
        self.assertEqual((application.state, application.vacancy_id), ("offered", place))
        self.assertEqual((card.state, interest.state, rival.state), ("offered", "hired", "let_go"))
        self.assertFalse(self.sees(card, self.user_company))
        with self.assertRaises(AccessError):
            rival.with_user(self.user_company).action_view_contact()
        with self.assertRaises(UserError):
            self.hire(rival, self.make_vacancy(), self.user_company)
        application.with_user(self.user_student).action_accept()
        self.assertEqual((card.state, card.placed_at_id, card.is_through), ("placed", self.other_company, True))
        self.assertEqual((application.state, place.places_left), ("placed", 0))

    def test_saying_no_to_the_offer_shows_it_again(self):
        card, interest = self.make_granted()
        self.hire(interest, self.make_vacancy(self.other_company)).with_user(self.user_student).action_decline()
        self.assertEqual((card.state, interest.state), ("visible", "let_go"))

    def test_withdrawing_with_an_offer(self):
        card, interest = self.make_granted()
        application = self.hire(interest, self.make_vacancy(self.other_company))
        card.with_user(self.user_student).action_withdraw()
        self.assertEqual((card.state, interest.end_kind, application.state), ("withdrawn", "withdrawn", "withdrawn"))

    def test_needs_a_place_of_its_own(self):
        _card, interest = self.make_granted()
        mine = interest.with_user(self.user_other_company)
        self.assertIn("form", mine._get_hire_errors({"vacancy_id": "1"}))
        other, full = self.make_vacancy(), self.make_vacancy(self.other_company, state="filled")
        self.make_vacancy(self.other_company)
        for place in (other, full):
            with self.assertRaisesRegex(UserError, "Choose one of your places"):
                self.hire(interest, place)
        self.assertIn("date_from", mine._get_hire_errors({"vacancy_id": "x"}))

    def test_a_place_elsewhere_closes_the_card(self):
        card, interest = self.make_granted()
        application = self.make_application(vacancy=self.make_vacancy(), state="offered",
                                            offer_date_from="2027-02-01", offer_date_to="2027-06-30")  # fmt: skip
        application.with_user(self.user_student).action_accept()
        self.assertEqual((card.state, card.placed_at_id, card.is_through), ("placed", self.company, False))
        self.assertEqual(interest.end_kind, "elsewhere")

    # being asked

    def test_invited_after_a_no_once(self):
        reason = self.env["vti.refusal.reason"]._get_choices()[:1]
        for _time in range(2):
            application = self.make_application(vacancy=self.make_vacancy(), shown_on=NOW)
            application.with_user(self.user_company).action_refuse(reason.id)
        self.assertEqual(len(self.notices(self.student.partner_id, "invite")), 1)
        self.assertTrue(application._can_be_shown())
        card = self.show()
        self.assertEqual(card.refused_at_id, self.company)
        self.assertFalse(application._can_be_shown())

    def test_good_word(self):
        reason = self.env["vti.refusal.reason"]._get_choices()[:1]
        application = self.make_application(shown_on=NOW)
        with self.assertRaises(UserError):
            application.with_user(self.user_company).action_recommend("Good lad")
        application.with_user(self.user_company).action_refuse(reason.id)
        for text in ("", "x" * 161, "Sam is good", "call 0612345678"):
            with self.assertRaises(UserError):
                application.with_user(self.user_company).action_recommend(text)
        with self.assertRaises(AccessError):
            application.with_user(self.user_other_company).action_recommend("Good lad")
        application.with_user(self.user_company).action_recommend("Good with people, we were full")
        line = self.env["vti.exchange.line"].search([("application_id", "=", application.id)])
        card = self.show()
        self.assertFalse(card._get_good_words())
        for user in (self.user_other_student, self.user_company):
            with self.assertRaises(AccessError):
                line.with_user(user).action_decide(True)
        line.with_user(self.user_student).action_decide(True)
        self.assertEqual(card.with_user(self.user_other_company)._get_good_words(), {card: [line.text]})

    # the card

    def test_zone_is_a_town_of_some_size(self):
        near = [("code", ">=", "3400"), ("code", "<=", "3499")]
        only = [("__count", "=", 1)]
        small = self.env["vti.postcode"]._read_group(near, ["place"], ["id:recordset"], having=only)[0][1]
        self.student.partner_id.zip = f"{small.code} AB"
        card = self.show()
        place = card.zone_id.place
        self.assertNotEqual(place, small.place)
        self.assertGreaterEqual(self.env["vti.postcode"].search_count([("place", "=", place)]), 3)

    def test_card_follows_the_profile(self):
        card = self.show()
        self.student.write({"wish_days": 3, "max_distance_km": 12, "travel_mode": "bike"})
        self.assertEqual((card.wish_days, card.max_distance_km), (3, 12))
        self.assertIn("12", card._get_labels()["travel"])

    def test_forgotten_after_four_weeks(self):
        card = self.show()
        interest = self.ask(card)
        card.with_user(self.user_student).action_withdraw()
        for moment, kept in (("2026-12-08 11:59", True), ("2026-12-08 12:00", False)):
            with self.at(moment):
                self.env["vti.exchange.listing"]._forget_old()
            self.assertEqual((bool(card.likes), bool(interest.line)), (kept, kept))
