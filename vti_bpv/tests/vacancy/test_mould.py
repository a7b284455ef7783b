from markupsafe import Markup

from odoo.tests import BaseCase, tagged

from ...tools.mould import END, START, Address, Mould, stand_in, take_apart


def write(values):
    """A template: a heading, links, what is said where there is something to say, and badges."""
    html = Markup("<h1>%s</h1>%s<a href='/en%s'/>") % (values["title"], values["body"], values["link"])
    if values["note"]:
        html += Markup("<p>Note: %s</p>") % values["note"]
    if values["is_over"]:
        html += Markup("<p>Over</p>")
    for badge in values["badges"]:
        html += Markup("<i>%s</i>") % badge["text"]
    return html


@tagged("post_install", "-at_install")
class TestMould(BaseCase):
    def values(self, **changes):
        return {
            "title": "Fitter", "body": Markup("<b>Pipes</b>"), "link": Address("/stages/1"), "note": "",
            "is_over": False, "badges": [{"text": "bol"}], **changes,
        }  # fmt: skip

    def test_one_mould_gives_all_pages_of_a_shape(self):
        first = self.values()
        shape, texts = take_apart(first)
        mould = Mould(write(stand_in(first)))
        self.assertEqual(mould.fill(texts), write(first))
        second = self.values(title='<i>O\'Neill & "zn"</i>', link=Address("/stages/2"), body=Markup("<b>%s</b>") % "<")
        other_shape, texts = take_apart(second)
        self.assertEqual(other_shape, shape)
        self.assertEqual(mould.fill(texts), write(second))

    def test_what_a_template_may_decide_on_has_a_mould_of_its_own(self):
        shapes = [
            take_apart(self.values(**changes))[0]
            for changes in (
                {}, {"note": "Bring shoes"}, {"is_over": True}, {"is_over": 1}, {"badges": []}, {"title": ""},
                {"badges": [{"text": "bol"}, {"text": "4"}]}, {"body": "no HTML"}, {"link": None}, {"link": "/x"},
                {"link": Address("https://vti.nl")}, {"link": Address("?q=1")}, {"link": Address("")},
            )
        ]  # fmt: skip
        self.assertEqual(len(set(shapes)), len(shapes))

    def test_a_text_with_marks_of_ours_is_a_text(self):
        mould = Mould(write(stand_in(self.values())))
        values = self.values(title=f"{START}.body{END}")
        self.assertEqual(mould.fill(take_apart(values)[1]), write(values))

    def test_nothing_that_changes_by_itself(self):
        for value in (object(), {"set"}, b"bytes"):
            with self.assertRaises(TypeError):
                take_apart({"place": value})

    def test_nothing_of_one_visitor(self):
        for html in ("<input name='csrf_token' value='x'/>", "<a href='/x?next=%EE%80%80.title%EE%80%81'/>"):
            with self.assertRaises(ValueError):
                Mould(html)
