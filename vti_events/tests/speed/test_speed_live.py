import random
from functools import partial

from odoo import api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import TransactionCase, get_db_name, tagged
from odoo.tools import SQL, config

from odoo.addons.vti_bpv.tests.parallel import ParallelCase

from .common import SpeedMixin

NOON = "2026-12-01 12:00:00"  # the first round; the next one starts a quarter of an hour later


@tagged("post_install", "-at_install")
class TestSpeedLive(SpeedMixin, TransactionCase):
    def start(self):
        self.date.action_open_wishes()
        self.date.action_plan()
        self.date.action_publish()

    def take(self, propose, advised=True):
        option = next(option for option in propose["options"] if option["advised"] or not advised)
        return self.date.with_user(self.user_vti).action_take_option(
            propose["first"], propose["version"], option["key"]
        )

    def test_who_does_not_come_frees_others(self):
        self.date.round_count = 1
        self.wish(self.sam, self.bakker, 1, company_rank=1)
        self.wish(self.noor, self.bakker, 2)
        self.start()
        self.assertEqual(self.get_talks(), [(1, self.bakker, self.sam)])
        with self.at("2026-12-01 11:50:00"):
            self.noor.registration_id.action_set_done()
            self.assertEqual(self.date.with_user(self.user_vti).action_mark_absent(), 1)
            self.assertEqual((self.sam.presence, self.noor.presence), ("absent", "present"))
            self.assertEqual(len(self.date._get_faults()), 1)
            propose = self.date.with_user(self.user_vti).action_propose()
            self.assertEqual([(o["moved"], o["gone"], o["added"]) for o in propose["options"]], [(0, 1, 1)])
            self.assertEqual(propose["options"][0]["words"][:2], ["Nobody has to move.", "1 new talk."])
            self.take(propose)
            self.assertEqual(self.get_talks(), [(1, self.bakker, self.noor)])
            self.assertEqual(self.date.plan_value, 8, "the points of what is left: a second wish")
            self.sam.registration_id.action_set_done()
            self.assertEqual(self.sam.presence, "present", "who checks in later takes part again")

    def test_what_has_begun_stays(self):
        """Just before, at and after the start of the second round."""
        for moment, first in (("11:59:59", 1), ("12:00:00", 2), ("12:14:59", 2), ("12:15:00", 3), ("12:55:00", 5)):
            with self.at(f"2026-12-01 {moment}"):
                self.assertEqual(self.date._get_first_round(), first, moment)
        self.wish(self.sam, self.bakker, 1)
        self.start()
        with self.at(NOON):
            self.sam.is_absent = True
            propose = self.date.action_propose()
            self.assertEqual((propose["first"], propose["rounds"]), (2, [2, 3, 4]))
            self.take(propose)
            self.assertEqual(self.get_talks(), [(1, self.bakker, self.sam)], "the first round runs already")
            for first in (1, 5, 0, "2"):
                with self.assertRaises(UserError), self.cr.savepoint():
                    self.date.action_propose(first)

    def test_walk_in_meets_somebody(self):
        self.wish(self.sam, self.bakker, 1)
        self.start()
        with self.at(NOON):
            new = self.add_student(self.make_student("Kim Nieuw"))
            self.assertEqual((new.walk_in, new.presence), (True, "present"))
            self.take(self.date.action_propose())
        self.assertGreaterEqual(len(new.talk_ids), 1)

    def test_company_leaves_early(self):
        for line in (self.sam, self.noor):
            self.wish(line, self.bakker, 1)
            self.wish(line, self.vries, 2)
        self.start()
        with self.at("2026-12-01 11:00:00"):
            self.bakker.left_from_id = self.date.round_ids[1]
            self.take(self.date.action_propose())
        self.assertEqual(self.date._get_faults(), [])
        self.assertTrue(all(number == 1 for number, company, _s in self.get_talks() if company == self.bakker))

    def test_locked_talk_of_somebody_absent_goes(self):
        self.wish(self.sam, self.bakker, 1)
        self.start()
        self.date.talk_ids.locked = True
        self.sam.is_absent = True
        with self.at("2026-12-01 11:00:00"):
            self.take(self.date.action_propose())
        self.assertFalse(self.date.talk_ids)

    def test_two_staff_one_after_the_other(self):
        self.wish(self.sam, self.bakker, 1)
        self.start()
        with self.at("2026-12-01 11:00:00"):
            mine, hers = self.date.action_propose(), self.date.action_propose()
            self.take(mine)
            with self.assertRaisesRegex(UserError, "meantime"), self.cr.savepoint():
                self.take(hers)
            # somebody walks in between looking and choosing
            seen = self.date.action_propose()
            self.add_student(self.make_student("Kim Nieuw"), self.vries)
            with self.assertRaisesRegex(UserError, "meantime"), self.cr.savepoint():
                self.take(seen)

    def test_only_a_published_plan(self):
        with self.assertRaises(UserError), self.cr.savepoint():
            self.date.action_propose()


