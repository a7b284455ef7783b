import time

from odoo import fields, models

from ..network.website_kept import FRAME_SECONDS

COMPARED_WITH = 5  # companies: with fewer one would read the figures of another


class Partner(models.Model):
    """What is told of how a company answers: good figures to all if it agrees, all figures to itself."""

    _inherit = "res.partner"

    show_answers = fields.Boolean(
        "Show how fast it answers",
        help="With a good record, students read on its pages within how many working days this company answers.",
    )

    def _get_page_fields(self):
        return [*super()._get_page_fields(), "show_answers"]

    def _get_page_badges(self, view=None):
        """Add within how many days the company answers, where that is quick and it wants it shown."""
        badges = super()._get_page_badges(view)
        days = self.show_answers and self._find_badge_days(view)
        if not days:
            return badges
        if days == 1:
            return [*badges, self.env._("Answers within 1 working day")]
        return [*badges, self.env._("Answers within %(days)s working days", days=days)]

    def _find_badge_days(self, view):
        """Within how many working days this company answers, where that is quick; else 0.

        With a view, of at most ten minutes ago; most companies have too few applications to be asked about.
        """
        keep, window = self.env["website"]._keep, int(time.time()) // FRAME_SECONDS
        records = self.env["vti.answer.record"]
        if (key := view and view.key("known", window)) and self.id not in keep("answers", key, records._find_known):
            return 0

        def work_out():
            record_sudo = records._get_of(self).get(self.id)
            return record_sudo and record_sudo._get_badge_days() or 0

        return keep("answers", view and view.key("days", self.id, window), work_out)

    def _get_answer_figures(self):
        """How this company answers, beside what is usual, for its own people.

        :return: record (sudo, possibly empty), whether the badge can show, and what is usual: % in time and
            working days, or None where too few companies are known
        :rtype: dict
        """
        self._check_own_house()
        records = self.env["vti.answer.record"].sudo()
        record_sudo = records._get_of(self).get(self.id, records)
        companies, share, days = records._get_mean()
        return {
            "record": record_sudo,
            "badge_days": record_sudo and record_sudo._get_badge_days(),
            "usual": {"share": share, "days": days} if companies >= COMPARED_WITH else None,
            "shown": self.sudo().show_answers,
        }

    def action_show_answers(self, shown):
        """Agree, or no longer, that students read how fast the own company answers."""
        self._check_own_house()
        self.sudo().show_answers = bool(shown)
