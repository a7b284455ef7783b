from odoo import models

# what staff write and plan about a company, school or person; its people read the rest
STAFF_FIELDS = {
    "activity_calendar_event_id", "activity_date_deadline", "activity_exception_decoration",
    "activity_exception_icon", "activity_ids", "activity_state", "activity_summary", "activity_type_icon",
    "activity_type_id", "activity_user_id", "category_id", "comment", "has_message", "meeting_count", "meeting_ids",
    "message_attachment_count", "message_bounce", "message_follower_ids", "message_has_error",
    "message_has_error_counter", "message_has_sms_error", "message_ids", "message_is_follower", "message_needaction",
    "message_needaction_counter", "message_partner_ids", "my_activity_date_deadline", "opportunity_count",
    "opportunity_ids", "ref", "user_id", "visitor_ids", "website_message_ids",
}  # fmt: skip


class Partner(models.Model):
    """Odoo opens to a portal user all of its commercial family, with what staff noted about it.

    This names what is hidden rather than what is shown: Odoo's portal pages read many fields of it.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "vti.portal.guard"]

    def _is_portal_readable(self, name):
        return name not in STAFF_FIELDS


class Users(models.Model):
    """A user has all fields of its partner, and shows them past the partner's own checks."""

    _name = "res.users"
    _inherit = ["res.users", "vti.portal.guard"]

    def _is_portal_readable(self, name):
        return name not in STAFF_FIELDS