@tagged("post_install", "-at_install")
class TestWholeDay(SpeedMixin, TransactionCase):
    """200 students, 20 companies: no-shows, walk-ins, a table that goes; nobody is doubled and nothing is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.date.write({"round_count": 12, "promise": 2, "wish_limit": 6})
        cls.chance = random.Random(5)
        extra = [cls.add_company(cls.make_company(f"Company {n}"), tables=1 + n % 2 * 2) for n in range(18)]
        cls.lines = [cls.bakker, cls.vries, *extra]
        people = cls.env["res.partner"].create([{"name": f"Student {n}"} for n in range(198)])
        students = cls.env["vti.student"].create(
            [{"partner_id": partner.id, "activated_on": "2026-09-01"} for partner in people]
        )
        added = cls.env["vti.speed.student"].create(
            [{"speed_date_id": cls.date.id, "student_id": student.id} for student in students]
        )
        cls.students = cls.sam | cls.noor | added
        rounds = cls.date.round_ids.ids
        for line in [*cls.chance.sample(cls.students, 40), *cls.lines[7:10]]:
            line.away_round_ids = [(6, 0, cls.chance.sample(rounds, 2))]
        cls.env["vti.speed.wish"].create(
            [
                {"student_id": line.id, "company_id": company.id, "student_rank": rank}
                for line in cls.students
                for rank, company in enumerate(cls.chance.sample(cls.lines, 6), 1)
            ]
        )

    def start_anew(self):
        """Go on as another worker would, or the server after a restart: with what the database holds and no more."""
        self.env.flush_all()
        old, self.cr.transaction = self.cr.transaction, None
        self.addCleanup(setattr, self.cr, "transaction", old)
        env = api.Environment(self.cr, self.user_vti.id, {"lang": "nl_NL"})
        self.assertIsNot(env.transaction, old)
        return env["vti.speed.date"].browse(self.date.id)

    def read_talks(self):
        """What PostgreSQL holds: id -> round, company, table, student, locked, answers."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT t.id, r.number, t.company_id, t."table", t.student_id, t.locked, t.student_answer,
                      t.company_answer, t.both_yes
                 FROM vti_speed_talk t JOIN vti_speed_round r ON r.id = t.round_id WHERE r.speed_date_id = %s""",
            [self.date.id],
        )
        return {row[0]: row[1:] for row in self.env.cr.fetchall()}

    def read_away(self, kind):
        """Pairs of line and round number that PostgreSQL knows as not suiting."""
        self.env.cr.execute(
            SQL(
                "SELECT a.%s, r.number FROM %s a JOIN vti_speed_round r ON r.id = a.vti_speed_round_id",
                SQL.identifier(f"vti_speed_{kind}_id"),
                SQL.identifier(self.env[f"vti.speed.{kind}"]._fields["away_round_ids"].relation),
            )
        )
        return set(self.env.cr.fetchall())

    def assert_sound(self, before, number, lost=0):
        """Nobody at two tables, no table with two, none where they can't; what was is still there.

        :param dict before: talks before the step
        :param int number: the first round that could change
        :param int lost: talks of coming rounds that may be gone
        """
        now = self.read_talks()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")
        talks = now.values()
        self.assertEqual(len({(turn, student) for turn, _c, _t, student, *_more in talks}), len(talks))
        self.assertEqual(len({(company, student) for _r, company, _t, student, *_more in talks}), len(talks))
        self.assertEqual(len({talk[:3] for talk in talks}), len(talks))
        coming = [talk for talk in talks if talk[0] >= number]
        self.assertFalse({(talk[3], talk[0]) for talk in coming} & self.read_away("student"))
        self.assertFalse({(talk[1], talk[0]) for talk in coming} & self.read_away("company"))
        tables = dict(self.env["vti.speed.company"]._read_group([], ["id"], ["tables:sum"]))
        self.assertFalse([talk for talk in coming if talk[2] > tables[self.date.company_ids.browse(talk[1])]])
        held = {talk_id: talk for talk_id, talk in before.items() if talk[0] < number}
        self.assertEqual({talk_id: now.get(talk_id) for talk_id in held}, held, "what was held stays as it was")
        pairs = {(talk[1], talk[3]) for talk in now.values()}
        gone = [talk for talk in before.values() if (talk[1], talk[3]) not in pairs]
        self.assertLessEqual(len(gone), lost)
        stay = {talk_id for talk_id, talk in before.items() if talk[4]} - self.freed
        self.assertEqual([now[talk_id] for talk_id in stay], [before[talk_id] for talk_id in stay], "locked stays")

    def step(self, number):
        """Plan the rest anew as somebody does who has just opened the plan; look at all that came of it."""
        before = self.read_talks()
        date = self.start_anew()
        propose = date.action_propose()
        self.assertEqual(propose["first"], number)
        option = next(option for option in propose["options"] if option["advised"])
        date = self.start_anew()  # the server was restarted while somebody looked at the proposals
        date.action_take_option(number, propose["version"], option["key"])
        date.env.flush_all()
        self.env.invalidate_all()
        absent = set(self.date.student_ids.filtered("is_absent").ids)
        early = sum(talk[3] in absent and talk[0] < number for talk in before.values())
        self.assertFalse(early, "of who was absent from the start nothing is left")
        self.assert_sound(before, number, option["gone"] + option["moved"])
        self.assertEqual(self.date._get_faults(), [])

    def open_day(self):
        """Check in, note who isn't there, and lock two talks."""
        at_door = self.students.filtered(lambda line: self.chance.random() > 0.06)
        at_door.registration_id.action_set_done()
        self.assertEqual(self.date.action_mark_absent(), 200 - len(at_door))
        late = self.date.talk_ids.filtered(lambda talk: talk.round_number > 9 and talk.student_id in at_door)
        locked = late.filtered(lambda talk: talk.company_id not in (self.lines[3], self.lines[5]))[:2]
        locked.locked = True
        return at_door

    def answer(self, number):
        """Both sides answer about the round that is over, as they are."""
        for talk in self.date.talk_ids.filtered(lambda talk: talk.round_number == number):
            for side in ("student", "company"):
                talk._answer(side, self.chance.choice(["yes", "maybe", "no"]))

    def test_a_day(self):
        date, self.freed = self.date.with_user(self.user_vti), set()
        date.action_open_wishes()
        date.action_plan()
        self.assertTrue(date.plan_proven)
        date.action_publish()
        self.assert_sound({}, 1)
        at_door = self.env["vti.speed.student"]
        for number in range(1, 13):
            turn = self.date.round_ids[number - 1]
            with self.at(str(turn.starts_at - (turn.ends_at - turn.starts_at) / 2)):
                self.answer(number - 1)
                if number == 1:
                    at_door = self.open_day()
                if number == 3:
                    self.add_student(self.make_student("Late Komer"), *self.lines[:3])
                if number == 4:
                    left = self.date.round_ids[5].id
                    date.action_change_tables(self.lines[5].id, self.lines[5].tables, left, date.plan_version)
                if number == 5:
                    self.assertEqual(self.lines[3].tables, 3)
                    date.action_change_tables(self.lines[3].id, 1, False, date.plan_version)
                if number == 6:
                    (self.students - at_door)[0].registration_id.action_set_done()
                self.step(number)
        self.assertFalse(self.lines[5].talk_ids.filtered(lambda talk: talk.round_number > 5))
        given = [talk for talk in self.read_talks().values() if talk[0] < 12]
        self.assertTrue(all(talk[5] and talk[6] for talk in given), "no answer is lost")
        present = self.date.student_ids.filtered(lambda line: line.presence == "present")
        self.assertGreaterEqual(sum(len(line.talk_ids) >= 2 for line in present) / len(present), 0.97)


