from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import VtiCase, VtiHttpCase


class OfferMixin:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vti.holiday"].search([]).unlink()
        cls.place = cls.make_vacancy()
        with cls.at("2026-11-10 12:00"):
            cls.application = cls.make_application(vacancy=cls.place)

    def offer(self, until="2026-11-20", moment="2026-11-12 12:00", **values):
        with self.at(moment):
            self.application.with_user(self.user_company).action_offer(
                "2027-02-01", "2027-06-30", until=until, **values
            )

    def run_on(self, moment):
        """Run the daily job; the ends of the names of the mails it wrote."""
        before = self.env["vti.notice"].search([])
        with self.at(moment):
            self.env["vti.application"]._cron_answers()
        new = self.env["vti.notice"].search([]) - before
        return sorted(x.split("mail_template_")[1] for x in new.template_id.get_external_id().values())


@tagged("post_install", "-at_install")
class TestOffer(OfferMixin, VtiCase):
    """An offer stands until a day; then both hear that it ended."""

    def test_life(self):
        self.offer()
        self.assertEqual(str(self.application.answer_by), "2026-11-20")
        self.assertEqual(self.run_on("2026-11-18 12:00"), [])
        self.assertEqual(self.run_on("2026-11-19 12:00"), ["student_offer_soon"])
        self.assertEqual(self.run_on("2026-11-19 13:00"), [], "once")
        self.assertEqual(self.run_on("2026-11-20 12:00"), ["student_offer_soon"])
        self.assertEqual(self.run_on("2026-11-20 22:59"), [], "still the last day")
        self.assertEqual(self.run_on("2026-11-20 23:00"), ["company_offer_over", "student_offer_over"])
        self.assertEqual((self.application.state, self.application.end_kind), ("lapsed", "offer_over"))
        self.assertEqual(self.run_on("2026-11-21 12:00"), [])

    def test_without_an_end_the_clock_holds(self):
        self.offer(until=None)
        self.assertEqual(str(self.application.answer_by), "2026-11-26")

    def test_yes_on_the_last_day_only(self):
        self.offer()
        student = self.application.with_user(self.user_student)
        with self.at("2026-11-20 23:00"), self.assertRaisesRegex(UserError, "ended"):
            student.action_accept()
        with self.at("2026-11-20 22:59"):
            student.action_accept()
        self.assertEqual(self.application.state, "placed")

    def test_days(self):
        for day in ("2026-11-12", "2027-01-14", "soon"):
            with self.subTest(day=day), self.assertRaises(UserError):
                self.offer(day)
        self.offer("2026-11-13")
        self.offer("2027-01-13")

    def test_mentor_of_the_own_company(self):
        with self.assertRaisesRegex(UserError, "somebody of your company"):
            self.offer(mentor_id=self.other_recruiter.id)
        self.offer(mentor_id=self.recruiter.id)
        student = self.application.with_user(self.user_student)
        self.assertEqual(student.offer_mentor_name, self.recruiter.name)
        with self.assertRaises(AccessError):
            student.read(["offer_mentor_id"])
        with self.at("2026-11-13 12:00"):
            student.action_accept()
        self.assertEqual(self.application.placement_id.workplace_mentor_id, self.recruiter)

    def test_over_with_the_place(self):
        other = self.make_application(self.other_student, self.place)
        self.offer()
        self.place.sudo().write({"state": "expired"})
        for application in self.application | other:
            self.assertEqual((application.state, application.end_kind), ("refused", "expired"))
        template = self.env.ref("vti_bpv.mail_template_student_expired")
        told = self.env["vti.notice"].search([("template_id", "=", template.id)]).partner_id
        self.assertEqual(told, self.student.partner_id | self.other_student.partner_id)


