from odoo import models
from odoo.exceptions import AccessError


class MailThread(models.AbstractModel):
    """Keep portal users from what the platform lets them do with messages by RPC.

    Whoever reads a record may follow it and is then mailed all that is said below it; and may send
    mail to anybody in the association's name. What our own code does for them, it does with sudo.
    """

    _inherit = "mail.thread"

    def _is_portal_message(self):
        return not self.env.su and self.env.user.share

    def _refuse_portal_message(self):
        if self._is_portal_message():
            raise AccessError(self.env._("Messages are sent from the pages of the site."))

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if self._is_portal_message():
            # following is reading what is to come, so it asks for what reading the messages asks for
            for operation, records in self._mail_group_by_operation_for_mail_message_operation("read").items():
                records.check_access(operation)
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def _message_compute_author(self, author_id=None, email_from=None):
        """Send in VTI's name what a visitor sets going, who has no address of his own."""
        author_id, email_from = super()._message_compute_author(author_id, email_from)
        return author_id, email_from or self.env.company.sudo().email_formatted

    def message_notify(self, **kwargs):
        self._refuse_portal_message()
        return super().message_notify(**kwargs)

    def message_mail_with_source(self, source_ref, **kwargs):
        self._refuse_portal_message()
        return super().message_mail_with_source(source_ref, **kwargs)

    def message_post_with_source(self, source_ref, **kwargs):
        self._refuse_portal_message()
        return super().message_post_with_source(source_ref, **kwargs)

    def message_change_thread(self, new_thread, new_parent_message=False):
        self._refuse_portal_message()
        return super().message_change_thread(new_thread, new_parent_message=new_parent_message)
