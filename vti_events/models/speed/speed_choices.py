from odoo import api, models
from odoo.tools.misc import format_date

from odoo.addons.vti_bpv.matching.profiles import Match, Reason
from odoo.addons.vti_bpv.matching.score import score

REASONS = 4  # that stand open; the others fold out


class SpeedDate(models.Model):
    """Whom one may wish for, with what one should know to choose."""

    _inherit = "vti.speed.date"

    def _get_choices(self, line, student=None):
        """Whom a line may wish for.

        :param line: of a student (empty for one who may join) or a company, sudo
        :param student: the vti.student who may join
        :return: dicts with `line`, `label` and `note`; of a company also `places`, of a student `facts`
        """
        self.ensure_one()
        if line._side == "student":
            return self._get_company_choices(line.student_id or student or self.env["vti.student"])
        fans = line.wish_ids.filtered("student_rank").student_id
        choices = [
            {"line": fan, "label": fan._get_label(), "note": fan._get_course(), "facts": fan._get_facts()}
            for fan in fans
        ]
        return sorted(choices, key=lambda choice: choice["label"])

    def _get_company_choices(self, student):
        """The companies, what suits this student best first: the score of the best of the places that they bring."""
        matches = self._match_places(student, self.sudo().company_ids.vacancy_ids)
        rows = []
        for line in self.company_ids:
            places = [matches[place] for place in line.vacancy_ids if place in matches]
            places.sort(key=lambda place: (-place["score"], place["place"].name))
            note = places[0]["label"] if places and places[0]["score"] else ""
            rows.append({"line": line, "label": line.display_name, "note": note, "places": places})
        best = {row["line"]: row["places"][0]["score"] if row["places"] else 0 for row in rows}
        return sorted(rows, key=lambda row: (-best[row["line"]], row["label"]))

    @api.model
    def _match_places(self, student, places):
        """How well the open ones among places suit a student, in words; as many queries for any number.

        Having applied for a place before doesn't make it suit less: one may talk about it.

        :return: place (sudo) -> dict with place, score, label, badge, reasons and more: rows of tone and sentence
        """
        places = places.sudo().filtered(lambda place: place._is_open())
        if not student or not places:
            return {place: {"place": place, "score": 0, "label": "", "badge": "", "reasons": [], "more": []}
                    for place in places}  # fmt: skip
        matching = self.env["vti.match"]
        student_sudo = student.sudo()
        applied = student_sudo.application_ids.vacancy_id
        young = student_sudo._get_too_young_for(places._get_birth_limits())
        profile = student_sudo._get_match_profile(set())
        found = [score(profile, place) for place in places._get_match_profiles()]
        too_young = Match(0, (Reason.of("barred", -1),), is_possible=False)
        found = [too_young if match.is_possible and place.id in young else match
                 for place, match in zip(places, found, strict=True)]  # fmt: skip
        said = iter(matching._say_all([match.reasons for match in found if match.is_possible]))
        rows = {}
        for place, match in zip(places, found, strict=True):
            if match.is_possible:
                (label, badge), reasons = matching._say_score(match.score), next(said)
            else:
                label, badge, reasons = self.env._("Does not suit"), "", [self._say_block(match.reasons[0])]
            if place in applied:
                reasons = [(0, self.env._("You applied for this place")), *reasons]
            rows[place] = {"place": place, "score": match.score, "label": label, "badge": badge,
                           "reasons": reasons[:REASONS], "more": reasons[REASONS:]}  # fmt: skip
        return rows

    @api.model
    def _say_block(self, reason):
        """Why a place can't suit a student, for that student.

        :return: tone and sentence
        """
        _ = self.env._
        texts = {
            "barred": _("You have to be older for this work"),
            "full": _("No place left"),
            "starts_too_late": _("Starts after your course ends: %(start)s"),
            "ends_too_early": _("Ends before you can start: %(end)s"),
            "too_far": _("%(km)s km away; you said at most %(reach)s km"),
            "education_other": _("For another kind of education"),
            "path_other": _("For another learning path: %(path)s"),
            "study_unknown": _("We don't know what you study. Fill in your course."),
            "trade_other": _("For another course than yours"),
            "level_other": _("For another level than yours"),
            "recognition_missing": _("The company isn't recognised (SBB) for your course"),
        }
        return reason.tone, self.env["vti.match"]._say_reason(reason.code, dict(reason.params), {}, texts)


class SpeedStudent(models.Model):
    _inherit = "vti.speed.student"

    def _get_label(self):
        """How a company calls this student while it chooses."""
        self.ensure_one()
        if self.speed_date_id.nameless:
            return self.student_id.with_env(self.env)._get_nameless_name()
        return self._get_first_name()

    def _get_course(self):
        """What is studied, at which level, along which path."""
        self.ensure_one()
        enrolment = self.sudo().student_id.enrolment_id
        course, path = enrolment.qualification_id, enrolment.learning_path
        level = course and self.env._("level %(level)s", level=course.level)
        return ", ".join(filter(None, (course.name or enrolment.programme, level, path)))

    def _get_facts(self):
        """What else a company may know of a student while it chooses; the school only where there are names.

        :return: sentences
        """
        self.ensure_one()
        _, student_sudo = self.env._, self.sudo().student_id
        start, days, likes = student_sudo.wish_from, student_sudo.wish_days, student_sudo.interest_ids
        facts = [
            not self.speed_date_id.nameless and student_sudo.enrolment_id.school_id.name,
            start and _("Can start on %(day)s", day=format_date(self.env, start)),
            days and _("Days a week: %(days)s", days=days),
            likes and _("Likes: %(names)s", names=", ".join(likes.mapped("name"))),
        ]
        return [fact for fact in facts if fact]
