"""The pages of the site itself: VTI's look, nothing of Odoo's, and usable by everybody."""

import json

from lxml import html

from odoo.tests import HttpCase, new_test_user
from odoo.tools import mute_logger

from odoo.addons.vti_bpv.tests.common import VtiMixin

from dev.paths import axe_js

DEFAULTS = ("Your logo", "Your Logo", "Powered by", "My Website", "My Company", "YourCompany", "odoo.com")
PUBLIC = (
    "/", "/stages", "/voor-bedrijven", "/voor-scholen", "/over-vti", "/privacy", "/contact", "/web/login",
    "/web/reset_password", "/event",
)  # fmt: skip
PORTAL = ("/my", "/my/account", "/my/security")
AXE = """
axe.run(document).then((found) => {
    const rows = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`);
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) rows.push(`scrolls sideways by ${wide}`);
    rows.length ? console.error(rows.join("\\n")) : console.log("test successful");
});
"""


class PageCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "sam@example.org", groups="base.group_portal", name="Sam Jansen")

    def get(self, path, lang="nl_NL", **options):
        return self.url_open(path, allow_redirects=False, cookies={"frontend_lang": lang}, **options)


class TestPages(PageCase):
    def assert_ours(self, path):
        answer = self.get(path)
        self.assertEqual(answer.status_code, 200, path)
        self.assertEqual([words for words in DEFAULTS if words in answer.text], [], path)
        page = html.fromstring(answer.content)
        self.assertEqual(page.get("lang"), "nl-NL", path)
        self.assertIn("| VTI", page.xpath("string(//title)"), path)
        self.assertEqual(len(page.xpath("//*[@id='main']")), 1, path)
        self.assertFalse(page.xpath("//img[contains(@src, '/web/static/img')]"), path)

    def test_nothing_of_odoo_for_visitors(self):
        for path in PUBLIC:
            self.assert_ours(path)

    def test_nothing_of_odoo_for_portal_users(self):
        self.authenticate(self.user.login, self.user.login)
        for path in PORTAL:
            self.assert_ours(path)

    def test_nobody_hears_which_version_runs_here(self):
        self.assertEqual(self.get("/website/info").status_code, 404)
        self.assertNotIn("/website/info", self.get("/sitemap.xml").text)

    def test_errors_say_what_to_do(self):
        answer = self.get("/no-such-page")
        self.assertEqual(answer.status_code, 404)
        page = html.fromstring(answer.content)
        self.assertEqual(page.xpath("//meta[@name='robots']/@content"), ["noindex"])
        self.assertTrue(page.xpath("//main//a[@href='/stages']"))
        self.assertEqual([words for words in DEFAULTS if words in answer.text], [])

    def test_the_menu_is_ours(self):
        for lang, prefix in (("nl_NL", ""), ("en_US", "/en")):
            page = html.fromstring(self.get(prefix or "/", lang=lang).content)
            self.assertEqual(
                page.xpath("//nav[@class='vti-nav']//a/@href"),
                [f"{prefix}/stages", f"{prefix}/voor-bedrijven", f"{prefix}/voor-scholen"],
            )

    def test_staff_go_to_the_back_office(self):
        staff = new_test_user(self.env, "staff@example.org", groups="vti_bpv.group_user")
        self.authenticate(staff.login, staff.login)
        answer = self.get("/my")
        self.assertEqual((answer.status_code, answer.headers["Location"]), (303, "/odoo"))

    def test_home_page_counts_in_few_queries(self):
        website = self.env["website"].search([], limit=1)
        website._get_home_numbers()
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            website._get_home_numbers()


