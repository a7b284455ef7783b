import re

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import geo

NEAR_KM = 15  # how far "near" is where nobody says
_NEAR = re.compile(r"^\s*(?P<place>.*?)(?:\s+(?P<km>\d{1,3})\s*km)?\s*$", re.IGNORECASE)


class Postcode(models.Model):
    """Where a Dutch four-digit postcode lies (GeoNames, CC BY 4.0, edited)."""

    _name = "vti.postcode"
    _description = "Dutch Postcode"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "code"
    _rec_names_search = ["code", "place"]

    code = fields.Char("Postcode", required=True, size=4)
    place = fields.Char("Town", required=True, index="trigram")
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
        :return: typed zip -> vti.postcode
        :rtype: dict
        """
        wanted = {text: geo.pc4(text) for text in texts}
        prefixes = sorted({code[:3] for code in wanted.values() if code})
        near = (
            self.search([("code", ">=", prefixes[0] + "0"), ("code", "<=", prefixes[-1] + "9")]) if prefixes else self
        )
        by_prefix = near.grouped(lambda postcode: postcode.code[:3])
        found = {}
        for text, code in wanted.items():
            lower = (
                by_prefix.get(code[:3], self.browse()).filtered(lambda p, c=code: p.code <= c)
                if code
                else self.browse()
            )
            found[text] = lower.sorted("code")[-1:]
        return found

    def _distance_km(self, other):
        """Kilometres as the crow flies to another postcode."""
        self.ensure_one()
        return geo.distance_km(self.latitude, self.longitude, other.latitude, other.longitude)

    @api.model
    def _of_text(self, text):
        """The postcode that a person means with a postcode or the name of a town; possibly empty."""
        return self._of_zip(text) or (self.search([("place", "=ilike", text.strip())], limit=1) if text else self)

    def _get_within(self, km):
        """All postcodes at most that many kilometres away, this one included."""
        self.ensure_one()
        self.flush_model(["latitude", "longitude"])
        distance = geo.sql_distance_km(SQL("latitude"), SQL("longitude"), self.latitude, self.longitude)
        rows = self.env.execute_query(SQL("SELECT id FROM vti_postcode WHERE %s <= %s", distance, km))
        return self.browse(row[0] for row in rows)

    @api.model
    def _get_near_domain(self, text):
        """Domain on `postcode_id` of what lies near.

        :param str text: "3447 GG", "Woerden", or with a distance: "Woerden 25 km"
        """
        match = _NEAR.match(text or "")
        centre = self._of_text(match["place"]) if match else self
        near = centre._get_within(int(match["km"] or NEAR_KM)) if centre else self
        return [("postcode_id", "in", near.ids)]
