import math

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...matching.score import score
from ...matching.travel import reach_km
from ...tools import geo
from .student_apply import EDUCATION_OF_KIND

LOOKED_AT = 120  # records that are scored for one student or place, the likeliest first
KM_PER_DEGREE = 111.0
FAR_KM = 100  # further than this nobody is looked for


class Match(models.AbstractModel):
    """Places for one student, and students for one place: the database leaves a bounded number, these are scored."""

    _inherit = "vti.match"

    @api.model
    def _find_places(self, student, limit=20):
        """Published places with room that suit a student, the best first.

        The same number of queries however many there are.

        :return: rows of (vti.vacancy as sudo, Match); also without a course or postcode, then less sure
        """
        student_sudo = student.sudo()
        places_sudo = self._get_likely_places(student_sudo)
        (profile,) = student_sudo._get_match_profiles(places_sudo)
        return self._rank(places_sudo, ((profile, place) for place in places_sudo._get_match_profiles()), limit)

    @api.model
    def _find_students(self, vacancy, limit=20):
        """Students who look for a place and suit this one, the best first.

        :return: rows of (vti.student as sudo, Match)
        """
        vacancy_sudo = vacancy.sudo()
        students_sudo = self._get_likely_students(vacancy_sudo)
        (place,) = vacancy_sudo._get_match_profiles()
        profiles = students_sudo._get_match_profiles(vacancy_sudo)
        return self._rank(students_sudo, ((profile, place) for profile in profiles), limit)

    @api.model
    def _rank(self, records, pairs, limit):
        matches = [score(*pair) for pair in pairs]
        rows = [row for row in zip(records, matches, strict=True) if row[1].is_possible]
        return sorted(rows, key=lambda row: (-row[1].score, row[0].id))[:limit]

    # the database's part

    @api.model
    def _get_open_domain(self):
        """Places that one can still get."""
        return Domain("state", "=", "published") & Domain("places_left", ">", 0)

    @api.model
    def _get_seeker_domain(self):
        """Students who look for a place; later rooms know who has one."""
        return Domain("is_looking", "=", True) & Domain(
            "enrolment_ids", "any", self.env["vti.enrolment"]._get_current_domain()
        )

    @api.model
    def _get_likely_places(self, student_sudo):
        Vacancy_sudo = self.env["vti.vacancy"].sudo()
        enrolment, postcode = student_sudo.enrolment_id, student_sudo.postcode_id
        course, education = enrolment.qualification_id, enrolment.education or "mbo"
        domain = self._get_open_domain() & Domain("kind", "in", self._get_kinds(education))
        if education == "mbo":
            domain &= Domain("qualification_ids", "in", course.ids) | Domain("trade_id", "in", course.trade_id.ids)
            if enrolment.learning_path:
                domain &= Domain("learning_path", "in", (enrolment.learning_path, False))
        if postcode.latitude:
            domain &= self._get_box_domain(postcode, reach_km(student_sudo.travel_mode, student_sudo.max_distance_km))
        query = Vacancy_sudo._search(domain)
        own = SQL(
            """EXISTS (SELECT FROM vti_qualification_vti_vacancy_rel r
                       WHERE r.vti_vacancy_id = vti_vacancy.id AND r.vti_qualification_id = %s)""",
            course.id or 0,
        )
        away = self._get_distance_sql("vti_vacancy", postcode)
        query.order = SQL("%s DESC, %s NULLS LAST, vti_vacancy.id", own, away)
        query.limit = LOOKED_AT
        return Vacancy_sudo.browse(query)

    @api.model
    def _get_likely_students(self, vacancy_sudo):
        Student_sudo = self.env["vti.student"].sudo()
        courses = vacancy_sudo.qualification_ids
        education = EDUCATION_OF_KIND.get(vacancy_sudo.kind, "mbo")
        enrolment = self.env["vti.enrolment"]._get_current_domain() & Domain("education", "=", education)
        if education == "mbo":
            enrolment &= Domain("qualification_id", "in", courses.ids) | Domain(
                "qualification_id.trade_id", "in", vacancy_sudo.trade_id.ids
            )
            if vacancy_sudo.learning_path:
                enrolment &= Domain("learning_path", "in", (vacancy_sudo.learning_path, False))
        domain = self._get_seeker_domain() & Domain("enrolment_ids", "any", enrolment)
        if vacancy_sudo.latitude:
            box = Domain("postcode_id", "any", self._get_box_domain(vacancy_sudo, FAR_KM, unknown=False))
            domain &= box | Domain("postcode_id", "=", False)
        query = Student_sudo._search(domain)
        near = query.left_join(query.table, "postcode_id", "vti_postcode", "id", "postcode_id")
        away = self._get_distance_sql(near, vacancy_sudo)
        query.order = SQL("%s NULLS LAST, %s", away, SQL.identifier(query.table, "id"))
        query.limit = LOOKED_AT
        return Student_sudo.browse(query)

    @api.model
    def _get_kinds(self, education):
        kinds = [key for key, _label in self.env["vti.vacancy"]._fields["kind"].selection]
        return [kind for kind in kinds if EDUCATION_OF_KIND.get(kind, "mbo") == education]

    @api.model
    def _get_box_domain(self, point, km, unknown=True):
        """A square around a point, which indexes serve; the circle is cut out by the score."""
        high = km / KM_PER_DEGREE
        wide = high / max(0.1, math.cos(math.radians(point.latitude)))
        box = (
            Domain("latitude", ">=", point.latitude - high) & Domain("latitude", "<=", point.latitude + high)
            & Domain("longitude", ">=", point.longitude - wide) & Domain("longitude", "<=", point.longitude + wide)
        )  # fmt: skip
        return box | Domain("latitude", "=", 0) if unknown else box

    @api.model
    def _get_distance_sql(self, alias, point):
        if not point.latitude:
            return SQL("NULL::float8")
        columns = (SQL.identifier(alias, "latitude"), SQL.identifier(alias, "longitude"))
        return geo.sql_distance_km(*columns, point.latitude, point.longitude)
