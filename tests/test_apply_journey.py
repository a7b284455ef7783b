"""Applying with wrong input, in a browser: each message beside its field, nothing lost, and then sent."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail
from odoo.addons.vti_bpv.controllers.selection import common
from odoo.addons.vti_bpv.tests.common import VtiMixin

from .browser import DESK, PHONE, BrowserCase

EMAIL = "mila.visser@example.org"
WRONG = {
    "name": "", "email": "mila.visser@", "phone": "12", "school_id": "other", "school_name": "",
    "qualification_id": "", "motivation": "Ik hou van techniek.",
}  # fmt: skip
MESSAGES = """() => [...document.querySelectorAll("#form [aria-invalid='true']")].map((control) => {
    const words = document.getElementById(`${control.name}_error`);
    const field = control.closest(".vti-field");
    const told = (control.getAttribute("aria-describedby") || "").split(" ").includes(words && words.id);
    const below = control.getBoundingClientRect().bottom;
    const near = field.contains(words) && words.getBoundingClientRect().top < below + 40;
    return [control.name, told && near && words.offsetHeight > 0 ? words.innerText.trim() : null];
})"""
SUMMARY = """() => [...document.querySelectorAll(".vti-errors a")].map(
    (link) => [link.getAttribute("href").slice(1), link.innerText.trim()]
)"""


@tagged("post_install", "-at_install")
class TestApplyJourney(VtiMixin, MockEmail, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(common, "MIN_SECONDS", 0))  # a browser fills in faster than any person
        cls.env.company.email = "stage@vti.example.org"
        cls.place = cls.make_vacancy(name="Monteur warmtepompen")

    def test_on_a_phone(self):
        self.apply_with_wrong_input(PHONE)

    def test_on_a_desk(self):
        self.apply_with_wrong_input(DESK)

    def apply_with_wrong_input(self, size):
        with self.mock_mail_gateway():
            visitor = self.visitor = self.person("student", size)
            visitor.open(f"{self.place._get_page_path()}/apply")
            self.assertFalse(visitor.page.locator("[name=school_name]").is_visible(), "asked of nobody yet")
            visitor.fill(**{name: text for name, text in WRONG.items() if text})
            self.assertTrue(visitor.page.locator("[name=school_name]").is_visible(), "who isn't in the list is asked")
            self.assertFalse(visitor.texts("label[for=school_name] .vti-field__optional"))
            self.send_wrong(["name", "email", "phone", "school_name", "qualification_id"])
            self.assertEqual(self.typed(), WRONG)
            self.follow_the_summary("email")
            visitor.fill(name="Mila Visser", email=EMAIL, school_name="Techniekschool Oost")
            visitor.page.set_input_files("[name=cv]", {"name": "cv.pdf", "mimeType": "text/plain", "buffer": b"Hoi"})
            self.send_wrong(["phone", "qualification_id", "cv"])
            visitor.fill(phone="06 12345678", qualification_id=str(self.qualification.id))
            cv = {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 ..."}
            visitor.page.set_input_files("[name=cv]", cv)
            visitor.press("#form button")
        self.assertEqual(visitor.path, f"{self.place._get_page_path()}/apply/sent")
        self.assertIn(EMAIL, visitor.texts("main")[0])
        asked = self.env["vti.application.request"].search([("email", "=", EMAIL)])
        self.assertEqual(
            (asked.vacancy_id, asked.name, asked.phone, asked.school_name, asked.qualification_id, asked.cv_name),
            (self.place, "Mila Visser", "06 12345678", "Techniekschool Oost", self.qualification, "cv.pdf"),
        )
        self.assertEqual(asked.motivation, WRONG["motivation"], "what was typed the first time")
        self.assertEqual([*dict.fromkeys(self.problems)], [])

    def send_wrong(self, names):
        """Send the form; these fields, and no others, say what is wrong with them."""
        page = self.visitor.page
        self.visitor.press("#form button", status=422)
        messages = page.evaluate(MESSAGES)
        self.assertEqual([name for name, _words in messages], names)
        self.assertTrue(all(words for _name, words in messages), f"beside its field, and read out: {messages}")
        self.assertEqual(sorted(page.evaluate(SUMMARY)), sorted(messages))
        focused = page.evaluate("document.activeElement.className")
        self.assertEqual(focused, "vti-errors", "the summary is met first")

    def follow_the_summary(self, name):
        self.visitor.page.locator(f".vti-errors a[href='#{name}']").click()
        self.assertEqual(self.visitor.page.evaluate("document.activeElement.name"), name)

    def typed(self):
        return {name: self.visitor.page.locator(f"#form [name='{name}']").input_value() for name in WRONG}
