from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SpeedPagesCase


@tagged("post_install", "-at_install")
class TestSpeedPages(SpeedPagesCase):
    def test_student_joins_with_wishes(self):
        self.log_in(self.user_student)
        self.assertIn("Meet the trade", self.url_open("/en/my/speed-dates").text)
        page = self.url_open("/en" + self.path).text
        self.assertIn("Bakker Techniek", page)
        answer = self.post("wishes", wish_1=self.vries.id, wish_2=self.bakker.id,
                           **{f"away_{self.date.round_ids[0].id}": "1"})  # fmt: skip
        self.assertEqual(answer.status_code, 303)
        line = self.date.student_ids.filtered(lambda line: line.student_id == self.student)
        self.assertEqual(line.wish_ids.mapped("company_id"), self.vries | self.bakker)
        self.assertEqual(line.wish_ids.mapped("student_rank"), [1, 2])
        self.assertEqual(line.away_round_ids, self.date.round_ids[0])
        self.assertEqual(line.registration_id.partner_id, self.student.partner_id)
        self.post("wishes", wish_1=self.bakker.id)
        self.assertEqual(line.wish_ids.mapped("company_id"), self.bakker)
        self.assertFalse(line.away_round_ids)
        self.post("leave")
        self.assertFalse(line.exists())

    def test_only_for_whom_the_event_is(self):
        """Sam's school isn't asked: no page, no line in his list, no way to join; who is on the list stays."""
        self.event.write({"audience": "students", "school_ids": [(6, 0, self.other_school.ids)]})
        self.env.flush_all()
        self.log_in(self.user_student)
        self.assertNotIn("Meet the trade", self.url_open("/en/my/speed-dates").text)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open("/en" + self.path, allow_redirects=False).status_code, 404)
            self.assertEqual(self.post("wishes", wish_1=self.bakker.id).status_code, 404)
        self.assertFalse(self.date.student_ids - self.noor)
        self.event.school_ids |= self.school
        self.env.flush_all()
        self.assertIn("Meet the trade", self.url_open("/en/my/speed-dates").text)
        self.assertEqual(self.post("wishes", wish_1=self.bakker.id).status_code, 303)

    def test_no_seat_left_is_told(self):
        self.event.registration_ids.filtered(lambda r: r.partner_id == self.student.partner_id).unlink()
        self.event.write({"seats_limited": True, "seats_max": 1})
        self.env.flush_all()
        self.log_in(self.user_student)
        answer = self.post("wishes", wish_1=self.bakker.id)
        self.assertEqual(answer.status_code, 422)
        self.assertRegex(answer.text, r'value="\d+" selected=', "the wish is still there")
        self.assertFalse(self.date.student_ids - self.noor)

    def test_wrong_wishes_are_told_and_kept(self):
        self.log_in(self.user_student)
        for form, sentence in (
            ({}, "Choose at least one company"),
            ({"wish_1": self.bakker.id, "wish_2": self.bakker.id}, "You chose this one already"),
            ({"wish_1": 10**12}, "Choose from the list"),
            ({"wish_1": "x"}, "Choose from the list"),
            (
                {"wish_1": self.bakker.id, **{f"away_{turn.id}": "1" for turn in self.date.round_ids}},
                "at least one round",
            ),
        ):
            answer = self.post("wishes", **form)
            self.assertEqual(answer.status_code, 422, form)
            self.assertIn(sentence, answer.text)
        self.assertRegex(
            self.post("wishes", wish_1=self.bakker.id, wish_2=self.bakker.id).text, r'value="\d+" selected='
        )
        self.assertFalse(self.date.student_ids - self.noor)

    def test_deadline_of_students(self):
        """Wishes until Friday 27 March 17:00 in Amsterdam, which is 16:00 UTC; on the Sunday after, clocks change."""
        self.date.write({"starts_at": "2099-03-30 10:00:00", "wish_deadline": "2099-03-27 16:00:00"})
        self.env.flush_all()
        self.log_in(self.user_other_student)
        self.assertIn("27 March, 17:00", self.url_open("/en" + self.path).text)
        with self.at("2099-03-27 15:59:59"):
            self.assertEqual(self.date._save_wishes(self.user_other_student, {"wish_1": str(self.bakker.id)}), {})
        for moment in ("2099-03-27 16:00:00", "2099-03-27 16:00:01"):
            with self.at(moment):
                self.assertIn("form", self.date._save_wishes(self.user_other_student, {"wish_1": str(self.vries.id)}))
        self.assertEqual(self.noor.wish_ids.company_id, self.bakker)

    def test_deadline_of_companies(self):
        """Two days after the students, across the change of the clocks: the same hours later, at 18:00."""
        self.date.write({"starts_at": "2099-03-30 10:00:00", "wish_deadline": "2099-03-27 16:00:00"})
        self.assertEqual(str(self.date.company_deadline), "2099-03-29 16:00:00")
        self.wish(self.noor, self.bakker)
        choose = {"wish_1": str(self.noor.id)}
        for moment, rank, is_refused in (
            ("2099-03-27 15:59:59", 0, False), ("2099-03-27 16:00:00", 1, False), ("2099-03-29 15:59:59", 1, False),
            ("2099-03-29 16:00:00", 1, True),
        ):  # fmt: skip
            with self.at(moment):
                self.assertEqual("form" in self.date._save_wishes(self.user_company, choose), is_refused, moment)
            self.assertEqual(self.noor.wish_ids.company_rank, rank, moment)

    def test_companies_are_asked_once(self):
        self.wish(self.noor, self.bakker)
        ask = self.env["vti.speed.date"]._cron_ask_companies
        notices = self.env["vti.notice"].search([])

        def asked():
            self.env.flush_all()
            with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60):
                ask()
            return (self.env["vti.notice"].search([("subject", "like", "Choose your students")]) - notices).partner_id

        self.date.write({"starts_at": "2099-03-30 10:00:00", "wish_deadline": "2099-03-27 16:00:00"})
        with self.at("2099-03-27 15:59:59"):
            self.assertFalse(asked())
        with self.at("2099-03-27 16:00:00"):
            self.assertEqual(asked(), self.recruiter, "nobody chose De Vries")
            self.assertEqual(len(asked()), 1)

    def test_deadlines_in_order(self):
        for values in ({"wish_deadline": "2099-03-01 12:00:01"}, {"company_deadline": "2099-02-26 11:59:59"},
                       {"company_deadline": "2099-03-01 12:00:01"}):  # fmt: skip
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.date.write(values)
        self.date.company_deadline = "2099-03-01 12:00:00"

    def close_wishes(self):
        """Let it be the turn of the companies."""
        self.date.wish_deadline = fields.Datetime.now() - timedelta(minutes=1)
        self.date.company_deadline = self.date.starts_at
        self.env.flush_all()

    def test_company_ranks_without_names(self):
        """Nothing that tells who she is, neither in words nor as an address, before the plan is out."""
        self.other_student.partner_id.write({"phone": "06 12345678", "street": "Dorpsstraat 1", "city": "Baarn"})
        self.other_student.write({"headline": "Noor from Baarn", "wish_from": "2099-02-01"})
        self.wish(self.noor, self.bakker)
        self.wish(self.add_student(self.student), self.vries)
        self.log_in(self.user_company)
        self.assertNotIn(self.other_student.code, self.url_open("/en" + self.path).text, "not her turn yet")
        self.post("wishes", wish_1=self.noor.id)
        self.assertFalse(self.noor.wish_ids.company_rank, "students are choosing")
        self.close_wishes()
        page = self.url_open("/en" + self.path).text
        self.assertIn(f"Student {self.other_student.code}", page)
        self.assertIn(self.qualification.name, page)
        self.assertNotIn(self.student.code, page, "he chose another company")
        partner = self.other_student.partner_id
        private = ["Noor", "06 12345678", "Dorpsstraat", "Baarn", "3511", partner.email, "/web/image",
                   f"res.partner/{partner.id}", self.other_school.name]  # fmt: skip
        for text in private:
            self.assertNotIn(text, page)
        answer = self.post("wishes", wish_1=self.noor.id)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.noor.wish_ids.company_rank, 1)
        self.date.nameless = False
        self.env.flush_all()
        page = self.url_open("/en" + self.path).text
        self.assertIn("Noor W.", page)
        self.assertIn(self.other_school.name, page, "it could have been there")
        self.log_in(self.user_other_company)
        self.assertEqual(self.post("wishes", wish_1=self.noor.id).status_code, 422, "she didn't choose De Vries")

    def test_what_a_company_looks_for(self):
        place = self.make_vacancy(self.company)
        other_place = self.make_vacancy(self.other_company)
        trade = self.env["vti.trade"].search([], limit=1)
        self.log_in(self.user_company)
        form = {"level_3": "1", "level_4": "1", f"trade_{trade.id}": "1", "want_path": "bol", "want_from": "1-2-2027"}
        form |= {f"place_{p.id}": "1" for p in place | other_place} | {"want_km": "20"}
        for wrong, sentence in (
            ({"want_from": "soon"}, "Give a day"), ({"want_km": "7"}, "Choose from the list"),
            ({"want_path": "x"}, "Choose from the list"),
        ):  # fmt: skip
            answer = self.post("wishes", **form | wrong)
            self.assertEqual(answer.status_code, 422)
            self.assertIn(sentence, answer.text)
            self.assertRegex(answer.text, r'name="level_3"[^>]*checked', "nothing typed is lost")
        self.assertFalse(self.bakker.want_levels)
        self.assertEqual(self.post("wishes", **form).status_code, 303)
        self.assertEqual((self.bakker.want_levels, self.bakker.want_path, self.bakker.want_km), ("34", "bol", 20))
        self.assertEqual((self.bakker.want_trade_ids, str(self.bakker.want_from)), (trade, "2027-02-01"))
        self.assertEqual(self.bakker.vacancy_ids, place)
        self.assertRegex(self.url_open("/en" + self.path).text, r'name="level_4"[^>]*checked')
        self.post("wishes")
        self.assertEqual((self.bakker.want_levels, self.bakker.want_km, self.bakker.vacancy_ids.ids), (False, 0, []))

    def test_reasons_beside_the_companies(self):
        """What suits comes first, with why; what can't be says why not."""
        fits = self.make_vacancy(self.other_company, name="Fitter")
        for_others = self.make_vacancy(self.company, name="Cook", learning_path="bbl")
        self.vries.vacancy_ids, self.bakker.vacancy_ids = fits, for_others
        self.env.flush_all()
        self.log_in(self.user_other_student)
        page = self.url_open("/en" + self.path).text
        who = page[page.index('id="who"') :]
        self.assertLess(who.index("De Vries"), who.index("Bakker"))
        self.assertIn("Offered for this course", who)
        self.assertIn("Suits", page[: page.index('id="who"')], "in the list of wishes too")
        self.assertIn("For another learning path", who)
        self.assertIn("Does not suit", who)
        self.count_choices()
        few = self.count_choices()
        for name in ("One", "Two", "Three"):
            employer = self.make_company(name)
            self.add_company(employer, vacancy_ids=[(6, 0, self.make_vacancy(employer).ids)])
        self.env.flush_all()
        self.assertEqual(self.count_choices(), few)

    def count_choices(self):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.date._get_choices(self.noor)
        return self.cr.sql_log_count - before

    def test_own_plan_only(self):
        sam = self.add_student(self.student, self.bakker)
        self.wish(self.noor, self.bakker)
        self.publish()
        self.log_in(self.user_student)
        page = self.url_open("/en" + self.path).text
        self.assertIn("Bakker Techniek", page)
        self.assertNotIn("Noor", page)
        self.log_in(self.user_company)
        page = self.url_open("/en" + self.path).text
        self.assertIn("Sam J.", page)
        self.assertIn("Noor W.", page)
        self.assertNotIn("Jansen", page)
        self.log_in(self.user_other_company)
        self.assertNotIn("Sam", self.url_open("/en" + self.path).text)
        self.assertTrue(sam.talk_ids)

    @mute_logger("odoo.http")
    def test_who_has_nothing_to_do_with_it(self):
        self.publish_empty()
        for user in (self.user_student, self.user_school):
            self.log_in(user)
            for part in ("", "/version"):
                self.assertEqual(self.url_open("/en" + self.path + part, allow_redirects=False).status_code, 404)
            for part in ("wishes", "leave", "answer"):
                self.assertEqual(self.post(part).status_code, 404)
        self.log_in(self.user_company)
        self.assertEqual(self.url_open(f"/en/my/speed-dates/{10**12}", allow_redirects=False).status_code, 404)
        self.event.is_published = False
        self.env.flush_all()
        self.assertEqual(self.url_open("/en" + self.path, allow_redirects=False).status_code, 404)

    def publish_empty(self):
        self.wish(self.noor, self.bakker)
        self.publish()

    def test_screen_is_for_staff(self):
        self.publish_empty()
        path = f"/vti/speed-dates/{self.date.id}/screen"
        self.authenticate(self.user_vti.login, self.user_vti.login)
        self.assertIn("Noor W.", self.url_open(path).text)
        self.assertEqual(self.url_open(path + "/version").text, str(self.date.plan_version))
        self.log_in(self.user_company)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open("/en" + path, allow_redirects=False).status_code, 404)

    def test_worker_and_version(self):
        self.publish_empty()
        self.log_in(self.user_other_student)
        self.assertEqual(self.url_open(self.path + "/version").text, str(self.date.plan_version))
        worker = self.url_open("/my/speed-dates/worker.js")
        self.assertEqual(worker.headers["Content-Type"].split(";")[0], "text/javascript")
        page = self.url_open("/en" + self.path).text
        self.assertIn(f'data-vti-speed="{self.date.plan_version}"', page)

    def test_printed_plans(self):
        self.wish(self.noor, self.bakker)
        self.publish()
        for kind in ("students", "tables", "rooms"):
            html, _kind = self.env["ir.actions.report"]._render_qweb_html(
                f"vti_events.report_speed_{kind}", self.date.ids
            )
            self.assertIn("Bakker Techniek", html.decode())
            self.assertIn("Noor", html.decode())

    def test_card_and_list(self):
        self.log_in(self.user_other_student)
        self.assertIn("Meet the trade", self.url_open("/en/my/speed-dates").text)
        self.assertIn("/my/speed-dates", self.url_open("/en/my").text)
        self.log_in(self.user_school)
        self.assertNotIn("/my/speed-dates", self.url_open("/en/my").text)
