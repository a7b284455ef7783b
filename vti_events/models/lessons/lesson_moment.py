from odoo import fields, models

from odoo.addons.vti_bpv.tools.moment import format_day

PARTS = [("any", "The whole day"), ("morning", "Morning"), ("afternoon", "Afternoon")]
HOURS = {"any": "10:00", "morning": "09:30", "afternoon": "13:00"}  # proposed to the company


class LessonMoment(models.Model):
    """A day on which a school would like a lesson or visit."""

    _name = "vti.lesson.moment"
    _description = "Wished day"
    _order = "day, id"

    request_id = fields.Many2one("vti.lesson.request", required=True, index=True, ondelete="cascade")
    day = fields.Date(required=True)
    part = fields.Selection(PARTS, "When", required=True, default="any")

    def _get_text(self):
        """The day in words: Tuesday 8 December, morning."""
        self.ensure_one()
        text = format_day(self.env, self.day)
        if self.part == "any":
            return text
        return f"{text}, {dict(self._fields['part']._description_selection(self.env))[self.part].lower()}"
