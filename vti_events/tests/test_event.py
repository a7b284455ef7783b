from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.vti_bpv.tests.common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestEvent(VtiHttpCase):
    @classmethod
    def make_event(cls, kind, **values):
        return cls.env["event.event"].create(
            {"name": "Meet us", "event_type_id": cls.env.ref(f"vti_events.event_type_{kind}").id,
             "date_begin": "2099-03-01 09:00:00", "date_end": "2099-03-01 11:00:00", **values}
        )  # fmt: skip

    def test_kind_and_audience_follow_from_the_template(self):
        event = self.make_event("reunion")
        self.assertEqual((event.vti_kind, event.audience, event.date_tz), ("reunion", "alumni", "Europe/Amsterdam"))
        self.assertFalse(event.description, "nothing of Odoo's own stands on the page")
        self.assertNotIn("event_cover", event.cover_properties)
        event.audience = "everybody"
        self.assertEqual(event.audience, "everybody")

    def test_there_is_a_template_for_each_kind(self):
        kinds = dict(self.env["event.type"]._fields["vti_kind"].selection)
        types = self.env["event.type"].search([("vti_kind", "!=", False)])
        self.assertEqual(sorted(types.mapped("vti_kind")), sorted(kinds))

    def test_on_the_site_with_its_host_only(self):
        lesson, visit = self.make_event("guest_lesson"), self.make_event("company_visit")
        for event in (lesson, visit):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                event.is_published = True
        lesson.host_school_id, visit.host_employer_id = self.school, self.company
        (lesson | visit).is_published = True
        self.authenticate(self.user_student.login, self.user_student.login)
        page = self.url_open(f"/en/event/{lesson.id}/register")
        self.assertEqual(page.status_code, 200)
        self.assertIn("ROC Utrecht-Zuid", page.text)

    def test_visitors_see_what_is_published(self):
        self.make_event("workshop", name="Hidden workshop")
        self.make_event("workshop", name="Open workshop", is_published=True)
        text = self.url_open("/en/event").text
        self.assertIn("Open workshop", text)
        self.assertNotIn("Hidden workshop", text)

    def test_staff_makes_events(self):
        event = self.env["event.event"].with_user(self.user_vti).create(
            {"name": "Speed-date", "event_type_id": self.env.ref("vti_events.event_type_speed_date").id,
             "date_begin": "2099-03-01 09:00:00", "date_end": "2099-03-01 11:00:00"}
        )  # fmt: skip
        self.assertEqual(event.vti_kind, "speed_date")
