from odoo import fields, models

KINDS = [
    ("speed_date", "Speed-date"),
    ("intern_day", "Intern day"),
    ("workshop", "Workshop"),
    ("guest_lesson", "Guest lesson"),
    ("company_visit", "Company visit"),
    ("class_information", "Information in class"),
    ("reunion", "Reunion"),
    ("network", "Network meeting"),
    ("parents", "Parents' visit"),
]
AUDIENCES = [
    ("students", "Students"),
    ("mentors", "Mentors and trainers"),
    ("companies", "Companies"),
    ("schools", "Schools"),
    ("alumni", "Alumni"),
    ("parents", "Parents"),
    ("everybody", "Everybody"),
]


class EventType(models.Model):
    """What VTI organises: each kind with the audience it is for."""

    _inherit = "event.type"

    vti_kind = fields.Selection(KINDS, "Kind")
    audience = fields.Selection(AUDIENCES, "For whom")
