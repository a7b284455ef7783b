from odoo import fields, models

from .event_waiting import HOURS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    vti_event_offer_hours = fields.Integer(
        "Hours to say yes to a seat", config_parameter="vti_bpv.event_offer_hours", default=HOURS,
        help="For who is on the waiting list. Shortly before an event it is half of the time that is left.",
    )  # fmt: skip
