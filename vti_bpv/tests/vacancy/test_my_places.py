from lxml import html

from odoo import http
from odoo.tests import tagged

from ...models.vacancy import vacancy_portal as portal
from ..common import VtiHttpCase


@tagged("post_install", "-at_install")
class TestMyPlaces(VtiHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).default_lang_id = cls.env.ref("base.lang_en")  # no redirect to /en
        cls.make_recognition(cls.company)
        cls.season_next = cls.env["vti.season"].create(
            {"name": "later", "date_from": "2090-08-01", "date_to": "2091-07-31"}
        )
        cls.form = {
            "name": "Stage warmtepomp",
            "kind": "mbo",
            "learning_path": "bol",
            "qualification_ids": [str(cls.qualification.id)],
            "trade_id": str(cls.qualification.trade_id.id),
            "date_from": "2090-09-01",
            "date_to": "2091-01-31",
            "days_per_week": "4",
            "hours_per_week": "32",
            "time_from": "08:00",
            "time_to": "16:30",
            "places_offered": "2",
            "description": "You build heat pumps.",
            "allowance": "350,50",
            "mentor_id": str(cls.recruiter.id),
        }

    def setUp(self):
        super().setUp()
        self.authenticate(self.user_company.login, self.user_company.login)

    def get(self, path, status=200):
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.status_code, status, path)
        return answer.text

    def post(self, path, status=303, **values):
        answer = self.url_open(
            path, data={"csrf_token": http.Request.csrf_token(self), **values}, method="POST", allow_redirects=False
        )
        self.assertEqual(answer.status_code, status, path)
        return answer

    def new_places(self):
        return self.env["vti.vacancy"].search([("employer_id", "=", self.company.id)])

    def preview(self, path="/my/places/preview", status=200, **values):
        text = self.post(path, status=status, **values).text
        return " ".join(html.fromstring(text).xpath("string(//main)").split()) if status == 200 else ""

    def test_preview_while_typing(self):
        before = self.new_places()
        page = self.preview(**self.form)
        for text in ("Stage warmtepomp", "You build heat pumps.", "350.50", "4 days", self.company.name, "level 2"):
            self.assertIn(text, page)
        self.assertNotIn("New internship", page)
        # half of it, and nonsense: shows what there is
        page = self.preview(name="", date_from="31-2-20", allowance="veel", time_to="8", kind="x", places_offered="0")
        self.assertIn("The title of your place", page)
        self.assertIn("<b>vet</b>", self.preview(name="<b>vet</b>"))
        self.assertEqual(self.new_places(), before, "nothing is saved")

    def test_preview_of_a_change(self):
        place = self.make_vacancy(name="Oud", allowance=100.0, state="paused")
        path = f"/my/places/{place.id}/preview"
        values = {**place.with_user(self.user_company)._get_form_values(), "name": "Nieuw", "allowance": "275"}
        page = self.preview(path, **values)
        self.assertIn("Nieuw", page)
        self.assertIn("275", page)
        self.assertNotIn("paused", page.lower())
        place.invalidate_recordset()
        self.assertEqual((place.name, place.allowance, place.state), ("Oud", 100.0, "paused"))
        other = self.make_vacancy(self.other_company)
        self.preview(f"/my/places/{other.id}/preview", 404, name="x")
        self.authenticate(self.user_student.login, self.user_student.login)
        self.preview(path, 404, name="x")
        self.preview("/my/places/preview", 404, name="x")

    def test_make_a_place_and_send_it_in(self):
        self.get("/my/places/new")
        answer = self.post("/my/places/new", **self.form)
        place = self.new_places()
        self.assertTrue(answer.headers["Location"].endswith(f"/my/places/{place.id}"))
        self.assertEqual((place.name, place.state, place.places_left), ("Stage warmtepomp", "draft", 2))
        self.assertEqual((place.allowance, place.time_to, place.season_id), (350.5, 16.5, self.season_next))
        self.assertEqual(place.mentor_id, self.recruiter)
        self.get(f"/my/places/{place.id}/preview")
        self.post(f"/my/places/{place.id}/submit")
        self.assertEqual(place.state, "review")
        self.post(f"/my/places/{place.id}/submit")  # twice: no harm
        self.assertEqual(place.state, "review")

    def test_wrong_values_stay_and_are_explained(self):
        wrong = self.form | {
            "name": "",
            "kind": "evil",
            "date_from": "2090-02-31",
            "days_per_week": "9",
            "hours_per_week": "many",
            "time_from": "25:00",
            "places_offered": "0",
            "description": "x" * 5001,
            "learning": "Kept text",
            "mentor_id": str(self.other_recruiter.id),
            "branch_id": "12x",
            "allowance": "-5",
        }
        page = html.fromstring(self.post("/my/places/new", 422, **wrong).text)
        named = {a.get("href")[1:] for a in page.xpath("//*[contains(@class, 'vti-errors')]//a")}
        self.assertEqual(
            named,
            {
                "name",
                "kind",
                "date_from",
                "days_per_week",
                "hours_per_week",
                "time_from",
                "places_offered",
                "description",
                "mentor_id",
                "branch_id",
                "allowance",
            },
        )
        self.assertEqual(page.xpath("//*[@id='learning']")[0].text_content(), "Kept text")
        self.assertEqual(page.xpath("//*[@id='days_per_week']")[0].get("value"), "9")
        self.assertEqual(page.xpath("//*[@id='days_per_week']")[0].get("aria-describedby"), "days_per_week_error")
        self.assertFalse(self.new_places())
        self.post("/my/places/new", 422, **(self.form | {"date_to": "2090-08-31"}))
        self.post("/my/places/new", 422, **(self.form | {"time_to": "07:00"}))

    def test_a_draft_needs_little_but_sending_in_needs_more(self):
        self.post("/my/places/new", name="Idea", kind="mbo")
        place = self.new_places()
        text = self.get(f"/my/places/{place.id}")
        self.assertIn("Tell what one does at this place.", text)
        self.assertNotIn(f"/my/places/{place.id}/submit", text)
        self.post(f"/my/places/{place.id}/submit")
        self.assertEqual(place.state, "draft")

    def test_a_published_place_keeps_meeting_the_rules(self):
        place = self.make_vacancy(date_from="2090-09-01", date_to=False)
        text = self.post(f"/my/places/{place.id}/edit", 422, **(self.form | {"description": ""})).text
        self.assertIn("Tell what one does at this place.", text)
        self.assertEqual(place.description, "You pull cables.")
        self.post(f"/my/places/{place.id}/edit", **(self.form | {"name": "New title"}))
        self.assertEqual((place.name, place.state, place.places_left), ("New title", "published", 2))

    def test_fewer_places_than_taken(self):
        place = self.make_vacancy(places_offered=3, date_from="2090-09-01", date_to=False)
        place._take_place()
        place._take_place()
        text = self.post(f"/my/places/{place.id}/edit", 422, **(self.form | {"places_offered": "1"})).text
        self.assertIn("2 of these places are taken already.", text)
        self.assertEqual((place.places_offered, place.places_left, place.name), (3, 1, "Intern electrical fitter"))

    def test_only_whitelisted_fields_are_written(self):
        place = self.make_vacancy(state="draft")
        self.post(
            f"/my/places/{place.id}/edit",
            **self.form,
            state="published",
            places_left="9",
            employer_id=str(self.other_company.id),
            reviewed_on="2026-01-01",
        )
        self.assertEqual((place.state, place.employer_id), ("draft", self.company))
        self.assertFalse(place.reviewed_on)

    def test_buttons(self):
        place = self.make_vacancy(date_from="2090-09-01", date_to=False)
        for button, state in (
            ("pause", "paused"),
            ("resume", "published"),
            ("confirm", "published"),
            ("fill", "filled"),
            ("resume", "published"),
            ("close", "closed"),
            ("resume", "closed"),
        ):
            self.post(f"/my/places/{place.id}/{button}")
            self.assertEqual(place.state, state, button)
        self.post(f"/my/places/{place.id}/unlink", 404)
        answer = self.post(f"/my/places/{place.id}/copy")
        copy = self.new_places() - place
        self.assertTrue(answer.headers["Location"].endswith(f"/my/places/{copy.id}/edit"))
        self.assertEqual(copy.state, "draft")

    def test_a_get_changes_nothing(self):
        place = self.make_vacancy()
        for button in ("pause", "close", "fill", "copy"):
            answer = self.url_open(f"/my/places/{place.id}/{button}", allow_redirects=False)
            self.assertEqual(answer.headers["Location"], f"/my/places/{place.id}")
        self.assertEqual((place.state, len(self.new_places())), ("published", 1))

    def test_another_company_is_not_found(self):
        theirs = self.make_vacancy(self.other_company, date_from="2090-09-01", date_to=False)
        for path in ("", "/edit", "/preview", "/text"):
            self.get(f"/my/places/{theirs.id}{path}", 404)
        self.post(f"/my/places/{theirs.id}/edit", 404, **self.form)
        for button in ("pause", "close", "copy", "submit"):
            self.post(f"/my/places/{theirs.id}/{button}", 404)
        self.assertEqual((theirs.state, theirs.name), ("published", "Intern electrical fitter"))
        self.assertNotIn(theirs.name, self.get("/my/places"))
        self.get("/my/places/99999999999", 404)
        self.authenticate(self.user_other_company.login, self.user_other_company.login)
        self.get(f"/my/places/{theirs.id}")

    def test_students_and_visitors_have_no_places(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        for path in ("/my/places", "/my/places/new"):
            self.get(path, 404)
        self.post("/my/places/new", 404, **self.form)
        self.authenticate(None, None)
        self.get("/my/places", 303)

    def test_limited_to_a_branch(self):
        mine, theirs = self.make_branch(self.company, "Utrecht"), self.make_branch(self.company, "Zeist")
        elsewhere = self.make_vacancy(branch_id=theirs.id)
        self.recruiter.branch_scope_ids = mine
        self.get(f"/my/places/{elsewhere.id}", 404)
        for branch in ("", str(theirs.id)):
            page = html.fromstring(self.post("/my/places/new", 422, **(self.form | {"branch_id": branch})).text)
            errors = page.xpath("//*[contains(@class, 'vti-errors')]//a/@href")
            self.assertEqual(errors, ["#branch_id"])
        self.post("/my/places/new", **(self.form | {"branch_id": str(mine.id)}))
        self.assertEqual((self.new_places() - elsewhere).branch_id, mine)

    def test_text_for_stagemarkt_has_the_link(self):
        place = self.make_vacancy()
        text = html.fromstring(self.get(f"/my/places/{place.id}/text")).xpath("//textarea")[0].text_content()
        self.assertIn("You pull cables.", text)
        self.assertIn(place._get_page_path(), text)

    def test_same_number_of_queries_for_one_and_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.get("/my/places")
            return self.env.cr.sql_log_count - before

        self.make_vacancy()
        count()
        one = count()
        for number in range(80):
            self.make_vacancy(name=f"Place {number}")
        self.assertEqual(count(), one)

    def test_candidates_are_counted_per_place(self):
        place, other = self.make_vacancy(), self.make_vacancy()
        self.make_application(vacancy=place)
        self.make_application(self.other_student, place, state="refused")
        self.make_application(vacancy=self.make_vacancy(self.other_company))
        counts = self.env["vti.vacancy"].with_user(self.user_company)._count_candidates(place | other)
        self.assertEqual(counts, {place.id: (2, 1, f"/my/candidates?place={place.id}")})
        self.assertIn("Waiting for your answer", self.get(f"/my/places/{place.id}"))
        self.assertIn("Nobody has applied yet.", self.get(f"/my/places/{other.id}"))

    def test_my_pages_lead_to_our_places(self):
        self.make_vacancy()
        self.make_vacancy(state="closed")
        card = html.fromstring(self.get("/my")).xpath("//*[@id='vti_home_cards']//h2[a/@href='/my/places']")[0]
        self.assertEqual(card.text_content().split(), ["Our", "places", "1"])
        self.authenticate(self.user_student.login, self.user_student.login)
        self.assertNotIn('href="/my/places"', self.get("/my"))

    def test_summary_names_the_fields(self):
        page = html.fromstring(self.post("/my/places/new", 422, **self.form | {"days_per_week": "x", "name": ""}).text)
        summary = {
            link.get("href"): " ".join(link.text_content().split())
            for link in page.xpath("//div[@class='vti-errors']//a")
        }
        self.assertEqual(
            summary, {"#days_per_week": "Days a week: Give a whole number.", "#name": "Give the place a title."}
        )

    def test_summary_calls_the_fields_as_the_form_does(self):
        wrong = dict.fromkeys(
            ("days_per_week", "min_age", "allowance", "places_offered", "time_from", "date_from"), "?"
        )
        page = html.fromstring(self.post("/my/places/new", 422, **self.form | wrong).text)
        for name in wrong:
            summary = page.xpath(f"string(//div[@class='vti-errors']//a[@href='#{name}'])")
            label = page.xpath(f"string(//label[@for='{name}']/text())")
            self.assertEqual(" ".join(summary.split(":")[0].split()), " ".join(label.split()))

    def test_a_number_below_what_is_possible(self):
        for name, text in (("days_per_week", "-1"), ("allowance", "-0,50"), ("places_offered", "-3")):
            page = html.fromstring(self.post("/my/places/new", 422, **self.form | {name: text}).text)
            self.assertIn("from", page.get_element_by_id(f"{name}_error").text_content(), name)

    def test_mistakes_are_named_in_the_order_of_the_form(self):
        wrong = {"name": "", "date_to": "2090-08-31", "days_per_week": "-3", "min_age": "99", "description": "x" * 5001}
        page = html.fromstring(self.post("/my/places/new", 422, **self.form | wrong).text)
        found = page.xpath("//span[@class='vti-field__error']/@id")
        self.assertEqual(found, [f"{name}_error" for name in ("name", *list(wrong)[1:3], "description", "min_age")])
        links = page.xpath("//div[@class='vti-errors']//a/@href")
        self.assertEqual([f"{link[1:]}_error" for link in links], found)
        self.assertIn("from 0 to 7", page.xpath("string(//*[@id='days_per_week_error'])"))

    def test_all_fields_of_the_form_are_read(self):
        texts = (*portal.LINES, *portal.TEXTS, *portal.DATES, *portal.CLOCKS, *portal.NUMBERS, *portal.AMOUNTS)
        choices = (*portal.CHECKS, *portal.CHOICES, *portal.ONES, *portal.MANY)
        self.assertEqual(sorted(portal.PORTAL_FIELDS), sorted(texts + choices))
        page = html.fromstring(self.get("/my/places/new"))
        shown = dict.fromkeys(page.xpath("//main//form//*[@name and not(@type='hidden')]/@name"))
        self.assertEqual(list(shown), [name for name in portal.PORTAL_FIELDS if name in shown])

    def test_a_company_without_places_is_told_how_to_begin(self):
        self.assertIn("vti_home_start", self.get("/my"))
        self.make_vacancy(state="closed")
        self.assertNotIn("vti_home_start", self.get("/my"))

    def test_a_former_member_reads_why_nothing_is_online(self):
        self.make_vacancy(state="draft")
        self.company.membership_state = "former"
        page = html.fromstring(self.get("/my/places"))
        self.assertEqual(page.xpath("//main//a[@href='/my/places/new']"), [])
        self.assertEqual(len(page.xpath("//main//div[contains(@class, 'vti-message')]//a[@href='/contact']")), 1)
        answer = self.post("/my/places/new", **self.form)
        self.assertTrue(answer.headers["Location"].endswith("/my/places"))
        self.assertEqual(len(self.new_places()), 1)

    def test_date_as_it_is_written(self):
        self.post("/my/places/new", **self.form | {"date_from": "1-9-2090", "date_to": "31/01/2091"})
        place = self.new_places()
        self.assertEqual([str(place.date_from), str(place.date_to)], ["2090-09-01", "2091-01-31"])
        self.post("/my/places/new", 422, **self.form | {"date_from": "31-2-2090"})

    def test_without_recognition_the_form_says_what_to_do(self):
        self.env["vti.recognition"].search([("employer_id", "=", self.company.id)]).unlink()
        page = html.fromstring(self.get("/my/places/new"))
        self.assertEqual(
            [
                link.get("href")
                for link in page.xpath("//fieldset[@id='qualification_ids']/div[contains(@class, 'vti-message')]//a")
            ],
            ["/my/company#ask"],
        )
        self.assertEqual(len(html.fromstring(self.get("/my/company")).xpath("//*[@id='ask']//form")), 1)

    def test_what_is_left_in_words(self):
        self.post("/my/places/new", **self.form)
        self.assertIn("2 of 2 free", self.get("/my/places?tab=draft"))
        self.assertIn("2 of 2 free", self.get(f"/my/places/{self.new_places().id}"))

    def test_tips_and_what_is_missing(self):
        """Each thing that the list asks for is a field of the form."""
        page = html.fromstring(self.get("/my/places/new"))
        needs = " ".join(page.xpath("//li/@data-vti-needs")).split()
        self.assertGreaterEqual(len(needs), 6)
        fields = {name for name in page.xpath("//form[@data-vti-dependents]//@name") if name}
        self.assertLessEqual({need.split(":")[0] for need in needs}, fields)
        self.assertTrue(page.xpath("//details[@open]/summary"))
