from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from .common import NOW, LessonMixin

YES = datetime(2026, 12, 8, 12)
END = YES + timedelta(hours=2)
OTHER = datetime(2026, 12, 10, 12)


@tagged("post_install", "-at_install")
class TestRequests(LessonMixin, TransactionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at(NOW))

    def test_from_question_to_event(self):
        request = self.make_request(students=23, trade_id=self.qualification.trade_id.id)
        first, second = self.ask(request)
        self.assertEqual((request.state, first.turn, second.turn), ("offered", "company", "company"))
        self.assertEqual(self.told(self.recruiter), ["company_ask"])
        first._say_yes("company", YES, END)
        self.assertEqual((request.state, first.state, second.state), ("coupled", "coupled", "passed"))
        self.assertEqual((request.turn, request.giver_id), ("school", self.company))
        self.assertEqual(self.told(self.coordinator), ["school_moment"])
        self.assertEqual(self.told(self.other_recruiter), ["company_ask", "company_passed"])
        first._say_yes("school")
        event = request.event_id
        self.assertEqual((request.state, first.state), ("planned", "planned"))
        self.assertEqual((event.vti_kind, event.date_begin, event.date_end), ("guest_lesson", YES, END))
        self.assertEqual((event.host_school_id, event.guest_employer_id), (self.school, self.company))
        self.assertEqual((event.seats_max, event.is_published, event.is_closed), (23, True, True))
        self.assertEqual(event.school_ids, self.school)
        self.assertTrue(event.survey_id and event.check_ids)
        self.assertTrue(event._can_sign_up_class(self.user_school))
        self.assertFalse(event._can_sign_up_class(self.user_other_school))
        for user, shown in ((self.user_company, True), (self.user_other_company, False), (self.user_student, True),
                            (self.user_other_student, False), (self.user_school, True)):  # fmt: skip
            self.assertEqual(event.with_user(user).is_shown, shown, user.name)
        self.assertEqual(self.told(self.coordinator)[-1], "school_planned")
        self.assertEqual(self.told(self.recruiter)[-1], "company_planned")

    def test_a_visit_is_at_the_company(self):
        branch = self.make_branch(self.company)
        offer = self.make_offer(self.company, self.recruiter, kind="company_visit", branch_id=branch.id)
        (proposal,) = self.ask(self.make_request(kind="company_visit"), offer)
        proposal._say_yes("company", YES, END)
        proposal._say_yes("school")
        event = proposal.request_id.event_id
        self.assertEqual((event.host_employer_id, event.address_id), (self.company, branch))
        self.assertFalse(event.host_school_id)
        self.assertEqual(event.name.split()[-3:], ["bij", "Bakker", "Techniek"])

    def test_other_day_goes_to_and_fro(self):
        (proposal,) = self.ask(offers=self.offer)
        proposal._say_yes("company", YES, END)
        proposal._say_yes("school", OTHER, OTHER + timedelta(hours=1), "The hall is taken")
        self.assertEqual((proposal.turn, proposal.begin, proposal.note), ("company", OTHER, "The hall is taken"))
        self.assertEqual(self.told(self.recruiter)[-1], "company_moment")
        with self.assertRaises(UserError):
            proposal._say_yes("school")
        proposal._say_yes("company")
        self.assertEqual((proposal.state, proposal.request_id.event_id.date_begin), ("planned", OTHER))

    def test_another_day_waits_until_the_others_answered(self):
        first, second = self.ask()
        first._say_yes("company", OTHER, OTHER + timedelta(hours=1))
        self.assertEqual((first.request_id.state, first.state, first.turn), ("offered", "asked", False))
        self.assertTrue(first.is_other_day)
        second._say_no("Too busy")
        self.assertEqual((first.request_id.state, first.state), ("coupled", "coupled"))
        self.assertEqual(self.told(self.coordinator), ["school_moment"])

    def test_a_wished_day_goes_before_another_day(self):
        first, second = self.ask()
        first._say_yes("company", OTHER, OTHER + timedelta(hours=1))
        second._say_yes("company", YES, END)
        self.assertEqual((first.state, second.state), ("passed", "coupled"))

    def test_vti_couples_on_an_agreed_moment(self):
        request = self.make_request()
        proposal = self.ask(request, self.offer, direct=True, begin=YES, end=END)
        self.assertEqual((request.state, proposal.turn), ("coupled", "both"))
        self.assertEqual(self.told(self.recruiter), ["company_moment"])
        self.assertEqual(self.told(self.coordinator), ["school_moment"])
        proposal._say_yes("school")
        self.assertEqual((proposal.turn, request.state), ("company", "coupled"))
        proposal._say_yes("company")
        self.assertEqual(request.state, "planned")

    def test_coupled_company_that_cannot(self):
        request = self.make_request()
        proposal = self.ask(request, self.offer, direct=True)
        self.assertEqual(self.told(self.coordinator), ["school_coupled"])
        proposal._say_no()
        self.assertEqual((request.state, self.told(self.coordinator)[-1]), ("asked", "school_searching"))
        self.assertIn(self.company.name, request.activity_ids.summary)
        self.ask(request, self.other_offer)
        self.assertEqual(request.state, "offered")

    def test_everybody_says_no(self):
        first, second = self.ask()
        first._say_no()
        self.assertEqual(first.request_id.state, "offered")
        second._say_no()
        self.assertEqual(first.request_id.state, "asked")
        self.assertTrue(first.request_id.activity_ids)

    def test_taking_back(self):
        first, second = self.ask()
        first.request_id._withdraw()
        self.assertEqual((first.request_id.state, first.request_id.end_kind), ("ended", "withdrawn"))
        self.assertEqual((first.state, second.state), ("withdrawn", "withdrawn"))
        self.assertEqual(self.told(self.recruiter), ["company_ask", "company_ended"])
        self.assertEqual(self.told(self.coordinator), [])
        with self.assertRaises(UserError):
            first._say_yes("company", YES, END)
        with self.assertRaises(UserError):
            first.request_id._withdraw()

    def test_taking_back_what_is_planned(self):
        (proposal,) = self.ask(offers=self.offer)
        proposal._say_yes("company", YES, END)
        proposal._say_yes("school")
        request = proposal.request_id
        request._withdraw()
        self.assertEqual((request.state, request.end_kind), ("ended", "called_off"))
        self.assertEqual(request.event_id.kanban_state, "cancel")
        self.assertEqual(self.told(self.recruiter)[-1], "company_called_off")

    def test_vti_moves_the_event(self):
        (proposal,) = self.ask(offers=self.offer)
        proposal._say_yes("company", YES, END)
        proposal._say_yes("school")
        proposal.request_id.event_id.write({"date_begin": OTHER, "date_end": OTHER + timedelta(hours=2)})
        self.assertEqual(proposal.begin, OTHER)
        self.assertEqual(self.told(self.coordinator)[-1], "school_moved")
        self.assertEqual(self.told(self.recruiter)[-1], "company_moved")

    # ------------------------------------------------------------------ the clock

    def clock(self, moment):
        with self.at(moment), patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60):
            self.env["vti.lesson.request"]._cron_clock()
        self.env.invalidate_all()

    def test_terms_of_the_company(self):
        first, second = self.ask()  # Tuesday; the term is the next Tuesday
        self.assertEqual(str(first.answer_by), "2026-11-17")
        self.clock("2026-11-12 09:00:00")
        self.assertEqual(self.told(self.recruiter), ["company_ask"])
        self.clock("2026-11-13 09:00:00")
        self.clock("2026-11-13 15:00:00")
        self.assertEqual(self.told(self.recruiter), ["company_ask", "company_remind"])
        self.clock("2026-11-17 22:59:00")
        self.assertEqual(first.state, "asked")
        self.clock("2026-11-17 23:01:00")  # Wednesday in the Netherlands
        self.assertEqual((first.state, second.state, first.request_id.state), ("lapsed", "lapsed", "asked"))
        self.assertEqual(self.told(self.recruiter)[-1], "company_lapsed")

    def test_terms_of_the_school(self):
        (proposal,) = self.ask(offers=self.offer)
        proposal._say_yes("company", YES, END)
        self.clock("2026-11-13 09:00:00")
        self.assertEqual(self.told(self.coordinator), ["school_moment", "school_remind"])
        self.clock("2026-11-18 09:00:00")
        self.assertEqual(proposal.request_id.end_kind, "silent")
        self.assertEqual(self.told(self.coordinator)[-1], "school_ended")
        self.assertEqual(self.told(self.recruiter)[-1], "company_ended")

    def test_nobody_waits_in_the_dark(self):
        request = self.make_request()
        self.env.cr.execute("UPDATE vti_lesson_request SET create_date = %s WHERE id = %s", [NOW, request.id])
        request.invalidate_recordset()
        self.clock("2026-11-12 09:00:00")
        self.assertFalse(request.activity_ids)
        self.env.ref("vti_bpv.group_user").sudo().all_user_ids.lang = "nl_NL"
        self.clock("2026-11-13 09:00:00")
        self.assertEqual(request.activity_ids.mapped("summary"), ["Een school wacht: vraag een bedrijf"])
        self.clock("2026-11-20 09:00:00")
        self.clock("2026-11-23 09:00:00")
        self.assertEqual(self.told(self.coordinator), ["school_searching"])

    def test_expiry(self):
        request = self.make_request(days=("2026-11-20", "2026-11-25"))
        self.clock("2026-11-23 22:59:00")
        self.assertEqual(request.state, "asked")
        self.clock("2026-11-23 23:01:00")
        self.assertEqual((request.state, request.end_kind), ("ended", "expired"))
        self.assertEqual(self.told(self.coordinator)[-1], "school_ended")

    def test_what_has_been(self):
        (proposal,) = self.ask(offers=self.offer)
        proposal._say_yes("company", YES, END)
        self.assertEqual(str(proposal.request_id.calendar_day), "2026-12-08")
        proposal._say_yes("school")
        self.clock("2026-12-03 09:00:00")
        self.assertEqual(self.told(self.recruiter)[-1], "company_planned")
        self.clock("2026-12-04 09:00:00")
        self.clock("2026-12-07 09:00:00")
        self.assertEqual(self.told(self.recruiter)[-2:], ["company_planned", "company_coming"])
        self.clock(END - timedelta(minutes=1))
        self.assertEqual(proposal.request_id.state, "planned")
        self.clock(END)
        self.assertEqual(proposal.request_id.state, "held")

    # ------------------------------------------------------------------ who, and suggestions

    def test_suggestions(self):
        self.make_offer(self.other_company, self.other_recruiter, max_students=10)
        request = self.make_request()
        ranked = request._rank_offers()[request]
        self.assertEqual([offer.employer_id for offer, _one in ranked], [self.company, self.other_company])
        self.env["event.event"].create(
            {"name": "Given", "vti_kind": "guest_lesson", "guest_employer_id": self.company.id,
             "date_begin": "2026-10-01 09:00:00", "date_end": "2026-10-01 11:00:00"}
        )  # fmt: skip
        ranked = request._rank_offers()[request]
        self.assertEqual([offer.employer_id for offer, _one in ranked], [self.other_company, self.company])
        self.assertIn(self.other_company.name, request.with_context(x=1).suggestion.splitlines()[0])

    def test_suggestions_take_the_same_queries_for_many(self):
        one = self.make_request()
        many = one | self.make_request(("2026-12-09",)) | self.make_request(("2026-12-10",)) | self.make_request()
        counts = []
        many.mapped("suggestion")
        for requests in (one, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            requests.mapped("suggestion")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_the_wizard(self):
        request = self.make_request()
        action = request.with_user(self.user_vti).action_find_company()
        wizard = self.env["vti.lesson.couple"].with_user(self.user_vti).browse(action["res_id"])
        self.assertEqual(wizard.line_ids.employer_id, self.company | self.other_company)
        self.assertEqual(wizard.line_ids.mapped("is_chosen"), [True, True])
        wizard.action_ask_companies()
        self.assertEqual(request.proposal_ids.employer_id, self.company | self.other_company)
        with self.assertRaises(AccessError):
            request.with_user(self.user_school).action_find_company()
        with self.assertRaises(AccessError):
            request.with_user(self.user_company).action_end()

    def test_houses(self):
        with self.assertRaises(UserError):
            self.make_request(school_id=self.other_school.id)
        with self.assertRaises(UserError):
            self.make_offer(self.company, self.other_recruiter)
        with self.assertRaises(UserError):
            self.make_request(days=())
