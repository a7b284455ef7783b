import threading
from functools import partial

from odoo import api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

DAY = "2099-03-03"


@tagged("post_install", "-at_install")
class TestLessonRace(BaseCase):
    """Two companies say yes to one request, in transactions of their own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {"tracking_disable": True})
            school = env["res.partner"].create({"name": "Race school", "is_company": True, "is_school": True})
            teacher = env["res.partner"].create({"name": "T", "parent_id": school.id, "email": "t@example.org"})
            companies = env["res.partner"].create(
                [{"name": f"Race {number}", "is_company": True, "is_employer": True} for number in range(2)]
            )
            request = env["vti.lesson.request"].create(
                {"school_id": school.id, "partner_id": teacher.id, "students": 20, "moment_ids": [(0, 0, {"day": DAY})]}
            )
            none = env["vti.lesson.offer"]
            self.proposal_ids = request._ask([(company, none, "") for company in companies]).ids
            self.request_id, self.partner_ids = request.id, (teacher | companies | school).ids
        self.addCleanup(self._remove)

    def _remove(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {"tracking_disable": True})
            request = env["vti.lesson.request"].browse(self.request_id)
            request.event_id.unlink()
            request.unlink()
            env["vti.notice"].search([("partner_id", "in", self.partner_ids)]).unlink()
            env["res.partner"].browse(self.partner_ids).unlink()

    def _at_once(self, *acts):
        """Run functions of an environment at the same moment; what each came to."""
        barrier, results = threading.Barrier(2), {}

        def run(number):
            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, api.SUPERUSER_ID, {})
                    env["vti.lesson.request"].browse(self.request_id).read(["state"])  # both have seen it open
                    barrier.wait(timeout=60)
                    retrying(partial(acts[number], env), env)
                results[number] = "done"
            except UserError as error:
                results[number] = str(error)

        threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(120)
        return results

    def _say_yes(self, number, env):
        begin = f"{DAY} 0{number + 8}:00:00"
        proposal = env["vti.lesson.proposal"].browse(self.proposal_ids[number])
        proposal._say_yes("company", fields.Datetime.to_datetime(begin), fields.Datetime.to_datetime(f"{DAY} 12:00:00"))

    def test_first_yes_wins(self):
        results = self._at_once(partial(self._say_yes, 0), partial(self._say_yes, 1))
        self.assertEqual(
            sorted(results.values()), ["Another company was just before you. Thank you all the same!", "done"]
        )
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            proposals = env["vti.lesson.proposal"].browse(self.proposal_ids)
            self.assertEqual(sorted(proposals.mapped("state")), ["coupled", "passed"])
            self.assertEqual(proposals.request_id.state, "coupled")

    def test_yes_while_the_school_takes_it_back(self):
        results = self._at_once(
            partial(self._say_yes, 0), lambda env: env["vti.lesson.request"].browse(self.request_id)._withdraw()
        )
        self.assertEqual(results[1], "done")
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            self.assertEqual(env["vti.lesson.request"].browse(self.request_id).state, "ended")
            self.assertEqual(
                set(env["vti.lesson.proposal"].browse(self.proposal_ids).mapped("state")),
                {"withdrawn"} if results[0] != "done" else {"withdrawn", "passed"},
            )
