from odoo import api, fields, models
from odoo.exceptions import ValidationError

COMPANY_ROLES = [
    ("recruiter", "Recruiter"),
    ("practical_trainer", "Practical trainer (praktijkopleider)"),
    ("workplace_mentor", "Workplace mentor (werkplekbegeleider)"),
    ("practical_assessor", "Practical assessor (praktijkbeoordelaar)"),
    ("buddy", "Buddy"),
]
SCHOOL_ROLES = [("school_coordinator", "School coordinator (bpv-coördinator)"), ("stage_teacher", "Stage teacher")]


class GuidanceRole(models.Model):
    """What a person does in guiding interns, where, and since when."""

    _name = "vti.guidance.role"
    _description = "Guidance Role"
    _order = "organisation_id, role, date_from"

    partner_id = fields.Many2one("res.partner", "Person", required=True, index=True, ondelete="cascade")
    role = fields.Selection(COMPANY_ROLES + SCHOOL_ROLES, required=True)
    organisation_id = fields.Many2one(
        "res.partner", "At", required=True, index=True, ondelete="cascade",
        compute="_compute_organisation_id", store=True, readonly=False, precompute=True,
    )
    trade_id = fields.Many2one("vti.trade", help="The discipline; hbo schools may ask for a mentor of the same.")
    date_from = fields.Date("From", default=fields.Date.context_today)
    date_to = fields.Date("To")

    _once = models.UniqueIndex(
        "(partner_id, role, organisation_id) WHERE date_to IS NULL", "This person has that role there already."
    )

    @api.depends("partner_id")
    def _compute_organisation_id(self):
        for role in self:
            role.organisation_id = role.organisation_id or role.partner_id.commercial_partner_id

    @api.constrains("partner_id", "organisation_id")
    def _check_same_house(self):
        for role in self:
            if role.partner_id.commercial_partner_id != role.organisation_id.commercial_partner_id:
                raise ValidationError(self.env._("%(person)s doesn't work at %(organisation)s.",
                                                 person=role.partner_id.name, organisation=role.organisation_id.name))
