from odoo import api, fields, models
from odoo.exceptions import UserError


class ExchangeView(models.Model):
    """That somebody looked at a student's contact data. It is only ever added to; the student reads it.

    That VTI helped a company and looked too is kept as what it is, not as a look of that company.
    """

    _name = "vti.exchange.view"
    _description = "View of contact data"
    _inherit = ["vti.portal.guard"]
    _order = "seen_on desc, id desc"
    _rec_name = "partner_id"

    interest_id = fields.Many2one("vti.exchange.interest", required=True, index=True, ondelete="cascade", readonly=True)
    listing_id = fields.Many2one(related="interest_id.listing_id", store=True, index=True)
    student_id = fields.Many2one(related="interest_id.student_id", store=True, index=True)
    employer_id = fields.Many2one(related="interest_id.employer_id", string="Company", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Who looked", index="btree_not_null", ondelete="set null", readonly=True
    )  # fmt: skip
    by_vti = fields.Boolean("By VTI", readonly=True)
    seen_on = fields.Datetime("Seen on", required=True, readonly=True, default=fields.Datetime.now)

    def _portal_readable_fields(self):
        own = {"by_vti", "employer_id", "interest_id", "partner_id", "seen_on"}
        return own if self.env.user.has_group("vti_bpv.group_student") else set()

    def write(self, vals):
        self.check_access("write")
        # what follows from other records is computed through `_write`, never through here
        if self:
            raise UserError(self.env._("What was seen isn't changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was seen isn't removed."))
