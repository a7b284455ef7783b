from odoo import fields, models


class Alumnus(models.Model):
    """A former intern who agreed to stay in touch."""

    _name = "vti.alumnus"
    _description = "Alumnus"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard"]
    _order = "since desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    student_id = fields.Many2one("vti.student", index="btree_not_null", ondelete="set null")
    placement_ids = fields.Many2many("vti.placement", string="Internships")
    consent_id = fields.Many2one("vti.consent", index="btree_not_null", ondelete="restrict")
    since = fields.Date(required=True, default=fields.Date.context_today)
    active = fields.Boolean(default=True)

    _partner_unique = models.Constraint("UNIQUE(partner_id)", "This person is an alumnus already.")