class TestContact(PageCase):
    def send(self, **values):
        token = html.fromstring(self.get("/contact").content).xpath("string(//input[@name='csrf_token']/@value)")
        return self.get("/contact", data={"csrf_token": token, **values})

    def leads(self):
        return self.env["crm.lead"].search([("email_from", "=", "kim@example.org")])

    def test_errors_stand_at_their_field(self):
        answer = self.send(name="Kim", email="kim@", message="", about="company")
        self.assertEqual(answer.status_code, 422)
        page = html.fromstring(answer.content)
        self.assertEqual(page.xpath("//*[@aria-invalid='true']/@name"), ["email", "message"])
        self.assertEqual(page.xpath("//input[@name='name']/@value"), ["Kim"])
        self.assertEqual(page.xpath("//option[@selected]/@value"), ["company"])

    def test_a_message_becomes_a_lead(self):
        answer = self.send(
            name="Kim", email="kim@example.org", organisation="Kim BV", message="Hi <b>", about="company"
        )
        self.assertEqual((answer.status_code, answer.headers["Location"]), (303, "/contact"))
        (lead,) = self.leads()
        self.assertEqual((lead.partner_name, lead.contact_name), ("Kim BV", "Kim"))
        self.assertIn("&lt;b&gt;", lead.description)
        self.assertIn("vti-flash", self.get("/contact").text)
        self.assertNotIn('class="vti-flash', self.get("/contact").text, "shown once")

    def test_a_long_message_is_kept_and_told(self):
        answer = self.send(name="Kim", email="kim@example.org", message="x" * 4001, about="question")
        self.assertEqual(answer.status_code, 422)
        page = html.fromstring(answer.content)
        self.assertEqual(page.xpath("//*[@aria-invalid='true']/@name"), ["message"])
        self.assertEqual(len(page.xpath("string(//textarea[@name='message'])").strip()), 4001)
        self.assertFalse(self.leads())

    def test_robots_are_thanked_and_forgotten(self):
        answer = self.send(name="Kim", email="kim@example.org", message="Hi", website="http://spam.example.org")
        self.assertEqual(answer.status_code, 303)
        self.assertFalse(self.leads())

    def test_without_token_nothing_happens(self):
        with mute_logger("odoo.http"):
            answer = self.get("/contact", data={"name": "Kim", "email": "kim@example.org", "message": "Hi"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.leads())


class TestPasswords(PageCase):
    def ask(self, login):
        token = html.fromstring(self.get("/web/reset_password").content).xpath(
            "string(//input[@name='csrf_token']/@value)"
        )
        return self.get("/web/reset_password", data={"csrf_token": token, "login": login})

    def test_who_has_an_account_is_not_told(self):
        pages = [html.fromstring(self.ask(login).content) for login in ("sam@example.org", "no.one@example.org")]
        known, unknown = (page.xpath("normalize-space(//main)") for page in pages)
        self.assertEqual(known, unknown)
        self.assertIn("Kennen we dit adres", known)

    def test_heading_says_what_the_page_is_for(self):
        page = html.fromstring(self.get("/web/reset_password").content)
        self.assertEqual(page.xpath("normalize-space(//h1)"), "Wachtwoord vergeten?")

    def test_an_old_link_offers_a_new_one(self):
        page = html.fromstring(self.get("/web/reset_password?token=old").content)
        self.assertTrue(page.xpath("//main//a[@href='/web/reset_password']"))
        self.assertFalse(page.xpath("//main//form"))


class TestAddressOfButton(PageCase):
    def test_reloading_it_leads_back_to_the_form(self):
        self.authenticate(self.user.login, self.user.login)
        for path, page in (("/my/places/1/pause", "/my/places/1"), ("/my/consents/3/withdraw", "/my/profile")):
            answer = self.get(path)
            self.assertEqual((answer.status_code, answer.headers.get("Location")), (303, page))


class TestEverybody(PageCase):
    """axe, on a phone and at a desk."""

    def check(self, paths, login=None):
        code = axe_js().read_text() + AXE
        for size in ("390x844", "1280x900"):
            self.browser_size = size
            for path in paths:
                with self.subTest(json.dumps([path, size])):
                    self.browser_js(path, code, login=login)

    def test_visitors(self):
        self.env["event.event"].create(
            {
                "name": "Open day",
                "date_begin": "2036-03-01 09:00:00",
                "date_end": "2036-03-01 12:00:00",
                "is_published": True,
            }
        )
        self.check(["/", "/contact", "/web/login", "/web/reset_password", "/voor-bedrijven", "/event"])

    def test_portal(self):
        self.check(["/my", "/my/security"], login=self.user.login)


class TestHome(VtiMixin, PageCase):
    """Each person's start page leads to that person's pages and to nobody else's."""

    def cards(self, user):
        self.authenticate(user.login, user.login)
        page = html.fromstring(self.get("/my").content)
        return [url for url in page.xpath("//*[@id='vti_home_cards']//h2/a/@href") if url not in PORTAL]

    def test_cards(self):
        student, company, school = (self.cards(u) for u in (self.user_student, self.user_company, self.user_school))
        for urls in (student, company, school):
            self.assertEqual(len(urls), len({*urls}), "each page once")
        self.assertLess({"/my/profile", "/my/internships"}, {*student, "more"})
        self.assertFalse({*student} & {"/my/places", "/my/candidates", "/my/school", "/my/company"})
        self.assertLess({"/my/places", "/my/company", "/my/internships"}, {*company, "more"})
        self.assertFalse({*company} & {"/my/profile", "/my/applications", "/my/school"})
        self.assertEqual(school, ["/my/internships", "/my/school", "/event", "/my/lessons"])
