import base64

from odoo.tests import HttpCase, tagged

from .common import KindsMixin


@tagged("post_install", "-at_install")
class TestEventMail(KindsMixin, HttpCase):
    """Confirmation, reminder, questions afterwards, and what is told when something changes."""

    def _get_mails(self, word):
        return self.env["mail.mail"].search([("subject", "ilike", word)])

    def _run(self, event, kind):
        event.event_mail_ids.filtered(lambda mail: mail.interval_type == kind).execute()

    def test_templates_of_each_kind(self):
        for kind in self.env["event.type"].search([("vti_kind", "!=", False)]):
            moments = kind.event_type_mail_ids.mapped(lambda mail: (mail.interval_type, mail.template_ref.event_button))
            wanted = [("after_event", "survey"), ("after_sub", "registration"), ("before_event", "registration")]
            self.assertEqual(sorted(moments), wanted, kind.name)
            self.assertTrue(kind.page_text and kind.check_ids and kind.survey_id, kind.name)

    def test_confirmation_with_the_date(self):
        event = self.make_event("speed_date")
        registration = self.register(event, self.student.partner_id)
        visitor = self.register(event, self.env["res.partner"], name="Joke", email="joke@example.org")
        self._run(event, "after_sub")
        self._run(event, "after_sub")
        mails = self._get_mails(event.name)
        self.assertEqual(len(mails), 2)
        mail = mails.filtered(lambda one: one.recipient_ids == self.student.partner_id)
        self.assertIn("Tuesday 3 March 2099, 10:00 to 12:00", mail.body_html)
        self.assertIn("/events/mine/", mail.body_html)
        self.assertIn(b"BEGIN:VCALENDAR", base64.b64decode(mail.attachment_ids.datas))
        other = mails - mail
        self.assertEqual((other.email_to, len(other.attachment_ids), bool(other.recipient_ids)),
                         (visitor.email, 1, False))  # fmt: skip
        self.assertIn("Hallo Joke", other.body_html)
        self.assertEqual(registration.state, "open")

    def test_reminder_a_day_before(self):
        event = self.make_event("speed_date")
        self.register(event, self.student.partner_id)
        self.register(event, self.other_student.partner_id, state="cancel")
        with self.at("2099-03-02 08:59:59"):
            self._run(event, "before_event")
        self.assertFalse(self._get_mails("Tomorrow"))
        with self.at("2099-03-02 09:00:00"):
            self._run(event, "before_event")
        self.assertEqual(self._get_mails("Tomorrow").recipient_ids, self.student.partner_id)

    def test_afterwards_who_was_there_is_asked(self):
        event = self.make_event("speed_date")
        there = self.register(event, self.student.partner_id)
        self.register(event, self.other_student.partner_id)
        there.action_set_done()
        with self.at("2099-03-03 13:00:00"):
            self._run(event, "after_event")
        mail = self._get_mails("How was")
        self.assertEqual(mail.recipient_ids, self.student.partner_id)
        self.assertFalse(mail.attachment_ids)

    def test_afterwards_all_where_nobody_was_checked_in(self):
        event = self.make_event("speed_date")
        self.register(event, self.student.partner_id)
        self.register(event, self.other_student.partner_id)
        with self.at("2099-03-03 13:00:00"):
            self._run(event, "after_event")
        self.assertEqual(len(self._get_mails("How was")), 2)

    def test_answer_once(self):
        event = self.make_event("speed_date")
        mine = self.register(event, self.student.partner_id)
        path = mine._get_survey_link().removeprefix(mine.get_base_url())
        page = self.url_open(f"/en{path}").text
        self.assertFalse(mine.survey_input_ids, "looking begins nothing")
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        for _again in range(2):
            answer = self.url_open(f"/en{path}", data={"csrf_token": token}, allow_redirects=False)
            self.assertEqual(answer.status_code, 303)
        self.assertEqual(len(mine.survey_input_ids), 1)
        self.assertEqual(mine.survey_input_ids.event_id, event)
        self.assertIn(mine.survey_input_ids.access_token, answer.headers["Location"])
        self.assertEqual(self.url_open(answer.headers["Location"]).status_code, 200)

    def test_called_off(self):
        event = self.make_event("speed_date")
        self.register(event, self.student.partner_id)
        self.register(event, self.other_student.partner_id, state="cancel")
        event.kanban_state = "cancel"
        mail = self._get_mails("Called off")
        self.assertEqual(mail.recipient_ids, self.student.partner_id)
        self.assertIn(b"STATUS:CANCELLED", base64.b64decode(mail.attachment_ids.datas))
        event.name = "Other name"
        self.assertEqual(len(self._get_mails("Called off")), 1)

    def test_another_time_or_place(self):
        event = self.make_event("speed_date")
        self.register(event, self.student.partner_id)
        event.name = "Other name"
        self.assertFalse(self._get_mails("Changed"))
        event.write({"date_begin": "2099-03-04 09:00:00", "date_end": "2099-03-04 11:00:00"})
        self.assertIn("Wednesday 4 March 2099", self._get_mails("Changed").body_html)
        event.write({"date_begin": "2099-03-04 09:00:00"})
        self.assertEqual(len(self._get_mails("Changed")), 1, "the same time is no change")
