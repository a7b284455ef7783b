"""The day of a speed-date, in real browsers: the plan by hand, the door, a phone without reception, and the screen."""

from datetime import UTC, datetime, timedelta

from odoo.tests import tagged

from odoo.addons.vti_events.tests.speed.common import SpeedMixin

from dev.shot import axe_js

from .browser import DESK, PHONE, BrowserCase

SAM = ".o_vti_speed_name[aria-label*='Sam Jansen']"
KEPT = "caches.open('vti-speed-dates-2').then((kept) => kept.keys()).then((keys) => keys.length > 4)"
HALL = {"width": 1920, "height": 1080}


@tagged("post_install", "-at_install")
class TestSpeedDay(SpeedMixin, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.user_student | cls.user_company | cls.user_vti).lang = "nl_NL"
        cls.wish(cls.sam, cls.bakker)
        cls.wish(cls.noor, cls.vries)
        cls.date.action_open_wishes()
        cls.date.action_plan()
        cls.event.write({"date_begin": "2099-03-01 12:00:00", "date_end": "2099-03-01 16:00:00"})
        cls.date.starts_at = "2099-03-01 12:00:00"
        cls.env.flush_all()
        cls.mine, cls.hers = cls.sam.talk_ids, cls.noor.talk_ids

    def publish(self, starts_at):
        self.date.action_publish()
        self.date.starts_at = starts_at
        self.env.flush_all()

    def get_place(self, talk):
        self.env.invalidate_all()
        return talk.round_number, talk.company_id, talk.locked

    def cell(self, company, turn):
        return f"[data-place='{company.id}-1-{turn.id}']"

    def assert_no_problems(self):
        """What could not be loaded is what this is about; a page asks for news while the test doesn't listen."""
        expected = ("ERR_INTERNET_DISCONNECTED", "/version)")
        self.assertEqual([row for row in self.problems if not any(word in row for word in expected)], [])

    # ------------------------------------------------------------------ the plan

    def test_plan_by_hand(self):
        """By mouse and by keyboard: each change says what it costs, is locked, and is published."""
        staff = self.person("staff", DESK)
        staff.open(f"/odoo/action-vti_events.vti_speed_date_action/{self.date.id}")
        staff.log_in(self.user_vti.login, until=".o_form_view")
        staff.press_and_see(".oe_stat_button:has(.fa-th)", ".o_vti_speed_grid")
        self.drag_to_a_free_place(staff)
        self.change_places_by_keyboard(staff)
        self.unlock_and_publish(staff)
        staff.page.evaluate(axe_js().read_text())
        found = staff.page.evaluate("() => axe.run('.o_vti_speed').then((found) => found.violations.map((v) => v.id))")
        self.assertEqual(found, [])
        self.assert_no_problems()

    def drag_to_a_free_place(self, staff):
        place = self.cell(self.bakker, self.date.round_ids[3])
        with staff._online():
            staff.page.drag_and_drop(SAM, place)
            staff.page.wait_for_selector(f"{place} .o_vti_speed_locked")
        self.assertEqual(self.get_place(self.mine), (4, self.bakker, True), "no wish is lost: no question")

    def change_places_by_keyboard(self, staff):
        page, turn = staff.page, self.hers.round_id
        page.focus(SAM)
        page.keyboard.press("Enter")
        page.wait_for_selector(".o_vti_speed_move")
        page.keyboard.press("Escape")
        page.wait_for_selector(".o_vti_speed_move", state="detached")
        page.focus(SAM)
        page.keyboard.press("Enter")
        page.wait_for_selector(f"{SAM}[aria-pressed=true]")
        page.select_option("#o_vti_speed_to_round", str(turn.id))
        page.select_option("#o_vti_speed_to_table", f"{self.vries.id}-1")
        page.focus(".o_vti_speed_move .btn-primary")
        with staff._online():
            page.keyboard.press("Enter")
            page.wait_for_selector(".modal-body")
        words = page.inner_text(".modal-body")
        self.assertIn("Sam Jansen spreekt Bakker Techniek niet meer: wens 1.", words)
        self.assertIn("Het kost 24 wenspunten.", words)
        self.assertEqual(self.get_place(self.mine), (4, self.bakker, True), "asking moves nothing")
        with staff._online():
            page.focus(".modal-footer .btn-primary")
            page.keyboard.press("Enter")
            page.wait_for_selector(f"{self.cell(self.vries, turn)} {SAM}")
        self.assertEqual(self.get_place(self.mine), (turn.number, self.vries, True))
        self.assertEqual(self.get_place(self.hers), (4, self.bakker, True))

    def unlock_and_publish(self, staff):
        lock = ".o_vti_speed_talk:has([aria-label*='Noor']) .o_vti_speed_lock"
        staff.press_and_see(lock, f"{lock}[aria-pressed='false']")
        self.assertEqual(self.get_place(self.hers), (4, self.bakker, False))
        staff.press_and_see("main .btn-primary:has-text('online')", ".modal-footer .btn-primary")
        staff.press_and_see(".modal-footer .btn-primary", "main .btn-primary:has-text('opnieuw')")
        self.assertEqual(self.date.state, "published")

    # ------------------------------------------------------------------ the door and the phone

    def test_door_and_phone_without_reception(self):
        start = datetime.now(UTC).replace(tzinfo=None, second=0, microsecond=0) - timedelta(minutes=20)
        self.mine.round_id, self.hers.round_id = self.date.round_ids[0], self.date.round_ids[3]
        self.publish(start)
        phone, staff = self.person("student", PHONE), self.person("staff", PHONE)
        phone.open(f"/my/speed-dates/{self.date.id}")
        phone.log_in(self.user_student.login, until=".vti-steps .is-done")
        with phone._online():  # the phone keeps it from the first visit on
            phone.page.wait_for_function(KEPT)
        self.scan(staff)
        self.read_and_answer_without_reception(phone)
        self.assert_no_problems()

    def scan(self, staff):
        """The camera of VTI's phone opens the address in the student's code."""
        staff.open(self.sam._get_desk_url().removeprefix(self.sam.get_base_url()))
        staff.log_in(self.user_vti.login)
        self.assertEqual(staff.texts(".vti-card--accent strong"), ["Sam Jansen"])
        self.assertEqual(self.sam.presence, "expected")
        staff.press(".vti-card--accent .vti-btn--primary")
        self.assertEqual((self.sam.presence, self.noor.presence), ("present", "expected"))
        staff.fill(q="noor")
        staff.press("form[role=search] button")
        staff.press(".vti-list button")
        self.assertEqual(self.noor.presence, "present")
        self.assertEqual(staff.texts(".vti-message--success"), ["Iedereen is er."])

    def read_and_answer_without_reception(self, phone):
        page = phone.page
        phone.context.set_offline(True)
        page.reload()
        page.wait_for_selector("[data-vti-offline]:visible")
        self.assertRegex(phone.texts("[data-vti-offline]")[0], r"stand van \d\d:\d\d\.$")
        self.assertEqual(phone.texts(".vti-card p strong"), ["Bakker Techniek"])
        page.click("[data-vti-answer] button[value=yes]")
        page.wait_for_selector("[data-vti-waiting]:visible")
        self.assertFalse(self.mine.student_answer)
        page.reload()
        page.wait_for_selector("[data-vti-waiting]:visible")
        self.assertEqual(page.get_attribute("[data-vti-answer] button[value=yes]", "aria-pressed"), "true")
        with phone._online():
            phone.context.set_offline(False)
            page.wait_for_selector("[data-vti-waiting]", state="hidden")
            page.wait_for_function("localStorage.getItem('vti-speed-answers') === '{}'")
        self.assertEqual((self.mine.student_answer, self.mine.company_answer), ("yes", False))

    # ------------------------------------------------------------------ the screen

    def test_screen_goes_by_its_own_clock(self):
        """Two minutes before the second round, at its start, and after the last: without asking the server."""
        self.mine.round_id, self.hers.round_id = self.date.round_ids[1], self.date.round_ids[2]
        self.publish("2099-03-01 12:00:00")
        screen = self.person("screen", HALL)
        page = screen.page
        page.clock.install(time=datetime(2099, 3, 1, 12, 10, tzinfo=UTC))
        screen.open(f"/vti/speed-dates/{self.date.id}/screen")
        screen.log_in(self.user_vti.login)
        screen.context.set_offline(True)
        page.clock.pause_at(datetime(2099, 3, 1, 12, 13, tzinfo=UTC))
        page.clock.run_for(1000)
        self.assertEqual(screen.texts("[data-vti-clock]"), ["Ronde 2 begint over 1:59"])
        self.assertEqual(screen.texts("main section:visible li strong"), ["Sam J."])
        self.assertFalse("is-new" in page.get_attribute("body", "class"))
        page.click("[data-vti-loud]")
        self.assertEqual(screen.texts("[data-vti-loud]"), ["Zet het geluid uit"])
        page.clock.run_for(119_000)
        self.assertEqual(screen.texts("[data-vti-clock]"), ["Ronde 2 eindigt over 10:00"])
        self.assertEqual(screen.texts("main section:visible li strong"), ["Noor W."])
        self.assertIn("is-new", page.get_attribute("body", "class"))
        self.assertEqual(page.text_content("[role=status]"), "Ronde 2 is begonnen")
        page.clock.run_for(12_000)
        self.assertNotIn("is-new", page.get_attribute("body", "class"))
        page.clock.run_for(3600_000)
        self.assertTrue(page.is_visible("[data-vti-over]"))
        self.assertFalse(page.is_visible("[data-vti-clock]"))
        self.assert_no_problems()
