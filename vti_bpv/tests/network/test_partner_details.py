from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import VtiCase


@tagged("post_install", "-at_install")
class TestPartnerDetails(VtiCase):
    def _refuses(self, partner, **values):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            partner.write(values)

    def test_mail_addresses_are_whole(self):
        for partner in (self.company, self.school, self.recruiter, self.student.partner_id):
            for email in ("piet@@x", "a b@ c.nl", "piet"):
                self._refuses(partner, email=email)
            partner.email = "piet@example.org"
            partner.email = False
        with self.assertRaises(ValidationError):
            self.student.email = "kim test@x"
        self.env["res.partner"].create({"name": "Somebody else", "email": "piet"})

    def test_postcodes_of_the_netherlands(self):
        branch = self.make_branch(self.company)
        for partner in (self.company, branch, self.school, self.student.partner_id):
            for code in ("99999", "ABCD 12", "0447 GG"):
                self._refuses(partner, zip=code)
            partner.zip = "3447gg"
        belgium = self.env.ref("base.be")
        self.company.write({"country_id": belgium.id, "zip": "B-2000"})
        self._refuses(self.company, country_id=self.env.ref("base.nl").id)

    def test_a_form_tidies_what_is_typed(self):
        with Form(self.company, view="vti_bpv.vti_company_view_form") as form:
            form.city = False
            form.zip = "3447gg"
            form.company_registry = "01 23.45 67"
        self.assertEqual((self.company.zip, self.company.city), ("3447 GG", "Woerden"))
        self.assertEqual(self.company.company_registry, "01234567")

    def test_a_kvk_number_is_one_companys_own(self):
        for number in ("123", "123456789", "1234567a"):
            self._refuses(self.company, company_registry=number)
        self.company.company_registry = "01234567"
        self._refuses(self.other_company, company_registry="01234567")
        self.school.company_registry = "01234567"
        self.company.active = False
        self.other_company.company_registry = "01234567"
        self._refuses(self.company, active=True)
        self.other_company.write({"company_registry": "1234", "country_id": self.env.ref("base.be").id})
