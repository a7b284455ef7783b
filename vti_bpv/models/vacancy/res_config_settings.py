from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    vti_review_first_place = fields.Boolean(
        "Look at a company's first place",
        config_parameter="vti_bpv.review_first_place",
        help="VTI publishes a company's first place; after that the company publishes its places itself.",
    )
    vti_hbo_min_employees = fields.Integer(
        "Employees that hbo schools ask for",
        config_parameter="vti_bpv.hbo_min_employees",
        help="A warning where a school has no number of its own.",
    )
