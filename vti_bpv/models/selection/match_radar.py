from collections import defaultdict
from dataclasses import replace

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ...matching import radar
from ...matching.unplaced import Explainer
from .match_run import READ_AT, SOLVED_AT

BATCH = 500  # records written at once


class MatchRun(models.Model):
    """The radar's work: read, assign, write the proposals, explain the gaps."""

    _inherit = "vti.match.run"

    def _process(self):
        """Do the work of this run, from the beginning."""
        self.ensure_one()
        self._clear()
        self.write({"state": "running", "started_on": fields.Datetime.now(), "failure": False})
        self._report(1.0)
        students, places = self._get_unplaced_students(), self._get_open_places()
        place_profiles = places._get_match_profiles()
        student_profiles = self._read_students(students, places)
        self._report(READ_AT)
        try:
            found = radar.assign(
                student_profiles, place_profiles, places.employer_id._get_intern_room(),
                min_score=self.min_score, progress=lambda share: self._report(READ_AT + (SOLVED_AT - READ_AT) * share),
            )  # fmt: skip
        except (radar.SolverMissingError, radar.SolverFailedError) as error:
            self._fail(str(error))
            return
        self._report(SOLVED_AT)
        # from here on it is one transaction: nobody sees half a list, and a failure leaves the old one
        profiles = {profile.id: profile for profile in student_profiles}
        self._add_proposals(found, profiles, {profile.id: profile for profile in place_profiles})
        self._add_gaps(found, profiles, place_profiles)
        self._finish(found, student_profiles, places)

    def _clear(self):
        """Take away what an earlier try of this run left."""
        self.proposal_ids.filtered(lambda proposal: proposal.state == "proposed").unlink()
        self.gap_ids.unlink()

    def _get_unseen_domain(self):
        return Domain("state", "=", "proposed") & Domain("run_id", "!=", False)

    # what goes in

    def _get_unplaced_students(self):
        return self.env["vti.student"].sudo().search(self.env["vti.match"]._get_seeker_domain(), order="id")

    def _get_open_places(self):
        """Places of this season, and those without one, that start before the season is over."""
        season = Domain("season_id", "in", (self.season_id.id, False))
        return self.env["vti.vacancy"].sudo().search(self.env["vti.match"]._get_open_domain() & season, order="id")

    def _read_students(self, students, places):
        """Profiles, without the pairs that VTI has sent, put aside or proposed by hand."""
        known = defaultdict(set)
        kept = ~self._get_unseen_domain() & Domain("student_id", "in", students.ids)
        for student, vacancy in self.env["vti.match.proposal"]._read_group(kept, ["student_id", "vacancy_id"]):
            known[student.id].add(vacancy.id)
        profiles = students._get_match_profiles(places)
        return [replace(profile, barred=profile.barred | known[profile.id]) for profile in profiles]

    # what comes out

    def _add_proposals(self, found, students, places):
        """Write the pairs, and let go of the radar's older ones that nobody looked at."""
        Proposal = self.env["vti.match.proposal"]
        Proposal.search(self._get_unseen_domain()).unlink()
        for pairs in split_every(BATCH, found.pairs):
            records = self.env["vti.student"].sudo().browse([pair.student for pair in pairs])
            Proposal.create(
                [
                    Proposal._prepare_pair_values(students[pair.student], places[pair.place], record.enrolment_id)
                    | {"run_id": self.id}
                    for pair, record in zip(pairs, records, strict=True)
                ]
            )

    def _add_gaps(self, found, students, places):
        explainer = Explainer(places, self.min_score)
        Gap = self.env["vti.match.gap"]
        for ids in split_every(BATCH, found.unplaced):
            records = self.env["vti.student"].sudo().browse(ids)
            Gap.create(
                [
                    {
                        "run_id": self.id,
                        "student_id": student.id,
                        "enrolment_id": student.enrolment_id.id,
                        **Gap._prepare_reason_values(explainer.explain(students[student.id])),
                    }
                    for student in records
                ]
            )

    def _finish(self, found, students, places):
        proof = found.proof
        self.write(
            {
                "state": "done",
                "finished_on": fields.Datetime.now(),
                "student_count": len(students),
                "first_count": sum(profile.needs_care for profile in students),
                "place_count": sum(places.mapped("places_left")),
                "pair_count": found.candidates,
                "placed_count": proof.placed,
                "placed_first_count": proof.placed_first,
                "gap_count": len(found.unplaced),
                "fit": proof.fit,
                "fit_bound": proof.fit_bound,
                "weight": proof.weight,
                "weight_bound": proof.weight_bound,
                "is_proven": proof.is_optimal and not found.thinned,
            }
        )
