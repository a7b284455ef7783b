from odoo import models


class MergePartner(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _settle_double(self, record, target):
        result = super()._settle_double(record, target)
        if record._name == "vti.place.check":  # the other company is being asked already, about all places
            record.write({"state": "over"})
            record.activity_ids.action_done()
        return result
