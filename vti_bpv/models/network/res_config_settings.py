from odoo import api, fields, models
from odoo.exceptions import AccessError


class ResConfigSettings(models.TransientModel):
    """VTI's terms. The coordinator changes these, and no other setting of Odoo.

    A setting of VTI is a field with a `config_parameter` that begins with "vti_".
    """

    _inherit = "res.config.settings"

    vti_recognition_check_months = fields.Integer(
        "A recognition is checked every",
        config_parameter="vti_bpv.recognition_check_months",
        default=12,
        help="In months. An older check is shown as a warning; it blocks nothing.",
    )

    vti_sms = fields.Boolean(
        "Text messages to students",
        config_parameter="vti_bpv.sms",
        help="On only where VTI has a provider: each message costs money. Students say yes to them on their profile.",
    )

    @api.model
    def _get_vti_settings(self):
        """Names of the fields that a coordinator may read and write."""
        return {
            name
            for name, field in self._fields.items()
            if (getattr(field, "config_parameter", None) or "").startswith("vti_")
        }

    def _compute_display_name(self):
        # Odoo looks the name up among actions, which only an administrator reads
        if self.env.user.has_group("base.group_system"):
            return super()._compute_display_name()
        self.display_name = self.env._("Settings")
        return None

    @api.model
    def default_get(self, fields):
        # it reads the parameters with sudo, and anybody may call it by RPC
        if self.env.user.share and not self.env.su:
            self.check_access("create")
        values = super().default_get(fields)
        if self.env.user.has_group("base.group_system"):
            return values
        allowed = self._get_vti_settings() | {"company_id"}
        return {name: value for name, value in values.items() if name in allowed}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self.env.user.has_group("base.group_system"):
            allowed = self._get_vti_settings()
            vals_list = [{name: value for name, value in vals.items() if name in allowed} for vals in vals_list]
        return super().create(vals_list)

    def execute(self):
        if self.env.user.has_group("base.group_system"):
            return super().execute()
        if not self.env.user.has_group("vti_bpv.group_coordinator"):
            raise AccessError(self.env._("Only the coordinator changes the settings."))
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        for name in self._get_vti_settings():
            field, value = self._fields[name], self[name]
            if field.type == "many2one":
                value = value.id
            elif field.type in ("integer", "float"):
                value = value and repr(value)
            elif field.type == "char":
                value = (value or "").strip()
            parameters_sudo.set_param(field.config_parameter, value or False)
        return {"type": "ir.actions.client", "tag": "reload"}
