from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import TODAY, VtiCase


@tagged("post_install", "-at_install")
class TestVacancyLife(VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_recognition(cls.company)
        cls.make_recognition(cls.other_company)

    def setUp(self):
        super().setUp()
        self.enterContext(self.at(TODAY))

    def draft(self, company=None, **values):
        return self.make_vacancy(company, **{"state": "draft", "published_on": False, "confirmed_on": False, **values})

    def expire(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):  # a test can't commit
            self.env["vti.vacancy"]._cron_expire()

    def as_company(self, place):
        return place.with_user(self.user_company)

    def test_first_place_is_reviewed_then_trusted(self):
        first, second = self.draft(), self.draft()
        self.as_company(first).action_submit()
        self.assertEqual(first.state, "review")
        self.assertEqual(len(first.activity_ids), 1)
        first.with_user(self.user_vti).action_publish()
        self.assertEqual((first.state, str(first.published_on), str(first.reviewed_on)), ("published", TODAY, TODAY))
        self.assertFalse(first.activity_ids)
        self.as_company(second).action_submit()
        self.assertEqual(second.state, "published")
        self.assertFalse(second.reviewed_on)
        other = self.draft(self.other_company)
        other.with_user(self.user_other_company).action_submit()
        self.assertEqual(other.state, "review", "trust is per company")

    def test_review_is_a_setting(self):
        self.env["ir.config_parameter"].set_param("vti_bpv.review_first_place", False)
        place = self.draft()
        self.as_company(place).action_submit()
        self.assertEqual(place.state, "published")

    def test_submit_checks_the_rules(self):
        place = self.draft(description=False)
        with self.assertRaises(UserError):
            self.as_company(place).action_submit()
        self.assertEqual(place.state, "draft")
        self.env["vti.recognition"].search([("employer_id", "=", self.company.id)]).status = "withdrawn"
        place.description = "You pull cables."
        with self.assertRaises(UserError):
            self.as_company(place).action_submit()
        with self.assertRaises(UserError):
            place.with_user(self.user_vti).action_publish()

    def test_send_back_needs_a_reason(self):
        place = self.draft(state="review")
        vti = place.with_user(self.user_vti)
        with self.assertRaises(UserError):
            vti.action_send_back("  ")
        vti.action_send_back("Tell what one learns.")
        self.assertEqual((place.state, place.sent_back_reason), ("draft", "Tell what one learns."))

    def test_arrows(self):
        """Each action from each state: only these arrows exist."""
        allowed = {
            "action_submit": {"draft": "review"},
            "action_pause": {"published": "paused"},
            "action_resume": {"paused": "published", "filled": "published"},
            "action_fill": {"published": "filled", "paused": "filled"},
            "action_close": dict.fromkeys(("draft", "review", "published", "paused", "filled"), "closed"),
            "action_confirm": {"published": "published", "paused": "paused"},
        }
        for action, arrows in allowed.items():
            for state in ("draft", "review", "published", "paused", "filled", "closed", "expired"):
                place = self.draft(state=state)
                if state in arrows:
                    getattr(self.as_company(place), action)()
                    self.assertEqual(place.state, arrows[state], (action, state))
                else:
                    with self.assertRaises(UserError):
                        getattr(self.as_company(place), action)()

    def test_only_the_own_company_acts(self):
        for action in ("action_pause", "action_fill", "action_close", "action_confirm", "action_copy_to_season"):
            place = self.make_vacancy()
            for user in (self.user_other_company, self.user_student, self.user_school):
                with self.assertRaises(AccessError):
                    getattr(place.with_user(user), action)()
            self.assertEqual(place.state, "published")
            getattr(self.as_company(place), action)()
        place = self.draft(state="review")
        for action, args in (("action_publish", ()), ("action_send_back", ("No",))):
            with self.assertRaises(AccessError):
                getattr(self.as_company(place), action)(*args)
        with self.assertRaises(AccessError):
            self.as_company(place).write({"state": "published"})

    def test_a_user_limited_to_branches(self):
        mine, theirs = self.make_branch(self.company, "Utrecht"), self.make_branch(self.company, "Zeist")
        self.recruiter.branch_scope_ids = mine
        self.as_company(self.make_vacancy(branch_id=mine.id)).action_pause()
        for place in (self.make_vacancy(branch_id=theirs.id), self.make_vacancy()):
            with self.assertRaises(AccessError):
                self.as_company(place).action_pause()

    def test_copy_to_the_next_season(self):
        following = self.env["vti.season"].create(
            {"name": "2027-2028", "date_from": "2027-08-01", "date_to": "2028-07-31"}
        )
        place = self.make_vacancy(places_offered=2, reviewed_on=TODAY)
        place._take_place()
        copy = self.as_company(place).action_copy_to_season().sudo()
        self.assertEqual(copy.season_id, following)
        self.assertEqual((str(copy.date_from), str(copy.date_to)), ("2028-02-01", "2028-06-30"))
        self.assertEqual((copy.state, copy.name, copy.places_left), ("draft", place.name, 2))
        self.assertFalse(copy.published_on or copy.reviewed_on or copy.confirmed_on)
        self.assertEqual(copy.qualification_ids, place.qualification_ids)

    def test_expires_the_day_after_its_start(self):
        before, at, after = (self.make_vacancy(date_from=day) for day in ("2026-11-09", "2026-11-10", "2026-11-11"))
        endless = self.make_vacancy(date_from=False, date_to="2026-11-09")
        draft = self.draft(date_from="2026-11-09")
        filled = self.make_vacancy(date_from="2026-11-09", state="filled")
        self.expire()
        self.assertEqual(
            [place.state for place in (before, at, after, endless, draft, filled)],
            ["expired", "published", "published", "expired", "draft", "filled"],
        )

    def test_midnight_is_that_of_amsterdam(self):
        place = self.make_vacancy(date_from="2026-11-10")
        with self.at("2026-11-10 22:59:00"):  # 23:59 in Amsterdam
            self.expire()
        self.assertEqual(place.state, "published")
        with self.at("2026-11-10 23:01:00"):
            self.expire()
        self.assertEqual(place.state, "expired")

    def test_places_of_a_former_member_go_offline(self):
        mine, theirs = self.make_vacancy(), self.make_vacancy(self.other_company)
        self.company.membership_state = "former"
        self.expire()
        self.assertEqual((mine.state, mine.paused_reason, theirs.state), ("paused", "membership", "published"))
        with self.assertRaises(UserError):
            self.as_company(mine).action_resume()
        self.company.membership_state = "member"
        self.as_company(mine).action_resume()
        self.assertEqual(mine.state, "published")

    def test_lost_recognition_pauses(self):
        mine, theirs = self.make_vacancy(), self.make_vacancy(self.other_company)
        orientation = self.make_vacancy(kind="vmbo_day", qualification_ids=False)
        recognition = self.env["vti.recognition"].search([("employer_id", "=", self.company.id)])
        recognition.date_end = "2027-02-01"
        with self.at("2026-11-10 12:00:00"):
            self.expire()
        self.assertEqual(mine.state, "published")
        recognition.status = "withdrawn"
        self.expire()
        self.assertEqual((mine.state, theirs.state, orientation.state), ("paused", "published", "published"))

    def test_what_was_warned_of_is_noted_for_vti_only(self):
        place = self.draft(task_ids=[(6, 0, self.env.ref("vti_bpv.work_task_night").ids)])
        place.with_user(self.user_vti).action_publish()
        note = place.message_ids.filtered(lambda m: "Night work" in (m.body or ""))
        self.assertTrue(note)
        self.assertFalse(self.env["mail.message"].with_user(self.user_company).search([("id", "in", note.ids)]))

    def test_the_company_hears_of_it(self):
        """Each step mails the contact, or else the recruiters, or else the company."""
        notices = self.env["vti.notice"]
        place = self.draft(state="review")
        place.with_user(self.user_vti).action_send_back("Tell more.")
        self.assertFalse(
            notices.search([("res_model", "=", "vti.vacancy"), ("res_id", "=", place.id)]), "nobody has an address"
        )
        self.env["vti.guidance.role"].create({"partner_id": self.recruiter.id, "role": "recruiter"})
        place.state = "review"
        place.with_user(self.user_vti).action_send_back("Tell more.")
        place.with_user(self.user_vti).action_publish()
        sent = notices.search([("res_model", "=", "vti.vacancy"), ("res_id", "=", place.id)])
        self.assertEqual(sent.partner_id, self.recruiter)
        self.assertEqual(
            set(sent.mapped("template_id")),
            {self.env.ref("vti_bpv.mail_vacancy_sent_back"), self.env.ref("vti_bpv.mail_vacancy_published")},
        )
        self.assertIn(f"/my/places/{place.id}", sent[0].button_url)

    def test_staff_open_every_view(self):
        place = self.draft(state="review").with_user(self.user_vti)
        for name in ("form", "list", "kanban", "calendar", "search"):
            self.env["vti.vacancy"].with_user(self.user_vti).get_view(
                self.env.ref(f"vti_bpv.vti_vacancy_view_{name}").id, name
            )
        wizard = (
            self.env["vti.vacancy.send.back"]
            .with_user(self.user_vti)
            .create({"vacancy_id": place.id, "reason": "Say more."})
        )
        wizard.action_send()
        self.assertEqual(place.state, "draft")
        self.company.with_user(self.user_vti).action_open_places()
        self.assertEqual(self.company.with_user(self.user_vti).vacancy_count, 1)
        self.assertEqual(place.action_open_copy()["res_model"], "vti.vacancy")
