from functools import partial

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.vti_bpv.tests.parallel import ParallelCase

from .common import KindsMixin


@tagged("post_install", "-at_install")
class TestWaiting(KindsMixin, HttpCase):
    """The queue for a full event."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event = cls.make_event("speed_date", seats_limited=True, seats_max=1)
        cls.third = cls.make_student("Bo Klein")
        cls.first = cls.register(cls.event, cls.third.partner_id)

    def wait(self, student):
        return self.event._sign_up_or_wait(student.partner_id)

    def _get_notices(self, person):
        domain = [("partner_id", "=", person.id), ("template_id.model", "=", "vti.event.waiting")]
        return self.env["vti.notice"].search(domain, order="id").mapped("template_id")

    def _post(self, path, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data, allow_redirects=False)

    def test_queue(self):
        one, two = self.wait(self.student), self.wait(self.other_student)
        self.assertEqual((one._name, one.place, two.place), ("vti.event.waiting", 1, 2))
        self.assertEqual(self.wait(self.student), one, "once")
        self.assertEqual(self.event.waiting_count, 2)
        self.first.action_cancel()
        self.assertEqual((one.state, two.state, two.place), ("offered", "waiting", 1))
        self.assertTrue(self.event._is_full(), "the seat is kept")
        self.assertEqual(
            self._get_notices(self.student.partner_id),
            self.env.ref("vti_events.mail_waiting_joined") | self.env.ref("vti_events.mail_waiting_offer"),
        )
        registration = one._take()
        self.assertEqual((registration.partner_id, registration.state), (self.student.partner_id, "open"))
        self.assertEqual((one.state, two.state), ("taken", "waiting"))
        with self.assertRaises(UserError):
            one._take()

    def test_no_passes_the_seat_on(self):
        one, two = self.wait(self.student), self.wait(self.other_student)
        self.first.action_cancel()
        one._leave()
        self.assertEqual((one.state, two.state), ("left", "offered"))
        with self.assertRaises(UserError):
            one._leave()

    def test_more_seats(self):
        one, two = self.wait(self.student), self.wait(self.other_student)
        self.event.seats_max = 2
        self.assertEqual((one.state, two.state), ("offered", "waiting"))
        self.event.seats_limited = False
        self.assertEqual(two.state, "offered")

    def test_term(self):
        """Two days, or half of the time that is left; and who says nothing loses the seat."""
        one, two = self.wait(self.student), self.wait(self.other_student)
        with self.at("2099-03-01 09:00:00"):
            self.first.action_cancel()
            self.assertEqual(str(one.offer_until), "2099-03-02 09:00:00", "the event begins in two days")
            self.assertTrue(one._can_take())
        cron = self.env["vti.event.waiting"]._cron_lapse
        with self.at("2099-03-02 08:59:59"):
            cron()
            self.assertEqual(one.state, "offered")
            self.assertTrue(one._can_take())
        with self.at("2099-03-02 09:00:00"):
            self.assertFalse(one._can_take())
            with self.assertRaises(UserError):
                one._take()
            cron()
            cron()
            self.assertEqual((one.state, two.state), ("lapsed", "offered"))
            self.assertEqual(str(two.offer_until), "2099-03-02 21:00:00")
        self.assertIn(self.env.ref("vti_events.mail_waiting_lapsed"), self._get_notices(self.student.partner_id))

    def test_long_before_the_event_it_is_the_set_term(self):
        one = self.wait(self.student)
        self.env["ir.config_parameter"].set_param("vti_bpv.event_offer_hours", 24)
        with self.at("2098-12-01 09:00:00"):
            self.first.action_cancel()
        self.assertEqual(str(one.offer_until), "2098-12-02 09:00:00")

    def test_nobody_is_asked_for_what_is_called_off_or_begun(self):
        one = self.wait(self.student)
        with self.at("2099-03-03 09:00:00"):
            self.first.action_cancel()
        self.assertEqual(one.state, "waiting")
        self.event.kanban_state = "cancel"
        self.event._fill_seats()
        self.assertEqual(one.state, "waiting")

    def test_staff_cant_give_away_a_kept_seat(self):
        self.wait(self.student)
        self.first.action_cancel()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.register(self.event, self.other_student.partner_id)

    def test_page_portal_and_link(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        page = f"/en{self.event.website_url}"
        self.assertIn("Put me on the waiting list", self.url_open(page).text)
        self.assertEqual(self._post(f"{page}/join").status_code, 303)
        mine = self.event.waiting_ids
        self.assertEqual(mine.partner_id, self.student.partner_id)
        self.assertIn("at place <strong>1</strong>", self.url_open(page).text)
        other = self.wait(self.other_student)
        self.assertEqual(self._post(f"/my/events/waiting/{other.id}/leave").status_code, 404)
        self.first.action_cancel()
        self.assertIn("Yes, I come", self.url_open("/en/my/events").text)
        self.authenticate(None, None)
        path = f"/en{mine._get_link().removeprefix(mine.get_base_url())}"
        self.assertIn("Yes, I come", self.url_open(path).text)
        self.assertEqual(mine.state, "offered", "looking changes nothing")
        self.assertEqual(self._post(path, answer="take").status_code, 303)
        self.assertEqual(mine.state, "taken")
        self.assertIn("You come.", self.url_open(path).text)
        self.assertEqual(self.url_open("/en/events/seat/x").status_code, 410)

    def test_visitor_waits_by_address(self):
        event = self.make_event("parents", seats_limited=True, seats_max=1)
        seat = self.register(event, self.env["res.partner"], name="Kees", email="kees@example.org")
        nobody = self.env["res.partner"]
        waiting = event._sign_up_or_wait(nobody, {"name": "Joke", "email": "joke@example.org"})
        self.assertEqual(event._sign_up_or_wait(nobody, {"name": "J", "email": "JOKE@example.org"}), waiting)
        seat.action_cancel()
        mails = self.env["mail.mail"].search([("email_to", "=", "joke@example.org")], order="id")
        self.assertEqual(len(mails), 2)
        self.assertIn("/events/seat/", mails[-1].body_html)
        self.assertEqual(waiting._take().name, "Joke")


@tagged("post_install", "-at_install")
class TestClass(KindsMixin, HttpCase):
    """A teacher signs up the own class."""

    def _post(self, event, *students):
        data = {"csrf_token": http.Request.csrf_token(self), **{f"student_{one.id}": "1" for one in students}}
        return self.url_open(f"/en{event.website_url}/class", data=data, allow_redirects=False)

    def test_class(self):
        event = self.make_event("company_visit", seats_limited=True, seats_max=2)
        classmates = [self.make_student(name) for name in ("Ali Ak", "Bo Bos")]
        self.authenticate(self.user_school.login, self.user_school.login)
        page = self.url_open(f"/en{event.website_url}/class").text
        self.assertIn("Sam Jansen", page)
        self.assertNotIn("Noor de Wit", page)
        self.assertEqual(self._post(event).status_code, 422)
        self.assertEqual(self._post(event, self.student, self.other_student).status_code, 422)
        self.assertFalse(event.registration_ids, "none of them where one is another school's")
        for _again in range(2):
            self.assertEqual(self._post(event, self.student, *classmates).status_code, 303)
        self.assertEqual(set(event.registration_ids.partner_id.mapped("name")), {"Ali Ak", "Bo Bos"})
        self.assertEqual(event.waiting_ids.partner_id, self.student.partner_id)
        page = self.url_open(f"/en{event.website_url}/class").text
        self.assertIn("Of this class come: <strong>2</strong>", page)
        self.assertIn("On the waiting list: <strong>1</strong>", page)
        self.assertEqual((page.count(">Comes<"), page.count(">Waits for a seat<")), (2, 1))

    def test_class_by_class(self):
        """Of a school with classes, one is chosen first: its students are ticked, and no other's are on the page."""
        event = self.make_event("company_visit")
        self.student.enrolment_id.class_name = "EL2 & co"
        self.make_student("Ali Ak").enrolment_id.class_name = "EL2B"
        self.authenticate(self.user_school.login, self.user_school.login)
        page = self.url_open(f"/en{event.website_url}/class").text
        self.assertIn("EL2B (1)", page)
        self.assertNotIn("Sam Jansen", page)
        page = self.url_open(f"/en{event.website_url}/class?class_name=EL2+%26+co").text
        self.assertIn("Sam Jansen", page)
        self.assertIn("checked", page)
        self.assertNotIn("Ali Ak", page)
        page = self.url_open(f"/en{event.website_url}/class?everybody=1").text
        self.assertTrue("Ali Ak" in page and "Sam Jansen" in page)

    def test_others_cant(self):
        event = self.make_event("company_visit", school_ids=[(6, 0, self.school.ids)], is_closed=False)
        for user in (self.user_student, self.user_company, self.user_other_school):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(f"/en{event.website_url}/class").status_code, 404, user.name)
            self.assertEqual(self._post(event, self.student).status_code, 404, user.name)
        self.assertFalse(event.registration_ids)
        self.assertFalse(self.make_event("training")._can_sign_up_class(self.user_school))


