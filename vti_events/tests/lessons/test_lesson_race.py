from functools import partial

from odoo import fields
from odoo.tests import tagged

from odoo.addons.vti_bpv.tests.parallel import ParallelCase

DAY = "2099-03-03"


@tagged("post_install", "-at_install")
class TestLessonRace(ParallelCase):
    """Two companies, or a company and the school, about one request at the same moment."""

    def _make(self, env):
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

    def _remove(self, env):
        request = self._get_request(env)
        request.event_id.unlink()
        request.unlink()
        env["vti.notice"].search([("partner_id", "in", self.partner_ids)]).unlink()
        env["res.partner"].browse(self.partner_ids).unlink()

    def _get_request(self, env):
        request = env["vti.lesson.request"].browse(self.request_id)
        request.read(["state"])  # both have seen it open
        return request

    def _say_yes(self, number, env):
        self._get_request(env)
        proposal = env["vti.lesson.proposal"].browse(self.proposal_ids[number])
        begin, end = (fields.Datetime.to_datetime(f"{DAY} {time}") for time in (f"0{number + 8}:00:00", "12:00:00"))
        return partial(proposal._say_yes, "company", begin, end)

    def test_first_yes_wins(self):
        results = self.at_once(partial(self._say_yes, 0), partial(self._say_yes, 1))
        self.assertCountEqual(results, [None, "Another company was just before you. Thank you all the same!"])
        with self.open_env() as env:
            proposals = env["vti.lesson.proposal"].browse(self.proposal_ids)
            self.assertEqual(sorted(proposals.mapped("state")), ["coupled", "passed"])
            self.assertEqual(proposals.request_id.state, "coupled")

    def test_yes_while_the_school_takes_it_back(self):
        said_yes, taken_back = self.at_once(
            partial(self._say_yes, 0), lambda env: self._get_request(env)._withdraw
        )  # fmt: skip
        self.assertIsNone(taken_back)
        with self.open_env() as env:
            self.assertEqual(self._get_request(env).state, "ended")
            states = set(env["vti.lesson.proposal"].browse(self.proposal_ids).mapped("state"))
            self.assertEqual(states, {"withdrawn"} if said_yes else {"withdrawn", "passed"})
