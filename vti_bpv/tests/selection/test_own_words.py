from datetime import date

from odoo.tests import BaseCase, tagged

from ...tools.own_words import MARK, Person, hide, tells_who

QUIRINE = Person("Quirine van der Zandstra", "zonnetje07@example.org", "06 12345678", "3511 AB", "Lijsterlaan 1")


@tagged("post_install", "-at_install")
class TestOwnWords(BaseCase):
    """What is taken out of a text of one's own, and what stays."""

    def test_nothing_of_it_is_left(self):
        for text in (
            "Quirine", "QUIRINE", "quirines fiets", "zandstra", "Q. Zandstra", "Q.v.d. Zandstra", "Zandstra, Q.",
            "qzandstra", "quirinezandstra07", "quirine_z", "Quirine Z.", "quirine-van-der-zandstra", "zonnetje07",
            "zonnetje07@example.org", "q.zandstra (at) example.org", "@zonnetje", "insta: zonnig", "www.quirine.nl",
            "quirine.nl", "https://example.org/q", "06 12345678", "06-12 34 56 78", "+31 6 12345678", "(06)12345678",
            "0.6.1.2.3.4.5.6.7.8", "0031612345678", "06, 12, 34, 56, 78", "3511 AB", "3511ab", "3511-AB",
            "Lijsterlaan", "lijsterlaan 1a",
        ):  # fmt: skip
            with self.subTest(text=text):
                left = hide(f"Ik las graag, {text} en ik soldeer", QUIRINE)
                self.assertIn(MARK, left)
                self.assertRegex(left, r"^Ik las graag, [\W_]*(fiets )?[\W_]*en ik soldeer$")
                # a surname without a capital may be a word
                self.assertEqual(tells_who(f"Ik las graag, {text} en ik soldeer", QUIRINE), text != "zandstra")

    def test_the_rest_stays(self):
        for text in (
            "", "Ik ga van der naar de andere", "In 2023-2024 en 2024-2025", "230 V, 10 mm2 en 1500 W", "3511 volt",
            "Ik werk bij de zandstralerij", "Een laan met lijsters", "Ik programmeer in node.js", "a, b, c",
        ):  # fmt: skip
            with self.subTest(text=text):
                self.assertEqual(hide(text, QUIRINE), text)
                self.assertFalse(tells_who(text, QUIRINE))

    def test_date_of_birth(self):
        quirine = Person("Quirine van der Zandstra", birth_date=date(2007, 3, 4))
        for text in (
            "4-3-2007", "04/03/2007", "4 maart 2007", "4 mrt '07", "4.3.07", "2007-03-04", "04 03 2007",
            "4e maart 2007",
        ):  # fmt: skip
            with self.subTest(text=text):
                self.assertEqual(hide(f"Geboren {text}, las graag", quirine), f"Geboren {MARK}, las graag")
                self.assertTrue(tells_who(text, quirine))
        for text in ("4-3-2026", "14-3-2007", "4-3-20071", "2007", "4 maart", "4307 AB", "432007 volt"):
            self.assertEqual(hide(text, quirine), text)

    def test_accents_and_ways_to_write_them(self):
        renee = Person("Ren\u00e9e M\u00fcller-\u00c7elik")
        for text in ("renee", "Ren\u00e9e", "Re\u0301ne\u0301e", "MULLER", "Celik", "\u00e7elik", "reneecelik"):
            self.assertEqual(hide(text, renee), MARK, text)
        self.assertEqual(hide("S\u00f8ren", Person("Soren Dahl")), MARK)
        self.assertEqual(hide("soren", Person("S\u00f8ren Dahl")), MARK)

    def test_names_that_are_words(self):
        ben, bo = Person("Ben de Groot"), Person("Bo Li")
        self.assertEqual(hide("ik ben Ben en ik ben blij", ben), f"ik ben {MARK} en ik ben blij")
        self.assertEqual(hide("b.degroot", ben), MARK)
        self.assertEqual(hide("ik heet Bo en ik lust bonen", bo), f"ik heet {MARK} en ik lust bonen")
        self.assertEqual(hide("bo li", bo), MARK)
        self.assertEqual(hide("kannen, plannen, Anne's", Person("Anne Jansen")), f"kannen, plannen, {MARK}")

    def test_a_surname_that_is_a_word_may_stand_on_a_card(self):
        ben = Person("Ben de Groot")
        self.assertFalse(tells_who("ik word groot", ben))
        self.assertTrue(tells_who("ik heet Groot", ben))

    def test_nobody_known(self):
        self.assertEqual(hide("Ik las graag", Person()), "Ik las graag")
        self.assertEqual(hide("Bel 06 87654321", Person()), f"Bel {MARK}")
