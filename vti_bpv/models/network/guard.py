from odoo import models
from odoo.fields import Domain

ALWAYS_READABLE = {"id", "display_name", "active"}
LOG_FIELDS = {"create_uid", "create_date", "write_uid", "write_date"}


class PortalGuard(models.AbstractModel):
    """What portal and public users may read of a model, and who may read its messages.

    Record rules decide which records a portal user sees; this decides which fields of them. A field
    that is not in the whitelist can be neither read, searched, sorted, grouped nor exported by such
    a user, not through another model's domain either.
    """

    _name = "vti.portal.guard"
    _description = "Whitelist of fields for portal users"
    # of a list that is the same for everybody all is readable but who of the staff wrote it, and when
    _portal_list = False

    def _portal_readable_fields(self):
        """Names of the fields that portal and public users may read.

        :return: field names; `id`, `display_name` and `active` are always readable
        :rtype: set[str]
        """
        return set()

    def _is_portal_readable(self, name):
        if self._portal_list:
            return name not in LOG_FIELDS
        return name in ALWAYS_READABLE or name in self._portal_readable_fields()

    def _is_guarded(self):
        """Whether the current user is one that this guards against."""
        return not self.env.su and self.env.user.share

    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        if not self._is_guarded():
            return True
        return operation == "read" and self._is_portal_readable(field.name)

    def _field_to_sql(self, alias, field_expr, query=None):
        # The ORM replaces a related field by what it stands for before it asks whether the user may.
        field = self._fields.get(field_expr.partition(".")[0])
        if field and self._is_guarded():
            self._check_field_access(field, "read")
        return super()._field_to_sql(alias, field_expr, query)

    def _order_to_sql(self, order, query, *args, **kwargs):
        # What refers to these is sorted as they are: by names, also for who may read no name.
        if self._is_guarded() and not self.has_access("read"):
            order = "id"
        return super()._order_to_sql(order, query, *args, **kwargs)

    def _search(self, domain, *args, **kwargs):
        self._check_portal_domain(domain)
        return super()._search(domain, *args, **kwargs)

    def filtered_domain(self, domain):
        self._check_portal_domain(domain)
        return super().filtered_domain(domain)

    def _check_portal_domain(self, domain):
        """Refuse a domain that asks for what the user can't read.

        The ORM looks at most of it itself, but not at computed fields that can be searched, and not
        at fields such as `message_ids` whose records it reads with sudo: by guessing the beginning
        of a text one would read it letter by letter.

        :raise AccessError: naming the first such field
        """
        if self._is_guarded():
            for condition in Domain(domain).iter_conditions():
                _check_condition(self, condition)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # Who may read a record may by default read what staff wrote below it. Portal roles have no
        # right to write, so asking for it keeps every message with the staff.
        if self.env.user.share:
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)


def _check_condition(model, condition):
    for name in condition.field_expr.split("."):
        if name not in model._fields:
            return  # a part of a date or a property; the ORM says what is wrong with any other
        field = model._fields[name]
        model._check_field_access(field, "read")
        if not field.relational:
            return
        model = model.env[field.comodel_name]
    if condition.operator in ("any", "not any"):
        for inner in Domain(condition.value).iter_conditions():
            _check_condition(model, inner)
