from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestTips(VtiHttpCase):
    """What became of a proposal: the student's page, who never logged in, and what VTI reads of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.make_vacancy(contact_id=cls.recruiter.id, name="Fitter of heat pumps")
        # a school imported Mila: no account, never been here
        cls.mila = cls.make_student("Mila Oud", activated_on=False)
        (cls.mila | cls.student).partner_id.lang = "en_US"
        cls.recruiter.lang = "en_US"

    def send(self, student, **values):
        tip = self.env["vti.match.proposal"].create(
            {"student_id": student.id, "vacancy_id": self.place.id, "score": 80, **values}
        )
        tip.with_user(self.user_vti).action_send()
        return tip

    def get_notices(self, partner):
        return self.env["vti.notice"].search([("partner_id", "=", partner.id)])

    def get_path(self, partner):
        """Where the button of the last mail leads, as the reader's language has it."""
        url = self.get_notices(partner)[:1].sudo().button_url
        return url[url.index("/student/tip/") :]

    def get(self, path):
        return self.url_open(f"/en{path}", allow_redirects=False)

    def post(self, path, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(f"/en{path}", data=data, allow_redirects=False)

    # who never logged in

    def test_who_never_logged_in_starts_from_the_mail(self):
        self.assertFalse(self.mila.user_ids)
        tip = self.send(self.mila)
        self.assertEqual((tip.state, tip.has_started, tip.company_told_on), ("sent", False, False))
        self.assertIn("the company doesn't know yet", tip.note)
        notice = self.get_notices(self.mila.partner_id)
        self.assertEqual(notice.button_label, "Start, and see the place")
        self.assertIn("No company sees who you are", notice.body)
        self.assertFalse(self.get_notices(self.recruiter), "promised to who hasn't come yet")
        path = self.get_path(self.mila.partner_id)
        self.authenticate(None, None)
        page = self.get(path)
        self.assertEqual((page.status_code, page.headers["Cache-Control"]), (200, "no-store"))
        self.assertIn(self.place.name, page.text)
        self.assertFalse(self.mila.activated_on, "looking changes nothing")
        answer = self.post(path, action="start")
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/reset_password", answer.headers["Location"])
        self.assertIn("token=", answer.headers["Location"])
        self.mila.invalidate_recordset()
        self.assertTrue(self.mila.activated_on)
        self.assertTrue(self.mila.user_ids)
        told = self.get_notices(self.recruiter)
        self.assertEqual(len(told), 1)
        for secret in (self.mila.name, "Mila", self.mila.email, self.mila.code):
            self.assertNotIn(secret, told.body + told.subject)
        self.assertTrue(tip.company_told_on)
        self.mila.activated_on = False
        self.mila._activate()
        self.assertEqual(self.get_notices(self.recruiter), told, "once")

    def test_who_has_started_goes_to_the_place(self):
        self.send(self.student)
        self.assertEqual(len(self.get_notices(self.recruiter)), 1)
        path = self.get_path(self.student.partner_id)
        self.authenticate(None, None)
        page = self.get(path)
        self.assertIn("See the place and apply", page.text)
        self.assertNotIn("choose a password", page.text)
        self.env["res.users.log"].with_user(self.user_student).sudo().create({})  # chose a password before
        answer = self.post(path, action="start")
        self.assertTrue(answer.headers["Location"].endswith(self.place._get_page_path()), "no password is made anew")

    def test_nothing_for_the_company_where_it_no_longer_matters(self):
        declined, taken = self.send(self.mila), self.make_student("Bo Klein", activated_on=False)
        declined._decline("far")
        self.send(taken)
        self.place.state = "paused"
        (self.mila | taken)._activate()
        self.assertFalse(self.get_notices(self.recruiter))

    def test_without_an_address_nothing_is_sent(self):
        self.mila.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            self.send(self.mila)
        self.assertFalse(self.get_notices(self.mila.partner_id) | self.get_notices(self.recruiter))

    def test_under_16_a_guardian_agrees_when_applying(self):
        """A tip is only for the student; who is asked for a younger one is said beforehand."""
        today = fields.Date.today()
        self.send(self.mila)
        path = self.get_path(self.mila.partner_id)
        for born, said in ((today.replace(year=today.year - 15), True), (today.replace(year=today.year - 17), False)):
            self.mila.birth_date = born
            self.assertEqual("a parent or guardian agrees" in self.get(path).text, said)

    # no

    def test_nothing_for_me(self):
        tip = self.send(self.student)
        path = self.get_path(self.student.partner_id)
        self.authenticate(None, None)
        wrong = self.post(path, action="decline")
        self.assertEqual(wrong.status_code, 422)
        self.assertIn("Choose why not.", wrong.text)
        self.assertFalse(tip.outcome)
        answer = self.post(path, action="decline", reason="far")
        self.assertEqual(answer.status_code, 303)
        tip.invalidate_recordset()
        self.assertEqual((tip.outcome, tip.decline_reason, tip.note), ("declined", "far", "It is too far"))
        self.assertTrue(self.student.is_looking)
        self.assertIn("You said that this is nothing", self.get(path).text)
        self.assertEqual(self.post(path, action="decline", reason="work").status_code, 422, "said is said")
        self.assertEqual(tip.decline_reason, "far")
        tips = self.env["vti.match.proposal"].with_user(self.user_vti)
        self.assertEqual(tips.search([("outcome", "=", "declined")]), tip)

    def test_who_looks_no_more_isnt_sought_for(self):
        self.send(self.mila)
        path = self.get_path(self.mila.partner_id)
        self.authenticate(None, None)
        self.post(path, action="decline", reason="found")
        self.mila.invalidate_recordset()
        self.assertFalse(self.mila.is_looking)
        self.assertFalse(self.mila.activated_on, "saying no opens nobody to companies")

    def test_link_is_for_one_person_and_ends(self):
        tip = self.send(self.student)
        self.authenticate(None, None)
        for token in (
            "x",
            tip._sign_link("match_tip", self.other_student.partner_id),
            tip._sign_link("other", self.student.partner_id),
            tip._sign_link("match_tip", self.student.partner_id, days=-1),
        ):
            self.assertEqual(self.get(f"/student/tip/{token}").status_code, 410)
            self.assertEqual(self.post(f"/student/tip/{token}", action="start").status_code, 410)

    def test_place_gone_or_applied(self):
        tip = self.send(self.student)
        path = self.get_path(self.student.partner_id)
        self.place.state = "paused"
        page = self.get(path)
        self.assertIn("taken or offline by now", page.text)
        self.assertNotIn("See the place and apply", page.text)
        self.place.state = "published"
        self.make_application(vacancy=self.place)
        self.assertIn("You applied here", self.get(path).text)
        with self.assertRaisesRegex(UserError, "answered this already"):
            tip._decline("far")

    # logged in

    def test_own_pages(self):
        tip, other = self.send(self.student), self.send(self.other_student)
        self.authenticate(self.user_student.login, self.user_student.login)
        self.assertIn(f"/my/tips/{tip.id}", self.get("/my/matches").text)
        self.assertNotIn(f"/my/tips/{other.id}", self.get("/my/matches").text)
        self.assertIn("A tip of VTI waits for you", self.get("/my/home").text)
        self.assertIn(self.place.name, self.get(f"/my/tips/{tip.id}").text)
        for number in (other.id, 10**12):
            self.assertEqual(self.get(f"/my/tips/{number}").status_code, 404)
            self.assertEqual(self.post(f"/my/tips/{number}", reason="far").status_code, 404)
        self.assertEqual(self.post(f"/my/tips/{tip.id}", reason="work").status_code, 303)
        tip.invalidate_recordset()
        self.assertEqual(tip.decline_reason, "work")
        self.assertFalse(other.declined_on)
        self.assertNotIn(f"/my/tips/{tip.id}", self.get("/my/matches").text)
        waiting = self.env["vti.match.proposal"].create(
            {"student_id": self.student.id, "vacancy_id": self.make_vacancy().id}
        )
        self.assertEqual(self.get(f"/my/tips/{waiting.id}").status_code, 404, "VTI didn't send it")

    def test_school_reads_what_vti_sent(self):
        self.send(self.student)
        self.authenticate(self.user_school.login, self.user_school.login)
        self.assertIn("VTI mailed this tip on", self.get(f"/my/school/student/{self.student.id}").text)

    # VTI

    def test_no_second_mail_for_a_pair(self):
        tip = self.send(self.student)
        sent = self.get_notices(self.student.partner_id) | self.get_notices(self.recruiter)
        with self.assertRaisesRegex(UserError, "sent or put aside already"):
            tip.with_user(self.user_vti).action_send()
        tip.with_user(self.user_vti).action_dismiss()
        tip.with_user(self.user_vti).action_reopen()
        self.assertEqual(tip.state, "sent")
        again = self.place.with_user(self.user_vti).action_open_matches()
        choice = self.env["vti.match.choice"].search(again["domain"]).filtered(lambda c: c.student_id == self.student)
        self.assertEqual(choice.action_propose()["res_id"], tip.id, "the same proposal, sent already")
        self.assertEqual(self.get_notices(self.student.partner_id) | self.get_notices(self.recruiter), sent)

    def test_vti_sees_that_another_tip_waits(self):
        tip = self.send(self.student)
        waiting = self.env["vti.match.proposal"].create(
            {"student_id": self.student.id, "vacancy_id": self.make_vacancy().id}
        )
        for days, said in ((13, True), (15, False)):
            tip.sent_on = fields.Datetime.now() - timedelta(days=days)
            waiting.invalidate_recordset()
            self.assertEqual("Another tip waits" in (waiting.note or ""), said, days)
        never = self.env["vti.match.proposal"].create({"student_id": self.mila.id, "vacancy_id": self.place.id})
        self.assertIn("the mail is the invitation too", never.note)
        found = self.env["vti.match.proposal"].search([("has_started", "=", False)])
        self.assertIn(never, found)
        self.assertNotIn(tip, found)
