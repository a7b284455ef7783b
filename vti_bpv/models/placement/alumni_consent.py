from odoo import models
from odoo.exceptions import AccessError, UserError

LINK = "alumni_consent"
LINK_DAYS = 60
# Under this age the legal representative gives consent for a service that isn't advice (GDPR art. 8, UAVG art. 5).
CONSENT_AGE = 16


class PlacementAlumniConsent(models.Model):
    """Asking the student, at the end, whether VTI may stay in touch."""

    _inherit = "vti.placement"

    def _on_closed(self):
        result = super()._on_closed()
        for placement in self.sudo():
            placement._ask_alumni_consent()
        return result

    def _get_alumni_consent_text(self):
        """The words that one agrees to; kept with the consent as they were read."""
        return self.env._(
            "VTI keeps my name, e-mail address, phone number, postcode and the internships that I did, to stay in "
            "touch with me about jobs, side jobs, news and meetings. VTI doesn't give them to others. I can withdraw "
            "this at any time on my pages, and then VTI deletes me from the list."
        )

    def _get_consent_givers(self):
        """Who may agree for this student: the student, under 16 the guardians; partners, sudo."""
        self.ensure_one()
        student_sudo = self.sudo().student_id
        if student_sudo._get_age_on(self._get_today()) >= CONSENT_AGE:
            return student_sudo.partner_id
        return student_sudo.guardian_ids.partner_id

    def _get_alumni_consent(self):
        """The student's consent that is in force; sudo, possibly empty."""
        self.ensure_one()
        return self.env["vti.consent"]._get_in_force(self.sudo().student_id.partner_id, "alumni")[:1]

    def _can_give_alumni_consent(self, partner=None):
        """Whether a person, by default the current user, can say yes now."""
        self.ensure_one()
        partner = partner or self.env.user.partner_id
        return (
            self.sudo().state in ("closing", "closed")
            and partner in self._get_consent_givers()
            and not self._get_alumni_consent()
        )

    def _ask_alumni_consent(self):
        """Mail who may agree a link to a page that asks; nobody is asked who agreed already."""
        self.ensure_one()
        for partner in self._get_consent_givers().filtered("email"):
            if self._can_give_alumni_consent(partner):
                token = self._sign_link(LINK, partner, days=LINK_DAYS)
                self._notify("vti_bpv.mail_alumni_consent", partner, path=f"/internships/stay/{token}",
                             label=lambda env: env._("Read and answer"))  # fmt: skip

    def action_give_alumni_consent(self):
        """The student, logged in, agrees that VTI stays in touch."""
        self.ensure_one()
        self.check_access("read")
        if self.env.su or self._get_party() != "student":
            raise AccessError(self.env._("Only the student can agree to this."))
        self._give_alumni_consent(self.env.user.partner_id, "site")

    def _give_alumni_consent(self, partner, channel):
        """Keep the consent of a person who was checked to be the one; a second time changes nothing.

        :raise UserError: where this person can't agree now
        """
        self.ensure_one()
        this_sudo = self.sudo()
        this_sudo._lock()
        if this_sudo._get_alumni_consent():
            return
        if not this_sudo._can_give_alumni_consent(partner):
            if this_sudo.state in ("closing", "closed") and partner == this_sudo.student_id.partner_id:
                raise UserError(
                    self.env._(
                        "You are under 16, or we don't know your date of birth: a parent or guardian has to agree."
                    )
                )
            raise UserError(self.env._("This can't be answered now."))
        self.env["vti.consent"].sudo().create(
            {
                "student_id": this_sudo.student_id.id,
                "partner_id": this_sudo.student_id.partner_id.id,
                "purpose": "alumni",
                "text": self._get_alumni_consent_text(),
                "given_by_id": partner.id,
                "channel": channel,
            }
        )

    def action_withdraw_alumni_consent(self):
        """The student no longer wants VTI to stay in touch."""
        self.ensure_one()
        self.check_access("read")
        if self._get_party() != "student":
            raise AccessError(self.env._("Only the student can withdraw this."))
        self._get_alumni_consent().with_user(self.env.user).action_withdraw()
