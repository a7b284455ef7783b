from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from .common import KindsMixin


@tagged("post_install", "-at_install")
class TestAudience(KindsMixin, TransactionCase):
    """Who may sign up, and who sees what is closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            "student": cls.student.partner_id, "other student": cls.other_student.partner_id,
            "company": cls.recruiter, "school": cls.coordinator, "other school": cls.other_coordinator,
            "visitor": cls.env["res.partner"],
        }  # fmt: skip
        cls.company.membership_state, cls.other_company.membership_state = "member", "prospect"

    def _get_welcome(self, event):
        return {name for name, person in self.people.items() if event._is_for(person)}

    def test_who_may_sign_up(self):
        everybody = set(self.people)
        self.assertEqual(
            {audience: self._get_welcome(self.make_event(audience=audience, is_closed=False))
             for audience, _label in self.env["event.event"]._fields["audience"].selection},
            {"students": {"student", "other student"}, "mentors": {"company"}, "companies": {"company"},
             "members": {"company"}, "schools": {"school", "other school"}, "alumni": set(),
             "parents": everybody, "everybody": everybody},
        )  # fmt: skip

    def test_members_only(self):
        event = self.make_event("network")
        self.assertTrue(event._is_for(self.recruiter))
        self.assertFalse(event._is_for(self.other_recruiter))

    def test_students_and_teachers_of_one_school(self):
        event = self.make_event(audience="students", school_ids=[(6, 0, self.school.ids)])
        self.assertEqual(self._get_welcome(event), {"student"})
        event.audience = "schools"
        self.assertEqual(self._get_welcome(event), {"school"})

    def test_a_student_who_left_is_none(self):
        event = self.make_event(audience="students")
        self.student.enrolment_ids.date_to = "2026-09-01"
        self.assertFalse(event._is_for(self.student.partner_id))

    def test_closed_is_unseen_by_others(self):
        event = self.make_event("guest_lesson", school_ids=[(6, 0, self.school.ids)])
        self.assertTrue(event.is_closed)
        for user, sees in (
            (self.user_student, True), (self.user_other_student, False), (self.user_company, False),
            (self.user_school, True), (self.user_other_school, False), (self.env.ref("base.public_user"), False),
            (self.user_vti, True),
        ):  # fmt: skip
            mine = event.with_user(user)
            self.assertEqual(bool(mine.search([("id", "=", event.id)])), sees, user.name)
            self.assertEqual(mine.has_access("read"), sees, user.name)
            self.assertEqual(bool(mine.search([("id", "=", event.id), ("is_shown", "=", False)])), False)
        event.is_closed = False
        self.assertTrue(event.with_user(self.user_other_student).has_access("read"), "it could have been seen")

    def test_tickets_of_closed_events_are_unseen(self):
        ticket = self.env["event.event.ticket"].create({"name": "Seat", "event_id": self.make_event("reunion").id})
        for user in (self.user_student, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                ticket.with_user(user).read(["name"])

    def test_who_is_signed_up_or_host_sees_it(self):
        event = self.make_event("reunion")
        self.assertFalse(event.with_user(self.user_company).has_access("read"))
        registration = self.register(event, self.recruiter)
        event.invalidate_recordset()
        self.assertTrue(event.with_user(self.user_company).has_access("read"))
        registration.action_cancel()
        event.invalidate_recordset()
        self.assertFalse(event.with_user(self.user_company).has_access("read"))
        event.host_employer_id = self.company
        event.invalidate_recordset()
        self.assertTrue(event.with_user(self.user_company).has_access("read"))

    def test_the_model_refuses_others_too(self):
        event = self.make_event("guest_lesson", school_ids=[(6, 0, self.school.ids)])
        for user, person in (
            (self.user_other_student, self.other_student.partner_id),
            (self.env.ref("base.public_user"), self.env["res.partner"]),
        ):
            with self.assertRaises(UserError):
                event.with_user(user).sudo()._sign_up(person, {"name": "X", "email": "x@example.org"})
            with self.assertRaises(UserError):
                event.with_user(user).sudo().write({"registration_ids": [(0, 0, {"partner_id": person.id})]})
            with self.assertRaises(UserError):
                event.with_user(user).sudo().registration_ids.create({"event_id": event.id, "partner_id": person.id})
        self.assertFalse(event.registration_ids)
        event.with_user(self.user_student).sudo()._sign_up(self.student.partner_id)
        self.assertEqual(event.registration_ids.partner_id, self.student.partner_id)

    def test_parents_events_cant_be_closed(self):
        with self.assertRaises(ValidationError):
            self.make_event("parents", is_closed=True)
