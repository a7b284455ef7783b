from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SpeedPagesCase


@tagged("post_install", "-at_install")
class TestSpeedAnswers(SpeedPagesCase):
    """After the talk: what two answers make, and what nobody sees."""

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

    def say_yes(self, **student):
        """Let Noor and Bakker say yes after their talk."""
        self.wish(self.noor, self.bakker)
        self.publish("2020-03-01 12:00:00")
        talk = self.date.talk_ids
        for side in ("student", "company"):
            self.assertTrue(talk._answer(side, "yes"))
        return talk

    def get_to_do(self):
        return self.event.activity_ids.filtered(lambda activity: "Two times yes" in (activity.summary or ""))

    def test_application_for_the_place_that_suits(self):
        self.bakker.vacancy_ids = self.make_vacancy(self.company, learning_path="bbl")
        suits = self.make_vacancy(self.company)
        self.bakker.vacancy_ids |= suits
        self.assertEqual(self.say_yes().application_id.vacancy_id, suits)
        self.assertFalse(self.get_to_do())

    def test_application_that_is_there_goes_on(self):
        place = self.bakker.vacancy_ids = self.make_vacancy(self.company)
        have = self.env["vti.application"]._apply(self.other_student, place, {})
        talk = self.say_yes()
        self.assertEqual((talk.application_id, have.state), (have, "invited"))
        self.assertEqual(len(self.other_student.application_ids), 1)

    def test_offer_stays_an_offer(self):
        place = self.bakker.vacancy_ids = self.make_vacancy(self.company)
        have = self.env["vti.application"]._apply(self.other_student, place, {})
        have.write({"state": "offered", "offered_on": fields.Datetime.now()})
        self.assertEqual((self.say_yes().application_id, have.state), (have, "offered"))

    def test_name_opens_to_a_nameless_place(self):
        self.bakker.vacancy_ids = self.make_vacancy(self.company, nameless=True)
        application = self.say_yes().application_id
        self.assertTrue(application.nameless)
        self.assertTrue(application._is_name_open())

    def test_vti_helps_where_no_application_can_be(self):
        """The place was filled meanwhile: no application, and a task that names both."""
        place = self.bakker.vacancy_ids = self.make_vacancy(self.company)
        place.state = "filled"
        talk = self.say_yes()
        self.assertTrue(talk.both_yes)
        self.assertFalse(talk.application_id)
        self.assertFalse(self.other_student.application_ids)
        (to_do,) = self.get_to_do()
        for text in ("Noor de Wit", "Bakker Techniek"):
            self.assertIn(text, to_do.note)

    def test_limits_hold(self):
        self.bakker.vacancy_ids = self.make_vacancy(self.company)
        self.env["ir.config_parameter"].set_param("vti_bpv.limit_student", "1")
        self.env["vti.application"]._apply(self.other_student, self.make_vacancy(self.other_company), {})
        self.assertFalse(self.say_yes().application_id)
        self.assertEqual(len(self.get_to_do()), 1)

    def test_who_has_a_place_gets_no_other_application(self):
        self.bakker.vacancy_ids = self.make_vacancy(self.company)
        elsewhere = self.make_vacancy(self.other_company)
        self.env["vti.application"]._apply(self.other_student, elsewhere, {}).state = "accepted"
        talk = self.say_yes()
        self.assertFalse(talk.application_id)
        self.assertEqual(self.other_student.application_ids.vacancy_id, elsewhere)
        self.assertEqual(len(self.get_to_do()), 1)

    def test_maybe_is_asked_once(self):
        self.wish(self.noor, self.bakker)
        self.publish("2020-03-01 12:00:00")
        talk = self.date.talk_ids
        for answers, asked in (
            ((("student", "maybe"), ("company", "maybe")), 0), ((("company", "no"),), 0), ((("company", "yes"),), 1),
            ((("company", "no"),), 1), ((("company", "yes"),), 1),
        ):  # fmt: skip
            for side, answer in answers:
                talk._answer(side, answer)
            self.assertEqual(self.env["vti.notice"].search_count([("subject", "like", "once more")]), asked, answers)

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
