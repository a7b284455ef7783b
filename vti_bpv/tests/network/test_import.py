import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...importing import sheets
from ..common import VtiCase, VtiHttpCase

NO_HEADER = (
    "No heading is known. The first row must hold headings such as "
    "KvK-nummer, VTI-nummer, Bedrijfsnaam, Vestigingsnummer."
)


class ImportMixin:
    @classmethod
    def make_import(cls, kind, *lines, user=None, check=True):
        """A checked import of a CSV file with these lines, the first of which holds the headings."""
        data = lines[0] if isinstance(lines[0], bytes) else "\r\n".join(lines).encode("cp1252")
        record = (
            cls.env["vti.import"]
            .with_user(user or cls.user_vti)
            .create({"kind": kind, "file": base64.b64encode(data), "file_name": "lijst.csv"})
        )
        if check:
            record.action_check()
        return record

    def do_import(self, kind, *lines):
        record = self.make_import(kind, *lines)
        self.assertEqual(self.get_messages(record), {}, record.message)
        record.action_import()
        self.assertEqual(record.state, "done", record.message)
        return record

    def get_messages(self, record):
        return {line.number: line.message for line in record.line_ids if line.outcome == "error"}

    def get_counts(self, record):
        return record.new_count, record.changed_count, record.same_count, record.error_count


