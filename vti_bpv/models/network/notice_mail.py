import re

from odoo import fields, models
from odoo.tools import html2plaintext

ITEM = re.compile(r"<li\b[^>]*>")  # html2plaintext runs the items of a list together
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}


class Notice(models.Model):
    """How notices become a mail: one section and one button each."""

    _inherit = "vti.notice"

    def _prepare_mail_values(self, partner):
        company = self.env.company
        notices = self.with_context(lang=partner.lang or self.env.lang)
        values = {
            "subject": notices._get_mail_subject(),
            "body_html": notices._render_mail(partner),
            "recipient_ids": [(4, partner.id)],
            "auto_delete": True,
            "headers": repr(HEADERS),
            "vti_notice_text": notices._get_mail_text(partner),
        }
        sender = self.template_id[:1].email_from or company.email_formatted
        if sender:
            values["email_from"] = sender
        files = [file for notice in self for file in notice._get_files()]
        if files:
            values["attachment_ids"] = [
                (0, 0, {"name": name, "raw": content, "res_model": "mail.mail"}) for name, content in files
            ]
        values["reply_to"] = company.email_formatted or sender
        return values

    def _get_files(self):
        """Files that go with what is told, as its record says: list of (name, bytes)."""
        self.ensure_one()
        record_sudo = self.env[self.res_model].sudo().browse(self.res_id).exists() if self.res_model else None
        if not record_sudo or not hasattr(record_sudo, "_get_notice_files"):
            return []
        return record_sudo._get_notice_files(self.template_id)

    def _get_mail_subject(self):
        first = self[0].subject
        if len(self) == 1:
            return first
        return self.env._("%(subject)s, and %(count)s more", subject=first, count=len(self) - 1)

    def _render_mail(self, partner):
        return self.env["ir.qweb"]._render(
            "vti_bpv.mail_notices",
            {
                "notices": self,
                "partner": partner,
                "company": self.env.company,
                "base_url": self.env.company.get_base_url(),
            },
        )

    def _get_mail_text(self, partner):
        """The same for who reads plain text, with addresses in full."""
        parts = [self.env._("Hello %(name)s,", name=partner.name)]
        for notice in self:
            if len(self) > 1:
                parts.append(f"{notice.subject}\n{'-' * len(notice.subject)}")
            parts.append(html2plaintext(ITEM.sub("<br/>- ", notice.body or "")).strip())
            if notice.button_url:
                parts.append(f"{notice.button_label or self.env._('Open')}:\n{notice.button_url}")
        parts.append(f"-- \n{self.env.company.name}\n{self.env.company.get_base_url()}")
        return "\n\n".join(parts)


class MailMail(models.Model):
    _inherit = "mail.mail"

    vti_notice_ids = fields.One2many("vti.notice", "mail_id", "Notices")
    vti_notice_text = fields.Text("Plain text of the notices")

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        if self.vti_notice_text:
            for email in emails:
                email["body_alternative"] = self.vti_notice_text
        return emails

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        if failure_type:
            self.sudo().vti_notice_ids.write({"state": "failed", "failure": (failure_reason or failure_type)[:200]})
        return super()._postprocess_sent_message(success_pids, success_emails, failure_reason, failure_type)