@tagged("post_install", "-at_install")
class TestTogether(OfferMixin, VtiCase):
    """Several people of a company: who did what, for them alone; and several candidates at once."""

    def test_who_did_what(self):
        colleague = self.make_user(self.make_contact(self.company))
        self.application.with_user(colleague).action_add_note(" Called, calls back. ")
        self.offer()
        steps = self.application.step_ids
        self.assertEqual(
            [(step.partner_id, step.kind, step.note) for step in steps],
            [(self.recruiter, "offered", False), (colleague.partner_id, "note", "Called, calls back.")],
        )
        for user in (self.user_student, self.user_company, self.user_school):
            with self.assertRaises(AccessError):
                steps.with_user(user).read(["note"])
        with self.assertRaises(AccessError):
            self.application.with_user(self.user_student).read(["step_ids"])

    def test_nobody_signs_for_another(self):
        application = self.application.with_user(self.user_company).with_context(vti_actor=self.other_recruiter.id)
        application.action_add_note("Mine")
        self.assertEqual(self.application.step_ids.partner_id, self.recruiter)

    def test_others_add_no_note(self):
        for user in (self.user_student, self.user_school, self.user_other_company):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.application.with_user(user).action_add_note("Hello")
        with self.assertRaises(UserError):
            self.application.with_user(self.user_company).action_add_note("  ")

    def test_notes_go_with_the_rest(self):
        self.application.with_user(self.user_company).action_add_note("Called")
        self.application._forget()
        self.assertFalse(self.application.step_ids)

    def test_refuse_many(self):
        others = self.make_application(self.other_student, self.place)
        both = self.application | others
        reason = self.env.ref("vti_bpv.refusal_reason_study")
        both.with_user(self.user_company).action_refuse_many(reason.id, {others.id: "You draw well."})
        self.assertEqual(both.mapped("state"), ["refused"] * 2)
        self.assertEqual(both.mapped("refusal_note"), [False, "You draw well."])
        self.assertEqual(both.mapped("answered_in_bulk"), [True] * 2)

    def test_refuse_one_is_no_bulk(self):
        reason = self.env.ref("vti_bpv.refusal_reason_study")
        self.application.with_user(self.user_company).action_refuse_many(reason.id)
        self.assertFalse(self.application.answered_in_bulk)

    def test_not_anothers(self):
        mixed = self.application | self.make_application(self.other_student, self.make_vacancy(self.other_company))
        reason = self.env.ref("vti_bpv.refusal_reason_study")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            mixed.with_user(self.user_company).action_refuse_many(reason.id)
        self.assertEqual(mixed.mapped("state"), ["submitted"] * 2)


@tagged("post_install", "-at_install")
class TestTogetherPages(VtiHttpCase):
    def post(self, path, data):
        form = self.url_open("/my/company").text
        token = form.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(path, data={"csrf_token": token, **data}, allow_redirects=False)

    def test_refuse_several_on_a_page(self):
        place = self.make_vacancy()
        own = self.make_application(self.student, place) | self.make_application(self.other_student, place)
        foreign = self.make_application(self.student, self.make_vacancy(self.other_company))
        self.authenticate(self.user_company.login, self.user_company.login)
        page = self.url_open("/en/my/candidates/refuse").text
        self.assertIn(self.student.name, page)
        reason = self.env.ref("vti_bpv.refusal_reason_study")
        path = "/en/my/candidates/refuse"
        self.assertEqual(self.post(path, {"reason_id": reason.id}).status_code, 422)
        answer = self.post(path, {"chosen": own[0].id, f"note_{own[0].id}": "Nice work"})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Nice work", answer.text, "nothing typed is lost")
        long = {"chosen": own.ids, "reason_id": reason.id, f"note_{own[1].id}": "x" * 2001}
        answer = self.post(path, long)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("At most 2000 characters; this has 2001.", answer.text, "not cut silently")
        self.assertEqual(own.mapped("state"), ["submitted"] * 2)
        self.assertEqual(self.post(path, {"chosen": foreign.id, "reason_id": reason.id}).status_code, 422)
        self.assertEqual(foreign.state, "submitted")
        sent = {"chosen": own.ids, "reason_id": reason.id, f"note_{own[0].id}": "Nice work"}
        answer = self.post(path, {**sent, "step": "look"})
        preview = answer.text.partition('id="preview"')[2].partition("Nothing is sent yet")[0]
        for said in (reason.message, "Nice work", self.other_student.name, "No line of your own"):
            self.assertIn(said, preview)
        self.assertEqual(own.mapped("state"), ["submitted"] * 2)
        self.assertEqual(self.post(path, {**long, "step": "look"}).status_code, 422)
        answer = self.post(path, sent)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(own.mapped("state"), ["refused"] * 2)
        self.assertEqual(own[0].refusal_note, "Nice work")

    def test_note_and_log_on_the_page(self):
        application = self.make_application()
        self.authenticate(self.user_company.login, self.user_company.login)
        path = f"/en/my/candidates/{application.id}"
        self.assertEqual(self.post(f"{path}/note", {"note": ""}).status_code, 422)
        self.assertEqual(self.post(f"{path}/note", {"note": "Called, calls back"}).status_code, 303)
        self.assertIn("Called, calls back", self.url_open(path).text)
        self.authenticate(self.user_student.login, self.user_student.login)
        self.assertNotIn("Called, calls back", self.url_open(f"/en/my/applications/{application.id}").text)

    def test_who_came_by_the_mail_is_named(self):
        application = self.make_application()
        link = application._get_link("company", self.recruiter).split("/application/")[1]
        page = self.url_open(f"/application/{link}").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        done = self.url_open(
            f"/application/{link}/note", data={"csrf_token": token, "note": "Called"}, allow_redirects=False
        )
        self.assertEqual(done.status_code, 303)
        self.assertEqual(application.step_ids.partner_id, self.recruiter)