@tagged("post_install", "-at_install")
class TestImport(ImportMixin, VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.company_registry = "01234567"
        cls.company.ref = "VTI-1"
        cls.school.ref = "25LH"

    def find(self, name):
        return self.env["res.partner"].search([("name", "=", name)])

    # flow

    def test_check_writes_nothing_and_import_does(self):
        lines = (
            "KvK-nummer;Bedrijfsnaam;Postcode;Onbekend",
            "87654321;Nieuw Techniek;3447gg;x",
            "01234567;Bakker Techniek;;",
        )
        record = self.make_import("company", *lines)
        self.assertFalse(self.find("Nieuw Techniek"))
        self.assertEqual(self.get_counts(record), (1, 0, 1, 0))
        self.assertEqual(record.message, "Not known, so not read: Onbekend.")
        record.action_import()
        company = self.find("Nieuw Techniek")
        self.assertEqual(
            (company.is_company, company.is_employer, company.company_registry, company.zip, company.membership_state),
            (True, True, "87654321", "3447 GG", "member"),
        )
        self.assertEqual(company.postcode_id.code, "3447")
        again = self.make_import("company", *lines)
        self.assertEqual(self.get_counts(again), (0, 0, 2, 0))
        with self.assertRaises(UserError):
            again.action_import()

    def test_all_or_nothing(self):
        record = self.make_import(
            "company",
            "KvK-nummer;Bedrijfsnaam;E-mail",
            "87654321;Nieuw;a@example.org",
            "12345679;Ook nieuw;a @example.org",
        )
        self.assertEqual(self.get_messages(record), {3: "E-mail: There is a space in “a @example.org”."})
        with self.assertRaises(UserError):
            record.action_import()
        self.assertFalse(self.find("Nieuw"))

    def test_what_changes_is_shown_and_an_empty_cell_changes_nothing(self):
        self.company.write({"phone": "030 1234567", "street": "Kerkstraat 1"})
        record = self.make_import("company", "KvK-nummer;Telefoon;Straat;Lidmaatschap", "01234567;030 7654321;;oud-lid")
        line = record.changed_line_ids
        self.assertEqual(line.change_text, "Phone: 030 1234567 → 030 7654321\nMembership: Member → Former member")
        record.action_import()
        self.assertEqual(
            (self.company.phone, self.company.street, self.company.membership_state),
            ("030 7654321", "Kerkstraat 1", "former"),
        )

    def test_change_after_the_check_is_shown_first(self):
        record = self.make_import("company", "KvK-nummer;Telefoon", "01234567;030 7654321")
        self.company.phone = "030 1111111"
        record.action_import()
        self.assertEqual(record.state, "checked")
        self.assertEqual(record.message, "Something has changed since the check. Look at it again before you import.")
        self.assertEqual(self.company.phone, "030 1111111")
        record.action_import()
        self.assertEqual(self.company.phone, "030 7654321")

    def test_refusal_while_writing_names_the_row_and_writes_nothing(self):
        create = type(self.env["res.partner"]).create
        words = "No such name."

        def refuse(partners, vals_list):
            if any(vals.get("name") == "Slecht" for vals in vals_list):
                raise UserError(words)
            return create(partners, vals_list)

        self.patch(type(self.env["res.partner"]), "create", refuse)
        record = self.make_import(
            "company", "KvK-nummer;Bedrijfsnaam", "87654321;Goed", "12345679;Slecht", "12345670;Beter"
        )
        record.action_import()
        self.assertEqual(record.message, "Nothing was imported. Row 3: No such name.")
        self.assertEqual(record.state, "checked")
        self.assertEqual(self.get_messages(record), {3: "No such name."})
        self.assertFalse(self.find("Goed"))

    def test_bad_files_get_a_clear_answer(self):
        for data, message in (
            (b"\n", "The file is empty."),
            (
                b"KvK-nummer;Bedrijfsnaam\n",
                "There are no rows to import below the headings. The example row of the template doesn't count.",
            ),
            (
                b"Appel;Peer\n1;2\n",
                NO_HEADER,
            ),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                "This is the old Excel format (.xls). Open it in Excel and save it as Excel workbook (.xlsx).",
            ),
        ):
            record = self.make_import("company", data)
            self.assertEqual((record.message, record.state, record.line_ids.ids), (message, "draft", []))

    def test_templates_pass_the_check(self):
        self.company.name = "Voorbeeld Installaties B.V."
        self.school.name = "Voorbeeldcollege"
        for kind in self.env["vti.import"]._fields["kind"].get_values(self.env):
            adapter = self.env[f"vti.import.{kind}"].with_user(self.user_vti)
            plan, unknown = adapter.read_plan(sheets.make_template_xlsx(adapter._get_format()), keep_example=True)
            self.assertEqual((unknown, [row.problems for row in plan.rows]), ([], [[]]), kind)

    def test_only_staff(self):
        for user in (self.user_student, self.user_company, self.user_school):
            with self.assertRaises(AccessError):
                self.make_import("company", "KvK-nummer", "01234567", user=user, check=False)
        record = self.make_import("company", "KvK-nummer;Telefoon", "01234567;030 7654321")
        for user in (self.user_company, self.user_school):
            for action in ("action_check", "action_import", "action_undo"):
                with self.assertRaises(AccessError):
                    getattr(record.with_user(user), action)()

    def test_same_queries_for_few_and_many(self):
        def count(number):
            rows = [f"{10000000 + number * 1000 + n};Bedrijf {number} {n};3447gg" for n in range(number)]
            record = self.make_import("company", "KvK-nummer;Bedrijfsnaam;Postcode", *rows, check=False)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record.action_check()
            middle = self.env.cr.sql_log_count
            self.env.invalidate_all()
            record.action_import()
            self.env.flush_all()
            self.assertEqual(record.state, "done", record.message)
            return middle - before, self.env.cr.sql_log_count - middle

        count(2)
        few, many = count(3), count(80)
        self.assertEqual(few[0], many[0])
        self.assertEqual(few[1], many[1])

    # undo

    def test_undo_removes_and_restores(self):
        self.company.phone = "030 1234567"
        record = self.do_import(
            "company",
            "KvK-nummer;Bedrijfsnaam;Vestiging;Telefoon;Regio",
            "01234567;;;030 7654321;",
            "87654321;Nieuw;;;",
            "87654321;Nieuw;Zuid;;",
        )
        self.assertEqual(len(self.find("Nieuw").child_ids), 1)
        record.action_undo()
        self.assertEqual((record.state, self.company.phone), ("undone", "030 1234567"))
        self.assertFalse(self.find("Nieuw") | self.find("Zuid"))
        with self.assertRaises(UserError):
            record.action_undo()

    def test_undo_stops_at_what_depends_on_it(self):
        record = self.do_import("company", "KvK-nummer;Bedrijfsnaam", "87654321;Nieuw")
        self.make_recognition(self.find("Nieuw"))
        with self.assertRaisesRegex(
            UserError, r"Nieuw is used by: SBB Recognition “Monteur elektrotechnische installaties"
        ):
            record.action_undo()
        self.assertEqual((record.state, len(self.find("Nieuw"))), ("done", 1))

    def test_undo_stops_at_later_changes(self):
        record = self.do_import("company", "KvK-nummer;Telefoon", "01234567;030 7654321")
        self.company.phone = "030 0000000"
        with self.assertRaisesRegex(UserError, "Bakker Techniek: “Phone” was changed after the import."):
            record.action_undo()

    def test_undo_ends(self):
        record = self.do_import("company", "KvK-nummer;Telefoon", "01234567;030 7654321")
        record.done_on = "2026-01-01"
        with self.assertRaises(UserError):
            record.action_undo()

    def test_personal_data_go_after_a_month(self):
        record = self.do_import("student", "Studentnummer;Naam;School", "1;Jan Nieuw;25LH")
        self.env.flush_all()
        self.env.cr.execute("UPDATE vti_import SET write_date = now() - interval '29 days' WHERE id = %s", (record.id,))
        self.env["vti.import"]._gc_files()
        self.assertTrue(record.line_ids and record.file)
        self.env.cr.execute("UPDATE vti_import SET write_date = now() - interval '31 days' WHERE id = %s", (record.id,))
        self.env["vti.import"]._gc_files()
        self.assertFalse(record.line_ids or record.file or record.file_name)


@tagged("post_install", "-at_install")
class TestImportFiles(ImportMixin, VtiHttpCase):
    def test_templates_for_staff_only(self):
        for login, status in (("vti_user", 200), (self.user_company.login, 404)):
            self.authenticate(login, login)
            for extension in ("csv", "xlsx"):
                response = self.url_open(f"/vti/import/student/template.{extension}", allow_redirects=False)
                self.assertEqual(response.status_code, status)
        self.authenticate("vti_user", "vti_user")
        for path in ("student/template.pdf", "../etc/template.csv", "nonsense/template.csv", "0/errors.xlsx"):
            self.assertEqual(self.url_open(f"/vti/import/{path}", allow_redirects=False).status_code, 404)

    def test_error_report(self):
        record = self.make_import("company", "KvK-nummer;Bedrijfsnaam", "123;Fout", "87654321;Goed")
        path = f"/vti/import/{record.id}/errors.xlsx"
        self.authenticate(self.user_school.login, self.user_school.login)
        self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 404)
        self.authenticate("vti_user", "vti_user")
        response = self.url_open(path, allow_redirects=False)
        self.assertEqual((response.status_code, response.content[:2]), (200, b"PK"))