@tagged("post_install", "-at_install")
class TestRace(ParallelCase):
    """Two people and one seat."""

    def _make(self, env):
        event = env["event.event"].create(
            {"name": "Race", "audience": "everybody", "date_begin": "2099-03-03 09:00:00", "is_published": True,
             "date_end": "2099-03-03 11:00:00", "seats_limited": True, "seats_max": 1,
             "event_mail_ids": [(5, 0, 0)]}
        )  # fmt: skip
        people = env["res.partner"].create([{"name": f"Racer {number}"} for number in range(2)])
        self.event_id, self.people_ids = event.id, people.ids

    def _remove(self, env):
        event = env["event.event"].browse(self.event_id)
        event.waiting_ids.unlink()
        event.registration_ids.unlink()
        event.unlink()
        env["vti.notice"].search([("partner_id", "in", self.people_ids)]).unlink()
        env["res.partner"].browse(self.people_ids).unlink()

    def _browse(self, env):
        return env["event.event"].browse(self.event_id), env["res.partner"].browse(self.people_ids)

    def _sign_up(self, number, env):
        event, people = self._browse(env)
        event.read(["seats_available"])  # both have read how many seats there are
        return partial(event._sign_up_or_wait, people[number])

    def _take(self, env):
        event, people = self._browse(env)
        event.read(["seats_available"])
        return lambda: event.waiting_ids.filtered(lambda one: one.partner_id == people[1])._take()

    def _keep_a_seat(self):
        """The first person has gone; the seat is kept for the second."""
        with self.open_env() as env:
            event, people = self._browse(env)
            seat = event._sign_up_or_wait(people[0])
            event._sign_up_or_wait(people[1])
            seat.action_cancel()

    def _read(self):
        with self.open_env() as env:
            event, _people = self._browse(env)
            return len(event.registration_ids), sorted(event.waiting_ids.mapped("state"))

    def test_the_last_seat(self):
        results = self.at_once(partial(self._sign_up, 0), partial(self._sign_up, 1))
        self.assertEqual(results, [None, None])
        self.assertEqual(self._read(), (1, ["waiting"]))

    def test_one_person_says_yes_twice(self):
        self._keep_a_seat()
        results = self.at_once(self._take, self._take)
        self.assertIn(None, results)
        self.assertEqual(self._read(), (2, ["taken"]), "one of them the cancelled one")

    def test_yes_and_somebody_new(self):
        """A kept seat isn't given to who presses at the same moment."""
        self._keep_a_seat()
        self.at_once(partial(self._sign_up, 0), self._take)
        self.assertEqual(self._read(), (2, ["taken", "waiting"]))
