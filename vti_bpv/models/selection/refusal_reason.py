from odoo import api, fields, models


class RefusalReason(models.Model):
    """Why a company said no; the student reads the kind sentence, VTI counts the reason."""

    _name = "vti.refusal.reason"
    _description = "Refusal Reason"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    message = fields.Text("What the student reads", required=True, translate=True)
    kind = fields.Selection(
        [("own", "About this student"), ("mass", "About the company alone")], required=True, default="own",
        help="A no that the company would give to everybody is counted apart in how it answers.",
    )  # fmt: skip
    sequence = fields.Integer(default=10)
    is_automatic = fields.Boolean("Given by the system", help="Such as: the place was filled. Nobody chooses it.")
    active = fields.Boolean(default=True)

    @api.model
    def _get_choices(self):
        """The reasons that a company can choose from."""
        return self.search([("is_automatic", "=", False)])
