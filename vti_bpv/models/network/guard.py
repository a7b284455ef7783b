from odoo import models


class PortalGuard(models.AbstractModel):
    """What portal and public users may read of a model, and who may read its messages.

    Record rules decide which records a portal user sees; this decides which fields of them. A field
    that is not in the whitelist can be neither read, searched, grouped nor exported by such a user.
    """

    _name = "vti.portal.guard"
    _description = "Whitelist of fields for portal users"

    def _portal_readable_fields(self):
        """Names of the fields that portal and public users may read.

        :return: field names; `id`, `display_name` and `active` are always readable
        :rtype: set[str]
        """
        return set()

    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        if self.env.su or not self.env.user.share:
            return True
        if operation != "read":
            return False
        return field.name in {"id", "display_name", "active"} | self._portal_readable_fields()

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # Who may read a record may by default read what staff wrote below it. Portal roles have no
        # right to write, so asking for it keeps every message with the staff.
        return dict.fromkeys(self, "write")
