import threading
from datetime import timedelta
from functools import partial
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..parallel import ParallelCase

REMOVED = ("vti.application", "vti.meeting.slot", "vti.vacancy", "vti.enrolment", "vti.student", "res.partner")


@tagged("-at_install", "post_install")
class TestAnswerParallel(ParallelCase):
    """People and the daily job at the same moment."""

    def _make(self, env):
        partners = env["res.partner"].create(
            [
                {"name": "Parallel Techniek", "is_company": True, "is_employer": True, "email": "p@example.org"},
                {"name": "Parallel school", "is_company": True, "is_school": True},
                {"name": "Parallel Een", "email": "een@example.org"},
                {"name": "Parallel Twee", "email": "twee@example.org"},
            ]
        )
        students = env["vti.student"].create(
            [
                {"partner_id": partner.id, "birth_date": "2000-01-01", "activated_on": "2026-01-01",
                 "enrolment_ids": [(0, 0, {"school_id": partners[1].id, "education": "mbo"})]}
                for partner in partners[2:]
            ]
        )  # fmt: skip
        vacancy = env["vti.vacancy"].create(
            {"name": "Parallel", "employer_id": partners[0].id, "state": "published", "description": "x"}
        )
        applications = env["vti.application"].create(
            [{"student_id": student.id, "vacancy_id": vacancy.id} for student in students]
        )
        self.ids = {
            "vti.application": applications.ids, "vti.meeting.slot": [], "vti.vacancy": vacancy.ids,
            "vti.enrolment": students.enrolment_ids.ids, "vti.student": students.ids, "res.partner": partners.ids,
        }  # fmt: skip

    def _remove(self, env):
        self.ids["vti.meeting.slot"] = env["vti.meeting.slot"].search(
            [("vacancy_id", "in", self.ids["vti.vacancy"])]
        ).ids  # fmt: skip
        env["mail.mail"].search([("recipient_ids", "in", self.ids["res.partner"])]).unlink()
        for model in REMOVED:
            env[model].browse(self.ids[model]).unlink()

    def _application(self, env, number=0):
        return env["vti.application"].browse(self.ids["vti.application"][number])

    def _make_due(self):
        """The first application lapses today."""
        with self.open_env() as env:
            application = self._application(env)
            application.shown_on = fields.Datetime.now() - timedelta(days=60)
            application.flush_recordset()
            application.write({"clock_step": 3, "lapse_on": fields.Date.today() - timedelta(days=1)})

    def _refuse(self, env):
        reason = env.ref("vti_bpv.refusal_reason_study")
        return self._application(env).action_refuse(reason.id)

    def _read(self):
        """State, and the ends of the names of the mails to the student."""
        with self.open_env() as env:
            application = self._application(env)
            notices = env["vti.notice"].search([("partner_id", "=", application.student_id.partner_id.id)])
            names = notices.template_id.get_external_id().values()
            return application.state, sorted(name.split("student_")[1] for name in names if "student_" in name)

    def test_answer_first_then_the_job(self):
        """Who is answering while the job runs is left alone: no student hears both."""
        self._make_due()
        with self.open_env() as company, self.open_env() as job:
            self._refuse(company)
            company.flush_all()
            job["vti.application"]._cron_answers()
            job.flush_all()
            company.cr.commit()
            job.cr.commit()
        self.assertEqual(self._read(), ("refused", ["refused"]))

    def test_job_first_then_the_answer(self):
        """Who answers a moment too late waits for the job and then reads that it lapsed."""
        self._make_due()
        answers, started = [], threading.Event()

        def answer():
            with self.open_env() as env:
                self._application(env).read(["state"])  # still open, as the page showed it
                started.set()
                try:
                    retrying(partial(self._refuse, env), env)
                    answers.append(None)
                except UserError as error:
                    answers.append(str(error))

        with self.open_env() as job:
            job["vti.application"]._cron_answers()
            job.flush_all()
            thread = threading.Thread(target=answer)
            with mute_logger("odoo.sql_db"):  # the platform logs the clash, and tries again
                thread.start()
                started.wait(20)
                job.cr.commit()
                thread.join(60)
        self.assertEqual(len(answers), 1)
        self.assertIn("can't be answered any more", answers[0] or "")
        self.assertEqual(self._read(), ("lapsed", ["lapsed"]))

    def test_two_students_pick_one_moment(self):
        start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=3)
        with self.open_env() as env:
            for number in (0, 1):
                own = start + timedelta(hours=number + 1)
                self._application(env, number).action_propose_moments([start, own], "visit")
            shared = env["vti.meeting.slot"].search([("vacancy_id", "in", self.ids["vti.vacancy"])], limit=1).id

        def pick(number, env):
            application = self._application(env, number)
            self.assertEqual(len(application._get_open_slots()), 2)  # both see it free
            return partial(application.action_pick_slot, shared)

        results = self.at_once(partial(pick, 0), partial(pick, 1))
        self.assertEqual(results.count(None), 1, results)
        self.assertIn("just gone", next(text for text in results if text))
        with self.open_env() as env:
            picked = [self._application(env, number).meeting_at for number in (0, 1)]
        self.assertEqual([moment for moment in picked if moment], [start])

    def test_the_student_reminds_twice(self):
        with self.open_env() as env:
            self._application(env).shown_on = fields.Datetime.now() - timedelta(days=11)

        def remind(env):
            application = self._application(env)
            self.assertTrue(application._can_remind_company())
            return application.action_remind_company

        results = self.at_once(remind, remind)
        self.assertEqual(results.count(None), 1, results)
        self.assertEqual(self._count_told("mail_template_company_asks"), 1)

    def test_two_addresses_confirmed_at_once(self):
        """Somebody without an account opens both links, in two tabs: one student, one account."""
        email = "parallel.visitor@example.org"
        with self.open_env() as env:
            place = env["vti.vacancy"].browse(self.ids["vti.vacancy"][0])
            self.ids["vti.vacancy"].append(place.copy({"state": "published"}).id)
            requests = env["vti.application.request"].create(
                [{"vacancy_id": number, "name": "Vis", "email": email, "birth_date": "2000-01-01",
                  "school_name": "Parallel", "programme": "x"} for number in self.ids["vti.vacancy"]]
            ).ids  # fmt: skip
        self.addCleanup(self._forget_visitor, email)

        def confirm(number, env):
            request = env["vti.application.request"].browse(requests[number])
            self.assertFalse(request._find_existing_student())
            return request._confirm

        with mute_logger("odoo.sql_db"):
            results = self.at_once(partial(confirm, 0), partial(confirm, 1))
        with self.open_env() as env:
            for number, message in enumerate(results):
                if message:  # a page serves the form once more then
                    self.assertIn("has an account already", message)
                    env["vti.application.request"].browse(requests[number])._confirm()
            student = env["vti.student"].search([("partner_id.email", "=", email)])
            self.assertEqual((len(student), len(student.user_ids), len(student.application_ids)), (1, 1, 2))

    def test_one_link_confirmed_twice(self):
        email = "parallel.visitor@example.org"
        with self.open_env() as env:
            request_id = env["vti.application.request"].create(
                {"vacancy_id": self.ids["vti.vacancy"][0], "name": "Vis", "email": email, "birth_date": "2000-01-01",
                 "school_name": "Parallel", "programme": "x"}
            ).id  # fmt: skip
        self.addCleanup(self._forget_visitor, email)

        def confirm(env):
            request = env["vti.application.request"].browse(request_id)
            request.read(["email"])
            return request._confirm

        with mute_logger("odoo.sql_db"):
            results = self.at_once(confirm, confirm)
        self.assertEqual(results.count(None), 1, results)
        self.assertNotIn("no answer", results)
        with self.open_env() as env:
            student = env["vti.student"].search([("partner_id.email", "=", email)])
            self.assertEqual((len(student), len(student.application_ids)), (1, 1))

    def _forget_visitor(self, email):
        """Before the places go, to which it applied."""
        with self.open_env() as env:
            people = env["res.partner"].search([("email", "=", email)])
            env["mail.mail"].search([("recipient_ids", "in", people.ids)]).unlink()
            env["vti.application.request"].search([("email", "=", email)]).unlink()
            students = env["vti.student"].search([("partner_id", "in", people.ids)])
            students.application_ids.unlink()
            students.unlink()
            people.user_ids.unlink()
            people.unlink()

    def test_a_proposal_sent_by_two(self):
        """Two colleagues of VTI send the same one: the student hears of it once."""
        with self.open_env() as env:
            place = env["vti.vacancy"].browse(self.ids["vti.vacancy"][0]).copy({"state": "published"})
            self.ids["vti.vacancy"].append(place.id)
            values = {"student_id": self.ids["vti.student"][0], "vacancy_id": place.id, "score": 80}
            proposal = env["vti.match.proposal"].create(values).id

        def send(env):
            found = env["vti.match.proposal"].browse(proposal)
            self.assertEqual(found.state, "proposed")
            return found.action_send

        results = self.at_once(send, send)
        self.assertEqual(results.count(None), 1, results)
        self.assertEqual(self._count_told("mail_template_match_student"), 1)

    def test_a_saved_search_mailed_by_two_jobs(self):
        email, day = "parallel.search@example.org", fields.Date.today() - timedelta(days=9)
        with self.open_env() as env:
            values = {"email": email, "frequency": "daily", "confirmed_on": day, "covered_until": day}
            search = env["vti.saved.search"].create(values)
        self.addCleanup(self._forget_search, search.id, email)
        place = {"name": "Parallel", "url": "/", "line": ""}
        part = {"label": "x", "more": False, "all_url": "/", "places": [place]}

        def run(env):
            env["vti.saved.search"].browse(search.id).read(["covered_until"])
            return env["vti.saved.search"]._cron_mail

        model = self.registry["vti.saved.search"]
        # the one that comes second says that it couldn't
        with patch.object(model, "_get_digest", lambda *_args: [part]), mute_logger("odoo.addons.vti_bpv.tools.rounds"):
            self.assertEqual(self.at_once(run, run), [None, None])
        with self.open_env() as env:
            self.assertEqual(env["mail.mail"].search_count([("email_to", "=", email)]), 1)

    def _forget_search(self, search_id, email):
        with self.open_env() as env:
            env["mail.mail"].search([("email_to", "=", email)]).unlink()
            env["vti.saved.search"].browse(search_id).unlink()

    def test_one_good_word_of_a_double_tap(self):
        with self.open_env() as env:
            self._application(env).write({"state": "refused", "end_kind": "refused"})
            self._application(env).employer_id.membership_state = "member"

        def recommend(env):
            application = self._application(env)
            self.assertTrue(application._can_recommend())
            return partial(application.action_recommend, "Good with people")

        results = self.at_once(recommend, recommend)
        self.assertEqual(results.count(None), 1, results)
        self.assertEqual(self._count_told("mail_template_exchange_line"), 1)

    def _count_told(self, template):
        """How many notices of a mail there are to the people of this test."""
        with self.open_env() as env:
            asked = [("template_id", "=", env.ref(f"vti_bpv.{template}").id)]
            return env["vti.notice"].search_count([*asked, ("partner_id", "in", self.ids["res.partner"])])
