from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import TODAY, VtiCase

DAY = fields.Date.to_date(TODAY)


@tagged("post_install", "-at_install")
class TestVacancyRules(VtiCase):
    def codes(self, problems):
        return [code for code, _message in problems]

    def problems(self, vacancy, day=DAY):
        with self.at(TODAY):
            return self.codes(vacancy._get_publish_problems(day))

    def test_recognition_blocks_only_when_over(self):
        place = self.make_vacancy(state="draft", date_from="2027-02-01")
        self.assertEqual(self.problems(place), ["qualification_ids"])
        recognition = self.make_recognition(self.company)
        for values, expected in (
            ({}, []),
            ({"last_checked": "2020-01-01"}, []),  # an old check only warns
            ({"review_date": "2026-01-01"}, []),
            ({"date_end": "2027-01-31"}, ["qualification_ids"]),  # the day before the start
            ({"date_end": "2027-02-01"}, []),
            ({"status": "withdrawn"}, ["qualification_ids"]),
            ({"status": "lapsed"}, ["qualification_ids"]),
        ):
            plain = {"status": "valid", "date_end": False, "last_checked": TODAY, "review_date": False}
            recognition.write(plain | values)
            self.assertEqual(self.problems(place), expected, values)

    def test_recognition_is_of_the_branch_and_of_each_qualification(self):
        branch = self.make_branch(self.company)
        place = self.make_vacancy(state="draft", branch_id=branch.id)
        self.make_recognition(self.company)
        self.assertEqual(self.problems(place), ["qualification_ids"], "the company's own address is another place")
        self.make_recognition(branch)
        self.assertEqual(self.problems(place), [])
        place.qualification_ids |= self.qualification_4
        self.assertEqual(self.problems(place), ["qualification_ids"])
        self.make_recognition(branch, qualification_id=self.qualification_4.id)
        self.assertEqual(self.problems(place), [])

    def test_recognition_per_kind(self):
        for kind, needed in (
            ("vmbo_day", False),
            ("vmbo_orientation", False),
            ("vmbo_weekly", False),
            ("vmbo_block", False),
            ("leerwerktraject", True),
            ("pro", True),
            ("vso", True),
            ("hbo", False),
            ("hbo_graduation", False),
        ):
            place = self.make_vacancy(self.other_company, state="draft", kind=kind, qualification_ids=False)
            self.assertEqual(self.problems(place), ["branch_id"] if needed else [], kind)
        self.make_recognition(self.other_company, qualification_id=self.qualification_4.id)
        for kind in ("leerwerktraject", "pro", "vso"):
            place = self.make_vacancy(self.other_company, state="draft", kind=kind, qualification_ids=False)
            self.assertEqual(self.problems(place), [], "any recognition of the place will do")

    def test_bbl_needs_a_salary(self):
        self.make_recognition(self.company)
        place = self.make_vacancy(state="draft", learning_path="bbl", allowance=300)
        self.assertEqual(self.problems(place), ["salary"])
        self.assertFalse(place.is_paid)
        place.salary = 2100
        self.assertEqual(self.problems(place), [])
        self.assertTrue(place.is_paid)

    def test_start_in_the_past_blocks(self):
        self.make_recognition(self.company)
        for start, expected in (("2026-11-09", ["date_from"]), ("2026-11-10", []), ("2026-11-11", []), (False, [])):
            place = self.make_vacancy(state="draft", date_from=start)
            self.assertEqual(self.problems(place), expected, start)

    def test_former_member_and_missing_text_block(self):
        self.make_recognition(self.company)
        self.company.membership_state = "former"
        place = self.make_vacancy(state="draft", description=" ", learning_path=False, days_per_week=0)
        self.assertEqual(self.problems(place), ["employer_id", "description", "learning_path", "days_per_week"])

    def test_old_check_warns(self):
        recognition = self.make_recognition(self.company)
        place = self.make_vacancy(state="draft")
        with self.at(TODAY):
            for checked, expected in (("2025-11-10", []), ("2025-11-09", ["recognition"]), (False, ["recognition"])):
                recognition.last_checked = checked
                self.assertEqual(self.codes(place._get_check_warnings()), expected, checked)

    def test_hbo_warnings_follow_the_school(self):
        place = self.make_vacancy(kind="hbo", qualification_ids=False)
        for count, expected in ((4, ["employee_count", "discipline"]), (5, ["discipline"])):
            self.company.employee_count = count
            self.assertEqual(self.codes(place._get_hbo_warnings()), expected)
        self.env["vti.guidance.role"].create(
            {"partner_id": self.recruiter.id, "role": "workplace_mentor", "trade_id": place.trade_id.id}
        )
        self.assertFalse(place._get_hbo_warnings())
        self.school.hbo_min_employees = 6
        self.assertEqual(self.codes(place._get_hbo_warnings(self.school)), ["employee_count"])
        self.assertFalse(self.make_vacancy()._get_hbo_warnings(self.school), "an mbo place has no hbo rules")
        self.assertTrue(self.make_vacancy(with_hbo=True)._get_hbo_warnings(self.school))

    def test_age_of_the_place(self):
        place = self.make_vacancy(min_age=17)
        self.assertEqual(self.codes(place._get_age_problems(16, DAY)), ["min_age"])
        self.assertFalse(place._get_age_problems(17, DAY))
        self.assertEqual(self.codes(place._get_age_problems(0, DAY)), ["age_unknown"])

    def test_tasks_follow_the_dated_table(self):
        task = self.env["vti.work.task"].create({"name": "Roofs"})
        rules = self.env["vti.age.rule"]
        rules.create(
            {
                "task_id": task.id,
                "forbidden_below": 16,
                "supervised_below": 18,
                "source": "x",
                "valid_from": "2026-01-01",
                "valid_to": "2026-12-31",
            }
        )
        rules.create({"task_id": task.id, "forbidden_below": 18, "source": "y", "valid_from": "2027-01-01"})
        place = self.make_vacancy(task_ids=[(6, 0, task.ids)], hours_per_week=28)
        for age, day, expected in (
            (15, "2026-12-31", ["task_forbidden"]), (16, "2026-12-31", ["task_supervised"]), (18, "2026-12-31", []),
            (17, "2027-01-01", ["task_forbidden"]), (18, "2027-01-01", []), (15, "2025-12-31", []),
        ):  # fmt: skip
            found = self.codes(place._get_age_problems(age, fields.Date.to_date(day)))
            self.assertEqual(found, expected, (age, day))
        place.mentor_id = self.recruiter
        self.assertFalse(place._get_age_problems(16, DAY), "a named guide supervises")

    def test_work_with_one_limit_stands_in_one_sentence(self):
        tasks = self.env["vti.work.task"].create([{"name": "Roofs"}, {"name": "Sparks"}, {"name": "Night"}])
        for task, forbidden, supervised in zip(tasks, (0, 0, 18), (18, 18, 0), strict=True):
            limits = {"forbidden_below": forbidden, "supervised_below": supervised}
            self.env["vti.age.rule"].create({"task_id": task.id, "source": "x", **limits})
        place = self.make_vacancy(task_ids=[(6, 0, tasks.ids)], hours_per_week=28)
        found = [message for _code, message in place._get_task_problems(17, DAY)]
        self.assertEqual(
            found, ["Forbidden below age 18: Night.", "Below age 18 only with a named guide: Roofs, Sparks."]
        )
        self.assertFalse(place._get_task_problems(18, DAY))

    def test_a_company_is_advised_by_subject(self):
        night = self.env.ref("vti_bpv.work_task_night")
        place = self.make_vacancy(task_ids=[(6, 0, night.ids)], with_hbo=True, hours_per_week=28)
        checked = self.make_recognition(self.company, last_checked="2020-01-01")
        young, recognition, hbo = place._get_advice()
        self.assertIn("16", young["title"])
        self.assertEqual(young["lines"], ["Forbidden below age 18: Night work."])
        self.assertIn(self.qualification.name, recognition["lines"][0])
        self.assertEqual([part["asks"] for part in (young, recognition, hbo)], [False, True, False])
        place.write({"task_ids": False, "with_hbo": False})
        checked.last_checked = TODAY
        self.assertFalse(place._get_advice())

    def test_working_times_per_age(self):
        place = self.make_vacancy()
        for age, values, expected in (
            (16, {"days_per_week": 4, "hours_per_week": 36}, []),
            (16, {"days_per_week": 4, "hours_per_week": 36.5}, ["hours_day"]),
            (17, {"days_per_week": 5, "hours_per_week": 45}, []),
            (17, {"days_per_week": 6, "hours_per_week": 46}, ["hours_week"]),
            (18, {"days_per_week": 5, "hours_per_week": 50}, []),
            (15, {"days_per_week": 5, "hours_per_week": 35}, []),
            (15, {"days_per_week": 5, "hours_per_week": 36}, ["hours_day", "hours_week"]),
            (13, {"days_per_week": 1, "hours_per_week": 4}, ["no_time_rule"]),
            (16, {"time_from": 6.0, "time_to": 14.0}, []),
            (16, {"time_from": 5.75, "time_to": 14.0}, ["hours_clock"]),
            (16, {"time_from": 14.0, "time_to": 23.0}, []),
            (16, {"time_from": 6.5, "time_to": 22.5}, ["hours_clock"]),
            (15, {"time_from": 7.0, "time_to": 19.0}, []),
            (15, {"time_from": 11.0, "time_to": 19.5}, ["hours_clock"]),
        ):
            place.write({"time_from": 8.0, "time_to": 16.0, "days_per_week": 4, "hours_per_week": 28} | values)
            self.assertEqual(self.codes(place._get_age_problems(age, DAY)), expected, (age, values))

    def test_pupils_need_a_named_guide(self):
        for kind in ("vmbo_day", "vmbo_weekly", "leerwerktraject", "pro", "vso"):
            place = self.make_vacancy(kind=kind, hours_per_week=28)
            self.assertEqual(self.codes(place._get_age_problems(15, DAY)), ["mentor_id"], kind)
            place.mentor_id = self.recruiter
            self.assertFalse(place._get_age_problems(15, DAY), kind)

    def test_people_and_branch_are_of_the_company(self):
        for field in ("mentor_id", "contact_id"):
            with self.assertRaises(ValidationError):
                self.make_vacancy(**{field: self.other_recruiter.id})
        with self.assertRaises(ValidationError):
            self.make_vacancy(branch_id=self.make_branch(self.other_company).id)

    def test_levels_and_period(self):
        place = self.make_vacancy(qualification_ids=[(6, 0, self.qualification_4.ids)])
        self.assertEqual(place.levels, "4")
        place.open_to_level_2 = True
        self.assertEqual(place.levels, "24")
        for day, period in (
            ("2027-01-31", "2026-2"),
            ("2027-02-01", "2027-1"),
            ("2027-07-31", "2027-1"),
            ("2027-08-01", "2027-2"),
        ):
            place.write({"date_from": day, "date_to": False})
            self.assertEqual(place.period, period)
