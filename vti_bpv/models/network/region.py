from odoo import fields, models


class Region(models.Model):
    """A part of the association's area; its school holidays follow the national spread."""

    _name = "vti.region"
    _description = "Region"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "sequence, name"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    holiday_region = fields.Selection(
        [("north", "North"), ("middle", "Middle"), ("south", "South")], "School holidays as in"
    )
