from odoo import models


class Website(models.Model):
    _inherit = "website"

    def _enumerate_places(self):
        """Addresses of the open places and their companies for the sitemap, with the day of their last change."""
        slug = self.env["ir.http"]._slug
        places = (
            self.env["vti.vacancy"]
            .sudo()
            .search_fetch([("state", "=", "published")], ["name", "write_date", "employer_id"], order="id")
        )
        yield {"loc": "/stages"}
        for place in places:
            yield {"loc": f"/stages/{slug(place)}", "lastmod": place.write_date.date()}
        for company in places.employer_id:
            yield {"loc": f"/bedrijven/{slug(company)}"}
