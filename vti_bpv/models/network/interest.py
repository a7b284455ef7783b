from odoo import fields, models


class Interest(models.Model):
    """A kind of work that students wish for and places offer: chosen from a list, so that it can be compared.

    What somebody writes in words stays out of matching: it may tell who somebody is.
    """

    _name = "vti.interest"
    _description = "Kind of work"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
