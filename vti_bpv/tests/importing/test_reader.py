import io
import zipfile
from datetime import datetime

from openpyxl import Workbook

from odoo.tests import BaseCase, tagged

from ...importing import reader
from ...importing.problems import FileProblem


def make_xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_zip(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_x", ".x"), data)
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestReader(BaseCase):
    def assert_refused(self, code, data):
        with self.assertRaises(FileProblem) as caught:
            reader.read_table(data)
        self.assertEqual(caught.exception.code, code)

    def test_encodings_and_separators_of_dutch_excel(self):
        text = "Naam;Plaats\r\nCafé Ångström;’s-Gravenhage €\r\n"
        for encoding in ("cp1252", "utf-8", "utf-8-sig", "utf-16"):
            with self.subTest(encoding):
                source = text.replace("Å", "Ö") if encoding == "cp1252" else text
                table = reader.read_table(source.encode(encoding))
                self.assertEqual(table.header, ["Naam", "Plaats"])
                self.assertEqual(table.rows, [(2, source.splitlines()[1].split(";"))])
        for encoding in ("utf-16-le", "utf-16-be"):
            self.assertEqual(reader.read_table(text.encode(encoding)).header, ["Naam", "Plaats"])
        for separator in (";", ",", "\t"):
            table = reader.read_table(
                f'Naam{separator}"Plaats{separator} land"\n"a{separator}b"{separator}c\n'.encode()
            )
            self.assertEqual(table.header, ["Naam", f"Plaats{separator} land".strip()])
            self.assertEqual(table.rows, [(2, [f"a{separator}b", "c"])])

    def test_hint_blank_lines_and_cells_of_several_lines(self):
        table = reader.read_table(b'sep=,\r\n\r\nNaam,Tekst\r\n\r\na,"een\r\ntwee"\r\n ,\r\nb,c\r\n')
        self.assertEqual(table.header, ["Naam", "Tekst"])
        self.assertEqual(table.rows, [(5, ["a", "een\r\ntwee"]), (7, ["b", "c"])])

    def test_apostrophe_of_our_own_export_goes(self):
        self.assertEqual(
            reader.read_table(b"Naam;X\n'=1+1;'s-Hertogenbosch\n").rows, [(2, ["=1+1", "'s-Hertogenbosch"])]
        )

    def test_workbook(self):
        day = datetime(2026, 9, 1)
        table = reader.read_table(make_xlsx([None, None], ["Naam", "Dag"], ["a", day], [None, None], ["b", 3]))
        self.assertEqual(table.header, ["Naam", "Dag"])
        self.assertEqual(table.rows, [(3, ["a", day]), (5, ["b", 3])])

    def test_what_is_no_table(self):
        self.assert_refused("empty", b"")
        self.assert_refused("empty", b"\r\n  \r\n")
        self.assert_refused("empty", make_xlsx())
        self.assert_refused("not_a_table", b"%PDF-1.7 ...")
        self.assert_refused("not_a_table", make_zip(word__document_xml=b"<x/>"))
        self.assert_refused("damaged", b"PK\x03\x04 but no zip")
        self.assert_refused("damaged", make_zip(xl__workbook_xml=b"<x/>"))
        self.assert_refused("old_excel", reader._OLE + b"\x00" * 600)
        self.assert_refused("password", reader._OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))

    def test_limits(self):
        self.patch(reader, "MAX_ROWS", 3)
        self.assertEqual(len(reader.read_table(b"Naam\n1\n2\n3\n").rows), 3)
        self.assert_refused("too_many_rows", b"Naam\n1\n2\n3\n4\n")
        self.assert_refused("too_many_columns", b";".join(b"%d" % n for n in range(201)) + b"\n1")
        self.assert_refused("too_many_columns", make_xlsx(list(range(1, 202)), [1]))
        self.patch(reader, "MAX_BYTES", 10)
        self.assert_refused("too_big", b"Naam;Plaats")

    def test_zip_bomb_is_not_unpacked(self):
        self.patch(reader, "MAX_UNPACKED_BYTES", 1_000_000)
        self.assert_refused("bomb", make_zip(xl__workbook_xml=b"<x/>", xl__media_bin=b"\x00" * 1_000_001))
        entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        self.assert_refused("bomb", make_zip(xl__workbook_xml=entities))
