from odoo import fields, models


class Student(models.Model):
    """Access of students: that of the person."""

    _inherit = "vti.student"

    vti_access = fields.Selection(related="partner_id.vti_access", groups="vti_bpv.group_user")

    def action_give_portal_access(self):
        return self.partner_id.action_give_portal_access()

    def action_invite_again(self):
        return self.partner_id.action_invite_again()

    def action_revoke_portal_access(self):
        return self.partner_id.action_revoke_portal_access()
