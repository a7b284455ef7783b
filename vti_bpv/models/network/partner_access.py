from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class Partner(models.Model):
    """Who of the people has access to the portal."""

    _inherit = "res.partner"

    vti_access = fields.Selection(
        [("none", "No access"), ("invited", "Invited"), ("active", "Has access")],
        "Portal access",
        compute="_compute_vti_access",
        search="_search_vti_access",
        compute_sudo=True,
        groups="vti_bpv.group_user",
    )

    @api.depends("user_ids.active", "user_ids.log_ids")
    def _compute_vti_access(self):
        for partner in self:
            users = partner.user_ids
            partner.vti_access = ("active" if any(users.mapped("login_date")) else "invited") if users else "none"

    @api.model
    def _search_vti_access(self, operator, value):
        if operator != "in":
            return NotImplemented
        users = Domain("user_ids.active", "=", True)
        logged_in = Domain("user_ids", "any", [("active", "=", True), ("log_ids", "!=", False)])
        domains = {"none": ~users, "invited": users & ~logged_in, "active": logged_in}
        return Domain.OR(domains[state] for state in value if state in domains)

    def action_give_portal_access(self):
        """Invite one person at once; show the list to choose from where they are more."""
        return self._run_portal_wizard("action_grant_access", self.env._("The invitation has been sent."))

    def action_invite_again(self):
        return self._run_portal_wizard("action_invite_again", self.env._("The invitation has been sent again."))

    def action_revoke_portal_access(self):
        return self._run_portal_wizard("action_revoke_access", self.env._("The access has been taken away."))

    def _run_portal_wizard(self, action, message):
        """Act through Odoo's own portal wizard, which knows about double and missing addresses."""
        if not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI gives and takes access."))
        wizard = self.env["portal.wizard"].create({"partner_ids": [(6, 0, self.ids)]})
        if len(self) != 1:
            return wizard._action_open_modal()
        getattr(wizard.user_ids, action)()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
