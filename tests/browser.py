"""People at screens of their own: real Chromium before the test's server, with axe on all they see."""

import os
import re
import resource
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from odoo.tests import HttpCase
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME

from dev.shot import CHROMIUM, findings

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SHOTS = os.environ.get("VTI_SHOTS")  # a folder: keep a picture of each page that somebody sees


class Person:
    """Somebody with a browser of their own. All that is wrong with a page ends up in `case.problems`."""

    def __init__(self, case, name, size, lang="nl-NL"):
        self.case, self.name, self.size = case, name, size
        self.context = case.browser.new_context(
            viewport=size, locale=lang, base_url=case.base_url(), has_touch=size == PHONE, reduced_motion="reduce"
        )
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.on("pageerror", lambda error: self.complain(f"script: {error}"))
        self.page.on("console", self._hear)

    def _hear(self, message):
        # the page itself may well be a 404 or 422; what it loads may not
        if message.type == "error" and message.location["url"] != self.page.url:
            self.complain(f"console: {message.text} ({message.location['url']})")

    def complain(self, text):
        self.case.problems.append(f"{self.name} on {urlsplit(self.page.url).path}: {text}")

    def open(self, url, status=200, until=None):
        """Go to an address of the site, written as a path or in full.

        :param until: what a script on that page shows in the end
        """
        with self._going(f"on {url}", status, until):
            self.page.goto(url)

    def press(self, selector, status=200, until=None):
        """Press what leads to a next page."""
        with self._going(f"pressing {selector}", status, until):
            self._find(selector).click()

    def choose(self, **values):
        """Choose from a list that leads to a next page by itself."""
        with self._going(f"choosing {values}"):
            self.fill(**values)

    def press_and_see(self, selector, until):
        """Press what changes this page by a script, a dialog too."""
        with self._online():
            self._find(selector).click()
            self._wait_for(until)
            self._look()

    def unfold(self, selector):
        """Open the part of a page that holds this."""
        self.page.locator(f"details:has({selector}):not([open]) > summary").click()

    def fill(self, **values):
        """Type into fields or choose from lists, by the name of each field."""
        for name, value in values.items():
            field = self._find(f"[name='{name}']")
            if field.evaluate("(node) => node.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def log_in(self, login, password=None, until=None):
        """Log in on the page that asks for it, from wherever one was led to it."""
        self.fill(login=login, password=password or login)
        self.press(".oe_login_form button[type=submit]", until=until)

    def texts(self, selector):
        """What stands in each of these elements, on one line."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    @property
    def path(self):
        return urlsplit(self.page.url).path

    def _find(self, selector):
        return self.page.locator(selector).locator("visible=true").first

    def _wait_for(self, selector):
        self._find(selector).wait_for()
        self.page.wait_for_timeout(500)  # what its script fetches besides

    @contextmanager
    def _going(self, how, status=200, until=None):
        with self._online():
            with self.page.expect_navigation() as going:
                yield
            self.case.assertEqual(going.value.status, status, f"{self.name} {how}")
            if until:
                self._wait_for(until)
            self._look()

    @contextmanager
    def _online(self):
        """Let the server answer, and bring what it did to the test's own records."""
        case = self.case
        case.env.flush_all()
        with case.allow_requests():
            key = {"name": TEST_CURSOR_COOKIE_NAME, "value": case.http_request_key, "url": case.base_url()}
            self.context.add_cookies([key])
            yield
            case._wait_remaining_requests()
        case.env.invalidate_all()

    def _look(self):
        """Check the page at the own width, and at the other one too."""
        self.page.wait_for_load_state("load")
        is_ours = not self.path.startswith("/odoo")
        for size in (DESK if self.size == PHONE else PHONE, self.size) if is_ours else ():
            self.page.set_viewport_size(size)
            for row in findings(self.page):
                self.complain(f"{size['width']} wide: {row}")
            if SHOTS:
                self._keep_picture()

    def _keep_picture(self):
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        number = len([*Path(SHOTS).iterdir()])
        width, name = self.page.viewport_size["width"], re.sub(r"\W+", "-", self.path)[:40].strip("-")
        self.page.screenshot(path=f"{SHOTS}/{number:03}-{width}-{self.name}-{name}.png", full_page=True)


@contextmanager
def unlimited_memory():
    """Let what is started here take the addresses that a browser wants; Odoo limits those of its process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class BrowserCase(HttpCase):
    """Tests in which several people use the site at the same time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        binary = next(path for path in CHROMIUM if Path(path).exists())
        with unlimited_memory():
            playwright = sync_playwright().start()
            cls.addClassCleanup(playwright.stop)
            cls.browser = playwright.chromium.launch(executable_path=binary, chromium_sandbox=False)
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        super().setUp()
        self.problems = []

    def person(self, name, size, **options):
        person = Person(self, name, size, **options)
        self.addCleanup(person.context.close)
        return person
