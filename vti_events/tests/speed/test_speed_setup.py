from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, tagged

from .common import SpeedMixin


@tagged("post_install", "-at_install")
class TestSpeedSetup(SpeedMixin, TransactionCase):
    """How what is set up reaches the plan, and the figures that come of it."""

    def plan(self):
        self.date.action_open_wishes()
        self.date.with_user(self.user_vti).action_plan()

    def test_criteria_count_like_a_fourth_wish(self):
        """Of what a company looks for, what is known of a student; a choice by hand goes first."""
        wish = self.wish(self.sam, self.bakker, 1)
        self.assertEqual(wish.points, 12)
        student, course = self.student, self.student.enrolment_id.qualification_id
        self.bakker.write({"want_levels": course.level, "want_path": "bol"})
        self.assertEqual(wish.points, 12 + 4)
        self.bakker.want_path = "bbl"
        self.assertEqual(wish.points, 12 + 2, "half of it")
        self.bakker.write({"want_levels": "1", "want_from": "2027-02-01"})
        self.assertEqual(wish.points, 12, "and nothing against who didn't say when")
        for start, points in (("2027-02-15", 4), ("2027-02-16", 0)):
            self.bakker.write({"want_levels": False, "want_path": False})
            student.wish_from = start
            wish.invalidate_recordset()
            self.assertEqual(wish.points, 12 + points, start)
        self.bakker.write({"want_from": False, "want_trade_ids": [(6, 0, course.trade_id.ids)]})
        self.assertEqual(wish.points, 16 if course.trade_id else 12)
        wish.company_rank = 3
        self.assertEqual(wish.points, 12 + 6)
        wish.write({"student_rank": 0, "company_rank": 0})
        self.assertEqual(wish.points, 0, "nobody is sent to a table without a wish")
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.bakker.want_levels = "5"

    def test_distance_from_the_nearest_place(self):
        """From Woerden (3447) to Utrecht (3511) is some 17 km."""
        wish = self.wish(self.sam, self.bakker, 1)
        away = self.bakker._get_distance(self.student.postcode_id)
        self.assertTrue(10 < away < 25)
        for km, points in ((10, 12), (40, 16)):
            self.bakker.want_km = km
            self.assertEqual(wish.points, points)
        self.assertIsNone(self.bakker._get_distance(self.env["vti.postcode"]))

    def test_criteria_take_as_many_queries_for_many(self):
        self.bakker.write({"want_levels": "3", "want_trade_ids": [(6, 0, self.env["vti.trade"].search([]).ids)],
                           "want_from": "2027-02-01", "want_km": 20})  # fmt: skip

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.date._get_pairs()
            return self.cr.sql_log_count - before

        def add(number):
            for _student in range(number):
                self.add_student(self.make_student("Kim Nummer"), self.bakker)

        add(2)
        count()
        few = count()
        add(10)
        self.assertEqual(count(), few)

    def test_criteria_decide_who_gets_the_table(self):
        self.date.write({"round_count": 1, "promise": 0})
        self.other_student.enrolment_id.learning_path = "bbl"
        for line in (self.sam, self.noor):
            self.wish(line, self.bakker)
        for path, line in (("bbl", self.noor), ("bol", self.sam)):
            self.bakker.want_path = path
            self.date.action_open_wishes()
            self.date.action_plan()
            self.assertEqual(self.get_talks(), [(1, self.bakker, line)])

    def test_figures(self):
        """By hand: Sam gets his first wish, Noor her second, Kim stays away, Lee wishes nothing; one talk is over."""
        kim, _lee = self.add_student(self.make_student("Kim Boer"), self.bakker), self.add_student(
            self.make_student("Lee Smit"))  # fmt: skip
        kim.is_absent = True
        self.wish(self.sam, self.bakker, 1)
        self.wish(self.noor, self.bakker, 1)
        self.wish(self.noor, self.vries, 2)
        names = ("held_count", "first_wish_share", "least_served", "both_yes_count", "placement_count")

        def figures():
            self.date.invalidate_recordset()
            return tuple(self.date[name] for name in names)

        self.assertEqual(figures(), (0, 0, 0, 0, 0))
        talks = self.env["vti.speed.talk"].create(
            [{"round_id": self.date.round_ids[number].id, "student_id": line.id, "company_id": company.id}
             for number, line, company in ((0, self.sam, self.bakker), (1, self.noor, self.vries),
                                           (2, kim, self.bakker))]
        )  # fmt: skip
        ends = talks[0].round_id.ends_at
        for moment, held in ((ends - timedelta(seconds=1), 0), (ends, 1), (talks[2].round_id.ends_at, 2)):
            with self.at(moment):
                self.assertEqual(figures(), (held, 0.5, 1, 0, 0))
        self.wish(self.sam, self.vries, 2)
        talks[0].write({"student_answer": "yes", "company_answer": "yes"})
        talks[1].write({"student_answer": "yes", "company_answer": "maybe"})
        begins = talks[0].round_id.starts_at
        application = talks[0].application_id = self.make_application(state="placed")
        for moment, placed in ((begins - timedelta(seconds=1), 0), (begins, 1)):
            application.accepted_on = moment
            self.assertEqual(figures(), (0, 0.5, 1, 1, placed), "what was agreed before didn't come of it")
        talks[1].unlink()
        self.assertEqual(figures(), (0, 0.5, 0, 1, 1))

    def test_figures_take_as_many_queries_for_many(self):
        self.date.round_count = 16

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.date.read(["held_count", "first_wish_share", "least_served", "both_yes_count", "placement_count"])
            return self.cr.sql_log_count - before

        def add(number):
            for _student in range(number):
                self.add_student(self.make_student("Kim Nummer"), self.bakker, self.vries)
            self.date._make_plan(0)

        add(2)
        count()
        few = count()
        add(8)
        self.assertEqual(count(), few)

    def test_what_walks_ask_for_is_told(self):
        self.assertFalse(self.date.walk_note)
        rooms = self.env["vti.speed.room"].create(
            [{"speed_date_id": self.date.id, "name": name, "walk_minutes": 0} for name in ("Hall", "Lab")]
        )
        for minutes, free in ((5, None), (6, 1), (20, 1), (21, 2)):
            rooms[1].walk_minutes = minutes
            note = self.date.walk_note
            if free:
                self.assertIn(f"takes {minutes} minutes", note)
                self.assertIn(f"at least {free}.", note)
            else:
                self.assertFalse(note)
        self.date.pause_minutes = 21
        self.assertFalse(self.date.walk_note)

    def test_a_pause_and_a_row_reach_the_plan(self):
        """Both companies in two rounds: not when the talks follow each other, unless there is a free round between."""
        for company in (self.bakker, self.vries):
            self.wish(self.sam, company)
        for rounds, row, talks in ((2, 0, 2), (2, 1, 1), (3, 1, 2)):
            self.date.write({"round_count": rounds, "in_row": row})
            self.date.action_open_wishes()
            self.date.action_plan()
            self.assertEqual(len(self.get_talks()), talks, (rounds, row))
            self.date.talk_ids.unlink()

    def test_limits_reach_the_plan(self):
        for line in (self.sam, self.noor):
            for company in (self.bakker, self.vries):
                self.wish(line, company)
        for values, of_company, number in (
            ({}, {}, 4), ({"student_limit": 1}, {}, 2), ({"student_limit": 0}, {"talk_limit": 1}, 3),
            ({"round_count": 1}, {"talk_limit": 0}, 2), ({}, {"tables": 2}, 2),
        ):  # fmt: skip
            self.date.write(values)
            self.bakker.write(of_company)
            self.date.action_open_wishes()
            self.date.action_plan()
            self.assertEqual(len(self.get_talks()), number, (values, of_company))
            self.date.talk_ids.unlink()

    def test_set_up_that_cannot_be(self):
        for record, values in (
            (self.date, {"student_limit": 1, "promise": 2}), (self.date, {"break_after": 4}),
            (self.date, {"break_after": 3, "round_count": 3}), (self.bakker, {"talk_limit": 1}),
        ):  # fmt: skip
            self.date.company_promise = 2
            with self.assertRaises(ValidationError), self.cr.savepoint():
                record.write(values)
        self.date.write({"break_after": 3, "student_limit": 1, "promise": 1})
        self.bakker.talk_limit = 2

    def test_a_speed_date_moves_with_its_event(self):
        """Rounds and terms move along; who has a table hears of it, and that it is called off."""
        recruiter, notices = self.recruiter, self.env["vti.notice"]

        def get_mails():
            names = notices.search([("partner_id", "=", recruiter.id)]).template_id.get_external_id().values()
            return sorted(name.removeprefix("vti_events.mail_speed_") for name in names)

        with self.at("2026-11-01 12:00"):
            self.date.starts_at = "2026-12-01 12:30:00"
            self.event.write({"date_begin": "2026-12-11 11:00:00", "date_end": "2026-12-11 15:00:00"})
            moments = [str(self.date[name]) for name in ("starts_at", "wish_deadline", "company_deadline")]
            self.assertEqual(moments, ["2026-12-11 11:30:00", "2026-12-08 11:00:00", "2026-12-10 11:00:00"])
            self.assertEqual(str(self.date.round_ids[0].starts_at), moments[0])
            self.assertEqual(get_mails(), [], "while it is being set up")
            self.date.action_open_wishes()
            self.event.write({"date_begin": "2026-12-12 11:00:00", "date_end": "2026-12-12 15:00:00"})
            self.assertEqual(get_mails(), ["changed", "open_company"])
            self.assertTrue(self.date.is_choosing)
            self.event.kanban_state = "cancel"
            self.assertEqual(get_mails(), ["cancelled", "changed", "open_company"])
            self.assertFalse(self.date.is_choosing)
        with self.at("2026-12-10 12:00"):
            self.wish(self.sam, self.bakker)
            with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60):
                self.env["vti.speed.date"]._cron_ask_companies()
        self.assertNotIn("rank", get_mails(), "nobody is asked to choose for what is called off")
        self.date.state = "done"
        self.event.write({"date_begin": "2027-12-12 11:00:00", "date_end": "2027-12-12 15:00:00"})
        self.assertEqual(str(self.date.starts_at), "2026-12-12 11:30:00", "what is over stays")

    def test_mails_lead_to_a_page(self):
        self.event.is_published = False
        with self.assertRaisesRegex(UserError, "Publish the event"):
            self.date.action_open_wishes()
        self.assertEqual(self.date.state, "draft")
        self.event.is_published = True
        self.date.action_open_wishes()
        for user, line in ((self.user_company, self.bakker), (self.user_student, self.sam)):
            self.assertEqual(self.date._get_line(user), line)

    def test_wishes_that_came_too_late_are_told_of(self):
        for moment, is_late in (("2026-11-28 11:59", False), ("2026-11-28 12:00", True)):
            with self.at(moment):
                self.date.invalidate_recordset(["is_late"])
                self.assertEqual(self.date.is_late, is_late)
        with self.at("2026-11-29 12:00"):
            self.wish(self.sam, self.bakker)
            self.date.invalidate_recordset(["is_late"])
            self.assertFalse(self.date.is_late)

    def test_a_new_event_takes_three_hours(self):
        with Form(self.env["event.event"], view="event.view_event_form") as form:
            form.name = "Evening"
            self.assertEqual(form.date_end - form.date_begin, timedelta(hours=3))
            form.date_begin = "2030-01-10 18:00:00"
            self.assertEqual(str(form.date_end), "2030-01-10 21:00:00", "not before it begins")
            form.date_end = "2030-01-10 20:00:00"
        with Form(form.record) as form:
            form.date_begin = "2030-02-10 18:00:00"
            self.assertEqual(str(form.date_end), "2030-02-10 20:00:00", "as long as it was")
            form.date_begin = "2030-02-10 17:00:00"
            self.assertEqual(str(form.date_end), "2030-02-10 20:00:00")

    def test_nobody_sees_an_answer(self):
        """Neither the two by RPC, nor VTI: only whether both said yes."""
        self.wish(self.sam, self.bakker)
        self.plan()
        talk = self.date.talk_ids
        talk.write({"student_answer": "no", "student_note": "Far away", "company_answer": "yes"})
        self.assertEqual((talk.sudo().student_answer, talk.sudo().student_note), ("no", "Far away"), "it is there")
        admin = self.env.ref("base.user_admin")
        for user in (self.user_vti, admin, self.user_student, self.user_company):
            mine = talk.with_user(user)
            for name in ("student_answer", "company_answer", "student_note", "company_note"):
                with self.assertRaises(AccessError):
                    mine.read([name])
                with self.assertRaises(AccessError):
                    mine.search([(name, "!=", False)])
                with self.assertRaises(AccessError):
                    mine.formatted_read_group([], [name], ["__count"])
        self.assertEqual(talk.with_user(self.user_vti).read(["both_yes"])[0]["both_yes"], False)

    def test_what_if(self):
        date = self.date.with_user(self.user_vti)
        found = date.action_what_if(60, 6, 4)
        self.assertEqual([line["tables"] for line in found["lines"]], [1, 2, 3])
        for line in found["lines"]:
            self.assertEqual(len(line["shares"]), len(found["rounds"]))
            self.assertLess(line["shares"][0], 100)
        self.assertEqual(found["ends"][:2], ["13:55", "14:25"], "4 talks of 10 minutes, 5 between; 6 talks")
        for numbers in ((0, 6, 4), (60, 501, 4), (60, 6, 16), ("60", 6, 4)):
            with self.assertRaises(UserError):
                date.action_what_if(*numbers)
