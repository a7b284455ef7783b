from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Guardian(models.Model):
    """A parent or other legal representative of a student who is a minor."""

    _name = "vti.guardian"
    _description = "Guardian"
    _order = "student_id, id"
    _rec_name = "partner_id"

    student_id = fields.Many2one("vti.student", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Person", required=True, index=True, ondelete="restrict")
    email = fields.Char(related="partner_id.email", readonly=False)
    phone = fields.Char(related="partner_id.phone", readonly=False)
    relation = fields.Selection([("parent", "Parent"), ("guardian", "Guardian"), ("other", "Other")], default="parent")

    _once = models.Constraint("UNIQUE(student_id, partner_id)", "This guardian is known already.")

    @api.constrains("partner_id", "student_id")
    def _check_person(self):
        self.partner_id._check_stands_alone()
        if any(guardian.partner_id == guardian.student_id.partner_id for guardian in self):
            raise ValidationError(self.env._("A student can't be their own guardian."))
