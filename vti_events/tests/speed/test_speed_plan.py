from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .common import SpeedMixin


@tagged("post_install", "-at_install")
class TestSpeedPlan(SpeedMixin, TransactionCase):
    def plan(self):
        self.date.action_open_wishes()
        self.date.with_user(self.user_vti).action_plan()

    def test_rounds_follow_the_clock(self):
        """10 minutes and 5 between; 20 more after the second."""
        self.date.write({"break_after": 2, "break_minutes": 20})
        start = self.date.starts_at
        self.assertEqual(start, self.event.date_begin)
        minutes = [(turn.starts_at - start) / timedelta(minutes=1) for turn in self.date.round_ids]
        self.assertEqual(minutes, [0, 15, 50, 65])
        self.assertEqual(self.date.round_ids[0].with_context(lang="en_US").display_name, "Round 1, 13:00")
        kept = self.date.round_ids[:3]
        self.date.round_count = 3
        self.assertEqual(self.date.round_ids, kept)

    def test_rounds_with_talks_stay(self):
        self.wish(self.sam, self.bakker)
        self.plan()
        self.date.talk_ids.round_id = self.date.round_ids[3]
        with self.assertRaises(UserError), self.cr.savepoint():
            self.date.round_count = 3
        self.date.talk_ids.unlink()
        self.date.round_count = 3

    def test_taking_part_is_a_registration(self):
        registration = self.sam.registration_id
        self.assertEqual((registration.event_id, registration.partner_id), (self.event, self.student.partner_id))
        self.assertEqual(self.sam.presence, "expected")
        registration.action_set_done()
        self.assertEqual(self.sam.presence, "present")
        self.sam.is_absent = True
        self.assertEqual(self.sam.presence, "absent")

    def test_plan_of_all_wishes(self):
        for line in (self.sam, self.noor):
            self.wish(line, self.bakker, 1)
            self.wish(line, self.vries, 2)
        self.plan()
        self.assertEqual(self.date.state, "planned")
        self.assertEqual((self.date.plan_value, self.date.plan_ideal, self.date.plan_proven), (40, 40, True))
        self.assertEqual(len(self.date.talk_ids), 4)
        self.assertEqual(len({(t.round_id, t.student_id) for t in self.date.talk_ids}), 4)
        self.assertEqual(len({(t.round_id, t.company_id) for t in self.date.talk_ids}), 4)
        self.assertIn("2 of 2 students have a talk", self.date.plan_note)

    def test_rounds_that_do_not_suit(self):
        """Bakker is there in the last round only; Sam can't then."""
        self.bakker.away_round_ids = self.date.round_ids[:3]
        self.sam.away_round_ids = self.date.round_ids[3]
        self.wish(self.sam, self.bakker)
        self.wish(self.noor, self.bakker)
        self.plan()
        self.assertEqual(self.get_talks(), [(4, self.bakker, self.noor)])

    def test_walk_between_rooms(self):
        """Rooms 3 minutes from the hall each: 6 minutes between them, 5 between two talks."""
        rooms = self.env["vti.speed.room"].create(
            [{"speed_date_id": self.date.id, "name": name, "walk_minutes": 3} for name in ("A", "B")]
        )
        self.bakker.room_id, self.vries.room_id = rooms
        self.date.round_count = 2
        self.wish(self.sam, self.bakker, 1)
        self.wish(self.sam, self.vries, 2)
        self.plan()
        self.assertEqual([talk[1] for talk in self.get_talks()], [self.bakker])
        self.assertIn("cost 8 points", self.date.plan_note)
        self.date.pause_minutes = 6
        self.date.with_user(self.user_vti).action_plan()
        self.assertEqual(len(self.get_talks()), 2)

    def test_locked_talks_stay(self):
        self.wish(self.sam, self.bakker, 1)
        self.wish(self.noor, self.bakker, 1)
        self.plan()
        talk = self.date.talk_ids.filtered(lambda t: t.student_id == self.noor)
        self.date.action_move(talk.id, self.date.round_ids[3].id, self.bakker.id, 1, self.date.plan_version)
        self.assertTrue(talk.locked)
        self.bakker.away_round_ids = self.date.round_ids[3]
        self.date.with_user(self.user_vti).action_plan()
        self.assertIn((4, self.bakker, self.noor), self.get_talks())

    def test_same_plan_again_changes_no_record(self):
        for line in (self.sam, self.noor):
            self.wish(line, self.bakker, 1)
        self.plan()
        before = self.date.talk_ids.ids
        self.date.action_plan()
        self.assertEqual(self.date.talk_ids.ids, before)

    def test_change_by_hand(self):
        """Two change places; what it costs is told; what can't be is refused."""
        self.wish(self.sam, self.bakker, 1)
        self.wish(self.noor, self.vries, 1)
        self.plan()
        mine = self.date.talk_ids.filtered(lambda t: t.student_id == self.sam)
        hers = self.date.talk_ids.filtered(lambda t: t.student_id == self.noor)
        date = self.date.with_user(self.user_vti)
        place = (mine.id, hers.round_id.id, self.vries.id, 1)
        found = date.action_try_move(*place)
        self.assertEqual((found["never"], found["warnings"], found["cost"]), ([], [], 24))
        self.assertEqual(found["wishes"], ["Sam Jansen no longer meets Bakker Techniek: wish 1.",
                                           "Noor de Wit no longer meets De Vries Elektra: wish 1."])  # fmt: skip
        date.action_move(*place, self.date.plan_version)
        self.assertEqual((mine.company_id, hers.company_id, mine.locked, hers.locked),
                         (self.vries, self.bakker, True, True))  # fmt: skip
        self.assertEqual((self.date.plan_value, self.date.plan_proven), (0, False))
        self.bakker.away_round_ids = self.date.round_ids[2]
        found = date.action_try_move(hers.id, self.date.round_ids[2].id, self.bakker.id, 1)
        self.assertEqual((found["never"], len(found["warnings"])), ([], 1))

    def test_what_has_begun_is_not_moved(self):
        """Just before, at and after the start of its round; and of the round that it would go to."""
        self.wish(self.sam, self.bakker, 1)
        self.plan()
        self.date.action_publish()
        talk, (one, two, *_rest) = self.date.talk_ids, self.date.round_ids
        talk.round_id = two
        date = self.date.with_user(self.user_vti)
        with self.at(one.starts_at - timedelta(seconds=1)):
            self.assertEqual(date.action_try_move(talk.id, one.id, self.bakker.id, 1)["never"], [])
        for moment in (one.starts_at, one.starts_at + timedelta(seconds=1)):
            with self.at(moment), self.assertRaisesRegex(UserError, "has begun"):
                date.action_try_move(talk.id, one.id, self.bakker.id, 1)
        with self.at(two.starts_at), self.assertRaisesRegex(UserError, "has begun"):
            date.action_move(talk.id, self.date.round_ids[2].id, self.bakker.id, 1, date.plan_version)
        date.action_finish()
        with self.at(one.starts_at - timedelta(days=1)), self.assertRaisesRegex(UserError, "closed"):
            date.action_move(talk.id, one.id, self.bakker.id, 1, date.plan_version)

    def test_a_table_goes(self):
        """Its talks sit at another of the company's; without one they are shown, and the plan is told to be wrong."""
        self.bakker.tables = 2
        for line in (self.sam, self.noor):
            self.wish(line, self.bakker, 1)
        self.date.round_count = 2
        self.plan()
        one, other = self.date.talk_ids
        other.write({"round_id": one.round_id.id, "table": 1})
        one.table = 2
        self.env.flush_all()
        date = self.date.with_user(self.user_vti)
        date.action_change_tables(self.bakker.id, 1, False, date.plan_version)
        self.assertEqual((one.table, other.table), (2, 1))
        rows = [row for row in date.action_get_grid()["rows"] if row["company"] == self.bakker.id]
        self.assertEqual([cell["talk"] for row in rows for cell in row["cells"] if cell["talk"]], [other.id, one.id])
        self.assertIn("no table left", date._get_faults()[0])
        other.round_id = self.date.round_ids - one.round_id
        self.env.flush_all()
        self.bakker.tables = 1
        self.assertEqual((one.table, other.table), (1, 1))
        for values in ((10**6, 1, False), (self.bakker.id, 0, False), (self.bakker.id, "2", False),
                       (self.bakker.id, 1, 10**6)):  # fmt: skip
            with self.assertRaises(UserError), self.cr.savepoint():
                date.action_change_tables(*values, date.plan_version)

    def test_never_twice_at_once(self):
        for company in (self.bakker, self.vries):
            self.wish(self.sam, company, 1)
        self.plan()
        one, other = self.date.talk_ids
        place = (one.id, other.round_id.id, one.company_id.id, 1)
        self.assertTrue(self.date.action_try_move(*place)["never"])
        with self.assertRaises(UserError), self.cr.savepoint():
            self.date.action_move(*place, self.date.plan_version)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.date.action_move(one.id, one.round_id.id, self.bakker.id, 2, self.date.plan_version)

    @mute_logger("odoo.sql_db")
    def test_database_refuses_doubles(self):
        turn, company = self.date.round_ids[0], self.bakker
        self.bakker.tables = 2

        def add(*rows):
            for number, who, where, table in rows:
                self.env["vti.speed.talk"].create({"round_id": self.date.round_ids[number].id, "student_id": who.id,
                                                   "company_id": where.id, "table": table})  # fmt: skip
            self.env.flush_all()
            self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

        for rows in (
            [(0, self.sam, company, 1), (0, self.sam, self.vries, 1)],
            [(0, self.sam, company, 1), (1, self.sam, company, 1)],
            [(0, self.sam, company, 1), (0, self.noor, company, 1)],
        ):
            with self.assertRaises(UniqueViolation), self.cr.savepoint():
                add(*rows)
            self.env.invalidate_all()
            self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")
        add((0, self.sam, company, 1), (0, self.noor, company, 2))
        self.assertEqual(len(turn.search([("id", "=", turn.id)])), 1)

    def test_stale_screen_is_told(self):
        self.wish(self.sam, self.bakker, 1)
        self.plan()
        talk, version = self.date.talk_ids, self.date.plan_version
        self.date.action_move(talk.id, self.date.round_ids[1].id, self.bakker.id, 1, version)
        with self.assertRaisesRegex(UserError, "meantime"), self.cr.savepoint():
            self.date.action_move(talk.id, self.date.round_ids[2].id, self.bakker.id, 1, version)
        self.assertEqual(talk.round_number, 2)

    def test_grid(self):
        self.wish(self.sam, self.bakker, 1)
        self.vries.away_round_ids = self.date.round_ids[0]
        self.plan()
        grid = self.date.with_user(self.user_vti).action_get_grid()
        self.assertEqual([turn["number"] for turn in grid["rounds"]], [1, 2, 3, 4])
        self.assertEqual([row["name"] for row in grid["rows"]], ["Bakker Techniek", "De Vries Elektra"])
        self.assertEqual([cell["student"] for cell in grid["rows"][0]["cells"]], ["Sam Jansen", "", "", ""])
        self.assertEqual([cell["away"] for cell in grid["rows"][1]["cells"]], [True, False, False, False])

    def test_life_in_order(self):
        with self.assertRaises(UserError), self.cr.savepoint():
            self.date.action_publish()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.date.action_plan()
        self.wish(self.sam, self.bakker, 1)
        self.plan()
        self.date.action_publish()
        self.assertEqual(self.date.state, "published")
        told = self.env["vti.notice"].search([("res_model", "=", "vti.speed.date")]).partner_id
        self.assertEqual(told, self.student.partner_id | self.other_student.partner_id | self.recruiter
                         | self.other_recruiter)  # fmt: skip
        with self.assertRaises(UserError), self.cr.savepoint():
            self.date.action_plan()

    def test_broken_plan_is_not_published(self):
        self.wish(self.sam, self.bakker, 1)
        self.plan()
        self.bakker.away_round_ids = self.date.round_ids
        with self.assertRaisesRegex(UserError, "The company can't in this round"), self.cr.savepoint():
            self.date.action_publish()

    def test_search_longer(self):
        self.wish(self.sam, self.bakker, 1)
        self.plan()
        self.date.talk_ids.unlink()
        self.date.action_plan_longer()
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):  # a test can't commit
            self.env["vti.speed.date"]._cron_plan()
        self.assertEqual((len(self.date.talk_ids), self.date.search_longer), (1, False))

    def test_rank_keeps_the_other_side(self):
        wish = self.wish(self.sam, self.bakker, 1, company_rank=2)
        Wish = self.env["vti.speed.wish"]
        Wish._rank(self.sam, self.vries)
        self.assertEqual((wish.student_rank, wish.company_rank), (0, 2))
        Wish._rank(self.bakker, self.sam.browse())
        self.assertFalse(wish.exists())
        self.assertEqual(self.sam.wish_ids.mapped("points"), [12])

    def test_not_of_another_event(self):
        other = self.env["vti.speed.date"].create({"event_id": self.event.copy().id})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.bakker.away_round_ids = other.round_ids[0]
        stranger = self.env["vti.speed.company"].create({"speed_date_id": other.id, "employer_id": self.company.id})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.wish(self.sam, stranger)

    def test_portal_users_have_no_right(self):
        for user in (self.user_student, self.user_company, self.user_school):
            for model in ("date", "round", "room", "company", "student", "wish", "talk"):
                with self.assertRaises(AccessError):
                    self.env[f"vti.speed.{model}"].with_user(user).search([])
            for method, arguments in (("action_plan", ()), ("action_get_grid", ()), ("action_move", (1, 1, 1, 1, 1))):
                with self.assertRaises(AccessError):
                    getattr(self.date.with_user(user), method)(*arguments)

    def test_grid_takes_as_many_queries_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.date.with_user(self.user_vti).action_get_grid()
            return self.cr.sql_log_count - before

        def add(number):
            for _student in range(number):
                self.add_student(self.make_student("Kim Nummer"), self.bakker, self.vries)
            self.date.action_plan()

        self.date.round_count = 16
        self.date.action_open_wishes()
        add(2)
        count()
        few = count()
        add(10)
        self.assertEqual(count(), few)
