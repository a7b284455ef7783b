from odoo import api, models

# what a student hears by text message too
BY_SMS = ("invited", "moved", "proposed", "offered", "offer_soon", "offer_over", "lapsed")
# mails whose button opens the application itself, to answer it there
COMPANY_ANSWERS = ("new", "soon", "today", "late", "asks", "offer_over")


class Application(models.Model):
    """Mails about an application, each from a record that staff can edit, and the links in them."""

    _inherit = "vti.application"

    def _get_link(self, role, partner, days=60):
        """Address that lets one person see and answer this application without logging in.

        :param str role: student, company or guardian
        """
        self.ensure_one()
        token = self._sign_link(f"application_{role}", partner, days=days)
        return f"{self.get_base_url()}/application/{role}/{token}"

    def _get_button_label(self, message):
        """What the one button of a mail says, in the language of the environment."""
        labels = {
            "received": self.env._("See where it stands"),
            "incomplete": self.env._("Answer one question"),
            "invited": self.env._("See the invitation"),
            "moved": self.env._("See the invitation"),
            "offered": self.env._("Say yes or no"),
            "refused": self.env._("See other places"),
            "filled": self.env._("See other places"),
            "closed": self.env._("See other places"),
            "offline": self.env._("See other places"),
            "elsewhere": self.env._("See your applications"),
            "guardian_refused": self.env._("See your applications"),
            "new": self.env._("See and answer"),
            "soon": self.env._("See and answer"),
            "today": self.env._("See and answer"),
            "late": self.env._("See and answer"),
            "asks": self.env._("See and answer"),
            "lapsed": self.env._("See other places"),
            "expired": self.env._("See other places"),
            "offer_soon": self.env._("Say yes or no"),
            "offer_over": self.env._("See where it stands"),
            "over": self.env._("See your candidates"),
            "withdrawn": self.env._("See your candidates"),
            "declined": self.env._("See your candidates"),
            "guardian_ask": self.env._("Read and answer"),
        }
        return labels[message]

    def _tell(self, template, message, partner, url, urgent=False, values=None, sms_template=None):
        self.ensure_one()
        self.env["vti.notice"]._post(
            f"vti_bpv.{template}",
            self,
            partner,
            button_url=url,
            button_label=self.with_context(lang=partner.lang or self.env.lang)._get_button_label(message),
            urgent=urgent,
            values=values,
            sms_template=sms_template,
        )

    def _get_notice_stamp(self):
        """How it is, for a text message that waits for the morning."""
        self.ensure_one()
        return f"{self.state} {self.meeting_at or ''} {self.times_declined_on or ''}"

    def _get_similar_places(self, limit=3):
        """Open places like the one applied for, without those that the student applied for too; sudo.

        Where the company never answered its other places are left out as well.
        """
        self.ensure_one()
        application_sudo = self.sudo()
        place_sudo = application_sudo.vacancy_id
        known = application_sudo.search([("student_id", "=", application_sudo.student_id.id)]).vacancy_id
        if application_sudo.end_kind == "lapsed":
            known |= place_sudo.search(
                [("employer_id", "=", application_sudo.employer_id.id), ("state", "=", "published")]
            )
        return (place_sudo._get_similar_places(limit=limit + len(known)).sudo() - known)[:limit]

    def _tell_student(self, message, urgent=False):
        """Mail the student.

        :param str message: ends the name of the template, vti_bpv.mail_template_student_<message>
        """
        self.ensure_one()
        partner = self.student_id.partner_id
        values = {}
        if message in ("refused", "filled", "closed", "offline", "lapsed", "expired"):
            url = self.vacancy_id._get_similar_url()
            values["similar"] = [
                (f"{place.name}, {place.employer_id.name}", place.get_base_url() + place._get_page_path())
                for place in self._get_similar_places()
            ]
        elif message in ("elsewhere", "guardian_refused"):
            url = "/my/applications"
        else:
            url = self._get_link("student", partner)
        sms_template = f"vti_bpv.sms_template_student_{message}" if message in BY_SMS else None
        self._tell(f"mail_template_student_{message}", message, partner, url, urgent, values, sms_template)

    def _tell_company(self, message, urgent=False):
        """Mail who handles this application at the company."""
        self.ensure_one()
        for partner in self._get_company_partners():
            url = self._get_link("company", partner) if message in COMPANY_ANSWERS else "/my/candidates"
            self._tell(self._get_company_template(message), message, partner, url, urgent)

    def _get_company_template(self, message):
        """Name of the mail that tells a company this."""
        return f"mail_template_company_{message}"

    def _get_company_partners(self):
        """Who at the company hears of this application.

        The contact of the place; else its recruiters; else who has an account; else the company's own
        address. People who are limited to other branches hear nothing.
        """
        self.ensure_one()
        employer = self.employer_id
        contact = self.vacancy_id.contact_id
        roles = self.env["vti.guidance.role"].search(
            [("organisation_id", "child_of", employer.id), ("role", "=", "recruiter"), ("date_to", "=", False)]
        )
        users = self.env["res.users"].search([("partner_id", "child_of", employer.id), ("share", "=", True)], limit=20)
        for partners in (contact, roles.partner_id, users.partner_id, employer):
            found = partners.filtered(lambda partner: partner.email and self._is_entitled_company(partner))
            if found:
                return found[:5]
        return self.env["res.partner"]

    def _for_staff(self):
        """This application as who looks after its company at VTI reads it: scheduled jobs have nobody's language.

        :return: the application with that language, and that user
        """
        self.ensure_one()
        account = self.employer_id.user_id.filtered(lambda user: user.active and not user.share)
        staff = account or self._get_staff_user()
        return self.with_context(lang=staff.lang or self.env.lang), staff

    @api.model
    def _get_staff_user(self):
        """Who of VTI gets the to-do's: the first of its people."""
        staff = self.env.ref("vti_bpv.group_user").sudo().all_user_ids.filtered(lambda u: u.active and not u.share)
        root = self.env.ref("base.user_root")
        return (staff - root).sorted("id")[:1] or root
