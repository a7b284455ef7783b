from odoo.tests import tagged

from ..common import TODAY, VtiCase


@tagged("post_install", "-at_install")
class TestMatching(VtiCase):
    """From records to scores; the rules themselves are tested in tests/matching."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matching = cls.env["vti.match"]
        cls.near = cls.make_vacancy(branch_id=cls.make_branch(cls.company).id)  # in the student's own town
        cls.far = cls.make_vacancy(cls.other_company)  # Woerden, 17 km
        cls.student.write({"travel_mode": "transit", "wish_days": 4, "wish_from": "2027-02-01"})

    def find(self, student=None, **options):
        with self.at(TODAY):
            return self.matching._find_places(student or self.student, **options)

    def found(self, student=None):
        return [place.id for place, _match in self.find(student) if place in self.near | self.far]

    def test_nearest_first_with_reasons(self):
        self.assertEqual(self.found(), [self.near.id, self.far.id])
        rows = dict(self.find())
        said = [sentence for _tone, sentence in self.matching._say(rows[self.near].reasons)]
        self.assertIn("Offered for this course", said)
        self.assertIn("Days a week as wished: 4", said)
        self.assertIn("Starts at the right time: 1 February 2027", said)
        self.assertTrue(any("km by bus or train" in sentence for sentence in said), said)

    def test_wishes(self):
        solar, cooling = self.env.ref("vti_bpv.interest_solar"), self.env.ref("vti_bpv.interest_cooling")
        before = dict(self.find())[self.far].score
        self.student.interest_ids = solar
        self.far.interest_ids = solar | cooling
        match = dict(self.find())[self.far]
        self.assertGreater(match.score, before)
        self.assertIn((1, "Work that was wished for: Solar panels"), self.matching._say(match.reasons))
        self.assertEqual(len(self.find(limit=1)), 1)

    def test_distance_is_a_limit(self):
        self.student.max_distance_km = 10
        self.assertEqual(self.found(), [self.near.id])
        self.student.write({"max_distance_km": 0, "travel_mode": "bike"})
        self.assertEqual(self.found(), [self.near.id])
        self.student.zip = "9711 AA"
        self.assertEqual(self.found(), [])

    def test_only_what_one_can_get(self):
        self.near.state = "paused"
        self.assertEqual(self.found(), [self.far.id])
        self.far._take_place()
        self.assertEqual(self.found(), [])

    def test_not_what_one_applied_for(self):
        self.make_application(vacancy=self.near, state="refused")
        self.assertEqual(self.found(), [self.far.id])
        self.assertIn(self.near.id, self.found(self.other_student))

    def test_another_study(self):
        kim = self.make_student("Kim Bos", qualification_id=self.qualification_4.id)
        self.assertEqual(self.found(kim), [])
        recognised = self.make_recognition(self.near.branch_id, qualification_id=self.qualification_4.id)
        same_level = self.env["vti.qualification"].create(
            {
                "crebo": "99999",
                "name": "Fitter, new file",
                "level": self.qualification.level,
                "trade_id": self.qualification.trade_id.id,
            }
        )
        recognised.qualification_id = same_level
        kim.enrolment_ids.qualification_id = same_level
        self.assertEqual(self.found(kim), [self.near.id])
        recognised.status = "withdrawn"
        self.assertEqual(self.found(kim), [])

    def test_too_young_on_the_first_day(self):
        """On the 18th birthday it may be, a day before it may not."""
        self.near.min_age = 18
        for birth, allowed in (("2009-01-31", True), ("2009-02-01", True), ("2009-02-02", False)):
            self.student.birth_date = birth
            self.assertEqual(self.near.id in self.found(), allowed, birth)
        self.student.birth_date = False
        self.assertIn(self.near.id, self.found())

    def test_work_that_is_forbidden_at_an_age(self):
        task = self.env["vti.work.task"].create({"name": "Roofs"})
        self.env["vti.age.rule"].create(
            {"task_id": task.id, "forbidden_below": 17, "supervised_below": 18, "source": "Test"}
        )
        self.near.task_ids = task
        self.student.birth_date = "2009-12-01"  # 17 at the start
        self.assertNotIn(self.near.id, self.found(), "nobody is named to supervise")
        self.near.mentor_id = self.make_contact(self.company)
        self.assertIn(self.near.id, self.found())
        self.student.birth_date = "2010-12-01"
        self.assertNotIn(self.near.id, self.found())

    def test_the_ages_are_those_of_placing(self):
        """What matching leaves out for the age is what a placement would be refused for, and nothing else."""
        self.near.write({"time_from": 5.5, "time_to": 14.0, "hours_per_week": 34})
        with self.at(TODAY):
            youngest = self.near._get_youngest_age(self.near._get_age_tables())
            for age in range(13, 19):
                problems = self.near._get_age_problems(age, self.near.date_from)
                self.assertEqual(not problems, age >= youngest, (age, problems))

    def test_never_from_who_somebody_is(self):
        """Two students who differ in all that is personal get the same places, with the same scores."""
        twin = self.make_student("Fatima el Amrani", birth_date="1990-12-31")
        twin.partner_id.write({"phone": "06 11111111", "lang": "en_US"})
        twin.write(
            {"headline": "Mother of two", "skills": "Karate", "wishes": "Solar panels", "travel_mode": "transit",
             "wish_days": 4, "wish_from": "2027-02-01"}
        )  # fmt: skip
        mine, theirs = self.find(), self.find(twin)
        self.assertTrue(mine)
        self.assertEqual(mine, theirs)

    def test_students_for_a_place(self):
        looking = {student for student, _match in self.matching._find_students(self.near)}
        self.assertLessEqual({self.student, self.other_student}, looking)
        kim = self.make_student("Kim Bos", qualification_id=self.qualification_4.id)
        placed = self.make_student("Bo Klein")
        self.make_placement(placed, self.far, state="running")
        idle = self.make_student("Jip Groot", is_looking=False)
        left = self.make_student("Daan Oud")
        left.enrolment_ids.date_to = "2026-10-01"
        with self.at(TODAY):
            looking = {student for student, _match in self.matching._find_students(self.near)}
        self.assertFalse({kim, placed, idle, left} & looking)
        self.assertLessEqual({self.student, self.other_student}, looking)

    def test_same_queries_for_one_as_for_eighty(self):
        def count(action):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            action()
            return self.env.cr.sql_log_count - before

        def look():
            self.student._get_place_matches()

        def look_from_place():
            self.matching._find_students(self.near)

        tasks = self.env["vti.work.task"].search([], limit=2)
        solar = self.env.ref("vti_bpv.interest_solar")
        self.near.write({"task_ids": [(6, 0, tasks.ids)], "interest_ids": [(6, 0, solar.ids)]})
        (self.student | self.other_student).interest_ids = solar
        look(), look_from_place()  # what Odoo itself keeps in memory
        few = count(look), count(look_from_place)
        for number in range(80):
            company = self.make_company(f"Company {number}")
            self.make_vacancy(
                company, task_ids=[(6, 0, tasks.ids)], interest_ids=[(6, 0, solar.ids)],
                date_from=f"2027-02-{number % 27 + 1:02}",
            )  # fmt: skip
            self.make_student(f"Student {number}", interest_ids=[(6, 0, solar.ids)])
        self.assertEqual((count(look), count(look_from_place)), few)
        self.assertEqual(len(self.find()), 20)
