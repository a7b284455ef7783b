"""From records to what matching may know of them: in a fixed number of queries, and nothing of who somebody is."""

from bisect import bisect_left
from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ...matching.profiles import PlaceProfile, StudentProfile
from .student_apply import EDUCATION_OF_KIND

GUIDES = ("practical_trainer", "workplace_mentor")


def _get_position(record):
    return (record.latitude, record.longitude) if record.latitude else None


class Student(models.Model):
    _inherit = "vti.student"

    def _get_match_profiles(self, places):
        """What matching may know of these students.

        The law's ages aren't for matching to know: what forbids a place to somebody so young is barred here,
        as is what the student applied for before.

        :param places: the vti.vacancy that they are matched with
        :return: StudentProfiles, in the order of these records
        """
        applied = defaultdict(set)
        for student, vacancy in (
            self.env["vti.application"]
            .sudo()
            ._read_group(
                [("student_id", "in", self.ids), ("vacancy_id", "in", places.ids)], ["student_id", "vacancy_id"]
            )
        ):
            applied[student.id].add(vacancy.id)
        limits = places._get_birth_limits()
        return [
            student._get_match_profile(applied[student.id] | student._get_too_young_for(limits))
            for student in self.sudo()
        ]

    def _get_match_profile(self, barred):
        enrolment = self.enrolment_id
        course = enrolment.qualification_id
        return StudentProfile(
            id=self.id,
            education=enrolment.education or "mbo",
            qualification=course.id or None,
            level=course.level or None,
            trade=course.trade_id.id or None,
            path=enrolment.learning_path or None,
            start=self.wish_from or None,
            end=enrolment.date_to or None,
            days=self.wish_days or None,
            position=_get_position(self.postcode_id),
            travel=self.travel_mode or None,
            max_km=self.max_distance_km or None,
            interests=frozenset(self.interest_ids.ids),
            side_job=self.wish_side_job,
            barred=frozenset(barred),
        )

    def _get_too_young_for(self, limits):
        """Ids of places where the law, or the place itself, asks for a higher age on the first day.

        :param limits: what `_get_birth_limits` gives
        """
        if not self.birth_date:
            return set()
        return {place_id for _born, place_id in limits[: bisect_left(limits, (self.birth_date, 0))]}


class Vacancy(models.Model):
    _inherit = "vti.vacancy"

    def _get_birth_limits(self):
        """On what day one has to be born at the latest, to be old enough on the first day of work.

        :return: rows of day and id of the place, the earliest day first
        """
        today, tables = fields.Date.context_today(self), self._get_age_tables()
        return sorted(
            (max(place.date_from or today, today) - relativedelta(years=place._get_youngest_age(tables)), place.id)
            for place in self.sudo()
        )

    def _get_match_profiles(self):
        """What matching knows of these places.

        :return: PlaceProfiles, in the order of these records
        """
        this_sudo = self.sudo()
        addresses = this_sudo.place_id | this_sudo.employer_id
        Recognition, today = self.env["vti.recognition"].sudo(), fields.Date.context_today(self)
        recognised = defaultdict(set)
        for branch, course in Recognition._read_group(
            Recognition._get_valid_domain(today) & fields.Domain("branch_id", "in", this_sudo.place_id.ids),
            ["branch_id", "qualification_id"],
        ):
            recognised[branch.id].add(course.id)
        guided = self.env["vti.guidance.role"].sudo()._read_group(
            [("organisation_id", "in", addresses.ids), ("role", "in", GUIDES), ("is_current", "=", True)],
            ["organisation_id"],
        )  # fmt: skip
        guided = {organisation.id for (organisation,) in guided}
        return [
            place._get_match_profile(
                frozenset(recognised[place.place_id.id]), bool(guided & {place.place_id.id, place.employer_id.id})
            )
            for place in this_sudo
        ]

    def _get_match_profile(self, recognised, has_guide):
        return PlaceProfile(
            id=self.id,
            company=self.employer_id.id,
            left=self.places_left,
            education=EDUCATION_OF_KIND.get(self.kind, "mbo"),
            qualifications=frozenset(self.qualification_ids.ids),
            recognised=recognised,
            levels=frozenset(self.levels or ""),
            trade=self.trade_id.id or None,
            path=self.learning_path or None,
            open_to_level_2=self.open_to_level_2,
            start=self.date_from or None,
            end=self.date_to or None,
            days=self.days_per_week or None,
            position=_get_position(self),
            interests=frozenset(self.interest_ids.ids),
            side_job=self.side_job,
            has_guide=has_guide or bool(self.mentor_id),
        )

    def action_open_matches(self):
        """Show VTI the students who suit this place."""
        self.ensure_one()
        self.env["vti.match.choice"].check_access("create")
        pairs = [(student, self, match) for student, match in self.env["vti.match"]._find_students(self)]
        return self.env["vti.match.choice"]._open(pairs, self.env._("Students who suit"))
