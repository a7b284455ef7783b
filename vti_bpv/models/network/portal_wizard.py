from odoo import models


class PortalWizardUser(models.TransientModel):
    _inherit = "portal.wizard.user"

    def action_grant_access(self):
        result = super().action_grant_access()
        self.partner_id.with_context(active_test=False).user_ids._sync_vti_groups()
        return result

    def action_revoke_access(self):
        # a role implies portal access, so roles go first
        self.user_id._drop_vti_groups()
        return super().action_revoke_access()

    def _send_email(self):
        """Invite who has a role here in VTI's words; others get Odoo's."""
        self.ensure_one()
        user_sudo = self.user_id.sudo()
        if not user_sudo.group_ids & user_sudo._get_all_vti_groups():
            return super()._send_email()
        user_sudo.partner_id.signup_prepare()
        template = self.env.ref("vti_bpv.mail_template_portal_invitation")
        template.sudo().with_context(vti_welcome_message=self.wizard_id.welcome_message).send_mail(
            user_sudo.id, force_send=True
        )
        return True
