from odoo.tests import tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestFigures(VtiCase):
    """What stands on the form of a company or school, and what its buttons open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.two = cls.make_vacancy(places_offered=2)
        cls.full = cls.make_vacancy(places_offered=3)
        cls.full._take_place()
        cls.make_vacancy(state="paused", places_offered=5)
        cls.make_vacancy(cls.other_company)
        cls.waiting = cls.make_application(cls.student, cls.two)
        cls.make_application(cls.other_student, cls.two, state="invited")
        cls.running = cls.make_placement(cls.student, cls.full, state="running")
        cls.make_placement(cls.other_student, cls.full, state="closed")

    def test_figures_of_one_company_and_one_school(self):
        names = ["vacancy_count", "open_place_count", "application_waiting_count", "placement_count"]
        names.append("placement_running_count")
        houses = self.company | self.other_company | self.school | self.other_school
        figures = [tuple(house[name] for name in names) for house in houses.with_user(self.user_vti)]
        self.assertEqual(figures, [(3, 4, 1, 2, 1), (1, 1, 0, 0, 0), (0, 0, 1, 1, 1), (0, 0, 0, 1, 0)])

    def test_buttons_open_what_they_count(self):
        for house, act, expected in (
            (self.company, "action_open_applications", self.two.application_ids),
            (self.school, "action_open_applications", self.waiting),
            (self.two, "action_open_applications", self.two.application_ids),
            (self.company, "action_open_placements", self.full.placement_ids),
            (self.school, "action_open_placements", self.running),
            (self.full, "action_open_placements", self.full.placement_ids),
        ):
            with self.subTest(house=house.display_name, act=act):
                action = getattr(house.with_user(self.user_vti), act)()
                self.assertEqual(self.env[action["res_model"]].search(action["domain"]), expected)

    def test_a_button_brings_its_filter(self):
        company = self.company.with_context(search_default_open=1, search_default_left=1)
        self.assertEqual(
            company.action_open_places()["context"],
            {"default_employer_id": self.company.id, "search_default_open": 1, "search_default_left": 1},
        )
