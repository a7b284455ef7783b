from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import KindsMixin

FAST = "odoo.addons.vti_bpv.controllers.selection.common.looks_automatic"


@tagged("post_install", "-at_install")
class TestSignUp(KindsMixin, HttpCase):
    """Signing up and cancelling, on the page, in the portal and behind the link in a mail."""

    def _post(self, path, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data, allow_redirects=False)

    def _join(self, event, **data):
        self.page = f"/en{event.website_url}"
        return self._post(f"/en{event.website_url}/join", **data)

    def _log_in(self, user):
        self.authenticate(user and user.login, user and user.login)

    def test_one_tap(self):
        event = self.make_event("speed_date")
        self._log_in(self.user_student)
        for _again in range(2):
            answer = self._join(event)
            self.assertEqual(answer.status_code, 303)
        registration = event.registration_ids
        self.assertEqual((registration.partner_id, registration.state), (self.student.partner_id, "open"))
        self.assertEqual(registration.email, self.student.partner_id.email)
        self.assertIn("You are signed up", self.url_open(self.page).text)

    def test_two_taps_at_once(self):
        """The second tap looked before the first had written: it gets the same answer, and nothing is doubled."""
        event = self.make_event("speed_date")
        self._log_in(self.user_student)
        self._join(event)
        self.assertEqual(self._join_having_looked_too_early(event, 1), (303, 2))
        self.assertEqual(self._join_having_looked_too_early(event, 9), (422, 2), "served twice at the most")
        self.assertEqual(len(event.registration_ids), 1)

    def _join_having_looked_too_early(self, event, times):
        """Sign up while the first so many looks find nobody.

        :return: status, number of looks
        """
        look, looks = type(event)._find_registration, []

        def look_too_early(event, *who):
            looks.append(who)
            return look(event, *who)[: len(looks) > times]

        with (
            patch.object(self.env.registry["event.event"], "_find_registration", look_too_early),
            patch("odoo.service.model.time.sleep"),
            mute_logger("odoo.sql_db", "odoo.http"),
        ):
            return self._join(event).status_code, len(looks)

    def test_not_for_everybody(self):
        event = self.make_event("speed_date")
        self._log_in(self.user_company)
        answer = self._join(event)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("This is for: Students.", answer.text)
        self._log_in(None)
        self.page = "/en/contact"
        answer = self._post(f"/en{event.website_url}/join", name="X", email="x@example.org")
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(event.registration_ids)

    def test_visitor(self):
        event = self.make_event("parents")
        self._log_in(None)
        answer = self._join(event, name="", email="nonsense")
        self.assertEqual(answer.status_code, 422)
        self.assertIn('id="name_error"', answer.text)
        self.assertIn('value="nonsense"', answer.text)
        self.assertEqual(self._join(event, name="Joke", email="joke@example.org").status_code, 422, "a robot")
        with patch(FAST, lambda *_args: False):
            for _again in range(2):
                answer = self._join(event, name="Joke", email="joke@example.org")
                self.assertEqual(answer.status_code, 303)
        self.assertEqual((event.registration_ids.name, event.registration_ids.partner_id.id), ("Joke", False))

    def test_colleagues_of_the_own_company_only(self):
        event = self.make_event("training")
        colleague = self.make_contact(self.company)
        self._log_in(self.user_company)
        answer = self._join(event, who=str(self.other_recruiter.id))
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(event.registration_ids)
        self.assertEqual(self._join(event, who=str(colleague.id)).status_code, 303)
        self.assertEqual(event.registration_ids.partner_id, colleague)

    def test_questions(self):
        question = self.env["event.question"].create(
            {"title": "Lunch?", "question_type": "simple_choice", "is_mandatory_answer": True,
             "answer_ids": [(0, 0, {"name": "Yes"}), (0, 0, {"name": "No"})]}
        )  # fmt: skip
        event = self.make_event("speed_date")
        event.question_ids = question
        self._log_in(self.user_student)
        name = f"question_{question.id}"
        self.assertIn(f'id="{name}_error"', self._join(event).text)
        self.assertEqual(self._join(event, **{name: "999999"}).status_code, 422)
        self.assertEqual(self._join(event, **{name: str(question.answer_ids[1].id)}).status_code, 303)
        self.assertEqual(event.registration_ids.registration_answer_ids.value_answer_id, question.answer_ids[1])

    def test_over_full_and_called_off(self):
        event = self.make_event("speed_date", seats_limited=True, seats_max=1)
        self.register(event, self.other_student.partner_id)
        self._log_in(self.user_student)
        self.assertEqual(self._join(event).status_code, 303)
        self.assertEqual((len(event.registration_ids), event.waiting_ids.partner_id), (1, self.student.partner_id))
        event.waiting_ids.unlink()
        event.seats_max = 2
        with self.at("2099-03-03 09:00:00"):
            self.assertFalse(event._can_sign_up(), "it begins now")
        with self.at("2099-03-03 08:59:59"):
            self.assertTrue(event._can_sign_up())
        event.kanban_state = "cancel"
        self.assertIn("You can&#39;t sign up", self._join(event).text)
        self.assertEqual(len(event.registration_ids), 1)

    def test_cancel_in_the_portal(self):
        event = self.make_event("speed_date")
        mine, other = self.register(event, self.student.partner_id), self.register(event, self.other_student.partner_id)
        self._log_in(self.user_student)
        self.page = "/en/my/events"
        self.assertIn(event.name, self.url_open(self.page).text)
        self.assertEqual(self._post(f"/my/events/{other.id}/cancel").status_code, 404)
        self.assertEqual(self._post(f"/my/events/{mine.id}/cancel").status_code, 303)
        self.assertEqual((mine.state, other.state), ("cancel", "open"))

    def test_cancel_by_link(self):
        event = self.make_event("parents")
        mine = self.register(event, self.env["res.partner"], name="Joke", email="joke@example.org")
        self._log_in(None)
        path = mine._get_link().removeprefix(mine.get_base_url())
        self.page = f"/en{path}"
        page = self.url_open(self.page)
        self.assertIn("Joke", page.text)
        self.assertEqual(mine.state, "open", "looking changes nothing")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(self._post(f"/en{path}").status_code, 303)
        self.assertEqual(mine.state, "cancel")
        self.assertIn("You don&#39;t come any more", self.url_open(self.page).text)
        self.assertEqual(self.url_open("/en/events/mine/false-token").status_code, 410)
        other = mine._get_survey_link().rsplit("/", 1)[1]
        self.assertEqual(self.url_open(f"/en/events/mine/{other}").status_code, 410, "a link for something else")

    def test_link_of_somebody_who_changed_places(self):
        mine = self.register(self.make_event("speed_date"), self.student.partner_id)
        path = mine._get_link().removeprefix(mine.get_base_url())
        self.assertEqual(self.url_open(f"/en{path}").status_code, 200)
        mine.partner_id = self.other_student.partner_id
        self.env.flush_all()
        self.assertEqual(self.url_open(f"/en{path}").status_code, 410)

    def test_cancel_until_it_begins(self):
        mine = self.register(self.make_event("speed_date"), self.student.partner_id)
        for moment, can in (("08:59:59", True), ("09:00:00", False), ("09:00:01", False)):
            with self.at(f"2099-03-03 {moment}"):
                self.assertEqual(mine._can_cancel(), can, moment)
