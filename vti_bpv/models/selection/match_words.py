from odoo import api, fields, models
from odoo.tools import format_date

GOOD, FAIR = 75, 55  # from these scores on a place suits very well, or well


class Match(models.AbstractModel):
    """What matching says in codes, in words: the same for a student, a school and VTI."""

    _name = "vti.match"
    _description = "Matching of students and places"

    @api.model
    def _say_score(self, score):
        """How well it suits, in words, with the kind of badge."""
        if score >= GOOD:
            return self.env._("Suits very well"), "success"
        return (self.env._("Suits well"), "info") if score >= FAIR else (self.env._("Suits in part"), "")

    @api.model
    def _say_all(self, lists):
        """Reasons as sentences, what speaks for it first.

        :param lists: of each pair a list of reasons (Reason of matching.profiles)
        :return: of each pair rows of tone (1, 0 or -1) and sentence
        """
        wished = {number for reasons in lists for reason in reasons for number in dict(reason.params).get("ids", ())}
        interests = self.env["vti.interest"].sudo().with_context(active_test=False)
        names = {interest.id: interest.name for interest in interests.search([("id", "in", list(wished))])}
        texts = self._get_place_texts() | self._get_gap_texts()
        return [
            sorted(
                ((reason.tone, self._say_reason(reason.code, dict(reason.params), names, texts)) for reason in reasons),
                key=lambda row: -row[0],
            )
            for reasons in lists
        ]

    @api.model
    def _say(self, reasons):
        """The reasons of one pair."""
        return self._say_all([reasons])[0]

    @api.model
    def _say_reason(self, code, params, names, texts):
        if code.startswith("distance_") and code != "distance_unknown":
            return self._say_distance(code, params)
        if code == "interests":
            known = [names[number] for number in params["ids"] if number in names]
            return self.env._("Work that was wished for: %(names)s", names=", ".join(known))
        for name in {"start", "end"} & set(params):
            params[name] = format_date(self.env, fields.Date.to_date(params[name]), date_format="d MMMM y")
        return texts[code] % params

    @api.model
    def _say_distance(self, code, params):
        _ = self.env._
        km = params["km"]
        way = {
            "bike": _("%(km)s km by bike", km=km),
            "transit": _("%(km)s km by bus or train", km=km),
            "car": _("%(km)s km by car", km=km),
        }.get(params["mode"], _("%(km)s km away", km=km))
        return {
            "distance_easy": _("%(way)s: close by", way=way),
            "distance_fine": _("%(way)s: easy to do", way=way),
            "distance_long": _("%(way)s: quite far", way=way),
            "distance_stretch": _("%(way)s: very far", way=way),
        }[code]

    @api.model
    def _get_place_texts(self):
        """Sentences on one student and one place; `%(name)s` stands for a parameter."""
        _ = self.env._
        return {
            "qualification_own": _("Offered for this course"),
            "qualification_related": _("Another course of the same trade; the company is recognised for this one"),
            "education_same": _("For this kind of education"),
            "trade_near": _("Another trade than the course"),
            "distance_unknown": _("Distance unknown: a postcode is missing"),
            "interests_none": _("Other work than was wished for"),
            "side_job": _("A side job is possible"),
            "period_fits": _("Starts at the right time: %(start)s"),
            "period_early": _("Starts before the wished date: %(start)s"),
            "period_late": _("Starts later than wished: %(start)s"),
            "days_same": _("Days a week as wished: %(days)s"),
            "days_more": _("More days a week (%(days)s) than wished (%(wish)s)"),
            "days_fewer": _("Fewer days a week (%(days)s) than wished (%(wish)s)"),
            "guide": _("The company has somebody who guides"),
            "guide_none": _("The company has not named a guide yet"),
            "level_2_welcome": _("The company likes to have level 2"),
        }

    @api.model
    def _get_gap_texts(self):
        """Sentences on why no place was found."""
        _ = self.env._
        return {
            "study_unknown": _("The course is unknown: fill in the enrolment."),
            "position_unknown": _("The postcode is unknown."),
            "none_anywhere": _("No place is offered for this course, at any distance."),
            "none_near": _("No place for this course and level within %(km)s km; the nearest is at %(nearest)s km."),
            "recognition_missing": _(
                "Companies within %(km)s km with such work, but no recognition (SBB) for this course: %(companies)s"
            ),
            "path_other": _("Places within %(km)s km for the other learning path: %(places)s"),
            "too_far": _("Places within %(km)s km, but further than the student travels (%(reach)s km): %(places)s"),
            "dates_other": _("Places within %(km)s km in another period: %(places)s"),
            "tried": _("Places within %(km)s km applied for or proposed before, or not for this age: %(places)s"),
            "poor_fit": _("Places within %(km)s km that suit too little: %(places)s"),
            "taken": _("Places within %(km)s km that suit, but went to others: %(places)s"),
        }
