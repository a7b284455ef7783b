from datetime import date, datetime, time

from odoo.tests import BaseCase, tagged

from ...importing import fields
from ...importing.formats import get_format
from ...importing.problems import CellProblem


@tagged("post_install", "-at_install")
class TestFields(BaseCase):
    def assert_takes(self, converter, pairs):
        for cell, value in pairs:
            with self.subTest(converter.__name__, cell=cell):
                self.assertEqual(converter(cell, None), value)

    def assert_refuses(self, converter, pairs):
        for cell, code in pairs:
            with self.subTest(converter.__name__, cell=cell):
                with self.assertRaises(CellProblem) as caught:
                    converter(cell, None)
                self.assertEqual(caught.exception.code, code)

    def test_dates(self):
        day = date(2026, 9, 1)
        self.assert_takes(
            fields.to_date,
            [
                ("01-09-2026", day),
                ("1/9/2026", day),
                ("1.9.2026", day),
                ("2026-09-01", day),
                ("2026-09-01 00:00:00", day),
                ("1 september 2026", day),
                ("1 sep 2026", day),
                (datetime(2026, 9, 1, 12), day),
                (day, day),
                (46266, day),
                ("29-02-2028", date(2028, 2, 29)),
                ("1 maart 2026", date(2026, 3, 1)),
            ],
        )
        self.assert_refuses(
            fields.to_date,
            [
                ("31-02-2026", "date_none"),
                ("29-02-2026", "date_none"),
                ("02/13/2026", "date_none"),
                ("1-9-26", "date_year"),
                ("morgen", "date"),
                ("00-00-0000", "date_none"),
                ("1-1-1066", "date_none"),
                (date(1866, 1, 1), "date_none"),
            ],
        )

    def test_numbers(self):
        self.assert_takes(
            fields.to_float,
            [
                ("1,5", 1.5),
                ("1.5", 1.5),
                ("1.234,50", 1234.5),
                ("€ 350", 350.0),
                ("€ 350,-", 350.0),
                ("12.500", 12500.0),
                (3, 3.0),
                ("0", 0.0),
            ],
        )
        self.assert_refuses(
            fields.to_float,
            [
                ("veel", "number"),
                ("1,2,3", "number"),
                ("-1", "number_reach"),
                (True, "number"),
                ("1e9", "number"),
                (float("nan"), "number"),
                (1e12, "number_reach"),
            ],
        )
        self.assert_takes(fields.to_integer, [("4", 4), (4.0, 4), ("4,0", 4)])
        self.assert_refuses(fields.to_integer, [("4,5", "integer")])
        self.assert_takes(
            fields.to_hour,
            [("7:30", 7.5), ("07.30", 7.5), ("8", 8.0), ("8 uur", 8.0), (time(16, 15), 16.25), (0.5, 12.0), (8, 8.0)],
        )
        self.assert_refuses(fields.to_hour, [("25:00", "hour"), ("7:75", "hour"), ("vroeg", "hour")])

    def test_booleans(self):
        self.assert_takes(
            fields.to_boolean,
            [
                ("ja", True),
                ("X", True),
                ("WAAR", True),
                (1, True),
                (True, True),
                ("nee", False),
                ("N", False),
                (0, False),
            ],
        )
        self.assert_refuses(fields.to_boolean, [("misschien", "boolean")])

    def test_numbers_that_are_names(self):
        self.assert_takes(
            fields.to_kvk, [("01234567", "01234567"), (12345678, "12345678"), ("12.34.56 78", "12345678")]
        )
        self.assert_refuses(fields.to_kvk, [(1234567, "kvk_seven"), ("123", "kvk"), ("1234567a", "kvk")])
        self.assert_takes(fields.to_crebos, [("25737, 25739;25737", ["25737", "25739"]), (25737.0, ["25737"])])
        self.assert_refuses(fields.to_crebos, [("25737 en 1", "crebo")])
        self.assert_takes(fields.to_code, [("007", "007"), (100001.0, "100001")])

    def test_addresses(self):
        self.assert_takes(
            fields.to_email,
            [(" Sam@Example.org ", "sam@example.org"), ("mailto:a@b.nl", "a@b.nl"), ("o'neill@b.nl", "o'neill@b.nl")],
        )
        self.assert_refuses(
            fields.to_email,
            [("sam @example.org", "email_space"), ("sam", "email"), ("a@b", "email"), ("a@b.nl;c@d.nl", "email")],
        )
        self.assert_takes(
            fields.to_zip, [("3447gg", "3447 GG"), (3447, "3447"), (" 3447  GG ", "3447 GG"), ("B-2000", "B-2000")]
        )
        self.assert_takes(
            fields.to_phone,
            [("+31 6 12345678", "+31 6 12345678"), (612345678, "0612345678"), ("(030) 123 45 67", "(030) 123 45 67")],
        )
        self.assert_refuses(fields.to_phone, [("=cmd", "phone"), ("bel me", "phone"), ("+31(0)6;rm", "phone")])
        self.assert_takes(fields.to_url, [("voorbeeld.nl", "https://voorbeeld.nl"), ("http://a.nl/b", "http://a.nl/b")])
        self.assert_refuses(fields.to_url, [("javascript:alert(1)", "url"), ("geen", "url")])

    def test_formulas(self):
        self.assert_refuses(
            fields.to_char,
            [
                ("=1+1", "formula"),
                ("@SUM(A1)", "formula"),
                ("+A1", "formula"),
                ("-A1", "formula"),
                ("x" * 251, "too_long"),
            ],
        )
        self.assert_refuses(fields.to_text, [("=HYPERLINK(1)", "formula"), ("-2+3+cmd|' /C calc'!A0", "formula")])
        self.assert_takes(fields.to_text, [("- kabels trekken\n- meten", "- kabels trekken\n- meten")])
        self.assert_takes(fields.to_char, [("a = b", "a = b"), ("  veel   wit ", "veel wit")])

    def test_choices(self):
        status = get_format("recognition").by_name["status"]
        self.assertEqual(status.convert("Geldig"), "valid")
        self.assertEqual(status.convert("INGETROKKEN"), "withdrawn")
        with self.assertRaises(CellProblem) as caught:
            status.convert("geldg")
        self.assertEqual(caught.exception.params["guess"], "geldig")
        roles = get_format("contact").by_name["roles"]
        self.assertEqual(
            roles.convert("Praktijkopleider, BPV-Coordinator"), ["practical_trainer", "school_coordinator"]
        )
