from odoo import models


class Enrolment(models.Model):
    _inherit = "vti.enrolment"

    def _get_in_use(self):
        used = self.env["vti.placement"].sudo()._read_group([("enrolment_id", "in", self.ids)], ["enrolment_id"])
        return super()._get_in_use() | self.browse(enrolment.id for (enrolment,) in used)
