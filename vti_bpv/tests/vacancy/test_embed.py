from lxml import html

from odoo.tests import tagged

from ..common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestEmbed(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).default_lang_id = cls.env.ref("base.lang_en")
        cls.env["vti.vacancy"].search([]).write({"state": "closed"})
        cls.place = cls.make_vacancy(name="Elektromonteur <b>")
        cls.other_company.write({"zip": "9711 AA", "city": "Groningen"})
        cls.other_place = cls.make_vacancy(cls.other_company, name="Loodgieter")

    def get(self, path, status=200):
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.status_code, status, path)
        return answer

    def titles(self, path):
        page = html.fromstring(self.get(path).text)
        return {a.text_content() for a in page.xpath("//*[contains(@class, 'vti-card__title')]/a")}

    def test_a_company_shows_its_own(self):
        self.assertEqual(self.titles(f"/stages/embed?company={self.company.id}"), {"Elektromonteur <b>"})
        self.assertEqual(self.titles(f"/stages/embed?company={self.other_company.id}"), {"Loodgieter"})
        self.place.state = "paused"
        self.assertEqual(self.titles(f"/stages/embed?company={self.company.id}"), set())

    def test_a_school_shows_what_is_near(self):
        self.assertEqual(self.titles(f"/stages/embed?school={self.school.id}"), {"Elektromonteur <b>"})
        everywhere = self.titles(f"/stages/embed?school={self.school.id}&km=any")
        self.assertEqual(everywhere, {"Elektromonteur <b>", "Loodgieter"})
        self.assertEqual(self.titles(f"/stages/embed?school={self.school.id}&level=4"), set())
        self.assertEqual(self.titles(f"/stages/embed?school={self.school.id}&near=9711"), {"Loodgieter"})

    def test_nobody_else_is_shown(self):
        loose = self.make_company("No member", membership_state=False)
        for query in (
            f"company={loose.id}", f"company={self.school.id}", f"school={self.company.id}", "company=x",
            f"company={self.student.partner_id.id}", "school=99999999999999", "company=0", "school=-1",
        ):  # fmt: skip
            self.get(f"/stages/embed?{query}", 404)
        self.school.active = False
        self.get(f"/stages/embed?school={self.school.id}", 404)

    def test_only_this_page_may_stand_in_a_frame(self):
        answer = self.get(f"/stages/embed?company={self.company.id}")
        self.assertIn("frame-ancestors *", answer.headers["Content-Security-Policy"])
        self.assertNotIn("script-src", answer.headers["Content-Security-Policy"])
        self.assertNotIn("X-Frame-Options", answer.headers)
        self.assertFalse(html.fromstring(answer.text).xpath("//script"))
        for path in ("/", "/stages", self.place._get_page_path(), "/web/login", "/contact"):
            headers = self.get(path).headers
            self.assertEqual(headers["Content-Security-Policy"], "frame-ancestors 'self'", path)
            self.assertIn(headers["X-Frame-Options"], ("SAMEORIGIN", "DENY"), path)

    def test_with_the_script_it_tells_its_height(self):
        answer = self.get(f"/stages/embed?company={self.company.id}&fit=1")
        scripts = html.fromstring(answer.text).xpath("//script/@src")
        self.assertEqual(scripts, ["/vti_bpv/static/embed/height.js"])
        self.assertIn("script-src 'self'", answer.headers["Content-Security-Policy"])

    def test_links_leave_the_frame_and_pages_stay_in_it(self):
        for number in range(21):
            self.make_vacancy(name=f"Plek {number}")
        page = html.fromstring(self.get(f"/stages/embed?school={self.school.id}&fit=1&level=2").text)
        self.assertEqual(page.xpath("//base/@target"), ["_blank"])
        (link,) = page.xpath("//a[@target='_self']")
        self.assertEqual(link.get("href"), f"/stages/embed?school={self.school.id}&fit=1&near=3526+KV&level=2&page=2")
        second = html.fromstring(self.get(link.get("href")).text)
        self.assertEqual(len(second.xpath("//article")), 2)
        self.assertEqual(len(second.xpath("//a[@target='_self']")), 1)

    def test_the_code_is_ones_own(self):
        for user, expected, heading in (
            (self.user_company, f"company={self.company.id}", "Bakker Techniek"),
            (self.user_other_company, f"company={self.other_company.id}", "De Vries Elektra"),
            (self.user_school, f"school={self.school.id}", "ROC Utrecht-Zuid"),
            (self.user_other_school, f"school={self.other_school.id}", "Techniek College"),
        ):
            self.authenticate(user.login, user.login)
            page = html.fromstring(self.get("/my/embed").text)
            frame, script = (area.text for area in page.xpath("//textarea"))
            (shown,) = html.fromstring(f"<div>{frame}</div>").xpath("//iframe")
            self.assertTrue(shown.get("src").endswith(f"/stages/embed?{expected}"), shown.get("src"))
            self.assertIn(heading, shown.get("title"))
            self.assertEqual(html.fromstring(f"<div>{script}</div>").xpath("//script/@data-list"), [expected])
        self.authenticate(self.user_student.login, self.user_student.login)
        self.get("/my/embed", 404)

    def test_a_school_chooses_distance_and_level(self):
        self.authenticate(self.user_school.login, self.user_school.login)
        page = html.fromstring(self.get("/my/embed?km=50&level=2&level=3&near=x&q=y").text)
        frame = html.fromstring(f"<div>{page.xpath('//textarea')[0].text}</div>").xpath("//iframe")[0]
        self.assertTrue(frame.get("src").endswith(f"?school={self.school.id}&km=50&level=2&level=3"), frame.get("src"))

    def test_a_name_cannot_break_the_code(self):
        self.company.name = 'A "B" <script> & C'
        self.authenticate(self.user_company.login, self.user_company.login)
        page = html.fromstring(self.get("/my/embed").text)
        frame, script = (area.text for area in page.xpath("//textarea"))
        for code, name, attribute in ((frame, "iframe", "title"), (script, "script", "data-title")):
            (element,) = html.fragments_fromstring(code)
            self.assertEqual(element.tag, name)
            self.assertIn(self.company.name, element.get(attribute))
