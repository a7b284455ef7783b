"""What a company does alone: make a place with the mistakes people make, and answer who applied."""

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail
from odoo.addons.vti_bpv.tests.common import VtiMixin

from .browser import DESK, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestCompanyJourneys(VtiMixin, MockEmail, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.user_company | cls.user_student).lang = "nl_NL"
        cls.make_recognition(cls.company)
        today = cls.env["vti.placement"]._get_today()
        cls.first_day, cls.last_day = today + timedelta(days=70), today + timedelta(days=210)
        cls.meeting = f"{today + timedelta(days=7)}T10:00"

    def test_place_with_mistakes_then_right(self):
        employer = self.person("company", PHONE)
        employer.open("/my")
        employer.log_in(self.user_company.login)
        employer.press("#vti_home_start a[href='/my/places/new']")
        employer.fill(
            date_from=str(self.last_day), date_to=str(self.first_day), days_per_week="-3", hours_per_week="veel"
        )
        employer.fill(description="Je sluit pompen aan. " * 250, allowance="350,50")
        employer.press(".vti-form__actions button", status=422)
        wrong = ["name", "date_to", "days_per_week", "hours_per_week", "description"]
        marked = employer.page.locator("[aria-invalid='true']").evaluate_all("(nodes) => nodes.map((n) => n.name)")
        self.assertEqual(marked, wrong)
        links = employer.page.locator(".vti-errors a").evaluate_all("(nodes) => nodes.map((n) => n.hash.slice(1))")
        self.assertEqual(links, wrong)
        self.assertTrue(employer.page.locator(".vti-errors").evaluate("(node) => node === document.activeElement"))
        self.assertEqual(employer.page.input_value("[name='allowance']"), "350,50")
        self.assertGreater(len(employer.page.input_value("[name='description']")), 5000)
        employer.fill(name="Stage warmtepompen", learning_path="bol", description="Je sluit pompen aan.")
        employer.fill(date_from=str(self.first_day), date_to=str(self.last_day), days_per_week="4", hours_per_week="32")
        employer.page.check("[name='qualification_ids']")
        employer.page.check("[name='task_ids'] >> nth=0")
        employer.press(".vti-form__actions button")
        place = self.env["vti.vacancy"].search([("employer_id", "=", self.company.id)])
        self.assertEqual(
            (place.name, place.state, place.days_per_week, place.allowance),
            ("Stage warmtepompen", "draft", 4, 350.5),
        )
        self.assertEqual(employer.path, f"/my/places/{place.id}")
        employer.press("form[action$='/submit'] button")
        self.assertEqual(place.state, "review")
        employer.open("/my/places?tab=draft")
        self.assertEqual(employer.texts(".vti-list h2"), [place.name])
        self.assertEqual([*dict.fromkeys(self.problems)], [])

    def test_invite_offer_and_turn_down(self):
        place = self.make_vacancy(date_from=self.first_day, date_to=self.last_day)
        first, second = (
            self.make_application(self.make_student(name), place) for name in ("Mila Visser", "Noor Bakker")
        )
        with self.mock_mail_gateway():
            self.desk_invites_and_offers(first, other=second)
            self.phone_turns_down_from_the_mail(second)
        self.assertEqual([*dict.fromkeys(self.problems)], [])

    def desk_invites_and_offers(self, application, other):
        employer = self.person("company", DESK)
        employer.open("/my/candidates")
        employer.log_in(self.user_company.login)
        self.assertEqual({*employer.texts("article h2")}, {"Mila Visser", "Noor Bakker"})
        employer.press("article h2 a:has-text('Mila')")
        employer.unfold("form[action$='/invite']")
        employer.fill(meeting_at="2020-01-01T10:00", meeting_kind="phone", meeting_note="Ik bel je.")
        employer.press("form[action$='/invite'] button", status=422)
        self.assertEqual(employer.page.input_value("[name='meeting_note']"), "Ik bel je.")
        employer.fill(meeting_at=self.meeting)
        employer.press("form[action$='/invite'] button")
        self.assertEqual(
            (application.state, application.meeting_kind, application.meeting_note), ("invited", "phone", "Ik bel je.")
        )
        employer.unfold("form[action$='/offer']")
        employer.fill(date_to=str(self.first_day - timedelta(days=1)), offer_note="Tot dan!")
        employer.press("form[action$='/offer'] button", status=422)
        self.assertEqual(employer.page.input_value("[name='offer_note']"), "Tot dan!")
        employer.fill(date_to=str(self.last_day))
        employer.press("form[action$='/offer'] button")
        self.assertEqual(
            (application.state, application.offer_date_to, application.offer_note),
            ("offered", self.last_day, "Tot dan!"),
        )
        employer.open("/my/candidates")
        self.assertEqual(employer.texts("article h2"), ["Noor Bakker"], "who still waits")
        self.assertEqual(other.state, "submitted")

    def phone_turns_down_from_the_mail(self, application):
        link = f"/application/company/{application._sign_link('application_company', self.recruiter)}"
        guest = self.person("guest", PHONE)
        guest.open(link)
        self.assertEqual(guest.texts("h1"), ["Noor"], "a forwarded mail tells no more than a first name")
        self.assertEqual(application.state, "submitted", "looking answers nothing")
        guest.unfold("form[action$='/refuse']")
        guest.fill(refuse_note="Je verhaal was leuk.")
        guest.press("form[action$='/refuse'] button", status=422)
        self.assertEqual(guest.page.input_value("[name='refuse_note']"), "Je verhaal was leuk.")
        reason = self.env["vti.refusal.reason"]._get_choices()[0]
        guest.fill(reason_id=str(reason.id))
        guest.press("form[action$='/refuse'] button")
        self.assertEqual(
            (application.state, application.refusal_reason_id, application.refusal_note),
            ("refused", reason, "Je verhaal was leuk."),
        )
        guest.open(link)
        self.assertEqual(guest.page.locator("#form").count(), 0, "once is enough")
        self.assertNotIn("Noor", guest.texts("#main")[0])
