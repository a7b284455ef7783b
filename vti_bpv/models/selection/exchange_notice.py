from odoo import models

LINK, GUARDIAN_LINK = "exchange_card", "exchange_guardian"
LINK_DAYS, GUARDIAN_LINK_DAYS = 60, 365


class Student(models.Model):
    """The link in mails to the own card, which works without logging in."""

    _inherit = "vti.student"

    def _get_card_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/exchange/card/{self._sign_link(LINK, self.sudo().partner_id, days=LINK_DAYS)}"

    def _get_card_label(self):
        partner = self.sudo().partner_id
        return self.with_context(lang=partner.lang or self.env.lang).env._("See your card")


class ExchangeListing(models.Model):
    """Mails about a card, each from a record that staff can edit."""

    _inherit = "vti.exchange.listing"

    def _tell_student(self, message, urgent=False):
        """:param str message: ends the name of the template, vti_bpv.mail_template_exchange_<message>"""
        self.ensure_one()
        student = self.student_id
        url = student._get_card_url()
        self.env["vti.notice"]._post(
            f"vti_bpv.mail_template_exchange_{message}", self, student.partner_id,
            button_url=url, button_label=student._get_card_label(), urgent=urgent,
            values={"withdraw_url": f"{url}#withdraw"},
        )  # fmt: skip

    def _get_guardian_url(self):
        token = self._sign_link(GUARDIAN_LINK, self.guardian_id.partner_id, days=GUARDIAN_LINK_DAYS)
        return f"{self.get_base_url()}/exchange/guardian/{token}"

    def _mail_guardian(self, message, record=None):
        """Mail the guardian of this card.

        :param record: what it is about, where that isn't the card
        """
        self.ensure_one()
        partner = self.guardian_id.partner_id
        if not partner:
            return
        here = self.with_context(lang=partner.lang or self.env.lang)
        self.env["vti.notice"]._post(
            f"vti_bpv.mail_template_exchange_{message}", record or self, partner, button_url=self._get_guardian_url(),
            button_label=here.env._("Read and answer"), urgent=message == "guardian_ask",
        )  # fmt: skip


class ExchangeInterest(models.Model):
    """Mails about a company and a student of the exchange; none to a company tells who the student is."""

    _inherit = "vti.exchange.interest"

    def _tell_student(self, message, urgent=False):
        self.ensure_one()
        student = self.student_id
        here = self.with_context(lang=student.partner_id.lang or self.env.lang)
        label = here.env._("Say yes or no") if message in ("asked", "remind") else student._get_card_label()
        self.env["vti.notice"]._post(
            f"vti_bpv.mail_template_exchange_{message}", self, student.partner_id,
            button_url=f"{student._get_card_url()}#request-{self.id}", button_label=label, urgent=urgent,
            sms_template=f"vti_bpv.sms_template_exchange_{message}" if message in ("asked", "remind") else None,
        )  # fmt: skip

    def _tell_company(self, message, urgent=False):
        self.ensure_one()
        for partner in self._get_company_partners():
            here = self.with_context(lang=partner.lang or self.env.lang)
            self.env["vti.notice"]._post(
                f"vti_bpv.mail_template_exchange_{message}", self, partner,
                # who is no member any more finds nothing there
                button_url=None if self.end_kind == "member" else f"/my/exchange/requests/{self.id}",
                button_label=here.env._("See name and contact") if message == "granted" else here.env._("See it"),
                urgent=urgent,
            )  # fmt: skip

    def _tell_guardian(self):
        """Let the guardian who agreed know which company got name and contact, until the student decides alone."""
        card = self.listing_id
        if (
            card.guardian_id
            and card.consent_id.given_by_id == card.guardian_id.partner_id
            and card.student_id._get_guardian_state() == "needed"
        ):
            card._mail_guardian("guardian_told", self)

    def _get_company_partners(self):
        """Who at the company hears of it: who asked, else who has an account there, else the company's address."""
        self.ensure_one()
        employer, asker = self.employer_id, self.asked_by_id
        if asker.active and asker.email and asker.commercial_partner_id == employer:
            people = asker
        else:
            domain = [("partner_id", "child_of", employer.id), ("share", "=", True)]
            people = self.env["res.users"].sudo().search(domain, limit=3).partner_id.filtered("email") or employer
        # who looked at the contact data has to know when they may no longer be used
        looked = self.view_ids.partner_id.filtered(
            lambda p: p.active and p.email and p.commercial_partner_id == employer
        )
        return people | looked
