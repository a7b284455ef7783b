from odoo import models


class Student(models.Model):
    """The places that suit a student, as pages show them."""

    _inherit = "vti.student"

    def _get_place_matches(self, limit=20):
        """Places that suit this student, the best first; the caller has checked who may know.

        :return: a list of dict with place (sudo), score, label, badge (its kind), reasons, rows of tone and
            sentence, and tip, what VTI sent about it that waits for an answer
        """
        self.ensure_one()
        tips = {tip_sudo.vacancy_id: tip_sudo for tip_sudo in self._get_match_tips()}
        matching = self.env["vti.match"]
        found = matching._find_places(self, limit)
        said = matching._say_all([match.reasons for _place, match in found])
        rows = []
        for (place_sudo, match), reasons in zip(found, said, strict=True):
            label, badge = matching._say_score(match.score)
            rows.append(
                {"place": place_sudo, "score": match.score, "label": label, "badge": badge, "reasons": reasons,
                 "tip": tips.get(place_sudo)}
            )  # fmt: skip
        return rows

    def _get_match_tips(self):
        """Tips of VTI that wait for this student's answer (sudo); the caller has checked who may know."""
        self.ensure_one()
        return self.env["vti.match.proposal"]._get_open_tips(self)

    def _get_match_gaps(self):
        """What this student can still say so that better places are found, in words."""
        this_sudo, _ = self.sudo(), self.env._
        missing = [
            (_("your postcode"), not this_sudo.postcode_id),
            (_("how you travel"), not this_sudo.travel_mode),
            (_("what you would like to do"), not this_sudo.interest_ids),
            (_("how many days a week you can work"), not this_sudo.wish_days),
            (_("when you can start"), not this_sudo.wish_from),
        ]
        return [label for label, is_missing in missing if is_missing]

    def action_open_matches(self):
        """Show VTI the places that suit this student."""
        self.ensure_one()
        self.env["vti.match.choice"].check_access("create")
        pairs = [(self, place, match) for place, match in self.env["vti.match"]._find_places(self)]
        return self.env["vti.match.choice"]._open(pairs, self.env._("Places that suit"))
