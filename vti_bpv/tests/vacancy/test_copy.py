from functools import partial

from odoo.tests import tagged

from ..common import VtiCase
from ..parallel import ParallelCase


@tagged("post_install", "-at_install")
class TestCopyTwice(VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.following, cls.later = cls.env["vti.season"].create([
            {"name": "2097-2098", "date_from": "2097-08-01", "date_to": "2098-07-31"},
            {"name": "2098-2099", "date_from": "2098-08-01", "date_to": "2099-07-31"},
        ])  # fmt: skip
        cls.place = cls.make_vacancy()

    def press(self, season=None, user=None):
        place = self.place.with_user(user or self.user_company)
        return place.action_copy_to_season((season or self.following).id).sudo()

    def test_a_second_press_gives_the_same_copy(self):
        copy = self.press()
        for state in ("draft", "review", "published", "paused", "filled"):
            copy.state = state
            self.assertEqual(self.press(), copy, state)
        self.assertEqual(self.press(user=self.user_vti), copy)
        self.assertEqual(self.env["vti.vacancy"].search([("copied_from_id", "=", self.place.id)]), copy)

    def test_what_is_over_or_of_another_season_is_copied_again(self):
        copy = self.press()
        self.assertNotEqual(self.press(self.later), copy)
        for state in ("closed", "expired"):
            copy.state = state
            again = self.press()
            self.assertNotEqual(again, copy, state)
            copy = again

    def test_another_place_has_a_copy_of_its_own(self):
        other = self.make_vacancy()
        self.assertNotEqual(other.with_user(self.user_company).action_copy_to_season(self.following.id), self.press())


@tagged("post_install", "-at_install")
class TestCopyAtOnce(ParallelCase):
    """Two presses at the same moment."""

    def _make(self, env):
        company = env["res.partner"].create({"name": "Twice", "is_company": True, "is_employer": True})
        self.company_id = company.id
        self.place_id = env["vti.vacancy"].create({"name": "Twice", "employer_id": company.id}).id

    def _remove(self, env):
        env["vti.vacancy"].search([("employer_id", "=", self.company_id)], order="id desc").unlink()
        env["res.partner"].browse(self.company_id).unlink()

    def test_two_presses_make_one_copy(self):
        copies = {}

        def press(number, env):
            place = env["vti.vacancy"].browse(self.place_id)
            place.read(["name"])  # both have begun before either copies
            return lambda: copies.update({number: place.action_copy_to_season().id})

        self.assertEqual(self.at_once(partial(press, 0), partial(press, 1)), [None, None])
        self.assertEqual(copies[0], copies[1])
