import sys
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import TODAY, VtiCase


@tagged("post_install", "-at_install")
class TestRadar(VtiCase):
    """Runs, proposals and gaps; what the assignment does is tested in tests/matching."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["vti.student"].search([]).is_looking = False  # whoever else is in the database
        cls.env["vti.vacancy"].search([("state", "=", "published")]).state = "paused"
        (cls.student | cls.other_student).is_looking = True
        cls.place = cls.make_vacancy(branch_id=cls.make_branch(cls.company).id, contact_id=cls.recruiter.id)

    def run_radar(self):
        with self.at(TODAY):
            run = self.env["vti.match.run"]._queue(self.season).sudo()
            self.env["vti.match.run"]._cron_work()
        return run

    def test_proposals_and_gaps(self):
        run = self.run_radar()
        self.assertEqual((run.state, run.progress, run.is_proven), ("done", 100.0, True))
        self.assertEqual((run.student_count, run.place_count), (2, 1))
        self.assertEqual(len(run.proposal_ids), 1)
        self.assertEqual(run.proposal_ids.vacancy_id, self.place)
        self.assertIn("Offered for this course", run.proposal_ids.reasons_for)
        gap = run.gap_ids
        self.assertEqual(gap.student_id, (self.student | self.other_student) - run.proposal_ids.student_id)
        self.assertEqual(gap.code, "taken")
        self.assertIn("went to others: 1", gap.reasons_text)
        self.assertEqual((run.placed_count, run.gap_count), (1, 1))
        self.assertEqual(run.fit, run.proposal_ids.score)

    def test_why_nothing_fits(self):
        self.other_student.zip = "9711 AA"
        gap = self.run_radar().gap_ids
        self.assertEqual((gap.student_id, gap.code), (self.other_student, "none_near"))
        self.assertIn("No place for this course and level within 25 km", gap.reasons_text)
        dutch = gap.with_context(lang="nl_NL").reasons_text
        self.assertNotEqual(dutch, gap.reasons_text)

    def test_recognition_missing_at_three_companies(self):
        other = self.env["vti.qualification"].create(
            {
                "crebo": "99998",
                "name": "Fitter, another file",
                "level": self.qualification.level,
                "trade_id": self.qualification.trade_id.id,
            }
        )
        self.student.enrolment_ids.qualification_id = other
        for name in ("A", "B"):
            self.make_vacancy(self.make_company(name))
        gap = self.run_radar().gap_ids
        self.assertEqual(gap.student_id, self.student)
        self.assertIn("no recognition (SBB) for this course: 3", gap.reasons_text)
        # from the list to whom to call
        opened = gap.with_user(self.user_vti).action_open_unrecognised()
        companies = self.env["res.partner"].search(opened["domain"])
        self.assertEqual(set(companies.mapped("name")), {"A", "B", "Bakker Techniek"})
        self.assertFalse(self.open_recognised(gap))
        near, far = self.make_branch(self.other_company), self.make_branch(self.company, zip="9711 AA")
        for branch in (near, far):
            self.make_recognition(branch, qualification_id=other.id)
        self.assertEqual(self.open_recognised(gap), self.other_company)
        self.other_company.membership_state = "prospect"
        self.assertFalse(self.open_recognised(gap))

    def open_recognised(self, gap):
        return self.env["res.partner"].search(gap.with_user(self.user_vti).action_open_recognised()["domain"])

    def test_places_and_companies_within_their_limits(self):
        self.place.places_offered = 2
        self.assertEqual(self.run_radar().placed_count, 2)
        self.company.max_interns = 1
        self.assertEqual(self.run_radar().placed_count, 1)
        mila = self.make_student("Mila Oud", is_looking=False)
        self.make_placement(mila, self.make_vacancy(state="closed"), state="running")
        self.assertEqual(self.run_radar().placed_count, 0)
        self.company.max_interns = 0
        self.assertEqual(self.run_radar().placed_count, 2)

    def test_company_limits_are_per_company(self):
        (self.company | self.other_company).max_interns = 3
        self.make_placement(self.student, self.place, state="planned")
        self.assertEqual(
            (self.company | self.other_company | self.school)._get_intern_room(),
            {self.company.id: 2, self.other_company.id: 3},
        )

    def test_a_new_run_knows_better(self):
        first = self.run_radar()
        old = first.proposal_ids
        again = self.run_radar()
        self.assertFalse(old.exists())
        self.assertEqual(len(again.proposal_ids), 1)
        self.assertEqual(self.env["vti.match.gap"].search([("is_newest", "=", True)]), again.gap_ids)

    def test_what_vti_decided_stays(self):
        """Sent or put aside, a pair isn't proposed again; made by hand, it waits for VTI."""
        for decide in ("action_send", "action_dismiss"):
            proposal = self.run_radar().proposal_ids
            getattr(proposal.with_user(self.user_vti), decide)()
            self.assertTrue(proposal.exists())
        last = self.run_radar()
        self.assertFalse(last.proposal_ids)
        self.assertEqual(set(last.gap_ids.mapped("code")), {"tried"})

    def test_a_run_that_was_broken_off_begins_anew(self):
        run = self.run_radar()
        run.write({"state": "running"})
        self.env["vti.match.run"]._cron_work()
        self.assertEqual((run.state, len(run.proposal_ids), len(run.gap_ids)), ("done", 1, 1))

    def test_one_waits_at_a_time(self):
        runs = self.env["vti.match.run"]
        first = runs._queue(self.season)
        self.assertEqual(runs._queue(self.season), first)
        with self.at(TODAY):
            action = runs.with_user(self.user_vti).action_new_run()
        self.assertEqual(action["res_id"], first.id)

    def test_weekly(self):
        with self.at(TODAY):
            self.env["vti.match.run"]._cron_weekly()
        self.assertEqual(self.env["vti.match.run"].search([], limit=1).state, "queued")
        with self.at("2035-08-01"):
            count = self.env["vti.match.run"].search_count([])
            self.env["vti.match.run"]._cron_weekly()
            self.assertEqual(self.env["vti.match.run"].search_count([]), count)

    def test_solver_missing(self):
        with patch.dict(sys.modules, {"highspy": None}):
            run = self.run_radar()
        self.assertEqual(run.state, "failed")
        self.assertIn("highspy", run.failure)

    def test_the_form_says_what_it_does_and_where_it_stands_still(self):
        run = self.env["vti.match.run"]._queue(self.season).sudo()
        steps = [run.step]
        for percent in (1.0, 25.0, 75.0):
            run.write({"state": "running", "progress": percent})
            steps.append(run.step)
        self.assertEqual(len(set(filter(None, steps))), 4)
        self.env.flush_all()
        begun = run.write_date
        for minutes, stalled in ((9, False), (11, True)):
            run.invalidate_recordset()
            with self.at(fields.Datetime.add(begun, minutes=minutes)):
                self.assertEqual(run.is_stalled, stalled, minutes)
        triggers = [("cron_id", "=", self.env.ref("vti_bpv.cron_match_run").id)]
        before = self.env["ir.cron.trigger"].search_count(triggers)
        run.with_user(self.user_vti).action_wake()
        self.assertEqual(self.env["ir.cron.trigger"].search_count(triggers), before + 1)
        run.state = "done"
        run.invalidate_recordset()
        with self.at(fields.Datetime.add(begun, minutes=11)):
            self.assertFalse(run.is_stalled or run.step)

    def run_cron(self):
        """As a person of VTI lets it run, and the server does it."""
        with self.at(TODAY), self.enter_registry_test_mode():
            action = self.env["vti.match.run"].with_user(self.user_vti).action_new_run()
            self.env.ref("vti_bpv.cron_match_run").method_direct_trigger()
        self.env.invalidate_all()
        return self.env["vti.match.run"].browse(action["res_id"])

    def get_told(self):
        return self.env["bus.bus"].search([("message", "ilike", "radar")]).mapped("message")

    def test_a_run_on_demand_tells_its_end(self):
        run = self.run_cron()
        self.assertEqual((run.state, run.progress, run.create_uid), ("done", 100.0, self.user_vti))
        self.env.cr.precommit.run()
        (told,) = self.get_told()
        self.assertIn("success", told)

    @mute_logger("odoo.addons.vti_bpv.models.selection.match_run")
    def test_a_failure_says_so_and_leaves_the_old_list(self):
        kept = self.run_cron().proposal_ids
        self.assertTrue(kept)
        with patch.object(type(self.env["vti.match.run"]), "_add_gaps", side_effect=ValueError("the disk is full")):
            run = self.run_cron()
        self.assertEqual((run.state, run.failure), ("failed", "the disk is full"))
        self.assertTrue(run.finished_on)
        self.assertTrue(kept.exists())
        self.assertEqual(self.run_cron().state, "done")

    # sending

    def get_notices(self, partner):
        return self.env["vti.notice"].search([("partner_id", "=", partner.id), ("subject", "ilike", "suit")])

    def make_proposal(self, student=None, place=None, **values):
        values = {"student_id": (student or self.student).id, "vacancy_id": (place or self.place).id, **values}
        return self.env["vti.match.proposal"].create(values)

    def test_sent_to_student_and_company_without_a_name(self):
        proposal = self.run_radar().proposal_ids
        student = proposal.student_id
        student.partner_id.lang = self.recruiter.lang = "en_US"
        proposal.with_user(self.user_vti).action_send()
        self.assertEqual((proposal.state, proposal.sent_by_id), ("sent", self.user_vti))
        to_student, to_company = self.get_notices(student.partner_id), self.get_notices(self.recruiter)
        self.assertIn(self.place.name, to_student.body)
        self.assertIn("Offered for this course", to_student.body)
        self.assertIn(self.qualification.name, to_company.body)
        for text in (to_company.subject, to_company.body, to_company.sudo().button_url):
            for secret in (student.name, student.name.split()[0], student.email, student.code, student.zip):
                self.assertNotIn(secret, text)

    def test_not_sent_where_it_is_too_late(self):
        with self.assertRaisesRegex(UserError, "doesn't look for one"):
            self.make_proposal(self.make_student("Kim Bos", is_looking=False)).action_send()
        paused = self.make_vacancy(state="paused")
        with self.assertRaisesRegex(UserError, "isn't free"):
            self.make_proposal(place=paused).action_send()
        proposal = self.make_proposal()
        self.make_application(vacancy=self.place)
        with self.assertRaisesRegex(UserError, "applied already"):
            proposal.action_send()
        self.assertFalse(self.get_notices(self.student.partner_id))

    def test_many_are_sent_in_the_background(self):
        proposals = self.env["vti.match.proposal"]
        for number in range(21):
            proposals |= self.make_proposal(self.make_student(f"Student {number}"))
        proposals.with_user(self.user_vti).action_send()
        self.assertEqual(set(proposals.mapped("state")), {"sending"})
        proposals[0].student_id.is_looking = False
        tell, odd = type(proposals)._tell_student, proposals[1]

        def fail_once(proposal):
            if proposal == odd:
                raise ValueError("the text is broken")
            return tell(proposal)

        with (
            patch.object(type(proposals), "_tell_student", fail_once),
            mute_logger("odoo.addons.vti_bpv.tools.rounds"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("vti_bpv.cron_match_send").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(set(proposals[:2].mapped("state")), {"proposed"})
        self.assertIn("doesn't look for one", proposals[0].problem)
        self.assertEqual(odd.problem, "the text is broken")
        self.assertFalse(self.get_notices(odd.student_id.partner_id))
        self.assertEqual(set(proposals[2:].mapped("state")), {"sent"})

    def test_what_was_sent_stays(self):
        proposal = self.make_proposal()
        proposal.with_user(self.user_vti).action_send()
        with self.assertRaisesRegex(UserError, "stays in the list"):
            proposal.with_user(self.user_vti_coordinator).unlink()
        self.make_proposal(self.other_student).with_user(self.user_vti_coordinator).unlink()

    def test_what_came_of_it(self):
        proposal = self.make_proposal()
        other = self.make_proposal(self.other_student)
        application = self.make_application(vacancy=self.place)
        self.assertEqual((proposal.application_id, proposal.outcome), (application, "submitted"))
        application.state = "invited"
        self.assertEqual(proposal.outcome, "invited")
        application.state = "placed"
        self.assertIn(proposal, self.env["vti.match.proposal"].search([("outcome", "=", "placed")]))
        self.assertFalse(other.application_id or other.outcome)

    # back office

    def test_only_vti_sees_it(self):
        proposal, run = self.make_proposal(), self.run_radar()
        for user in (self.user_student, self.user_company, self.user_school):
            for record in (proposal, run, run.gap_ids):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
            for call in (
                lambda user=user: self.env["vti.match.run"].with_user(user).action_new_run(),
                lambda user=user: proposal.with_user(user).action_send(),
                lambda user=user: self.student.with_user(user).action_open_matches(),
                lambda user=user: self.place.with_user(user).action_open_matches(),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_lists_from_student_and_place(self):
        with self.at(TODAY):
            for record in (self.student, self.place):
                action = record.with_user(self.user_vti).action_open_matches()
                choices = self.env["vti.match.choice"].with_user(self.user_vti).search(action["domain"])
                self.assertEqual(choices.vacancy_id, self.place)
                self.assertIn(self.student, choices.student_id)
                self.assertTrue(all(choices.mapped("score")))
            opened = choices.filtered(lambda choice: choice.student_id == self.student).action_propose()
        proposal = self.env["vti.match.proposal"].browse(opened["res_id"])
        self.assertEqual((proposal.student_id, proposal.state), (self.student, "proposed"))
        self.assertFalse(proposal.run_id)
        self.assertIn(proposal, self.run_radar().search([]) and self.env["vti.match.proposal"].search([]))

    def test_forms_open(self):
        run = self.run_radar()
        for record in (run, run.proposal_ids):
            Form(record.with_user(self.user_vti))

    def test_figures(self):
        def get():
            figures = self.season.with_user(self.user_vti)._get_season_figures()
            return {figure["key"]: figure["value"] for figure in figures if "match" in figure["key"]}

        before = get()
        self.run_radar()
        after = get()
        self.assertEqual({key: after[key] - before[key] for key in after}, dict.fromkeys(after, 1))

    def test_old_runs_go(self):
        run = self.run_radar()
        proposal = run.proposal_ids
        for days, kept in ((399, True), (401, False)):
            moment = fields.Datetime.add(run.create_date, days=days)
            with self.at(moment):
                self.env["vti.match.run"]._gc_runs()
            self.assertEqual(bool(run.exists()), kept)
        self.assertTrue(proposal.exists())

    def test_same_queries_for_few_as_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.run_radar()
            return self.env.cr.sql_log_count - before

        def add(number):
            for index in range(number):
                self.make_student(f"Student {number} {index}")
                self.make_vacancy(self.make_company(f"Company {number} {index}"))

        add(5)
        count()
        few = count()
        add(30)
        self.assertEqual(count(), few)
