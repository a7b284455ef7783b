"""Compare what each role reads of our models, field by field, with security/fields.csv."""

from collections import defaultdict

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from .access_people import PORTAL_ROLES
from .access_reach import get_readable_fields, read_oracle
from .access_records import RecordsMixin

ALWAYS = {"id", "display_name"}
# what staff write, or a machine about staff; of no portal role's business in any model of ours
STAFFS = ("message_", "activity_", "website_message_", "create_", "write_", "has_message", "my_activity_", "rating_")


@tagged("post_install", "-at_install")
class TestAccessFields(RecordsMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.readable = {}
        for name, model in cls.env.items():
            if not name.startswith("vti.") or model._abstract:
                continue
            for role in PORTAL_ROLES:
                mine = model.with_user(cls.users[role])
                if mine.has_access("read"):
                    cls.readable[name, role] = get_readable_fields(mine) - ALWAYS

    def test_readable_fields_are_those_of_the_list(self):
        listed, deviations = {}, []
        for row in read_oracle("fields.csv"):
            for role in row["roles"].split():
                self.assertNotIn((row["model"], role), listed, "named twice")
                listed[row["model"], role] = set(row["fields"].split())
        for key in sorted({*listed, *self.readable}):
            seen, expected = self.readable.get(key, set()), listed.get(key, set())
            if seen != expected:
                deviations.append(f"{key}: reads {sorted(seen - expected)} besides, lacks {sorted(expected - seen)}")
        self.assertFalse(deviations, "\n" + "\n".join(deviations))

    def test_what_staff_write_is_read_by_no_portal_role(self):
        for (model, role), names in self.readable.items():
            self.assertFalse([name for name in names if name.startswith(STAFFS)], (model, role))

    def test_sensitive_fields_stay_with_the_student(self):
        """The date of birth and the CV of a minor, whoever else may read of the student."""
        readers = defaultdict(set)
        for (model, role), names in self.readable.items():
            for name in names:
                readers[model, name].add(role)
        for name in ("birth_date", "age", "cv_name", "skills", "zip"):
            self.assertEqual(readers["vti.student", name], {"student", "alumnus"}, name)
        for name in ("cv", "guardian_ids", "consent_ids"):
            self.assertEqual(readers["vti.student", name], set(), name)
        for name in ("motivation", "meeting_note", "offer_note", "refusal_note"):
            self.assertNotIn("school", readers["vti.application", name], name)
        self.assertEqual(readers["vti.enrolment", "class_name"], {"student", "alumnus", "school", "training"})
        self.assertFalse([key for key in readers if key[0] in ("vti.guardian", "vti.notice", "vti.import")])

    def test_the_list_is_what_reading_gives(self):
        """Reading a record gives the fields of the list, and asking for any other is refused."""
        wanted = {
            "vti.application": {"company": "Sam at Bakker Utrecht", "school": "Sam at Bakker Utrecht"},
            "vti.student": {"school": "Sam", "student": "Sam"},
            "vti.season": {"company": "any"},
        }
        for model, by_role in wanted.items():
            for role, whose in by_role.items():
                record = self.records[model][whose].with_user(self.users[role])
                self.assertEqual(set(record.read()[0]) - ALWAYS, self.readable[model, role])
                for name in set(record._fields) - self.readable[model, role] - ALWAYS:
                    with self.subTest(model=model, role=role, name=name), self.assertRaises(AccessError):
                        record.read([name])

    def test_a_company_reads_no_class_in_the_label_of_an_enrolment(self):
        self.student.enrolment_ids.class_name = "EL2B"
        application = self.records["vti.application"]["Sam at Bakker Utrecht"]
        for role, shown in (("company", False), ("branch", False), ("school", True), ("student", True)):
            with self.subTest(role):
                self.env.invalidate_all()
                label = application.with_user(self.users[role]).read(["enrolment_id"])[0]["enrolment_id"][1]
                self.assertIn("ROC Utrecht-Zuid", label)
                self.assertEqual("EL2B" in label, shown, label)

    def test_signed_links_are_not_read_by_staff(self):
        """A notice's button acts in the name of its receiver."""
        notice = self.records["vti.notice"]["to Sam"]
        notice.button_url = "https://example.org/application/student/signed"
        for role in ("vti_user", "vti_coordinator"):
            mine = notice.with_user(self.users[role])
            self.assertEqual(mine.subject, notice.subject)
            with self.assertRaises(AccessError):
                mine.read(["button_url"])
            with self.assertRaises(AccessError):
                mine.search([("button_url", "ilike", "signed")])

    def test_settings_are_not_read_by_outsiders(self):
        """`default_get` reads the site's parameters with sudo, keys of other services among them."""
        self.env["ir.config_parameter"].set_param("vti_bpv.recognition_check_months", "7")
        names = ["vti_recognition_check_months"]
        for role in PORTAL_ROLES:
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["res.config.settings"].with_user(self.users[role]).default_get(names)
