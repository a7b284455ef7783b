from odoo import fields
from odoo.tests import TransactionCase, tagged

from .common import KindsMixin


@tagged("post_install", "-at_install")
class TestCheck(KindsMixin, TransactionCase):
    def test_an_event_takes_over_the_checklist_with_days(self):
        kind = self.env.ref("vti_events.event_type_workshop")
        event = self.make_event()
        self.assertEqual(event.check_ids.sorted("id").mapped("name"), kind.check_ids.sorted("id").mapped("name"))
        first = event.check_ids.sorted("days_before")[-1]
        self.assertEqual((first.days_before, str(first.due_on)), (28, "2099-02-03"))
        # half past midnight on the 5th in Amsterdam
        event.write({"date_begin": "2099-03-04 23:30:00", "date_end": "2099-03-05 03:00:00"})
        self.assertEqual(str(first.due_on), "2099-02-05")

    def test_ticking_off(self):
        event = self.make_event()
        check = event.check_ids[0].with_user(self.user_vti)
        check.is_done = True
        self.assertEqual((check.done_by_id, bool(check.done_on)), (self.user_vti, True))
        self.assertEqual(event.check_progress, f"1/{len(event.check_ids)}")
        check.is_done = False
        self.assertFalse(check.done_on or check.done_by_id)

    def test_another_template_keeps_what_is_done_or_added(self):
        event = self.make_event()
        done, *rest = event.check_ids
        done.is_done = True
        own = self.env["vti.event.check"].create({"event_id": event.id, "name": "Call Piet"})
        event.event_type_id = self.env.ref("vti_events.event_type_training")
        self.assertTrue(done.exists() and own.exists())
        left = set(event.event_type_id.check_ids.mapped("name")) | {done.name, own.name}
        self.assertEqual(set(event.check_ids.mapped("name")), left)

    def test_organiser_hears_once_what_is_late(self):
        event = self.make_event(user_id=self.user_vti.id)
        cron = self.env["vti.event.check"]._cron_remind

        def count():
            return len(event.activity_ids.filtered("automated"))

        due = event.check_ids.sorted("due_on")[0].due_on
        with self.at(f"{due} 10:00:00"):
            cron()
            self.assertEqual(count(), 0, "on the day itself it isn't late")
        with self.at(f"{fields.Date.add(due, days=1)} 10:00:00"):
            cron()
            cron()
            self.assertEqual(count(), 1)
            self.assertEqual(event.activity_ids.user_id, self.user_vti)
        event.activity_ids.unlink()
        event.kanban_state = "cancel"
        with self.at("2099-03-02 10:00:00"):
            cron()
        self.assertEqual(count(), 0)
