from odoo import api, fields, models

from ...tools import geo


class Postcode(models.Model):
    """Where a Dutch four-digit postcode lies (GeoNames, CC BY 4.0, edited)."""

    _name = "vti.postcode"
    _description = "Dutch Postcode"
    _order = "code"
    _rec_names_search = ["code", "place"]

    code = fields.Char("Postcode", required=True, size=4)
    place = fields.Char(required=True, index="trigram")
    province = fields.Char(required=True)
    latitude = fields.Float(digits=(9, 6), required=True)
    longitude = fields.Float(digits=(9, 6), required=True)

    _code_unique = models.Constraint("UNIQUE(code)", "This postcode exists already.")

    @api.depends("code", "place")
    def _compute_display_name(self):
        for postcode in self:
            postcode.display_name = f"{postcode.code} {postcode.place}"

    @api.model
    def _of_zip(self, text):
        """Find the postcode that a typed zip belongs to.

        Postcodes that exist only as PO boxes are absent: the nearest lower code with the same first
        three digits stands in for them (shared data, README).

        :param str text: such as "3447gg", "3447 GG" or "3447"
        :return: a vti.postcode, empty where there is none
        """
        code = geo.pc4(text)
        if not code:
            return self.browse()
        return self.search([("code", "<=", code), ("code", ">=", code[:3] + "0")], order="code desc", limit=1)

    @api.model
    def _of_zips(self, texts):
        """The same for many at once, in one query.

        :param texts: an iterable of typed zips
        :return dict: typed zip -> vti.postcode
        """
        wanted = {text: geo.pc4(text) for text in texts}
        prefixes = sorted({code[:3] for code in wanted.values() if code})
        near = self.search([("code", ">=", prefixes[0] + "0"), ("code", "<=", prefixes[-1] + "9")]) if prefixes else self
        by_prefix = near.grouped(lambda postcode: postcode.code[:3])
        found = {}
        for text, code in wanted.items():
            lower = by_prefix.get(code[:3], self.browse()).filtered(lambda p, c=code: p.code <= c) if code else self.browse()
            found[text] = lower.sorted("code")[-1:]
        return found

    def _distance_km(self, other):
        """Kilometres as the crow flies to another postcode."""
        self.ensure_one()
        return geo.distance_km(self.latitude, self.longitude, other.latitude, other.longitude)
