from functools import partial

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import VtiCase
from ..parallel import ParallelCase


@tagged("post_install", "-at_install")
class TestAccept(VtiCase):
    """Saying yes fills the place, closes the student's other applications and answers who waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vacancy = cls.make_vacancy()
        cls.application = cls.make_offered(cls.student, cls.vacancy)

    @classmethod
    def make_offered(cls, student, vacancy, **values):
        return cls.make_application(
            student, vacancy, state="offered", offer_date_from="2027-02-01", offer_date_to="2027-06-30", **values
        )

    def accept(self):
        with self.at("2026-11-10 12:00"):
            self.application.with_user(self.user_student).action_accept()

    def test_yes_closes_what_has_become_needless(self):
        elsewhere = self.make_application(vacancy=self.make_vacancy(self.other_company))
        ended = self.make_application(vacancy=self.make_vacancy(), state="refused", end_kind="refused")
        rival = self.make_application(self.other_student, self.vacancy)
        rival_elsewhere = self.make_application(self.other_student, self.make_vacancy())
        self.accept()
        self.assertIn(self.application.state, ("accepted", "placed"))
        self.assertEqual((self.vacancy.places_left, self.vacancy.state), (0, "filled"))
        self.assertEqual((elsewhere.state, elsewhere.end_kind), ("withdrawn", "elsewhere"))
        self.assertEqual((ended.state, ended.end_kind), ("refused", "refused"))
        self.assertEqual((rival.state, rival.end_kind), ("refused", "filled"))
        self.assertEqual(rival.refusal_reason_id, self.env.ref("vti_bpv.refusal_reason_filled"))
        self.assertEqual(rival_elsewhere.state, "submitted")
        self.assertFalse(self.student.is_looking)

    def test_a_second_place_stays_open(self):
        self.vacancy.places_offered = 2
        rival = self.make_offered(self.other_student, self.vacancy)
        self.accept()
        self.assertEqual((self.vacancy.places_left, self.vacancy.state, rival.state), (1, "published", "offered"))

    def test_everybody_is_told(self):
        rival = self.make_application(self.other_student, self.vacancy)
        elsewhere = self.make_application(vacancy=self.make_vacancy(self.other_company))
        self.accept()
        told = self.env["vti.notice"].search([("template_id", "!=", False)])

        def templates(partner):
            return {notice.template_id.get_external_id()[notice.template_id.id] for notice in told
                    if notice.partner_id == partner}  # fmt: skip

        self.assertIn("vti_bpv.mail_template_student_filled", templates(rival.student_id.partner_id))
        self.assertIn("vti_bpv.mail_template_student_elsewhere", templates(self.student.partner_id))
        self.assertIn("vti_bpv.mail_template_company_withdrawn", templates(self.other_recruiter))
        self.assertEqual(elsewhere.state, "withdrawn")
        self.assertIn("vti_bpv.mail_placement_made", templates(self.student.partner_id))
        self.assertFalse(told.filtered(lambda notice: notice.state == "failed"))

    def test_twice_yes(self):
        self.accept()
        with self.assertRaisesRegex(UserError, "already"):
            self.accept()
        self.assertEqual(self.vacancy.places_left, 0)

    def test_place_that_is_gone(self):
        for state in ("closed", "expired", "filled"):
            vacancy = self.make_vacancy()
            self.application = self.make_offered(self.student, vacancy)
            self.env.cr.execute("UPDATE vti_vacancy SET state = %s WHERE id = %s", [state, vacancy.id])
            with self.subTest(state=state), self.assertRaisesRegex(UserError, "filled just now"):
                self.accept()

    def test_too_young_for_the_work(self):
        self.vacancy.min_age = 18
        self.application.student_id.birth_date = "2009-02-02"  # 17 on the first day of the offer
        with self.assertRaisesRegex(UserError, "allowed at your age"):
            self.accept()
        self.assertEqual((self.application.state, self.vacancy.places_left), ("offered", 1))
        self.application.student_id.birth_date = "2009-02-01"  # 18 on that day
        self.accept()
        self.assertEqual(self.vacancy.places_left, 0)

    def test_offer_to_someone_too_young_reaches_vti(self):
        self.vacancy.min_age = 21
        application = self.make_application(self.other_student, self.vacancy)
        with self.at("2026-11-10 12:00"):
            application.with_user(self.user_company).action_offer("2027-02-01", "2027-06-30")
        self.assertIn("21", application.activity_ids.note)


@tagged("post_install", "-at_install")
class TestAcceptAtOnce(ParallelCase):
    """Two acceptances at the same moment."""

    def _make(self, env):
        company, school = env["res.partner"].create(
            [
                {"name": "Parallel Techniek", "is_company": True, "is_employer": True},
                {"name": "Parallel College", "is_company": True, "is_school": True, "has_mbo": True},
            ]
        )
        vacancies = env["vti.vacancy"].create(
            [{"name": f"Parallel {n}", "employer_id": company.id, "state": "published", "date_from": "2027-02-01",
              "date_to": "2027-06-30"} for n in range(2)]
        )  # fmt: skip
        students = env["vti.student"]
        for name in ("Ann", "Ben"):
            partner = env["res.partner"].create({"name": name})
            students += env["vti.student"].create(
                {"partner_id": partner.id, "birth_date": "2000-01-01", "activated_on": "2026-01-01",
                 "enrolment_ids": [(0, 0, {"school_id": school.id, "education": "mbo"})]}
            )  # fmt: skip
        values = {"state": "offered", "offer_date_from": "2027-02-01", "offer_date_to": "2027-06-30"}
        applications = env["vti.application"].create(
            [
                {"student_id": student.id, "vacancy_id": vacancy.id, **values}
                for student, vacancy in (
                    (students[0], vacancies[0]), (students[1], vacancies[0]), (students[0], vacancies[1])
                )
            ]
        )  # fmt: skip
        self.ids = {
            "vti.placement": [],
            "vti.application": applications.ids,
            "vti.vacancy": vacancies.ids,
            "vti.enrolment": students.enrolment_ids.ids,
            "vti.student": students.ids,
            "res.partner": (students.partner_id + company + school).ids,
        }

    def _remove(self, env):
        placements = env["vti.placement"].search([("application_id", "in", self.ids["vti.application"])])
        env["vti.application"].browse(self.ids["vti.application"]).placement_id = False
        placements.unlink()
        for model in ("vti.application", "vti.vacancy", "vti.enrolment", "vti.student", "res.partner"):
            env[model].browse(self.ids[model]).unlink()

    def _accept(self, number, env):
        application = env["vti.application"].browse(self.ids["vti.application"][number])
        # both have read that there is an offer and a place
        application.read(["state"])
        application.vacancy_id.read(["places_left"])
        return application.action_accept

    def _read(self, model, name):
        with self.open_env() as env:
            return env[model].browse(self.ids[model]).mapped(name)

    def test_two_students_and_the_last_place(self):
        results = self.at_once(partial(self._accept, 0), partial(self._accept, 1))
        self.assertEqual(results.count(None), 1, results)
        self.assertIn("filled just now", next(message for message in results if message))
        self.assertEqual(self._read("vti.vacancy", "places_left"), [0, 1])
        states = self._read("vti.application", "state")
        self.assertEqual(sorted(states[:2]), ["placed", "refused"])

    def test_one_student_and_two_places(self):
        results = self.at_once(partial(self._accept, 0), partial(self._accept, 2))
        self.assertEqual(results.count(None), 1, results)
        self.assertIn("withdrawn", next(message for message in results if message))
        self.assertEqual(sorted(self._read("vti.vacancy", "places_left")), [0, 1])

    def _refuse(self, number, env):
        application = env["vti.application"].browse(self.ids["vti.application"][number])
        application.read(["state"])
        return partial(application.action_refuse, env.ref("vti_bpv.refusal_reason_study").id)

    def _close(self, env):
        place = env["vti.vacancy"].browse(self.ids["vti.vacancy"][0])
        place.read(["state", "places_left"])
        return place.action_close

    def test_yes_while_the_company_says_no(self):
        results = self.at_once(partial(self._accept, 0), partial(self._refuse, 0))
        self.assertEqual(results.count(None), 1, results)
        state, left = self._read("vti.application", "state")[0], self._read("vti.vacancy", "places_left")[0]
        self.assertEqual((state, left), ("placed", 0) if results[0] is None else ("refused", 1))

    def test_yes_while_the_company_closes_the_place(self):
        """A yes counts, or the place goes and the student hears it; never a place that is gone with a yes to it."""
        results = self.at_once(partial(self._accept, 0), self._close)
        self.assertIsNone(results[1], results)  # a place that was filled can be closed as well
        state, left = self._read("vti.application", "state")[0], self._read("vti.vacancy", "places_left")[0]
        self.assertEqual((state, left), ("placed", 0) if results[0] is None else ("refused", 1))
        self.assertEqual(self._read("vti.vacancy", "state")[0], "closed")

    def test_two_companies_say_no_at_once(self):
        """The student is invited to the exchange once."""
        self.assertEqual(self.at_once(partial(self._refuse, 0), partial(self._refuse, 2)), [None, None])
        with self.open_env() as env:
            template = env.ref("vti_bpv.mail_template_exchange_invite")
            invited = [("template_id", "=", template.id), ("partner_id", "in", self.ids["res.partner"])]
            self.assertEqual(env["vti.notice"].search_count(invited), 1)

    def test_applying_while_the_place_is_filled(self):
        """Neither sees the other; the daily job finds who would wait for a place that is gone."""
        with self.open_env() as env:
            env["vti.application"].browse(self.ids["vti.application"][1]).unlink()
        student_id, place_id = self.ids["vti.student"][1], self.ids["vti.vacancy"][0]
        with self.open_env() as late, self.open_env() as first:
            student, place = late["vti.student"].browse(student_id), late["vti.vacancy"].browse(place_id)
            late["vti.application"]._apply(student, place, {})
            late.flush_all()
            first["vti.application"].browse(self.ids["vti.application"][0]).action_accept()
            first.flush_all()
            first.cr.commit()
            late.cr.commit()
        with self.open_env() as env:
            student = env["vti.student"].browse(student_id)
            application = student.application_ids
            self.ids["vti.application"][1] = application.id
            self.assertEqual((application.state, application.vacancy_id.state), ("submitted", "filled"))
            application._cron_answers()
            self.assertEqual((application.state, application.end_kind), ("refused", "filled"))
            told = env["vti.notice"].search([("partner_id", "=", student.partner_id.id)])
            self.assertIn(env.ref("vti_bpv.mail_template_student_filled"), told.template_id)
