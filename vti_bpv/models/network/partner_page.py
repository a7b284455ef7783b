from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

ABOUT_LENGTH = 3000


class Partner(models.Model):
    """What a company changes of itself on the portal, and what a house asks of VTI."""

    _inherit = "res.partner"

    def _check_own_house(self):
        """Refuse who doesn't work at this company or school.

        :raise AccessError: also for who is limited to branches, as these pages are of the whole
        """
        self.ensure_one()
        user = self.env.user
        of_house = user.has_group("vti_bpv.group_company") or user.has_group("vti_bpv.group_school")
        person = user.partner_id
        if not of_house or person.commercial_partner_id != self or person.sudo().branch_scope_ids:
            raise AccessError(self.env._("Only people of this company or school do that."))

    def action_save_about(self, about):
        """Keep the text that students read about the own company."""
        self._check_own_house()
        about = (about or "").strip()
        if len(about) > ABOUT_LENGTH:
            raise UserError(self.env._("At most %(length)s characters, please.", length=ABOUT_LENGTH))
        self.sudo().about = about

    def action_ask_vti(self, question):
        """Put a question or change before VTI, as a task on the company or school."""
        self._check_own_house()
        question = (question or "").strip()[:ABOUT_LENGTH]
        if not question:
            raise UserError(self.env._("Tell us what we can do for you."))
        staff = self.env.ref("vti_bpv.group_coordinator").sudo().all_user_ids
        this_sudo = self.sudo()
        this_sudo.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=this_sudo.env._("Question of %(name)s", name=self.env.user.name),
            note=question,
            user_id=(this_sudo.user_id or staff.filtered(lambda user: user.active and not user.share)[:1]).id,
        )

    def _get_page_people(self):
        """The people of this house, as this user may see them."""
        return self.search(self._get_people_domain() & Domain("commercial_partner_id", "=", self.id), order="name, id")
