import re

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestQuestionnaires(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.placement = cls.make_placement(state="closing")
        cls.other_placement = cls.make_placement(
            cls.other_student, cls.make_vacancy(cls.other_company), state="closing"
        )

    def close(self, moment="2026-11-10 12:00:00"):
        with self.at(moment):
            self.placement.with_user(self.user_vti).action_close()
            self.env.flush_all()
        return {answer.party: answer for answer in self.placement.user_input_ids}

    def rpc(self, path, answer, **params):
        url = f"/survey/{path}/{answer.survey_id.access_token}/{answer.access_token}"
        return self.make_jsonrpc_request(url, params)

    def fill_in(self, answer, score=4):
        """Answer everything; what the server says of the last step."""
        self.rpc("begin", answer)
        values = {}
        for question in answer.survey_id.question_ids:
            first = question.suggested_answer_ids[:1].id
            values[str(question.id)] = {"scale": str(score), "simple_choice": str(first)}.get(
                question.question_type, "Fine"
            )
        return self.rpc("submit", answer, **values)[1]

    def test_a_link_that_opens_nothing_says_so_in_our_page(self):
        answer = self.close("2099-01-01 12:00:00")["student"]
        self.authenticate(None, None)
        path = answer._get_answer_url()
        self.assertIn("This link doesn", self.url_open(path[:-4] + "0000").text)
        answer.deadline = "2026-01-01 12:00:00"
        page = self.url_open(path).text
        self.assertIn("This questionnaire is closed", page)
        self.assertIn("vti-header", page)
        self.assertNotIn("o_survey_background", page)

    def test_closing_asks_each_side_once(self):
        answers = self.close()
        self.assertEqual(set(answers), {"student", "company", "school"})
        people = {party: answer.partner_id for party, answer in answers.items()}
        self.assertEqual(people["student"], self.student.partner_id)
        self.assertEqual(people["company"].commercial_partner_id, self.company)
        self.assertEqual(people["school"].commercial_partner_id, self.school)
        self.assertEqual(len({answer.access_token for answer in answers.values()}), 3)
        self.placement._ask_how_it_went()
        self.assertEqual(len(self.placement.user_input_ids), 3)
        self.assertFalse(self.other_placement.user_input_ids)

    def test_answered_without_a_login_and_once(self):
        answer = self.close("2099-01-01 12:00:00")["student"]
        self.authenticate(None, None)
        page = self.url_open(answer._get_answer_url())
        self.assertEqual(page.status_code, 200)
        self.assertIn(answer.access_token, page.text)
        self.assertIn("/vti_bpv/static/src/img/logo.svg", page.text)
        self.assertEqual(answer.state, "new", "looking begins nothing")
        self.assertFalse(self.fill_in(answer, 4).get("error"))
        answer.invalidate_recordset()
        self.assertEqual(answer.state, "done")
        self.assertEqual(self.fill_in(answer, 1).get("error"), "unauthorized")
        scores = self.env["vti.evaluation.score"].search([("placement_id", "=", self.placement.id)])
        self.assertEqual(set(scores.mapped("score")), {4.0})
        again = f"/survey/retry/{answer.survey_id.access_token}/{answer.access_token}"
        self.url_open(again, allow_redirects=False)
        self.assertEqual(len(self.env["survey.user_input"].search([("partner_id", "=", answer.partner_id.id)])), 1)

    def test_closed_to_who_has_no_link(self):
        answer = self.close("2099-01-01 12:00:00")["student"]
        self.authenticate(None, None)
        bare = self.url_open(answer.survey_id.get_start_url(), allow_redirects=False)
        self.assertEqual(bare.status_code, 303)
        self.assertNotIn(answer.access_token, bare.headers["Location"])
        other = self.env["survey.survey"]._of_party("company")
        crossed = f"/survey/begin/{other.access_token}/{answer.access_token}"
        self.assertTrue(self.make_jsonrpc_request(crossed, {})[1].get("error"))
        self.assertEqual(answer.state, "new")

    def test_expires_after_six_weeks(self):
        answer = self.close()["student"]
        self.authenticate(None, None)
        for deadline, error in (("2000-01-01 00:00:00", "answer_deadline"), ("2099-01-01 00:00:00", None)):
            answer.deadline = deadline
            answer.flush_recordset()
            self.assertEqual(self.fill_in(answer).get("error"), error)

    def test_reminds_once_after_a_week(self):
        answers = self.close()
        answers["school"].state = "done"
        self.env.cr.execute(
            "UPDATE survey_user_input SET create_date = '2026-11-10 12:00:00' WHERE placement_id = %s",
            [self.placement.id],
        )
        self.env.invalidate_all()
        template = self.env.ref("vti_bpv.mail_survey_reminder")
        for moment, told in (("2026-11-17 11:59:59", 0), ("2026-11-17 12:00:00", 2), ("2026-11-24 12:00:00", 2)):
            with self.at(moment):
                self.env["survey.user_input"]._cron_remind()
            notices = self.env["vti.notice"].search([("template_id", "=", template.id)])
            self.assertEqual(len(notices), told, moment)
        self.assertEqual(notices.partner_id, (answers["student"] | answers["company"]).partner_id)

    def test_nobody_of_the_portal_reads_answers(self):
        answer = self.close()["student"]
        for user in (self.user_student, self.user_company, self.user_school):
            for model in ("survey.user_input", "survey.user_input.line", "vti.evaluation.score"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])
            with self.assertRaises(AccessError):
                self.placement.with_user(user).read(["user_input_ids"])
        self.assertEqual(self.placement.with_user(self.user_student)._get_own_answer(), answer)
        self.assertNotEqual(self.placement.with_user(self.user_company)._get_own_answer(), answer)

    def test_staff_sees_response_and_averages(self):
        self.close()
        action = self.env.ref("vti_bpv.survey_user_input_action_placement")
        self.assertEqual(action.res_model, "survey.user_input")
        rows = self.env["vti.evaluation.score"].with_user(self.user_vti)._read_group([], ["question_id"], ["score:avg"])
        self.assertIsInstance(rows, list)
        self.assertEqual(self.placement.with_user(self.user_vti).answered_count, 0)

    @mute_logger("odoo.http")
    def test_false_tokens_are_no_error(self):
        for path in ("/survey/start/x?answer_token=y", "/survey/x/y"):
            self.assertIn(self.url_open(path, allow_redirects=False).status_code, (200, 303, 404))
        self.assertTrue(re.fullmatch(r"[0-9a-f-]{36}", self.close()["student"].access_token))
