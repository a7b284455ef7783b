from odoo import api, fields, models


class Near(models.AbstractModel):
    """Search by distance, for models that have a `postcode_id`."""

    _name = "vti.near"
    _description = "Search near a postcode or town"

    near = fields.Char(store=False, search="_search_near", help="Such as 3447, Woerden or Woerden 25 km.")

    @api.model
    def _search_near(self, operator, value):
        if operator in ("in", "not in"):
            value = next(iter(value), None)
        if operator not in ("in", "=", "ilike", "like") or not isinstance(value, str):
            return NotImplemented
        return self.env["vti.postcode"]._get_near_domain(value)

    def _get_distance_km(self, postcode):
        """Distance from this record's place to a postcode.

        :return: kilometres as the crow flies; None where either place is unknown
        :rtype: float | None
        """
        self.ensure_one()
        return self.postcode_id._distance_km(postcode) if self.postcode_id and postcode else None
