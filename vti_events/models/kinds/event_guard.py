from odoo import models

# what VTI notes for itself, what only who comes may have, and lists of people
HIDDEN = {
    "check_ids", "check_progress", "create_uid", "event_mail_ids", "event_url", "lesson_request_ids", "message_ids",
    "note", "registration_ids", "registration_properties_definition", "speed_date_ids", "survey_id",
    "ticket_instructions", "user_id", "waiting_ids", "website_message_ids", "write_uid",
}  # fmt: skip


class EventEvent(models.Model):
    """What visitors and portal users can't read of an event that they see; who comes is told where the call is."""

    _inherit = "event.event"

    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        return self.env.su or not self.env.user.share or field.name not in HIDDEN

    def _compute_event_share_url(self):
        # Odoo's own is the call, and its calendar file has it for everybody who sees the event
        for event in self:
            event.event_share_url = f"{event.get_base_url()}{event.website_url}"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # who may read a record may by default read what staff wrote below it
        if self.env.user.share:
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)
