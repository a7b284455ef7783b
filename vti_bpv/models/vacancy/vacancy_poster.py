from textwrap import shorten

from odoo import models

SHOWN = ("when", "hours", "salary", "allowance", "left", "last_day")
LONGEST = 58  # characters of a title that fit on one line of a company's poster


class Vacancy(models.Model):
    """What the poster of a place says."""

    _inherit = "vti.vacancy"

    def _get_short_url(self):
        """An address that one can type over from a wall; it leads to the page."""
        self.ensure_one()
        return f"{self.get_base_url()}/stages/{self.id}"

    def _get_poster_facts(self):
        """The facts that make one stop before a wall, two by two.

        :return: a list of lists of (label, value)
        """
        self.ensure_one()
        labels, facts = self._get_fact_labels(), dict(self._get_facts())
        shown = [(labels[name], facts[labels[name]]) for name in SHOWN if labels[name] in facts]
        if suits := " · ".join(self._get_study_badges()):
            shown.insert(2, (labels["for"], suits))
        return [shown[start : start + 2] for start in range(0, len(shown), 2)]

    def _get_study_badges(self):
        """For whom it is, in short: levels and learning path."""
        return self._make_badges(self.kind, self.levels, self.learning_path, 0, "", False, 1)[1:]

    def _get_poster_line(self):
        """Title and facts of this place on its company's poster.

        :return: two str
        """
        self.ensure_one()
        title = shorten(self.name, LONGEST, placeholder=" …") or self.name[:LONGEST]
        return title, " · ".join(self._get_badges()[1:4])
