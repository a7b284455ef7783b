from odoo import fields, models


class Import(models.Model):
    _inherit = "vti.import"

    kind = fields.Selection(selection_add=[("vacancy", "Places")], ondelete={"vacancy": "cascade"})
