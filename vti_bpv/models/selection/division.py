from collections import Counter, defaultdict
from dataclasses import replace

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from ...matching import radar
from ...matching.pairs import PairFinder
from ...matching.score import score
from ...matching.travel import distance_km, reach_km
from ...tools.moment import get_today, read_day
from .application import OPEN_STATES
from .match_run import MIN_SCORE

MOST = 100  # students on the page, and in one go
SHOWN_PLACES, SHOWN_MEMBERS = 6, 5  # choices per student, beside what the whole division proposes
AHEAD_DAYS = 56  # a student is there again this long before the last day


class Division(models.AbstractModel):
    """The students whom a training company has to place, and where they can go.

    Nothing is kept of what is only thought of: the same students and places give the same proposal, and
    what is sent is an application. Ids of choices are v<place> or, at a member without one, b<address>.
    """

    _name = "vti.division"
    _description = "Division of students over members"

    # ------------------------------------------------------------------ who

    @api.model
    def _get_student_domain(self, house):
        """Students of a training company who have no place, and of whom no company is asked now.

        Later rooms leave out who is placed.
        """
        enrolled = self.env["vti.enrolment"]._get_current_domain() & Domain("training_employer_id", "=", house.id)
        asked = Domain("training_employer_id", "!=", False) & Domain("state", "in", OPEN_STATES)
        return Domain("enrolment_ids", "any", enrolled) & ~Domain("application_ids", "any", asked)

    @api.model
    def _count_students(self, house):
        return self.env["vti.student"].sudo().search_count(self._get_student_domain(house))

    @api.model
    def _get_students(self, house):
        """The first of them by name; sudo."""
        return self.env["vti.student"].sudo().search(self._get_student_domain(house), order="name, id", limit=MOST)

    @api.model
    def _get_now(self, students):
        """Hook for later rooms: where these students are now.

        :return: student -> (name of the company, last day)
        """
        return {}

    # ------------------------------------------------------------------ where

    @api.model
    def _get_places(self, house):
        """Open places of the other members, as profiles, without those that were asked for already.

        :return: list of PlaceProfile
        """
        domain = self.env["vti.match"]._get_open_domain() & Domain("kind", "=", "mbo")
        places_sudo = self.env["vti.vacancy"].sudo().search(domain & Domain("employer_id", "!=", house.id), order="id")
        asked = Counter()
        for vacancy, count in (
            self.env["vti.application"]
            .sudo()
            ._read_group(
                [("training_employer_id", "=", house.id), ("state", "in", OPEN_STATES)], ["vacancy_id"], ["__count"]
            )
        ):
            asked[vacancy.id] = count
        profiles = (replace(p, left=p.left - asked[p.id]) for p in places_sudo._get_match_profiles())
        return [profile for profile in profiles if profile.left > 0]

    @api.model
    def _get_rows(self, house, date_from, date_to, whole=False):
        """Each student with the places that suit, best first, and why.

        The same number of queries however many there are.

        :param house: the training company (res.partner)
        :param bool whole: choose for all of them at once, as many as possible placed, then as well as possible
        :return: list of dict: student (sudo), date_from, now, choices (dicts of value, label, score, badge,
            reasons), allowed (all values one may choose), chosen (value or "")
        """
        students, places = self._get_students(house), self._get_places(house)
        now = self._get_now(students)
        places_sudo = self.env["vti.vacancy"].sudo().browse(place.id for place in places)
        places_sudo.employer_id.fetch(["name"])
        rows, profiles = [], []
        for student, profile in zip(students, students._get_match_profiles(places_sudo), strict=True):
            start = max(date_from, now[student][1] + relativedelta(days=1)) if student in now else date_from
            rows.append({"student": student, "date_from": start, "now": now.get(student), "chosen": ""})
            profiles.append(replace(profile, start=start, end=date_to))
        plan = self._assign(profiles, places) if whole else {}
        self._add_choices(rows, profiles, places, plan)
        self._add_members(rows, profiles, house)
        return rows

    @api.model
    def _assign(self, profiles, places):
        """A place for as many as possible: the radar's own assignment, within all limits.

        :return: id of the student -> id of the place
        :raise radar.SolverMissingError, radar.SolverFailedError:
        """
        companies = self.env["res.partner"].sudo().browse({place.company for place in places})
        shown = [profile for profile in profiles if self._is_ready(profile.id)]
        found = radar.assign(shown, places, companies._get_intern_room(), min_score=MIN_SCORE)
        return {pair.student: pair.place for pair in found.pairs}

    @api.model
    def _is_ready(self, student_id):
        """Whether companies may know of this student; who never logged in isn't shown to anybody."""
        return bool(self.env["vti.student"].sudo().browse(student_id).activated_on)

    @api.model
    def _add_choices(self, rows, profiles, places, plan):
        """The open places that suit each student."""
        finder, found = PairFinder(places), []
        for profile in profiles:
            matches = ((places[i], score(profile, places[i])) for i in finder.find(profile))
            ranked = sorted(
                ((place, match) for place, match in matches if match.is_possible),
                key=lambda pair: (-pair[1].score, pair[0].id),
            )
            wanted = plan.get(profile.id)
            found.append(
                [ranked[:SHOWN_PLACES], [pair for pair in ranked[SHOWN_PLACES:] if pair[0].id == wanted], ranked]
            )
        shown = [[*first, *more] for first, more, _all in found]
        matching = self.env["vti.match"]
        said = iter(matching._say_all([match.reasons for pairs in shown for _place, match in pairs]))
        for row, profile, pairs, (_first, _more, ranked) in zip(rows, profiles, shown, found, strict=True):
            row["choices"] = [self._make_choice(place, match, next(said)) for place, match in pairs]
            row["allowed"] = {f"v{place.id}" for place, _match in ranked}
            row["chosen"] = f"v{plan[profile.id]}" if profile.id in plan else ""

    @api.model
    def _make_choice(self, place, match, reasons):
        place_sudo = self.env["vti.vacancy"].sudo().browse(place.id)
        label, badge = self.env["vti.match"]._say_score(match.score)
        where = ", ".join(filter(None, (place_sudo.employer_id.name, place_sudo.town)))
        return {
            "value": f"v{place.id}", "label": f"{where}: {place_sudo.name}", "company": where, "score": match.score,
            "suits": label, "badge": badge, "reasons": reasons,
        }  # fmt: skip

    # ------------------------------------------------------------------ members without a place

    @api.model
    def _add_members(self, rows, profiles, house):
        """Members that are recognised for the course and offer no place for it: the nearest ones within reach."""
        courses = {profile.qualification for profile in profiles} - {None}
        known = self._get_recognised(house, courses)
        for row, profile in zip(rows, profiles, strict=True):
            taken = {self.env["vti.vacancy"].sudo().browse(int(value[1:])).place_id for value in row["allowed"]}
            near = []
            for branch, position in known[profile.qualification]:
                km = distance_km(profile.position, position) if profile.position and position else None
                if branch not in taken and (km is None or km <= reach_km(profile.travel, profile.max_km)):
                    near.append((km is None, km or 0, branch.id, branch))
            near.sort(key=lambda found: found[:3])
            row["members"] = [
                self._make_member(branch, km, unknown) for unknown, km, _id, branch in near[:SHOWN_MEMBERS]
            ]
            row["allowed"] |= {f"b{branch_id}" for _unknown, _km, branch_id, _branch in near}

    @api.model
    def _make_member(self, branch, km, unknown):
        where = ", ".join(filter(None, (branch.commercial_partner_id.name, branch.city)))
        label = where if unknown else self.env._("%(where)s (%(km)s km)", where=where, km=max(1, round(km)))
        return {"value": f"b{branch.id}", "label": label}

    @api.model
    def _get_recognised(self, house, courses):
        """Addresses of members that may train for these courses and have room for an intern.

        :return: id of the course -> list of (res.partner as sudo, position or None)
        """
        valid = self.env["vti.recognition"]._get_valid_domain(get_today())
        recognitions_sudo = self.env["vti.recognition"].sudo().search(
            valid & Domain("qualification_id", "in", list(courses)) & Domain("employer_id", "!=", house.id)
            & Domain("employer_id.membership_state", "=", "member") & Domain("branch_id.active", "=", True)
        )  # fmt: skip
        room = recognitions_sudo.employer_id._get_intern_room()
        found = defaultdict(list)
        for recognition in recognitions_sudo:
            if room.get(recognition.employer_id.id, 1) > 0:
                point = recognition.branch_id.postcode_id
                position = (point.latitude, point.longitude) if point.latitude else None
                found[recognition.qualification_id.id].append((recognition.branch_id, position))
        return found

    # ------------------------------------------------------------------ the period

    @api.model
    def _get_period(self, date_from=None, date_to=None):
        """The period to divide for: what was asked, else half a year from a Monday two weeks on.

        :return: first and last day, and errors per field
        """
        today = get_today()
        monday = today + relativedelta(days=14 - today.weekday())
        asked = {name: read_day(text) for name, text in (("date_from", date_from), ("date_to", date_to)) if text}
        errors = {name: self.env._("Choose a day.") for name, day in asked.items() if not day}
        first = asked.get("date_from") or monday
        last = asked.get("date_to") or first + relativedelta(months=6, days=-1)
        if not errors and first < today:
            errors["date_from"] = self.env._("This day has passed.")
        if not errors and last <= first:
            errors["date_to"] = self.env._("The last day comes before the first.")
        if not errors and last > first + relativedelta(years=2):
            errors["date_to"] = self.env._("Choose at most two years.")
        return first, last, errors
