import re
from unittest.mock import patch

from odoo.tests import tagged

from ...models.selection.favourite import MOST
from ...models.vacancy.vacancy_confirm import PAUSED_REASONS
from ..common import VtiCase, VtiHttpCase

COMMON = "odoo.addons.vti_bpv.controllers.selection"
PAUSED = dict(PAUSED_REASONS)


@tagged("post_install", "-at_install")
class TestFavourite(VtiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.favourites = cls.env["vti.favourite"]
        cls.sam, cls.noor = cls.student.partner_id, cls.other_student.partner_id

    def test_everybody_has_own_places(self):
        first, second, draft = self.make_vacancy(), self.make_vacancy(), self.make_vacancy(state="draft")
        self.favourites._save(self.sam, [first.id])
        self.favourites._save(self.sam, [second.id, first.id, draft.id, 2**31 - 1])
        self.assertEqual(self.favourites._get_ids(self.sam), [second.id, first.id])
        self.assertEqual(self.favourites._get_ids(self.noor), [])
        self.favourites._take_off(self.noor, first.id)
        self.assertEqual(self.favourites._get_ids(self.sam), [second.id, first.id])
        self.favourites._take_off(self.sam, first.id)
        self.assertEqual(self.favourites._get_ids(self.sam), [second.id])

    def test_the_oldest_make_room(self):
        places = self.env["vti.vacancy"].union(*(self.make_vacancy() for _number in range(MOST + 1)))
        self.favourites._save(self.sam, [places[0].id])
        self.favourites._save(self.sam, places[1:].ids)
        self.assertEqual(self.favourites._get_ids(self.sam), places[1:].ids)

    def test_a_cookie_is_ours_or_nothing(self):
        value = self.favourites._write_cookie([12, 7])
        self.assertEqual(self.favourites._read_cookie(value), [12, 7])
        for false in (None, "", "12-7", "12-8" + value[4:], value[:-1], "x.y", "1" * 5000, f"{value}0"):
            with self.subTest(false):
                self.assertEqual(self.favourites._read_cookie(false), [])

    def _told(self, place):
        """Which templates went to whom about a place that was saved."""
        told = self.env["vti.notice"].search([("res_model", "=", "vti.vacancy"), ("res_id", "=", place.id)])
        ids = told.template_id.get_external_id()
        return sorted((ids[one.template_id.id].rpartition("saved_")[2], one.partner_id) for one in told)

    def test_who_saved_hears_once_of_every_way_out(self):
        """And not twice who applied as well."""
        ways = {
            "filled": "gone", "closed": "gone", "expired": "gone", "unconfirmed": "gone", "recognition": "gone",
            "membership": "gone", "silent": "gone", "company": "paused",
        }  # fmt: skip
        for way, template in ways.items():
            with self.subTest(way):
                vals = {"state": "paused", "paused_reason": way} if way in PAUSED else {"state": way}
                place, other = self.make_vacancy(), self.make_vacancy()
                self.favourites._save(self.sam, [place.id])
                self.favourites._save(self.noor, [place.id])
                application = self.make_application(self.other_student, place)
                (place | other).write(vals)
                self.assertEqual(self._told(place), [(template, self.sam)])
                self.assertFalse(self._told(other))
                about = [("res_model", "=", "vti.application"), ("res_id", "=", application.id)]
                mail = self.env.ref(f"vti_bpv.mail_template_student_{'offline' if way in PAUSED else way}")
                said = self.env["vti.notice"].search([*about, ("partner_id", "=", self.noor.id)])
                heard = said.filtered(lambda one, mail=mail: one.template_id == mail)
                self.assertEqual(len(heard), 1, "who applied hears it of the application")
                self.assertEqual(application.state, "submitted" if way in PAUSED else "refused")

    def test_a_pause_that_ends_for_good_is_told_too(self):
        rested, late = self.make_vacancy(), self.make_vacancy()
        self.favourites._save(self.sam, [rested.id, late.id])
        rested.write({"state": "paused", "paused_until": "2027-01-10"})
        self.assertIn("10 January 2027", self._get_notice(rested).body)
        late.write({"state": "paused", "paused_reason": "unconfirmed"})
        (rested | late).write({"state": "expired"})
        self.assertEqual(self._told(rested), [("gone", self.sam), ("paused", self.sam)])
        self.assertEqual(self._told(late), [("gone", self.sam)])

    def _get_notice(self, place):
        return self.env["vti.notice"].search([("res_model", "=", "vti.vacancy"), ("res_id", "=", place.id)])

    def test_similar_places_after_a_refusal(self):
        place, like, applied = self.make_vacancy(), self.make_vacancy(name="Like it"), self.make_vacancy()
        self.make_application(self.student, applied)
        application = self.make_application(self.student, place)
        similar = application._get_similar_places(limit=50)
        self.assertIn(like, similar)
        self.assertFalse(similar & (place | applied))
        elsewhere = self.make_vacancy(self.other_company, name="Elsewhere")
        application.end_kind = "lapsed"
        similar = application._get_similar_places(limit=50)
        self.assertIn(elsewhere, similar)
        self.assertNotIn(like, similar, "of the company that never answered")
        application.end_kind = False
        place.write({"state": "closed"})
        about = [("res_model", "=", "vti.application"), ("res_id", "=", application.id)]
        told = "".join(self.env["vti.notice"].search(about).mapped("body"))  # and an invitation to the exchange
        self.assertIn("Perhaps this is something for you", told)


@tagged("post_install", "-at_install")
class TestSavedPages(VtiHttpCase):
    def setUp(self):
        super().setUp()
        self.place, self.other = self.make_vacancy(name="First place"), self.make_vacancy(name="Second place")
        self.authenticate(None, None)

    def change(self, what, place, **headers):
        return self.url_open(
            f"/bewaard/{what}", data={"place": place.id if place else "x"}, headers=headers, allow_redirects=False
        )

    def ids_of(self, student):
        self.env.invalidate_all()
        return self.env["vti.favourite"]._get_ids(student.partner_id)

    def test_a_visitor_saves_without_account_and_script(self):
        self.assertIn('/bewaard/save" data-vti-save', self.url_open(self.place._get_page_path()).text)
        self.assertEqual(self.change("save", self.place).status_code, 303)
        self.change("save", self.other)
        html = self.url_open("/bewaard").text
        self.assertLess(html.index("Second place"), html.index("First place"), "the newest first")
        self.change("remove", self.other)
        html = self.url_open("/bewaard").text
        self.assertIn("First place", html)
        self.assertNotIn("Second place", html)
        self.assertFalse(self.env["vti.favourite"].search([]))

    def test_hearts_ask_for_ones_own(self):
        self.assertEqual(self.url_open("/bewaard/ids").json(), [])
        self.change("save", self.place)
        self.assertEqual(self.url_open("/bewaard/ids").json(), [self.place.id])
        self.assertNotIn("data-vti-heart-ids", self.url_open("/stages").text)
        self.authenticate(self.user_student.login, self.user_student.login)
        self.env["vti.favourite"]._save(self.other_student.partner_id, [self.place.id])
        self.env["vti.favourite"]._save(self.student.partner_id, [self.other.id])
        answer = self.url_open("/bewaard/ids")
        self.assertEqual(answer.json(), [self.other.id])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn('data-vti-heart-ids="/bewaard/ids"', self.url_open("/stages").text)

    def test_a_heart_saves_from_the_list(self):
        self.place.published_on = "2026-11-09"  # the newest stands first
        self.browser_js("/stages", code=f"""
            const wait = async (found) => {{
                for (let turn = 0; turn < 100 && !found(); turn++) {{
                    await new Promise((resolve) => setTimeout(resolve, 50));
                }}
            }};
            const heart = () => document.querySelector(".vti-heart[data-place='{self.place.id}']");
            (async () => {{
                await wait(heart);
                const was = heart().getAttribute("aria-pressed");
                heart().click();
                await wait(() => performance.getEntriesByName(location.origin + "/bewaard/save").length);
                const isRight = was === "false" && heart().getAttribute("aria-pressed") === "true";
                console[isRight ? "log" : "error"](isRight ? "test successful" : "the heart is not pressed");
            }})();
        """, login=self.user_student.login)  # fmt: skip
        self.assertEqual(self.ids_of(self.student), [self.place.id])

    def test_log_in_takes_them_over_and_log_out_leaves_nothing(self):
        self.change("save", self.place)
        form = self.url_open("/web/login").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
        login = self.user_student.login
        self.url_open("/web/login", data={"csrf_token": token, "login": login, "password": login})
        self.assertEqual(self.ids_of(self.student), [self.place.id])
        self.assertNotIn("vti_saved", {cookie.name for cookie in self.opener.cookies if cookie.value})
        self.change("save", self.other)
        self.assertEqual(self.ids_of(self.student), [self.other.id, self.place.id])
        self.assertEqual(self.ids_of(self.other_student), [])
        html = self.url_open(self.place._get_page_path()).text
        self.assertRegex(html, r'<span data-vti-when="saved">Saved: take it off')
        self.url_open("/web/session/logout")
        self.assertNotIn("First place", self.url_open("/bewaard").text)

    def test_other_sites_save_nothing(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        elsewhere = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://x.example"})
        for headers in elsewhere:
            with self.subTest(headers):
                self.assertEqual(self.change("save", self.place, **headers).status_code, 404)
        self.assertEqual(self.ids_of(self.student), [])
        self.assertEqual(self.change("save", self.place, **{"Sec-Fetch-Site": "same-origin"}).status_code, 303)
        self.assertEqual(self.ids_of(self.student), [self.place.id])

    def test_nonsense_is_no_place(self):
        for value in ("x", "-1", "", "9" * 30, "²"):
            with self.subTest(value):
                answer = self.url_open("/bewaard/save", data={"place": value}, allow_redirects=False)
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.url_open("/bewaard/save", allow_redirects=False).status_code, 405)

    def test_mailed_places_open_on_the_computer(self):
        self.change("save", self.place)
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/bewaard").text)[1]
        data = {"csrf_token": token, "email": "sam@example.org"}
        with patch(f"{COMMON}.common.looks_automatic", return_value=False):
            self.assertEqual(self.url_open("/bewaard/mail", data=data | {"email": "sam"}).status_code, 422)
            self.assertEqual(self.url_open("/bewaard/mail", data=data, allow_redirects=False).status_code, 303)
        mail = self.env["mail.mail"].search([("email_to", "=", "sam@example.org")], limit=1)
        path = re.search(r"/bewaard/open/[\w.=-]+", mail.body_html)[0]
        self.opener.cookies.clear()
        self.authenticate(None, None)
        html = self.url_open(path).text
        self.assertIn("First place", html)
        self.assertNotIn("First place", self.url_open("/bewaard").text, "opening a link keeps nothing")
        token = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
        self.assertEqual(self.url_open(path, data={"csrf_token": token}, allow_redirects=False).status_code, 303)
        self.assertIn("First place", self.url_open("/bewaard").text)
        self.assertEqual(self.url_open(f"{path[:-4]}AAAA").status_code, 410)

    def test_the_list_takes_as_many_queries_for_many(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        favourites, person = self.env["vti.favourite"], self.student.partner_id

        def count():
            self.url_open("/bewaard")
            before = self.env.cr.sql_log_count
            self.url_open("/bewaard")
            return self.env.cr.sql_log_count - before

        favourites._save(person, [self.place.id])
        one = count()
        favourites._save(person, [self.make_vacancy(self.make_company(f"C{n}")).id for n in range(12)])
        self.assertEqual(count(), one)
