"""Every screen of VTI's back office opens, for both kinds of staff; a block is put on the home page."""

from urllib.parse import urlsplit

from odoo.tests import tagged

from odoo.addons.vti_bpv.tests.common import VtiMixin

from .browser import DESK, PHONE, BrowserCase

# Goes through the web client as a click does, without loading it anew for each menu.
OPEN_ALL_VIEWS = """async (actionId) => {
    const {action, orm} = odoo.__WOWL_DEBUG__.root.env.services;
    await action.doAction(actionId, {clearBreadcrumbs: true});
    if (document.querySelector(".o_dialog .o_form_view")) {  // a menu that asks something first
        await action.doAction({type: "ir.actions.act_window_close"});
        return {kinds: ["dialog"], dialog: null};
    }
    const {action: opened, view} = action.currentController;
    const kinds = view ? opened.views.map(([_id, kind]) => kind).filter((kind) => kind !== "search") : [];
    for (const kind of kinds) {
        if (kind === action.currentController.view.type) continue;
        const domain = Array.isArray(opened.domain) ? opened.domain : [];
        const [resId] = kind === "form" ? await orm.search(opened.res_model, domain, {limit: 1}) : [];
        if (kind !== "form" || resId) await action.switchView(kind, {resId});
    }
    await new Promise((done) => setTimeout(done, 50));  // an error's dialog comes after what it broke
    const dialog = document.querySelector(".o_error_dialog, .o_dialog .modal-title");
    return {kinds, dialog: dialog && dialog.textContent};
}"""


@tagged("post_install", "-at_install")
class TestBackOffice(VtiMixin, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_branch(cls.company)
        cls.make_application()
        cls.make_placement()
        cls.env["vti.import"].create({"kind": "company"})

    def _get_menus(self, user):
        """The menus of VTI's app that lead somewhere.

        :return: {external id of the menu: id of its action}
        """
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        waiting, found = [self.env.ref("vti_bpv.menu_root").id], {}
        while waiting:
            menu = menus[waiting.pop()]
            waiting += menu["children"]
            if menu["action_id"]:
                found[menu["xmlid"]] = menu["action_id"]
        return found

    def _open(self, user, menus):
        """Open each menu, and each view behind it.

        :return: {external id of the menu: kinds of views}
        """
        staff, seen = self.person(user.login, DESK), {}
        staff.context.set_default_timeout(60_000)  # the first one waits until the back office is bundled
        staff.open("/web/login?redirect=/odoo")
        staff.log_in(user.login, until=".o_main_navbar")
        with staff._online():
            for xmlid, action_id in menus.items():
                with self.subTest(user=user.login, menu=xmlid):
                    found = staff.page.evaluate(OPEN_ALL_VIEWS, action_id)
                    self.assertFalse(found["dialog"])
                    seen[xmlid] = found["kinds"]
            staff.page.goto("about:blank")
        self.assertEqual([*dict.fromkeys(self.problems)], [])
        return seen

    def test_every_screen_opens_for_staff(self):
        menus = self._get_menus(self.user_vti)
        self.assertGreater(len(menus), 25)
        seen = self._open(self.user_vti, menus)
        kinds = ["kanban", "list", "form", "calendar", "pivot", "activity"]
        self.assertEqual(seen["vti_bpv.menu_application"], kinds)

    def test_what_the_coordinator_has_more_opens(self):
        menus, of_staff = self._get_menus(self.user_vti_coordinator), self._get_menus(self.user_vti)
        self.assertLess(of_staff.keys(), menus.keys())
        more = {xmlid: action_id for xmlid, action_id in menus.items() if xmlid not in of_staff}
        self.assertIn("vti_bpv.menu_settings", more)
        self._open(self.user_vti_coordinator, more)

    def test_the_radar_shows_its_end_by_itself(self):
        """The form is read again while a cron works on it: its step, and then its end, without a reload."""
        run, staff = self.env["vti.match.run"].create({"season_id": self.season.id}), self.person("radar", DESK)
        staff.context.set_default_timeout(60_000)  # as above
        staff.open("/web/login?redirect=/odoo")
        staff.log_in(self.user_vti.login, until=".o_main_navbar")
        write = """([id, values]) => odoo.__WOWL_DEBUG__.root.env.services.orm.write("vti.match.run", [id], values)"""
        with staff._online():
            staff.page.goto(f"/odoo/vti-radar/{run.id}")
            staff.page.locator(".o_progress[aria-valuenow='0']").wait_for()
            for values, seen in (
                ({"state": "running", "progress": 25}, ".o_progress[aria-valuenow='25']"),
                ({"state": "done", "progress": 100, "placed_count": 7}, ".alert-success:has-text('7')"),
            ):
                staff.page.evaluate(write, [run.id, values])
                staff.page.locator(seen).wait_for()
            staff.page.goto("about:blank")
        self.assertEqual([*dict.fromkeys(self.problems)], [])

    def test_a_block_goes_on_the_home_page(self):
        self.env["vti.vacancy"].search([]).write({"state": "closed"})
        self.user_vti_coordinator.lang = "nl_NL"
        trades = self.env["vti.trade"].with_context(lang="nl_NL").search([], limit=2)
        one, _other = (self.make_vacancy(name=trade.name, trade_id=trade.id) for trade in trades)
        editor, asked = self.person("editor", DESK), []
        editor.context.set_default_timeout(60_000)  # the first one waits until the builder is bundled
        editor.context.on("request", lambda request: asked.append(request.url))
        editor.open("/web/login?redirect=/odoo")
        editor.log_in(self.user_vti_coordinator.login, until=".o_main_navbar")
        with editor._online():
            self._drop_places(editor.page, trades[0])
            editor.page.goto("about:blank")
        here = urlsplit(self.base_url()).netloc
        self.assertEqual([url for url in asked if urlsplit(url).netloc not in ("", here)], [], "asked of others")
        visitor = self.person("visitor", PHONE)
        visitor.open("/", until=".s_vti_places .vti-card")
        self.assertEqual(visitor.texts(".s_vti_places h3"), [one.name])
        self.assertTrue(visitor.page.locator("link[href*='vti_bpv.assets_public']").count(), "still the lean page")
        self.assertEqual([*dict.fromkeys(self.problems)], [])

    def _drop_places(self, page, trade):
        """Drag the block of places to the home page, choose a trade for it, save."""
        page.goto("/odoo/action-website.website_preview?enable_editor=1&path=/")
        group = page.locator("#snippet_groups .o_snippet:has-text('Stages') .o_snippet_thumbnail")
        group.scroll_into_view_if_needed()
        shown = page.frame_locator("iframe[src*='path=']")
        zone = shown.locator("#oe_structure_vti_home_1")
        zone.evaluate("(node) => node.scrollIntoView({block: 'center'})")
        box = group.bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] - 200, box["y"] + 20, steps=5)
        box = zone.locator(".oe_drop_zone").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
        page.mouse.up()
        page.frame_locator(".o_add_snippet_dialog iframe").locator("[data-snippet-id=s_vti_places]").click()
        shown.locator(".s_vti_places .vti-card >> nth=1").wait_for()
        shown.locator(".s_vti_places h2").click()
        page.locator("[data-label='Vak'] button").click()
        page.locator(".o_popover .o-dropdown-item, .o-dropdown--menu .o-dropdown-item", has_text=trade.name).click()
        shown.locator(".s_vti_places .vti-card >> nth=1").wait_for(state="detached")
        page.locator("button[data-action=save]").click()
        page.locator(".o_edit_website_container").wait_for()
