from odoo import fields, models

from .partner_silent import RULES


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    vti_guardian_age = fields.Integer(
        "Guardian agrees below age", config_parameter="vti_bpv.guardian_age", default=16,
        help="In years. No company sees an application of a younger student before a parent or guardian agreed.",
    )  # fmt: skip
    vti_guardian_text = fields.Char(
        "What the guardian agrees to", config_parameter="vti_bpv.guardian_text", help="Empty: the standard text."
    )
    vti_ask_birth_date = fields.Boolean(
        "Ask the date of birth in the application form", config_parameter="vti_bpv.ask_birth_date",
        help="Otherwise it is asked right after applying.",
    )  # fmt: skip
    vti_answer_days = fields.Integer(
        "Working days to answer", config_parameter="vti_bpv.answer_days", default=10,
        help="How long a company has to answer an application, and a student an offer.",
    )  # fmt: skip
    vti_nameless = fields.Boolean(
        "First round without names everywhere", config_parameter="vti_bpv.nameless",
        help="Otherwise it is chosen per season, or by a company per place.",
    )  # fmt: skip
    vti_intake_script = fields.Char(
        "Questions on the phone", config_parameter="vti_bpv.intake_script",
        help="What companies ask when they call a candidate, parted by a semicolon. Empty: the standard ones.",
    )  # fmt: skip
    vti_limit_student = fields.Integer(
        "Open applications of a student", config_parameter="vti_bpv.limit_student", default=10, help="0: no limit."
    )
    vti_limit_place = fields.Integer(
        "Open applications at a place", config_parameter="vti_bpv.limit_place", default=20, help="0: no limit."
    )
    vti_limit_small = fields.Integer(
        "At a company with fewer than 10 people", config_parameter="vti_bpv.limit_small", default=10,
        help="0: no limit.",
    )  # fmt: skip
    vti_limit_middle = fields.Integer(
        "With 10 to 49 people", config_parameter="vti_bpv.limit_middle", default=40, help="0: no limit."
    )
    vti_limit_large = fields.Integer(
        "With 50 people or more", config_parameter="vti_bpv.limit_large", default=120, help="0: no limit."
    )
    vti_badge_share = fields.Integer(
        "Good record from % in time", config_parameter="vti_bpv.badge_share", default=90,
        help="Of the applications of the last twelve months, from five on.",
    )  # fmt: skip
    vti_badge_days = fields.Integer(
        "And at most working days", config_parameter="vti_bpv.badge_days", default=5,
        help="Within which the company answers half of the students.",
    )  # fmt: skip
    vti_exchange_weeks = fields.Integer(
        "Weeks that a card is shown", config_parameter="vti_bpv.exchange_weeks", default=8,
        help="What the form of the exchange proposes; the student chooses.",
    )  # fmt: skip
    vti_exchange_answer_days = fields.Integer(
        "Working days for the student", config_parameter="vti_bpv.exchange_answer_days", default=5,
        help="How long a student has to answer a company of the exchange.",
    )  # fmt: skip
    vti_exchange_text = fields.Char(
        "What the student agrees to", config_parameter="vti_bpv.exchange_text", help="Empty: the standard text."
    )
    vti_exchange_guardian_text = fields.Char(
        "What the guardian of a card agrees to", config_parameter="vti_bpv.exchange_guardian_text",
        help="Empty: the standard text.",
    )  # fmt: skip
    vti_silent_company = fields.Selection(
        RULES, "Places of a company that doesn't answer", config_parameter="vti_bpv.silent_company", default="nothing",
        help="A week after it was told. Every answer, and every place it confirms, undoes it the next day.",
    )  # fmt: skip
    vti_late_days = fields.Integer(
        "Working days late until it lapses", config_parameter="vti_bpv.late_days", default=5,
        help="After the last day to answer, a company gets these days before the application lapses by itself.",
    )  # fmt: skip
