import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.school_holidays import read_school_holidays


class HolidayImport(models.TransientModel):
    """Take over the school holidays from the government's own file, so that nobody has to type them."""

    _name = "vti.holiday.import"
    _description = "Import of school holidays"

    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    def action_import(self):
        """Add what isn't known yet; what VTI has changed or typed itself stays.

        :raise UserError: where it is another kind of file
        """
        self.ensure_one()
        self.check_access("write")
        try:
            rows = read_school_holidays(base64.b64decode(self.file or b""))
        except (ValueError, binascii.Error) as error:
            raise UserError(
                self.env._("This isn't the file with school holidays of opendata.rijksoverheid.nl (JSON).")
            ) from error
        added = self.env["vti.holiday"]._add_school_holidays(rows)
        message = self.env._(
            "Added: %(added)s. Known already: %(known)s.", added=len(added), known=len(rows) - len(added)
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message, "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }  # fmt: skip
