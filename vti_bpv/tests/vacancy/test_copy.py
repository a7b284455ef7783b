import threading

from odoo import api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..common import VtiCase


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


@tagged("post_install", "-at_install", "vti_parallel")
class TestCopyAtOnce(BaseCase):
    """Two presses that really run at the same time; they commit, so all is removed afterwards."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = self._env(cr)
            company = env["res.partner"].create({"name": "Twice", "is_company": True, "is_employer": True})
            self.company_id = company.id
            self.place_id = env["vti.vacancy"].create({"name": "Twice", "employer_id": company.id}).id
        self.addCleanup(self._remove)

    @staticmethod
    def _env(cr):
        return api.Environment(cr, api.SUPERUSER_ID, {"tracking_disable": True})

    def _remove(self):
        with self.registry.cursor() as cr:
            env = self._env(cr)
            env["vti.vacancy"].search([("employer_id", "=", self.company_id)], order="id desc").unlink()
            env["res.partner"].browse(self.company_id).unlink()

    def test_two_presses_make_one_copy(self):
        barrier, found = threading.Barrier(2), []

        def press():
            with self.registry.cursor() as cr:
                env = self._env(cr)
                place = env["vti.vacancy"].browse(self.place_id)
                place.read(["name"])  # both have begun before either copies
                barrier.wait(timeout=20)
                found.append(retrying(lambda: place.action_copy_to_season().id, env))

        threads = [threading.Thread(target=press) for _number in range(2)]
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertEqual(len(found), 2)
        self.assertEqual(len(set(found)), 1)
