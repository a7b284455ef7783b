from odoo import fields, models

KINDS = [
    ("speed_date", "Speed-date"),
    ("intern_day", "Intern day"),
    ("workshop", "Workshop"),
    ("training", "Training for mentors"),
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
    ("members", "Member companies"),
    ("schools", "Schools"),
    ("alumni", "Former interns"),
    ("parents", "Parents"),
    ("everybody", "Everybody"),
]


class EventType(models.Model):
    """What VTI organises: each kind with the audience it is for, its text, mails, questions and checklist."""

    _inherit = "event.type"

    vti_kind = fields.Selection(KINDS, "Kind")
    audience = fields.Selection(AUDIENCES, "For whom")
    is_closed = fields.Boolean("Closed", help="Only those it is for see it on the site.")
    page_text = fields.Html(
        "Text on the page", translate=True, help="What visitors read while an event has no text of its own."
    )
    survey_id = fields.Many2one(
        "survey.survey", "Questions afterwards", ondelete="set null", index="btree_not_null",
        help="Who came gets a mail with a link to these questions.",
    )  # fmt: skip
    check_ids = fields.One2many("vti.event.check", "event_type_id", "Checklist")