@tagged("post_install", "-at_install", "vti_parallel")
class TestTwoStaffAtOnce(ParallelCase):
    """Transactions that commit: two staff at the same moment, and a server that begins again."""

    def _make(self, env):
        env = env(context={**env.context, "install_mode": True})
        event = env["event.event"].create(
            {"name": "Parallel", "date_begin": "2099-03-01 12:00:00", "date_end": "2099-03-01 16:00:00"}
        )
        company = env["res.partner"].create({"name": "Parallel BV", "is_company": True, "is_employer": True})
        date = env["vti.speed.date"].create({"event_id": event.id, "round_count": 3, "state": "published"})
        line = env["vti.speed.company"].create({"speed_date_id": date.id, "employer_id": company.id})
        partners = env["res.partner"].create([{"name": "Parallel Student"}, {"name": "Parallel Other"}])
        students = env["vti.student"].create([{"partner_id": partner.id} for partner in partners])
        takers = env["vti.speed.student"].create(
            [{"speed_date_id": date.id, "student_id": student.id} for student in students]
        )
        env["vti.speed.wish"].create(
            [{"student_id": taker.id, "company_id": line.id, "student_rank": 1} for taker in takers]
        )
        self.date_id, self.line_id = date.id, line.id
        self.made = [
            ("vti.speed.date", date.ids), ("event.registration", takers.registration_id.ids),
            ("event.event", event.ids), ("vti.student", students.ids), ("res.partner", (partners | company).ids),
        ]  # fmt: skip

    def _remove(self, env):
        for model, ids in self.made:
            if model == "vti.speed.date":
                env[model].browse(ids).talk_ids.unlink()
            env[model].browse(ids).unlink()

    def _get_date(self, env):
        return env["vti.speed.date"].browse(self.date_id)

    def _take(self, env):
        date = self._get_date(env)
        propose = date.action_propose()
        return partial(date.action_take_option, propose["first"], propose["version"], propose["options"][0]["key"])

    def start_server_again(self):
        """Load all models anew, as a server does that begins."""
        name, enabled = get_db_name(), config["test_enable"]
        self.addCleanup(Registry.registries.__setitem__, name, self.registry)
        config["test_enable"] = False  # otherwise the tests of all modules are looked for again
        self.addCleanup(config.__setitem__, "test_enable", enabled)
        self.registry = Registry.new(name)

    def test_one_wins_and_nothing_is_doubled(self):
        answers = self.at_once(self._take, self._take)
        self.assertEqual(answers.count(None), 1, answers)
        self.assertIn("meantime", next(answer for answer in answers if answer))
        with self.open_env() as env:
            date = self._get_date(env)
            self.assertEqual((len(date.talk_ids), date.plan_version), (2, 1))

    def test_a_plan_and_a_table_that_goes(self):
        def close_table(env):
            date = self._get_date(env)
            left = date.round_ids[1].id
            return partial(date.action_change_tables, self.line_id, 1, left, date.plan_version)

        answers = self.at_once(self._take, close_table)
        self.assertEqual(answers.count(None), 1, answers)
        self.assertIn("meantime", next(answer for answer in answers if answer))

    def test_server_starts_again_between_rounds(self):
        with self.open_env() as env:
            self._take(env)()
        with self.open_env() as env:
            before = [(talk.id, talk.round_number, talk.table) for talk in self._get_date(env).talk_ids]
            self._get_date(env).student_ids[0].is_absent = True
            seen = self._get_date(env).action_propose()
        self.start_server_again()
        with self.open_env() as env:
            date = self._get_date(env)
            self.assertEqual([(talk.id, talk.round_number, talk.table) for talk in date.talk_ids], before)
            self.assertEqual(date.action_propose(), seen, "who looked before the restart can choose after it")
            date.action_take_option(seen["first"], seen["version"], seen["options"][0]["key"])
            self.assertEqual(len(date.talk_ids), 1)
