from odoo import fields, models


class Vacancy(models.Model):
    _inherit = "vti.vacancy"

    reference = fields.Char(
        copy=False, index="btree_not_null", help="The company's own mark of this place; an import knows it by that."
    )

    _reference_once = models.UniqueIndex(
        "(employer_id, reference) WHERE reference IS NOT NULL", "This company has a place with that reference already."
    )
