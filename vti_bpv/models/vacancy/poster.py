import base64

from odoo import api, models

QR_PIXELS = 900


class Report(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _get_qr_picture(self, url):
        """A QR code for an address, as the `src` of an image.

        :rtype: str
        """
        picture = self.barcode("QR", url, width=QR_PIXELS, height=QR_PIXELS, barLevel="M")
        return f"data:image/png;base64,{base64.b64encode(picture).decode()}"
