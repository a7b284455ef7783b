from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import VtiCase

FIELDS = ["contact_name", "contact_email", "contact_phone", "contact_has_cv", "contact_is_adult"]


@tagged("post_install", "-at_install")
class TestContact(VtiCase):
    """Name, mail, phone and CV are for who is entitled to them at that moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student.write({"phone": "06 12345678", "cv": "JVBERi0=", "cv_name": "cv.pdf"})
        cls.application = cls.make_application()

    def contact(self, user):
        return tuple(self.application.with_user(user).read(FIELDS)[0][name] for name in FIELDS)

    def test_entitled_people_see_it(self):
        full = ("Sam Jansen", "sam.jansen@example.org", "06 12345678", True, "yes")
        for user in (self.user_company, self.user_student, self.user_school, self.user_vti):
            with self.subTest(user=user.login):
                self.assertEqual(self.contact(user), full)

    def test_others_see_no_application(self):
        for user in (self.user_other_company, self.user_other_student, self.user_other_school):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.contact(user)

    def test_company_sees_it_no_more_after_the_end(self):
        empty = (False, False, False, False, False)
        for state in ("submitted", "invited", "offered", "accepted", "placed"):
            self.application.state = state
            self.assertEqual(self.contact(self.user_company)[0], "Sam Jansen", state)
        for state in ("refused", "withdrawn", "lapsed"):
            self.application.state = state
            self.assertEqual(self.contact(self.user_company), empty, state)
            self.assertEqual(self.contact(self.user_student)[0], "Sam Jansen")

    def test_it_cannot_be_searched_or_grouped(self):
        Application = self.env["vti.application"].with_user(self.user_company)
        with self.assertRaises(ValueError):
            Application.search([("contact_name", "ilike", "Sam")])
        for domain in ([("student_id.partner_id.name", "ilike", "Sam")], [("student_id.birth_date", "!=", False)]):
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                Application.search(domain)
        self.assertFalse(Application.name_search("Sam"))
        with self.assertRaises(AccessError):
            self.student.with_user(self.user_company).read(["code"])

    def test_cv_itself_is_not_readable(self):
        attachment = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "vti.student"), ("res_id", "=", self.student.id), ("res_field", "=", "cv")]
        )  # fmt: skip
        self.assertTrue(attachment)
        for user in (self.user_company, self.user_other_student, self.user_school):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                attachment.with_user(user).read(["datas"])

    def test_eighteen(self):
        self.student.birth_date = "2008-11-10"
        for day, expected in (("2026-11-09 12:00", "no"), ("2026-11-10 12:00", "yes"), ("2026-11-11 12:00", "yes")):
            self.env.invalidate_all()
            with self.at(day):
                self.assertEqual(self.contact(self.user_company)[4], expected, day)

    def test_as_many_queries_for_many(self):
        def count(applications):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            applications.with_user(self.user_company).read(FIELDS)
            return self.env.cr.sql_log_count - before

        vacancy = self.make_vacancy()
        many = self.application.union(
            *(self.make_application(self.make_student(f"Student {n}"), vacancy) for n in range(20))
        )
        count(self.application)
        self.assertEqual(count(self.application), count(many))
