from datetime import timedelta

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.vti_bpv.tools.moment import get_today
from odoo.addons.vti_bpv.tools.working_days import add_working_days

from .common import LessonMixin

SOON, LATER = (str(get_today() + timedelta(days=days)) for days in (20, 27))
PERSONAL = ("030 1112233", "Contact 0 of ROC")  # the teacher's phone and name


@tagged("post_install", "-at_install")
class TestLessonPages(LessonMixin, HttpCase):
    """The pages of school and company; the clock is the machine's, as a request has its own."""

    def post(self, path, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data, allow_redirects=False)

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def path(self, link):
        return f"/en{link.partition('://')[2].partition('/')[1]}{link.partition('://')[2].partition('/')[2]}"

    def test_a_school_asks(self):
        self.log_in(self.user_school)
        form = {"kind": "company_visit", "students": "24", "day_1": SOON, "part_1": "morning", "remarks": "<b>Hi</b>"}
        answer = self.post("/en/my/lessons/ask", **form)
        request = self.env["vti.lesson.request"].search([("school_id", "=", self.school.id)])
        self.assertEqual((answer.status_code, answer.headers["Location"].partition("/my")[2]),
                         (303, f"/lessons/{request.id}"))  # fmt: skip
        self.assertEqual((request.partner_id, request.students, str(request.last_day)), (self.coordinator, 24, SOON))
        self.assertEqual(self.told(self.coordinator), ["school_asked"])
        self.assertTrue(request.activity_ids)
        page = self.url_open(f"/en/my/lessons/{request.id}").text
        self.assertIn("&lt;b&gt;Hi", page)
        self.assertIn("Company visit", self.url_open("/en/my/lessons").text)
        again = self.url_open("/en/my/lessons/ask").text
        self.assertIn('value="24"', again, "the next one begins as the last one was")

    def test_mistakes_keep_what_was_typed(self):
        self.log_in(self.user_school)
        before = str(add_working_days(get_today(), 3) - timedelta(days=1))
        for wrong, field in (
            ({"students": "0"}, "students"),
            ({"students": "501"}, "students"),
            ({"students": "٣"}, "students"),
            ({"kind": "party"}, "kind"),
            ({"trade_id": "999999"}, "trade_id"),
            ({"campus_id": "1"}, "campus_id"),
            ({"day_1": before}, "day_1"),
            ({"day_1": "soon"}, "day_1"),
            ({"day_1": ""}, "day_1"),
            ({"date_from": LATER, "date_to": SOON}, "date_to"),
            ({"date_from": SOON}, "date_to"),
            ({"date_from": before, "date_to": before}, "date_to"),
            ({"remarks": "x" * 501}, "remarks"),
        ):
            form = {"kind": "guest_lesson", "students": "24", "day_1": SOON, "remarks": "Keep me"} | wrong
            answer = self.post("/en/my/lessons/ask", **form)
            self.assertEqual(answer.status_code, 422, wrong)
            self.assertIn(f'href="#{field}"', answer.text, wrong)
            if "remarks" not in wrong:
                self.assertIn("Keep me", answer.text)
        self.assertFalse(self.env["vti.lesson.request"].search([("school_id", "=", self.school.id)]))
        first = str(add_working_days(get_today(), 3))
        answer = self.post("/en/my/lessons/ask", kind="guest_lesson", students="24", day_1=first)
        self.assertEqual(answer.status_code, 303, "the first day that can be asked")

    def test_a_company_offers(self):
        self.log_in(self.user_company)
        trade = self.qualification.trade_id
        form = {"kind": "guest_lesson", "max_students": "30", "max_km": "15", "tuesday": "1", f"trade_{trade.id}": "1"}
        self.assertEqual(self.post("/en/my/guest-lessons/offer", **form).status_code, 303)
        offer = self.env["vti.lesson.offer"].search([("employer_id", "=", self.company.id)]) - self.offer
        self.assertEqual((offer.max_students, offer.trade_ids, offer._get_weekdays()), (30, trade, {1}))
        self.assertEqual(offer.contact_id, self.recruiter)
        self.assertEqual(self.post(f"/en/my/guest-lessons/offer/{offer.id}", **form | {"max_km": "x"}).status_code, 422)
        self.assertEqual(self.post(f"/en/my/guest-lessons/offer/{self.other_offer.id}", **form).status_code, 404)
        self.assertEqual(self.post(f"/en/my/guest-lessons/offer/{self.other_offer.id}/stop").status_code, 404)
        self.assertTrue(self.other_offer.active)
        self.post(f"/en/my/guest-lessons/offer/{offer.id}/stop")
        self.assertFalse(offer.active)
        self.assertIn("What you offer", self.url_open("/en/my/guest-lessons").text)

    @mute_logger("odoo.http")
    def test_who_the_teacher_is_stays_hidden_until_coupled(self):
        (proposal,) = self.ask(self.make_request((SOON,)), self.offer)
        self.log_in(self.user_company)
        page = self.url_open(f"/en/my/guest-lessons/{proposal.id}").text
        self.assertIn(self.school.name, page)
        for text in (*PERSONAL, self.coordinator.email):
            self.assertNotIn(text, page)
        mail = self.env["vti.notice"].search([("partner_id", "=", self.recruiter.id)]).body
        self.assertNotIn(self.coordinator.name, mail)
        self.log_in(self.user_other_company)
        self.assertEqual(self.url_open(f"/en/my/guest-lessons/{proposal.id}").status_code, 404)
        self.assertEqual(self.post(f"/en/my/guest-lessons/{proposal.id}/no").status_code, 404)
        self.log_in(self.user_company)
        answer = self.post(f"/en/my/guest-lessons/{proposal.id}/moment", choice=SOON, time="13:00", hours="1.5")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual((proposal.state, proposal.end - proposal.begin), ("coupled", timedelta(hours=1.5)))
        page = self.url_open(f"/en/my/guest-lessons/{proposal.id}").text
        self.assertIn(self.coordinator.name, page)
        self.assertIn("030 1112233", page)

    @mute_logger("odoo.http")
    def test_links_in_mails(self):
        """Both answer without logging in; opening a page changes nothing, and who left has no say any more."""
        (proposal,) = self.ask(self.make_request((SOON,)), self.offer)
        request = proposal.request_id
        self.authenticate(None, None)
        company, school = self.path(proposal._get_company_link()), self.path(request._get_school_link())
        for path in (company, school):
            self.assertEqual(self.url_open(path).status_code, 200)
            self.assertEqual(self.url_open(f"{path[:-4]}AAAA").status_code, 410)
            self.assertEqual(self.url_open(f"{path}/agenda.ics").status_code, 404)
        self.assertEqual(self.url_open(company.replace("asked", "lesson")).status_code, 410)
        self.assertEqual((request.state, proposal.state), ("offered", "asked"))
        wrong = self.post(f"{company}/moment", choice="other", day="2020-01-01", time="13:00", note="Keep me")
        self.assertEqual(wrong.status_code, 422)
        self.assertIn("Keep me", wrong.text)
        self.assertEqual(self.post(f"{company}/moment", choice=SOON, time="1pm").status_code, 422)
        self.assertEqual(self.post(f"{company}/moment", choice=SOON, time="13:00").status_code, 303)
        self.assertEqual(self.post(f"{company}/agree").status_code, 422, "once is enough")
        self.assertEqual(self.post(f"{school}/agree").status_code, 303)
        self.assertEqual(request.state, "planned")
        for path in (company, school):
            self.assertIn("BEGIN:VCALENDAR", self.url_open(f"{path}/agenda.ics").text)
            self.assertEqual(self.url_open(path).status_code, 200)
        self.recruiter.parent_id = self.other_company
        self.assertEqual(self.url_open(company).status_code, 410)
        self.coordinator.parent_id = self.other_school
        self.assertEqual(self.post(f"{school}/withdraw").status_code, 410)
        self.assertEqual(request.state, "planned")

    @mute_logger("odoo.http")
    def test_a_school_takes_it_back(self):
        (proposal,) = self.ask(self.make_request((SOON,)), self.offer)
        request = proposal.request_id
        self.log_in(self.user_other_school)
        self.assertEqual(self.url_open(f"/en/my/lessons/{request.id}").status_code, 404)
        self.assertEqual(self.post(f"/en/my/lessons/{request.id}/withdraw").status_code, 404)
        self.assertEqual(request.state, "offered")
        self.log_in(self.user_school)
        self.assertEqual(self.post(f"/en/my/lessons/{request.id}/withdraw").status_code, 303)
        self.assertEqual((request.state, proposal.state), ("ended", "withdrawn"))
        self.assertIn("took it back", self.url_open(f"/en/my/lessons/{request.id}").text)
        self.assertEqual(self.post(f"/en/my/lessons/{request.id}/agree").status_code, 422)

    def test_home_and_other_roles(self):
        (proposal,) = self.ask(self.make_request((SOON,)), self.offer)
        self.log_in(self.user_company)
        self.assertIn('href="/en/my/guest-lessons"', self.url_open("/en/my").text)
        for user in (self.user_student, self.user_school):
            self.log_in(user)
            self.assertEqual(self.url_open("/en/my/guest-lessons").status_code, 404)
        self.assertIn('href="/en/my/lessons"', self.url_open("/en/my").text)
        self.log_in(self.user_student)
        self.assertEqual(self.url_open("/en/my/lessons/ask").status_code, 404)
        self.assertNotIn("/my/lessons", self.url_open("/en/my").text)
