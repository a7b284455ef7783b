import io

from openpyxl import load_workbook

from odoo.tests import BaseCase, tagged

from ...importing import sheets
from ...importing.formats import get_format
from ...importing.problems import FileProblem
from ...importing.reader import read_table

KINDS = ("company", "school", "contact", "recognition", "student", "qualification", "vacancy")


@tagged("post_install", "-at_install")
class TestFormats(BaseCase):
    def test_templates_read_back_without_problem(self):
        for kind in map(get_format, KINDS):
            for make in (sheets.make_template_csv, sheets.make_template_xlsx):
                with self.subTest(kind.kind, make=make.__name__):
                    table = read_table(make(kind))
                    rows, unknown = kind.read_rows(table, keep_example=True)
                    self.assertEqual((len(rows), unknown, rows[0].problems), (1, [], []))
                    filled = {column.name for column in kind.shown if column.example}
                    self.assertEqual(set(rows[0].values), filled)
                    with self.assertRaises(FileProblem) as caught:  # the example isn't imported by accident
                        kind.read_rows(table)
                    self.assertEqual(caught.exception.code, "no_rows")

    def test_no_heading_stands_for_two_columns(self):
        for kind in map(get_format, KINDS):
            for column in kind.columns:
                places, unknown = kind.match_header(
                    [column.header, *(c.header for c in kind.columns if c.required and c != column)]
                )
                self.assertEqual((places[0], unknown), (column, []))

    def test_headings(self):
        kind = get_format("qualification")
        places, unknown = kind.match_header(
            ["ERKENDEOPLEIDINGSCODE", " mbo-niveau", "Leer Traject", "KWALIFICATIEDOSSIER", "Sector"]
        )
        self.assertEqual([places[n].name for n in range(4)], ["crebo", "level", "learning_path", "dossier"])
        self.assertEqual(unknown, ["Sector"])
        for code, header in (
            ("missing_columns", ["Naam"]),
            ("double_column", ["Crebo", "crebonummer"]),
            ("no_header", ["x"]),
        ):
            with self.assertRaises(FileProblem) as caught:
                kind.match_header(header)
            self.assertEqual(caught.exception.code, code)

    def test_template_explains_and_offers_words(self):
        book = load_workbook(io.BytesIO(sheets.make_template_xlsx(get_format("recognition"))))
        self.assertEqual(book.sheetnames, ["Invullen", "Uitleg"])
        lists = [validation.formula1 for validation in book["Invullen"].data_validations.dataValidation]
        self.assertEqual(lists, ['"geldig,ingetrokken,vervallen"'])

    def test_report_is_harmless_and_can_be_uploaded_again(self):
        kind = get_format("contact")
        data = b"E-mail;Naam;Telefoon\nfout;=1+1;+31 6 12345678\ngoed@example.org;Anja;\n"
        report = sheets.make_report(kind, data, {2: "=kijk"}, "Wat er mis is")
        sheet = load_workbook(io.BytesIO(report)).active
        cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(
            cells, [["E-mail", "Naam", "Telefoon", "Wat er mis is"], ["fout", "'=1+1", "+31 6 12345678", "'=kijk"]]
        )
        self.assertEqual({cell.data_type for row in sheet.iter_rows() for cell in row}, {"s"})
        table = read_table(report)
        self.assertEqual(table.rows[0][1][1], "=1+1")
        again = sheets.make_report(kind, report, {2: "nog steeds"}, "Wat er mis is")
        self.assertEqual(read_table(again).header, ["E-mail", "Naam", "Telefoon", "Wat er mis is"])
