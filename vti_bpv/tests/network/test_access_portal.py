from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestPortalAccess(VtiCase, MailCase):
    """Roles follow the records at every change, and VTI gives and takes access."""

    def assertRoles(self, user, *names):
        ours = user._get_all_vti_groups()
        wanted = self.env["res.groups"].union(*(self.env.ref(f"vti_bpv.group_{name}") for name in names))
        self.assertEqual(user.group_ids & ours, wanted)

    def test_moving_to_another_house(self):
        user = self.user_company
        self.assertRoles(user, "company")
        self.recruiter.parent_id = self.school
        self.assertRoles(user, "school")
        self.recruiter.parent_id = False
        self.assertRoles(user)
        self.assertTrue(user._is_portal(), "portal itself stays")
        self.recruiter.parent_id = self.other_company
        self.assertRoles(user, "company")

    def test_what_the_house_is(self):
        self.company.write({"is_training_employer": True})
        self.assertRoles(self.user_company, "company", "training_employer")
        self.company.write({"is_training_employer": False, "is_employer": False})
        self.assertRoles(self.user_company)
        self.company.is_employer = True
        self.assertRoles(self.user_company, "company")
        self.company.active = False
        self.assertRoles(self.user_company)

    def test_contact_of_a_branch(self):
        user = self.make_user(self.make_contact(self.make_branch(self.company)))
        self.assertRoles(user, "company")
        self.company.is_employer = False
        self.assertRoles(user)

    def test_student_record_of_an_existing_user(self):
        person = self.env["res.partner"].create({"name": "Robin", "email": "robin@example.org"})
        user = self.make_user(person)
        self.assertRoles(user)
        student = self.env["vti.student"].create({"partner_id": person.id})
        self.assertRoles(user, "student")
        student.active = False
        self.assertRoles(user)
        student.active = True
        self.assertRoles(user, "student")
        student.unlink()
        self.assertRoles(user)

    def test_a_role_given_by_hand_does_not_last(self):
        self.user_student.write({"group_ids": [(4, self.env.ref("vti_bpv.group_company").id)]})
        self.assertRoles(self.user_student, "student")

    def test_staff_keeps_its_groups(self):
        before = self.user_vti.group_ids
        self.user_vti.partner_id.parent_id = self.company
        self.assertEqual(self.user_vti.group_ids, before)

    def test_give_and_take_access(self):
        contact = self.make_contact(self.company, name="Mo", email="mo@example.org")
        self.assertEqual(contact.vti_access, "none")
        with self.mock_mail_gateway():
            contact.with_user(self.user_vti).action_give_portal_access()
        user = contact.user_ids
        self.assertRoles(user, "company")
        self.assertEqual((user.login, contact.vti_access), ("mo@example.org", "invited"))
        self.assertEqual(len(self._mails), 1)
        self.assertIn("Kies een wachtwoord", self._mails[0]["body"])
        self.assertIn("/web/signup", self._mails[0]["body"])
        self.assertEqual(
            self.env["res.partner"].search([("id", "=", contact.id), ("vti_access", "=", "invited")]), contact
        )
        user.with_user(user)._update_last_login()
        user.invalidate_recordset()
        self.assertEqual(contact.vti_access, "active")
        contact.with_user(self.user_vti).action_revoke_portal_access()
        user = contact.with_context(active_test=False).user_ids
        self.assertFalse(user.active)
        self.assertRoles(user)
        self.company.is_employer = False
        self.company.is_employer = True
        self.assertRoles(user)
        with self.mock_mail_gateway():
            contact.with_user(self.user_vti).action_give_portal_access()
        self.assertRoles(user, "company")

    def test_address_is_asked_for(self):
        contact = self.make_contact(self.company, email=False)
        with self.assertRaises(UserError):
            contact.with_user(self.user_vti).action_give_portal_access()
        contact.email = self.user_student.login
        with self.assertRaises(UserError):
            contact.with_user(self.user_vti).action_give_portal_access()

    def test_only_vti_gives_access(self):
        contact = self.make_contact(self.company)
        for user in (self.user_company, self.user_school, self.user_student):
            with self.assertRaises(AccessError):
                contact.with_user(user).action_give_portal_access()
        self.assertFalse(contact.user_ids)
