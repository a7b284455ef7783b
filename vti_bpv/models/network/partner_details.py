import re

from odoo import api, models
from odoo.exceptions import ValidationError

from ...importing.fields import EMAIL
from ...tools import geo

KVK = re.compile(r"\d{8}")


class Partner(models.Model):
    """What addresses and numbers of VTI's companies, schools and people look like, whoever types them."""

    _inherit = "res.partner"

    def _filter_ours(self):
        """Companies, schools, what is below them, and students; the rest is Odoo's business."""
        houses_sudo = self.sudo().commercial_partner_id.filtered(lambda house: house.is_employer or house.is_school)
        return self.sudo().filtered(
            lambda partner: partner.commercial_partner_id in houses_sudo or partner.vti_student_ids
        )

    def _is_dutch(self):
        return not self.country_id or self.country_id.code == "NL"

    @api.onchange("zip", "country_id")
    def _onchange_zip(self):
        """Write a postcode the official way, and fill in the town where there is none yet."""
        tidy = self._is_dutch() and geo.tidy_zip(self.zip)
        if tidy:
            self.zip = tidy
            self.city = self.city or self.env["vti.postcode"]._of_zip(tidy).place

    @api.onchange("company_registry")
    def _onchange_company_registry(self):
        if self.company_registry:
            self.company_registry = re.sub(r"[\s.]", "", self.company_registry)

    @api.constrains("email")
    def _check_email(self):
        for partner in self.filtered("email")._filter_ours():
            if not EMAIL.match(partner.email.strip()):
                raise ValidationError(
                    self.env._(
                        "“%(email)s” is not a whole e-mail address, such as sam@example.org.", email=partner.email
                    )
                )

    @api.constrains("zip", "country_id")
    def _check_zip(self):
        for partner in self.filtered("zip")._filter_ours():
            if partner._is_dutch() and not geo.tidy_zip(partner.zip):
                raise ValidationError(
                    self.env._("“%(zip)s” is not a Dutch postcode, such as 3447 GG.", zip=partner.zip)
                )

    @api.constrains("company_registry", "is_employer", "country_id", "active")
    def _check_company_registry(self):
        """A chamber-of-commerce number is a company's own: imports find the company by it.

        :raise ValidationError: naming the number, and the company that has it
        """
        companies = self.sudo().filtered(lambda partner: partner.is_employer and partner.company_registry)
        for company in companies:
            if company._is_dutch() and not KVK.fullmatch(company.company_registry):
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is not a KvK number: that has 8 digits, such as 01234567.",
                        number=company.company_registry,
                    )
                )
        domain = [("is_employer", "=", True), ("company_registry", "in", companies.mapped("company_registry"))]
        owners = {}
        for owner in self.sudo().search(domain) if companies else ():
            other = owners.setdefault(owner.company_registry, owner)
            if other != owner:
                raise ValidationError(
                    self.env._(
                        "%(name)s and %(other)s have the same KvK number, %(number)s. Is it one company? "
                        "Then merge them.",
                        name=other.name, other=owner.name, number=owner.company_registry,
                    )
                )  # fmt: skip
