from odoo import fields, models

from ...tools import structured


class Vacancy(models.Model):
    """A place as search engines read it; all that it says stands on the page too.

    Google's list: required title, description, datePosted, hiringOrganization and jobLocation with a
    country, recommended validThrough, employmentType, baseSalary, identifier and directApply. An
    internship of bol is INTERN; a bbl place is a job with school, for which there is only OTHER.
    Schema.org's educationRequirements has no value for mbo, so it is left out.
    """

    _inherit = "vti.vacancy"

    def _get_text_sections(self):
        """The texts of the page that tell of the place.

        :return: a list of (heading, text)
        """
        self.ensure_one()
        _ = self.env._
        sections = [(_("What you do"), self.description), (_("What you learn"), self.learning),
                    (_("What we ask"), self.requirements), (_("Clothes and tools"), self.clothes)]  # fmt: skip
        return [(heading, text) for heading, text in sections if text]

    def _get_last_day(self):
        """The last day on which one can apply: the place goes offline when it has started."""
        self.ensure_one()
        return self.date_from or self.date_to

    def _get_posting(self, base_url):
        """This place as a schema.org JobPosting, or None where it isn't open. Call it as sudo.

        :rtype: dict | None
        """
        self.ensure_one()
        if not self._is_open() or not self.published_on:
            return None
        company, number = self.employer_id, str(self.id)
        posting = {
            "@type": "JobPosting",
            "title": self.name,
            "description": structured.paragraphs(self._get_text_sections()),
            "datePosted": fields.Date.to_string(self.published_on),
            "employmentType": "OTHER" if self.learning_path == "bbl" else "INTERN",
            "hiringOrganization": {"@type": "Organization", "name": company.name},
            "identifier": {"@type": "PropertyValue", "name": company.name, "value": number},
            "jobLocation": {"@type": "Place", "address": self._get_posting_address()},
            "directApply": True,
            "url": base_url + self._get_page_path(),
            "totalJobOpenings": self.places_left,
        }
        if company.website:
            posting["hiringOrganization"]["sameAs"] = company.website
        if last := self._get_last_day():
            posting["validThrough"] = f"{fields.Date.to_string(last)}T23:59:59"
        if self.date_from:
            posting["jobStartDate"] = fields.Date.to_string(self.date_from)
        if hours := self._get_hours():
            posting["workHours"] = hours
        amount = self.salary if self.learning_path == "bbl" else self.allowance
        if amount:
            value = {"@type": "QuantitativeValue", "value": amount, "unitText": "MONTH"}
            currency = self._get_currency(self.currency_id.id).name
            posting["baseSalary"] = {"@type": "MonetaryAmount", "currency": currency, "value": value}
        return posting

    def _get_posting_address(self):
        place = self.place_id
        parts = {
            "streetAddress": place.street,
            "postalCode": place.zip,
            "addressLocality": place.city or self.town,
            "addressRegion": self._get_province(),
            "addressCountry": self._get_country() or "NL",
        }
        return {"@type": "PostalAddress", **{name: value for name, value in parts.items() if value}}

    def _get_province(self):
        """The province of the address, or False."""
        return self.place_id.postcode_id.province

    def _get_country(self):
        country = self.place_id.country_id
        return country and self.env["website"]._keep("country", (country.id,), lambda: country.code)
