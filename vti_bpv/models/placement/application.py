from odoo import fields, models


class Application(models.Model):
    _inherit = "vti.application"

    placement_id = fields.Many2one("vti.placement", readonly=True, index="btree_not_null", copy=False)
