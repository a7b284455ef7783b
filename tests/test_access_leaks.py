"""Ways around record rules and field whitelists: each refusal stands beside what could have leaked."""

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from .access_records import RecordsMixin


@tagged("post_install", "-at_install")
class TestAccessLeaks(RecordsMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application = cls.records["vti.application"]["Sam at Bakker Utrecht"]
        cls.company.comment = "Pays late"
        cls.application.student_id.cv = b"eA=="
        cls.env.flush_all()
        cls.env.invalidate_all()

    def as_role(self, role, record):
        return record.with_user(self.users[role])

    def test_domains_ask_nothing_that_may_not_be_read(self):
        """A company can't guess, letter by letter, what it may not see: not by searching nor by filtering."""
        mine = self.as_role("company", self.application)
        for domain in (
            [("student_id.birth_date", "<", "2010-01-01")],
            [("student_id.partner_id.name", "=like", "Sam%")],
            [("student_id", "any", [("birth_date", "<", "2010-01-01")])],
            [("message_ids.body", "ilike", "opinion")],
            [("message_ids", "any", [("body", "ilike", "opinion")])],
            [("activity_ids", "!=", False)],
            [("message_partner_ids", "in", self.user_vti.partner_id.ids)],
            [("vacancy_id.employer_id.comment", "ilike", "late")],
            [("student_id", "not any", [("birth_date", ">", "2010-01-01")])],
        ):
            with self.subTest(domain=domain):
                self.assertEqual(self.application.filtered_domain(domain), self.application, "else nothing is hidden")
                self.assertIn(self.application, mine.sudo().search(domain))
                for ask in (
                    mine.search,
                    mine.search_count,
                    mine.filtered_domain,
                    lambda d: mine.search_read(d, ["id"]),
                ):
                    with self.assertRaises(AccessError):
                        ask(domain)

    def test_searchable_computed_fields_are_fields(self):
        mine = self.as_role("company", self.application)
        for name in ("message_is_follower", "message_needaction", "activity_user_id"):
            with self.subTest(name), self.assertRaises(AccessError):
                mine.search([(name, "!=", False)])

    def test_sorting_and_grouping_ask_nothing_either(self):
        mine = self.as_role("company", self.application)
        for name in ("student_id.birth_date:month", "student_id.partner_id", "create_uid", "enrolment_id.class_name"):
            with self.subTest(name), self.assertRaises(AccessError):
                mine.formatted_read_group([], [name], ["__count"])
        with self.assertRaises(AccessError):
            mine.search([], order="create_uid")
        # a field that only refers to another one: the ORM asks for that one
        theirs = self.as_role("school", self.student)
        self.assertTrue(self.student.search([("id", "=", self.student.id)], order="zip"))
        with self.assertRaises(AccessError):
            theirs.search([], order="zip")
        with self.assertRaises(AccessError):
            theirs.formatted_read_group([], ["zip"], ["__count"])
        with self.assertRaises(AccessError):
            mine.formatted_read_group([], [], ["create_uid:count_distinct"])

    def test_a_company_reads_a_code_for_a_student(self):
        mine = self.as_role("company", self.application)
        code = f"Student {self.student.code}"
        self.assertEqual(mine.read(["student_id"])[0]["student_id"], (self.student.id, code))
        self.assertEqual(
            mine.web_read({"student_id": {"fields": {"display_name": {}}}})[0]["student_id"]["display_name"], code
        )
        domain = [("id", "in", mine.ids)]
        self.assertEqual(mine.formatted_read_group(domain, ["student_id"], ["__count"])[0]["student_id"][1], code)
        self.assertFalse(mine.filtered_domain([("student_id", "ilike", "Sam")]))
        for specification in ({"code": {}}, {"partner_id": {"fields": {"name": {}}}}):
            with self.assertRaises(AccessError):
                mine.web_read({"student_id": {"fields": specification}})

    def test_the_school_reads_a_name_and_no_more_than_it_needs(self):
        mine = self.as_role("school", self.student)
        self.assertEqual(mine.display_name, "Sam Jansen")
        self.assertEqual(
            self.as_role("school", self.application).read(["student_id"])[0]["student_id"][1], "Sam Jansen"
        )
        for name in ("birth_date", "age", "cv", "guardian_ids", "consent_ids", "message_ids", "activity_ids"):
            with self.subTest(name), self.assertRaises(AccessError):
                mine.read([name])

    def test_nobody_exports(self):
        for role in ("company", "school", "student"):
            with self.subTest(role), self.assertRaisesRegex(Exception, "export|exporteren"):
                self.as_role(role, self.application).export_data(["student_id/birth_date"])

    def test_messages_are_the_staffs(self):
        """Who reads a record may not read, write, follow or send what is said below it."""
        for role in ("company", "student", "school"):
            mine = self.as_role(role, self.application)
            user = self.users[role]
            comment = self.records["mail.message"]["comment on Sam's application"].with_user(user)
            template = self.env["mail.template"].search([], limit=1)
            for name, act in {
                "read": lambda c=comment: c.read(["body"]),
                "post": lambda m=mine: m.message_post(body="x"),
                "follow": lambda m=mine, u=user: m.message_subscribe(u.partner_id.ids),
                "add": lambda m=mine: m.message_subscribe(self.other_student.partner_id.ids),
                "notify": lambda m=mine: m.message_notify(body="x", partner_ids=self.other_student.partner_id.ids),
                "mail": lambda m=mine, t=template: m.message_mail_with_source(t),
                "post a template": lambda m=mine, t=template: m.message_post_with_source(t),
                "move": lambda m=mine: m.message_change_thread(m),
                "plan": lambda m=mine: m.activity_schedule("mail.mail_activity_data_todo"),
                "mail anybody": lambda u=user: (
                    self.env["mail.thread"]
                    .with_user(u)
                    .message_notify(body="x", partner_ids=self.other_student.partner_id.ids)
                ),
            }.items():
                with self.subTest(role=role, what=name), self.assertRaises(AccessError):
                    act()
            self.assertNotIn(user.partner_id, self.application.message_partner_ids)

    def test_notes_about_a_member_stay_with_the_staff(self):
        mine = self.as_role("company", self.company)
        self.assertEqual(mine.name, "Bakker Techniek")
        comment = self.records["mail.message"]["comment on Bakker"]
        self.assertIn("opinion", comment.body)
        self.env.invalidate_all()  # what staff just read is known in this transaction
        user = self.user_company.with_user(self.user_company)
        for name, act in {
            "read": lambda: mine.comment,
            "search": lambda: mine.search([("comment", "ilike", "late")]),
            "search messages": lambda: mine.search([("message_ids.body", "ilike", "opinion")]),
            "filter messages": lambda: mine.filtered_domain([("message_ids.body", "ilike", "opinion")]),
            "read of the user": lambda: user.read(["comment"]),
            "search the user": lambda: user.search([("comment", "!=", False)]),
            "sort users": lambda: user.search([], order="comment"),
            "read the message": lambda: comment.with_user(user).read(["body"]),
            "follow": lambda: mine.message_subscribe(self.recruiter.ids),
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                act()

    def test_staff_are_not_in_the_way(self):
        """What is refused to others is VTI's daily work."""
        mine = self.as_role("vti_user", self.application)
        self.assertIn(mine, mine.search([("message_ids.body", "ilike", "opinion")]))
        self.assertIn(mine, mine.search([("student_id.birth_date", "<", "2010-01-01")]))
        self.assertIn(
            "opinion", self.records["mail.message"]["comment on Sam's application"].with_user(mine.env.user).body
        )
        self.assertEqual(mine.student_id.display_name, "Sam Jansen")

    def test_one_keeps_ones_own_preferences(self):
        for role in ("student", "company", "school", "portal"):
            mine = self.as_role(role, self.users[role])
            mine.write({"signature": "Regards"})
            with self.assertRaises(AccessError):
                mine.write({"group_ids": [(4, self.env.ref("vti_bpv.group_user").id)]})
            with self.assertRaises(AccessError):
                mine.write({"partner_id": self.other_recruiter.id})

    def test_private_people_stand_alone(self):
        """A parent would open them to all who work there."""
        guardian = self.records["vti.guardian"]["Sam"].partner_id
        for person in (self.student.partner_id, guardian):
            with self.subTest(person.name), self.assertRaises(Exception):  # noqa: B017 - any refusal will do
                person.parent_id = self.company

    def test_portal_users_start_no_chats(self):
        channels = self.env["discuss.channel"].with_user(self.user_company)
        people = self.other_student.partner_id.ids
        for act in (
            lambda: channels._get_or_create_chat(people),
            lambda: channels._create_group(people),
            lambda: channels._create_channel("x", None),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_a_link_opens_one_kind_of_record(self):
        """Numbers of records repeat: what was signed for an application opens no placement with its number."""
        token = self.application._sign_link("stay", self.student.partner_id)
        self.assertEqual(self.application._open_link("stay", token), (self.application, self.student.partner_id))
        self.assertEqual(tuple(map(len, self.env["vti.placement"]._open_link("stay", token))), (0, 0))
