from odoo import fields, models


class RefusalReason(models.Model):
    """Why a company said no; the student reads the kind sentence, VTI counts the reason."""

    _name = "vti.refusal.reason"
    _description = "Refusal Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    message = fields.Text("What the student reads", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
