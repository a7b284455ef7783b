from unittest.mock import patch

from lxml import html
from markupsafe import escape

from ...models.network.ir_http import IrHttp
from ...models.network.ir_qweb import IrQweb
from ..common import VtiHttpCase

PAGE = """
<t t-call="vti_bpv.layout">
    <t t-set="title">Places</t>
    <t t-set="no_index" t-value="True"/>
    <t t-set="errors" t-value="{'email': 'Type a whole address.'}"/>
    <t t-set="values" t-value="{'email': 'sam@'}"/>
    <t t-call="vti_bpv.errors"/>
    <form method="post">
        <t t-call="vti_bpv.field">
            <t t-set="name" t-value="'email'"/>
            <t t-set="label">E-mail</t>
            <t t-set="help">To answer you.</t>
        </t>
        <t t-call="vti_bpv.field">
            <t t-set="name" t-value="'phone'"/>
            <t t-set="label">Phone</t>
            <t t-set="required" t-value="False"/>
        </t>
    </form>
</t>
"""

ADDRESSES = [
    "/", "/stages", "/stages?q=a&near=3447", "/stages/feed.atom", "/my", "/nl/stages", "/en/stages#top", "/web/login",
    "?page=2", "#top", "//elsewhere.nl/x", "/a/../b", "https://elsewhere.nl/en/x", "mailto:sam@school.nl",
    "javascript:alert(1)", " /stages", "/vti_bpv/static/src/img/icon.svg", "", None,
]  # fmt: skip
LINKS = """
<t t-call="vti_bpv.layout">
    <t t-foreach="%s" t-as="address">
        <a t-att-href="address">x</a> <form t-att-action="address"/> <img t-att-src="address" alt=""/>
        <p t-att-class="address" t-att-style="address and 'background-image: url(%%s)' %% address"/>
    </t>
    <a href="/stages">x</a>
</t>
"""


class TestLayout(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.env["website.page"].create(
            {"name": "Look", "type": "qweb", "key": "website.look", "arch": PAGE, "url": "/look", "is_published": True}
        )

    def page(self, user=None, path="/look"):
        self.authenticate(user and user.login, user and user.login)
        answer = self.url_open(path, allow_redirects=False, cookies={"frontend_lang": "nl_NL"})
        self.assertEqual(answer.status_code, 200)
        return html.fromstring(answer.content)

    def test_a_visitor_gets_the_lean_page(self):
        for user in (None, self.user_student):
            page = self.page(user)
            self.assertEqual(page.xpath("string(//title)"), f"Places | {self.website.name}")
            self.assertEqual(page.xpath("//meta[@name='robots']/@content"), ["noindex"])
            self.assertEqual(page.get("lang"), "nl-NL")
            self.assertEqual(len(page.xpath("//main")), 1)
            loaded = page.xpath("//link[@rel='stylesheet']/@href") + page.xpath("//script/@src")
            self.assertTrue(loaded)
            self.assertEqual([url for url in loaded if "vti_bpv.assets_public" not in url], [])

    def test_an_editor_gets_odoos_page(self):
        page = self.page(self.user_vti_coordinator)
        self.assertTrue(page.xpath("//*[@id='wrapwrap']//*[@id='main']"))
        self.assertEqual(len(page.xpath("//main")), 1)

    def test_who_put_odoos_blocks_in_a_page_shows_them_to_all_in_odoos_style(self):
        zone = '<div class="oe_structure" id="oe_structure_look_1">%s</div>'
        for name, inside, is_lean in (
            ("empty", "", True),
            ("ours", '<section class="s_vti_week vti" data-snippet="s_vti_week">x</section>', True),
            ("odoos", '<section class="s_banner" data-snippet="s_banner">x</section>', False),
            ("text", '<p class="lead"><span class="h2-fs">x</span></p>', False),
            ("button", '<a class="mb-2 btn btn-primary" href="/">x</a>', False),
            ("own_button", '<a class="vti-btn" href="/">x</a>', True),
        ):
            for where in ("inside", "below"):
                part = zone % inside
                if where == "below":
                    part = f'<t t-set="below">{part}</t>'
                arch = f'<t t-call="vti_bpv.layout_zones"><t t-set="title">Look</t>{part}<p>Text</p></t>'
                self.env["website.page"].create({
                    "name": name, "type": "qweb", "key": f"website.{where}_{name}", "arch": arch,
                    "url": f"/{where}-{name}", "is_published": True,
                })  # fmt: skip
                page = self.page(path=f"/{where}-{name}")
                self.assertEqual(len(page.xpath("//*[@id='oe_structure_look_1']")), 1)
                self.assertEqual(len(page.xpath("//p[text()='Text']")), 1)
                styles = page.xpath("//link[@rel='stylesheet']/@href")
                bundle = "vti_bpv.assets_public" if is_lean else "web.assets_frontend"
                self.assertTrue(styles and all(bundle in style for style in styles), (where, name, styles))

    def test_links_are_what_odoo_makes_of_them(self):
        self.env["website.page"].create({
            "name": "Links", "type": "qweb", "key": "website.links", "arch": LINKS % escape(repr(ADDRESSES)),
            "url": "/links", "is_published": True,
        })  # fmt: skip
        for path in ("/links", "/en/links"):
            page = self.page(path=path)
            with (
                patch.object(IrHttp, "_is_first_lang", lambda: False),
                patch.object(IrQweb, "_is_plain", lambda _self: False),
            ):
                by_odoo = self.page(path=f"{path}?2")
            for one in (page, by_odoo):
                self.assertEqual(len(one.xpath("//main//a")), len(ADDRESSES) + 1)
            self.assertEqual(*([html.tostring(main) for main in one.xpath("//main")] for one in (page, by_odoo)))

    def test_the_other_language_is_one_click_away(self):
        (link,) = self.page().xpath("//a[@class='vti-language']/@href")
        answer = self.url_open(link, allow_redirects=False)
        self.assertEqual((answer.status_code, answer.headers["Location"]), (303, "/look"))
        self.assertEqual(answer.cookies["frontend_lang"], "en_US")
        page = self.page(path="/en/look")
        self.assertEqual(page.get("lang"), "en-US")

    def test_an_error_stands_at_its_field_and_keeps_what_was_typed(self):
        page = self.page()
        (email,) = page.xpath("//input[@name='email']")
        self.assertEqual(email.get("value"), "sam@")
        self.assertEqual(email.get("required"), "required")
        self.assertEqual(email.get("aria-invalid"), "true")
        self.assertEqual(email.get("aria-describedby"), "email_help email_error")
        self.assertEqual(page.xpath("string(//*[@id='email_error'])").strip(), "Type a whole address.")
        self.assertEqual(page.xpath("//*[@role='alert']//a/@href"), ["#email"])
        (phone,) = page.xpath("//input[@name='phone']")
        self.assertEqual(
            (phone.get("value"), phone.get("required"), phone.get("aria-describedby"), phone.get("aria-invalid")),
            ("", None, None, None),
        )
