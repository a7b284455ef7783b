from datetime import date, timedelta
from functools import partial

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..parallel import ParallelCase


@tagged("post_install", "-at_install")
class TestExchangeAtOnce(ParallelCase):
    """Two people about one card, at the same moment."""

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

    def _remove(self, env):
        student = env["vti.student"].browse(self.student)
        student.listing_ids.unlink()
        placements = student.application_ids.placement_id
        student.application_ids.placement_id = False
        placements.unlink()
        student.application_ids.unlink()
        student.consent_ids.unlink()
        env["vti.vacancy"].browse(self.places).unlink()
        student.enrolment_ids.unlink()
        student.unlink()
        env["res.partner"].browse(self.partners).unlink()

    def _hire(self, number, env):
        interest = env["vti.exchange.interest"].browse(self.interests[number])
        interest.read(["state"])  # both have seen that it is still possible
        interest.listing_id.read(["state"])
        return partial(interest.action_hire, self.places[number], "2027-02-01", "2030-06-30")

    def _withdraw(self, env):
        card = env["vti.exchange.listing"].browse(self.card)
        card.read(["state"])
        return card.action_withdraw

    def _withdraw_consent(self, env):
        consent = env["vti.consent"].browse(self.consent)
        env["vti.exchange.listing"].browse(self.card).interest_line_ids.read(["state"])
        consent.read(["withdrawn_on"])
        return consent.action_withdraw

    def _read(self):
        """The card's state, and those of every question about it, also of what was asked meanwhile."""
        with self.open_env() as env:
            card = env["vti.exchange.listing"].browse(self.card)
            states = sorted(card.interest_line_ids.mapped("state"))
            return card.state, states, card.student_id.application_ids.mapped("state")

    def _grant(self, number, env):
        interest = env["vti.exchange.interest"].browse(self.interests[number])
        interest.read(["state"])
        interest.listing_id.read(["state"])
        return interest.action_grant

    def _expire(self, env):
        cards = env["vti.exchange.listing"]
        cards.browse(self.card).read(["state", "until"])
        return cards._cron_exchange

    def _set(self, values, *states):
        with self.open_env() as env:
            card = env["vti.exchange.listing"].browse(self.card)
            card.write(values)
            for interest, state in zip(env["vti.exchange.interest"].browse(self.interests), states, strict=False):
                interest.state = state

    def test_two_questions_granted_at_once(self):
        """Each company gets its yes, whoever comes first."""
        self._set({"state": "visible"}, "asked", "asked")
        self.assertEqual(self.at_once(partial(self._grant, 0), partial(self._grant, 1)), [None, None])
        self.assertEqual(self._read(), ("conversation", ["granted", "granted"], []))

    def test_the_same_question_granted_twice(self):
        self._set({"state": "visible"}, "asked", "asked")
        results = self.at_once(partial(self._grant, 0), partial(self._grant, 0))
        self.assertEqual(results.count(None), 1, results)
        self.assertEqual(self._read(), ("conversation", ["asked", "granted"], []))

    def test_granting_while_the_card_is_withdrawn(self):
        """In the end nobody has the contact data."""
        self._set({"state": "visible"}, "asked", "asked")
        results = self.at_once(partial(self._grant, 0), self._withdraw)
        self.assertIsNone(results[1], results)
        self.assertEqual(self._read(), ("withdrawn", ["let_go", "let_go"], []))

    def _decline(self, number, env):
        interest = env["vti.exchange.interest"].browse(self.interests[number])
        interest.listing_id.interest_line_ids.read(["state"])
        return interest.action_decline

    def _ask(self, env):
        card = env["vti.exchange.listing"].browse(self.card)
        card.read(["state"])
        card.interest_line_ids.read(["state"])
        company = env["res.partner"].browse(self.partners[0])
        return partial(card._ask, company, company, "Come and see")

    def test_two_taken_back_at_once(self):
        """Neither sees the other's end: with nobody to talk to, the card is shown as before."""
        results = self.at_once(partial(self._decline, 0), partial(self._decline, 1))
        self.assertEqual(results, [None, None])
        self.assertEqual(self._read(), ("visible", ["declined", "declined"], []))

    def test_asking_while_the_card_is_withdrawn(self):
        """No question stays that nobody can answer."""
        self._set({"state": "visible"}, "let_go", "let_go")
        for withdraw in (self._withdraw, self._withdraw_consent):
            results = self.at_once(self._ask, withdraw)
            self.assertIsNone(results[1], results)
            state, interests, _applications = self._read()
            self.assertEqual((state, set(interests)), ("withdrawn", {"let_go"}))
            with self.open_env() as env:
                env.cr.execute("UPDATE vti_consent SET withdrawn_on = NULL WHERE id = %s", [self.consent])
            self._set({"state": "visible"})

    def test_granting_while_another_company_hires(self):
        self._set({}, "granted", "asked")
        results = self.at_once(partial(self._hire, 0), partial(self._grant, 1))
        self.assertIsNone(results[0], results)
        self.assertEqual(self._read(), ("offered", ["hired", "let_go"], ["offered"]))

    def test_hiring_while_the_card_expires(self):
        """Either there is an offer, or the card is over and nobody has anything; never both."""
        self._set({"until": "2026-01-01"})
        results = self.at_once(partial(self._hire, 0), self._expire)
        self.assertIsNone(results[1], results)
        hired = results[0] is None
        expected = ("offered", ["hired", "let_go"], ["offered"]) if hired else ("expired", ["let_go", "let_go"], [])
        self.assertEqual(self._read(), expected)

    def test_two_companies_hire_at_once(self):
        results = self.at_once(partial(self._hire, 0), partial(self._hire, 1))
        self.assertEqual(results.count(None), 1, results)
        self.assertIn("any more", next(message for message in results if message))
        self.assertEqual(self._read(), ("offered", ["hired", "let_go"], ["offered"]))

    def test_hiring_while_the_student_withdraws(self):
        """Whoever comes first: in the end nobody sees the student, and no offer stands."""
        results = self.at_once(partial(self._hire, 0), self._withdraw)
        self.assertIsNone(results[1], results)
        state, interests, applications = self._read()
        self.assertEqual((state, interests), ("withdrawn", ["let_go", "let_go"]))
        self.assertIn(applications, ([], ["withdrawn"]))

    def test_two_colleagues_ask_at_once(self):
        self._set({"state": "visible"}, "let_go", "let_go")
        results = self.at_once(self._ask, self._ask)
        self.assertEqual(results.count(None), 1, results)
        self.assertIn("asked this student already", next(message for message in results if message))
        with self.open_env() as env:
            lines = env["vti.exchange.listing"].browse(self.card).interest_line_ids
            self.assertEqual(sorted(lines.mapped("state")), ["asked", "let_go", "let_go"])

    def test_hiring_while_the_student_says_yes_elsewhere(self):
        with self.open_env() as env:
            elsewhere = env["vti.application"].create({
                "student_id": self.student, "vacancy_id": self.places[1], "state": "offered",
                "offer_date_from": "2027-02-01", "offer_date_to": "2030-06-30",
            }).id  # fmt: skip

        def accept(env):
            application = env["vti.application"].browse(elsewhere)
            application.read(["state"])
            return application.action_accept

        results = self.at_once(partial(self._hire, 0), accept)
        self.assertIsNone(results[1], results)
        state, interests, applications = self._read()
        self.assertEqual((state, interests), ("placed", ["let_go", "let_go"]))
        self.assertEqual(sorted(applications), ["placed", "withdrawn"][: len(applications)])
        self.assertEqual(len(applications), 1 + (results[0] is None))

    def test_one_card_of_a_double_tap(self):
        self._set({"state": "expired", "consent_id": False})
        values = {
            "audience": "all", "until": str(date.today() + timedelta(days=9)), "likes": "", "skills": "", "agreed": "1",
        }  # fmt: skip

        def show(env):
            student = env["vti.student"].browse(self.student)
            self.assertEqual(student._get_card().state, "expired")
            return partial(student._show_card, values, student.partner_id, "site")

        results = self.at_once(show, show)
        self.assertEqual(results.count(None), 1, results)
        self.assertIn("has a card already", next(message for message in results if message))
        with self.open_env() as env:
            cards = env["vti.student"].browse(self.student).listing_ids
            self.assertEqual(sorted(cards.mapped("state")), ["expired", "visible"])

    def test_a_guardian_agrees_while_the_student_withdraws(self):
        """Whoever comes first, the card isn't shown and nothing that was agreed to is in force."""
        self._set({"state": "consented", "consent_id": False}, "let_go", "let_go")
        with self.open_env() as env:
            env["vti.student"].browse(self.student).consent_ids.unlink()

        def agree(env):
            card = env["vti.exchange.listing"].browse(self.card)
            card.read(["state", "consent_id"])
            return partial(card._agree_as_guardian, env["res.partner"].browse(self.partners[3]))

        results = self.at_once(agree, self._withdraw)
        self.assertIsNone(results[1], results)
        self.assertEqual(self._read()[0], "withdrawn")
        with self.open_env() as env:
            consents = env["vti.student"].browse(self.student).consent_ids
            self.assertFalse(consents.filtered("is_in_force"))
            self.assertEqual(len(consents), int(results[0] is None))

    def test_a_shared_link_opened_by_two(self):
        with self.open_env() as env:
            partner = env["res.partner"].browse(self.partners[0])
            share = env["vti.exchange.listing"].browse(self.card)._share(partner).id

        def open_it(env):
            found = env["vti.exchange.share"].browse(share)
            found.read(["opened_count"])
            return found._count_opening

        self.assertEqual(self.at_once(open_it, open_it), [None, None])
        with self.open_env() as env:
            self.assertEqual(env["vti.exchange.share"].browse(share).opened_count, 2)

    def test_a_followed_filter_mailed_by_two_jobs(self):
        with self.open_env() as env:
            partner = env["res.partner"].create(
                {"name": "Fay", "email": "fay@example.org", "parent_id": self.partners[0]}
            )
            user = env["res.users"].with_context(no_reset_password=True).create(
                {"login": "fay", "partner_id": partner.id, "group_ids": [(6, 0, env.ref("base.group_portal").ids)]}
            )  # fmt: skip
            partner._sync_vti_users()
            follow = env["vti.exchange.follow"].create({"partner_id": partner.id, "told_on": "2026-01-01 10:00:00"})
            env["vti.exchange.listing"].browse(self.card).shown_on = "2026-01-02 10:00:00"

        def run(env):
            env["vti.exchange.follow"].browse(follow.id).read(["told_on"])
            return env["vti.exchange.follow"]._cron_mail

        try:
            with mute_logger("odoo.addons.vti_bpv.tools.rounds"):  # the one that comes second says that it couldn't
                self.assertEqual(self.at_once(run, run), [None, None])
            with self.open_env() as env:
                self.assertEqual(env["vti.notice"].search_count([("partner_id", "=", partner.id)]), 1)
        finally:
            with self.open_env() as env:
                user.with_env(env).unlink()
                partner.with_env(env).unlink()
