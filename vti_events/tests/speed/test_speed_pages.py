import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SpeedMixin


@tagged("post_install", "-at_install")
class TestSpeedPages(SpeedMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event.write({"date_begin": "2099-03-01 12:00:00", "date_end": "2099-03-01 16:00:00"})
        cls.date.write({"starts_at": "2099-03-01 12:00:00", "wish_deadline": "2099-02-26 12:00:00"})
        cls.sam.unlink()
        cls.date.action_open_wishes()
        cls.path = f"/my/speed-dates/{cls.date.id}"

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def post(self, part, **form):
        page = self.url_open("/en/my/account").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        return self.url_open(f"{self.path}/{part}", data={"csrf_token": token, **form}, allow_redirects=False)

    def publish(self, starts_at="2099-03-01 12:00:00"):
        self.date.action_plan()
        self.date.action_publish()
        self.date.write({"starts_at": starts_at})
        self.env.flush_all()

    def test_student_joins_with_wishes(self):
        self.log_in(self.user_student)
        self.assertIn("Meet the trade", self.url_open("/en/my/speed-dates").text)
        page = self.url_open("/en" + self.path).text
        self.assertIn("Bakker Techniek", page)
        answer = self.post("wishes", wish_1=self.vries.id, wish_2=self.bakker.id,
                           **{f"away_{self.date.round_ids[0].id}": "1"})  # fmt: skip
        self.assertEqual(answer.status_code, 303)
        line = self.date.student_ids.filtered(lambda line: line.student_id == self.student)
        self.assertEqual(line.wish_ids.mapped("company_id"), self.vries | self.bakker)
        self.assertEqual(line.wish_ids.mapped("student_rank"), [1, 2])
        self.assertEqual(line.away_round_ids, self.date.round_ids[0])
        self.assertEqual(line.registration_id.partner_id, self.student.partner_id)
        self.post("wishes", wish_1=self.bakker.id)
        self.assertEqual(line.wish_ids.mapped("company_id"), self.bakker)
        self.assertFalse(line.away_round_ids)
        self.post("leave")
        self.assertFalse(line.exists())

    def test_wrong_wishes_are_told_and_kept(self):
        self.log_in(self.user_student)
        for form, sentence in (
            ({}, "Choose at least one company"),
            ({"wish_1": self.bakker.id, "wish_2": self.bakker.id}, "You chose this one already"),
            ({"wish_1": 10**12}, "Choose from the list"),
            ({"wish_1": "x"}, "Choose from the list"),
            (
                {"wish_1": self.bakker.id, **{f"away_{turn.id}": "1" for turn in self.date.round_ids}},
                "at least one round",
            ),
        ):
            answer = self.post("wishes", **form)
            self.assertEqual(answer.status_code, 422, form)
            self.assertIn(sentence, answer.text)
        self.assertRegex(
            self.post("wishes", wish_1=self.bakker.id, wish_2=self.bakker.id).text, r'value="\d+" selected='
        )
        self.assertFalse(self.date.student_ids - self.noor)

    def test_deadline(self):
        self.log_in(self.user_other_student)
        with self.at("2099-02-26 11:59:59"):
            self.assertEqual(self.date._save_wishes(self.user_other_student, {"wish_1": str(self.bakker.id)}), {})
        for moment in ("2099-02-26 12:00:00", "2099-02-26 12:00:01"):
            with self.at(moment):
                self.assertIn("form", self.date._save_wishes(self.user_other_student, {"wish_1": str(self.vries.id)}))
        self.assertEqual(self.noor.wish_ids.company_id, self.bakker)

    def test_company_ranks_without_names(self):
        self.wish(self.noor, self.bakker)
        self.log_in(self.user_company)
        page = self.url_open("/en" + self.path).text
        self.assertNotIn("Noor", page)
        self.assertIn(f"Student {self.noor.id}", page)
        self.assertIn("Techniek College", page)
        place = self.make_vacancy(self.company)
        other_place = self.make_vacancy(self.other_company)
        answer = self.post("wishes", wish_1=self.noor.id, **{f"place_{p.id}": "1" for p in place | other_place})
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.noor.wish_ids.company_rank, 1)
        self.assertEqual(self.bakker.vacancy_ids, place)
        self.date.nameless = False
        self.env.flush_all()
        self.assertIn("Noor W.", self.url_open("/en" + self.path).text)
        self.log_in(self.user_other_company)
        self.assertEqual(self.post("wishes", wish_1=self.noor.id).status_code, 422, "she didn't choose De Vries")

    def test_own_plan_only(self):
        sam = self.add_student(self.student, self.bakker)
        self.wish(self.noor, self.bakker)
        self.publish()
        self.log_in(self.user_student)
        page = self.url_open("/en" + self.path).text
        self.assertIn("Bakker Techniek", page)
        self.assertNotIn("Noor", page)
        self.log_in(self.user_company)
        page = self.url_open("/en" + self.path).text
        self.assertIn("Sam J.", page)
        self.assertIn("Noor W.", page)
        self.assertNotIn("Jansen", page)
        self.log_in(self.user_other_company)
        self.assertNotIn("Sam", self.url_open("/en" + self.path).text)
        self.assertTrue(sam.talk_ids)

    @mute_logger("odoo.http")
    def test_who_has_nothing_to_do_with_it(self):
        self.publish_empty()
        for user in (self.user_student, self.user_school):
            self.log_in(user)
            for part in ("", "/version"):
                self.assertEqual(self.url_open("/en" + self.path + part, allow_redirects=False).status_code, 404)
            for part in ("wishes", "leave", "answer"):
                self.assertEqual(self.post(part).status_code, 404)
        self.log_in(self.user_company)
        self.assertEqual(self.url_open(f"/en/my/speed-dates/{10**12}", allow_redirects=False).status_code, 404)
        self.event.is_published = False
        self.env.flush_all()
        self.assertEqual(self.url_open("/en" + self.path, allow_redirects=False).status_code, 404)

    def publish_empty(self):
        self.wish(self.noor, self.bakker)
        self.publish()

    def test_screen_is_for_staff(self):
        self.publish_empty()
        path = f"/vti/speed-dates/{self.date.id}/screen"
        self.authenticate(self.user_vti.login, self.user_vti.login)
        self.assertIn("Noor W.", self.url_open(path).text)
        self.assertEqual(self.url_open(path + "/version").text, str(self.date.plan_version))
        self.log_in(self.user_company)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open("/en" + path, allow_redirects=False).status_code, 404)

    def test_worker_and_version(self):
        self.publish_empty()
        self.log_in(self.user_other_student)
        self.assertEqual(self.url_open(self.path + "/version").text, str(self.date.plan_version))
        worker = self.url_open("/my/speed-dates/worker.js")
        self.assertEqual(worker.headers["Content-Type"].split(";")[0], "text/javascript")
        page = self.url_open("/en" + self.path).text
        self.assertIn(f'data-vti-speed="{self.date.plan_version}"', page)

    def test_answers(self):
        """Two times yes makes an application where one goes on after a meeting; a no stays with who said it."""
        place = self.make_vacancy(self.company)
        self.bakker.vacancy_ids = place
        self.wish(self.noor, self.bakker)
        self.publish("2020-03-01 12:00:00")
        talk = self.date.talk_ids
        self.log_in(self.user_other_student)
        self.assertEqual(self.post("answer", talk=talk.id, answer="no", note="Far away").status_code, 303)
        self.assertEqual(talk.student_answer, "no")
        self.log_in(self.user_company)
        self.post("answer", talk=talk.id, answer="yes")
        page = self.url_open("/en" + self.path).text
        for hidden in ("Far away", "You both", "The other would"):
            self.assertNotIn(hidden, page)
        self.assertFalse(talk.application_id)
        self.assertFalse(self.env["vti.notice"].search([("subject", "like", "once more")]))
        self.log_in(self.user_other_student)
        self.post("answer", talk=talk.id, answer="maybe")
        told = self.env["vti.notice"].search([("subject", "like", "once more")])
        self.assertEqual(told.partner_id, self.other_student.partner_id)
        self.assertIn("The other would like to go on", self.url_open("/en" + self.path).text)
        self.post("answer", talk=talk.id, answer="yes")
        application = talk.application_id
        self.assertEqual((application.student_id, application.vacancy_id), (self.other_student, place))
        self.assertEqual((application.state, application.meeting_at), ("invited", talk.round_id.starts_at))
        self.post("answer", talk=talk.id, answer="no")
        self.assertEqual(talk.student_answer, "yes", "it has become an application")

    def test_a_guardian_comes_first(self):
        young = self.make_student("Bo Klein", birth_date="2012-01-01")
        self.bakker.vacancy_ids = self.make_vacancy(self.company)
        self.add_student(young, self.bakker)
        self.publish("2020-03-01 12:00:00")
        talk = self.date.talk_ids
        self.assertTrue(talk._answer("student", "yes"))
        self.assertTrue(talk._answer("company", "yes"))
        self.assertEqual((talk.application_id.state, talk.application_id._is_shown()), ("submitted", False))

    def test_no_answer_before_the_talk(self):
        self.wish(self.noor, self.bakker)
        self.publish()
        self.assertFalse(self.date.talk_ids._answer("student", "yes"))
        self.assertFalse(self.date.talk_ids._answer("student", "perhaps"))
        with self.at(self.date.talk_ids.round_id.starts_at):
            self.assertTrue(self.date.talk_ids._answer("student", "yes"))

    @mute_logger("odoo.http")
    def test_answer_of_anothers_talk(self):
        self.wish(self.noor, self.bakker)
        self.add_student(self.student, self.vries)
        self.publish("2020-03-01 12:00:00")
        talk = self.date.talk_ids.filtered(lambda t: t.student_id == self.noor)
        self.log_in(self.user_student)
        self.assertEqual(self.post("answer", talk=talk.id, answer="yes").status_code, 404)
        self.assertFalse(talk.student_answer)

    def test_printed_plans(self):
        self.wish(self.noor, self.bakker)
        self.publish()
        for kind in ("students", "tables", "rooms"):
            html, _kind = self.env["ir.actions.report"]._render_qweb_html(
                f"vti_events.report_speed_{kind}", self.date.ids
            )
            self.assertIn("Bakker Techniek", html.decode())
            self.assertIn("Noor", html.decode())

    def test_card_and_list(self):
        self.log_in(self.user_other_student)
        self.assertIn("Meet the trade", self.url_open("/en/my/speed-dates").text)
        self.assertIn("/my/speed-dates", self.url_open("/en/my").text)
        self.log_in(self.user_school)
        self.assertNotIn("/my/speed-dates", self.url_open("/en/my").text)
