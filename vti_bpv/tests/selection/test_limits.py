from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase


class LimitMixin:
    @classmethod
    def limit(cls, name, value):
        cls.env["ir.config_parameter"].set_param(f"vti_bpv.limit_{name}", str(value))

    @classmethod
    def fill(cls, place, count):
        for number in range(count):
            cls.make_application(cls.make_student(f"{place.id} {number}"), place)


@tagged("post_install", "-at_install")
class TestLimits(LimitMixin, VtiCase):
    """How many applications may be open: at the limit no more, just below one more."""

    def apply(self, place, student=None):
        return self.env["vti.application"]._apply(student or self.student, place, {})

    def test_place(self):
        place = self.make_vacancy()
        self.limit("place", 2)
        self.fill(place, 1)
        self.apply(place)
        with self.assertRaisesRegex(UserError, "enough candidates"):
            self.apply(place, self.other_student)
        self.apply(self.make_vacancy(), self.other_student)

    def test_ended_ones_make_room(self):
        place = self.make_vacancy()
        self.limit("place", 1)
        self.apply(place).action_withdraw()
        self.apply(place, self.other_student)

    def test_no_limit(self):
        place = self.make_vacancy()
        self.limit("place", 0)
        self.fill(place, 3)
        self.apply(place)

    def test_company_by_size(self):
        for count, limits, allowed in (
            (9, {"small": 1}, False), (10, {"small": 1}, True), (10, {"middle": 1}, False), (49, {"middle": 1}, False),
            (50, {"middle": 1}, True), (50, {"large": 1}, False), (0, {"small": 1, "middle": 1, "large": 1}, True),
        ):  # fmt: skip
            company = self.make_company("Groot", employee_count=count)
            self.fill(self.make_vacancy(company), 1)
            for name in ("small", "middle", "large"):
                self.limit(name, limits.get(name, 0))
            problem = self.env["vti.application"]._get_full_problem(self.make_vacancy(company))
            self.assertEqual(not problem, allowed, (count, limits))

    def test_student(self):
        self.limit("student", 2)
        first = self.apply(self.make_vacancy())
        self.apply(self.make_vacancy())
        third = self.make_vacancy()
        with self.assertRaisesRegex(UserError, "2 open applications"):
            self.apply(third)
        self.apply(third, self.other_student)
        first.action_withdraw()
        self.apply(third)


@tagged("post_install", "-at_install")
class TestLimitPages(LimitMixin, VtiHttpCase):
    def test_visitor_reads_it_before_typing(self):
        place = self.make_vacancy()
        other = self.make_vacancy(self.other_company, name="Intern cables")
        self.limit("place", 1)
        self.fill(place, 1)
        page = self.url_open(f"/en{place._get_page_path()}/apply")
        self.assertEqual(page.status_code, 409)
        self.assertIn("enough candidates", page.text)
        self.assertIn(other.name, page.text)
        self.authenticate(self.user_student.login, self.user_student.login)
        self.assertEqual(self.url_open(f"/en{place._get_page_path()}/apply").status_code, 409)
        self.assertEqual(self.url_open(f"/en{other._get_page_path()}/apply").status_code, 200)
