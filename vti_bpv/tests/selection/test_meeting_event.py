from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase

NOW, MEETING, LATER = "2026-11-11 12:00", "2026-11-16 09:00:00", "2026-11-17 13:00:00"


@tagged("post_install", "-at_install")
class TestMeetingEvent(VtiCase):
    """The meeting of an application in VTI's calendar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.user_id = cls.user_vti
        with cls.at("2026-11-10 12:00"):
            cls.application = cls.make_application(vacancy=cls.make_vacancy(nameless=True))

    def invite(self, moment=MEETING, kind="visit"):
        with self.at(NOW):
            self.application.with_user(self.user_company).action_invite(moment, kind, "Ask for Henk")

    def test_made_moved_and_taken_away(self):
        core = [("model", "in", ("calendar.event", "calendar.attendee"))]
        mails = self.env["mail.mail"].search_count(core)
        self.invite()
        event = self.application.calendar_event_id
        self.assertEqual((str(event.start), str(event.stop)), (MEETING, "2026-11-16 10:00:00"))
        self.assertEqual((event.user_id, event.privacy, event.show_as), (self.user_vti, "confidential", "free"))
        self.assertEqual(event.partner_ids, self.recruiter | self.user_vti.partner_id)
        self.assertEqual((event.res_model, event.res_id), ("vti.application", self.application.id))
        self.assertFalse(self.application.activity_ids, "core makes no task of it")
        self.invite(LATER, "trial")
        self.assertEqual(self.application.calendar_event_id, event)
        self.assertEqual((str(event.start), str(event.stop)), (LATER, "2026-11-17 21:00:00"))
        with self.at(NOW):
            self.application.with_user(self.user_student).action_withdraw()
        self.assertFalse(event.exists())
        self.env.flush_all()
        self.assertEqual(self.env["mail.mail"].search_count(core), mails, "our mail with the file is the only one")

    def test_what_was_held_stays(self):
        self.invite()
        with self.at("2026-11-16 09:00:01"):
            self.application.with_user(self.user_student).action_withdraw()
        self.assertTrue(self.application.calendar_event_id)
        self.application._forget()
        self.assertFalse(self.application.calendar_event_id)

    def test_other_moments_take_it_away_until_one_is_picked(self):
        self.invite()
        with self.at(NOW):
            self.application.with_user(self.user_company).action_propose_moments([MEETING, LATER], "phone")
            self.assertFalse(self.application.calendar_event_id)
            slot = self.application.slot_ids.sorted("start")[1]
            self.application.with_user(self.user_student).action_pick_slot(slot.id)
        event = self.application.calendar_event_id
        self.assertEqual((fields.Datetime.to_string(event.start), event.location), (LATER, False))

    def test_no_name_of_the_student(self):
        self.invite()
        event = self.application.calendar_event_id
        texts = event.read(["name", "display_name", "description", "location", "display_description"])[0].values()
        found = " ".join(
            [*map(str, texts), *event.attendee_ids.mapped("display_name"), *event.partner_ids.mapped("name")]
        )
        self.assertIn(self.student.code, found)
        for part in ("Sam", "Jansen", self.student.email, "Henk"):
            self.assertNotIn(part, found)

    def test_nobody_of_the_portal_reads_it(self):
        self.invite()
        event = self.application.calendar_event_id
        for user in (self.user_company, self.user_student, self.user_school, self.user_other_company):
            with self.assertRaises(AccessError, msg=user.name):
                event.with_user(user).read(["name"])
            with self.assertRaises(AccessError, msg=user.name):
                self.application.with_user(user).read(["calendar_event_id"])

    def test_staff_move_it_on_the_application(self):
        self.invite()
        event = self.application.calendar_event_id.with_user(self.user_vti)
        for deed in (lambda: event.write({"start": LATER, "stop": LATER}), event.unlink, event.action_archive):
            with self.assertRaises(UserError):
                deed()
        event.write({"description": "Call first"})
        own = self.env["calendar.event"].with_user(self.user_vti).create(
            {"name": "Own", "start": MEETING, "stop": LATER}
        )  # fmt: skip
        own.write({"start": "2026-11-16 08:00:00"})
        own.unlink()
