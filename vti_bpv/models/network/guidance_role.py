from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

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
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "organisation_id, role, date_from, id"

    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_company', '=', False), ('parent_id', '!=', False), ('type', 'not in', ('branch', 'campus'))]",
    )
    role = fields.Selection(COMPANY_ROLES + SCHOOL_ROLES, required=True)
    organisation_id = fields.Many2one(
        "res.partner",
        "At",
        required=True,
        index=True,
        ondelete="cascade",
        compute="_compute_organisation_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The company or school, or one branch or campus of it.",
    )
    trade_id = fields.Many2one(
        "vti.trade", index="btree_not_null", help="hbo schools may ask for a mentor of the same discipline."
    )
    date_from = fields.Date("From", default=fields.Date.context_today)
    date_to = fields.Date("To", help="The last day; empty while it lasts.")
    is_current = fields.Boolean("Now", compute="_compute_is_current", search="_search_is_current")
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")

    _once = models.UniqueIndex(
        "(partner_id, role, organisation_id) WHERE date_to IS NULL", "This person has that role there already."
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)", "It ends before it begins."
    )

    @api.depends("partner_id")
    def _compute_organisation_id(self):
        for role in self:
            role.organisation_id = role.organisation_id or role.partner_id.commercial_partner_id

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for role in self:
            role.is_current = (role.date_from or today) <= today <= (role.date_to or today)

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return (Domain("date_from", "=", False) | Domain("date_from", "<=", today)) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        )

    @api.depends("partner_id.name", "role")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["role"]._description_selection(self.env))
        for role in self:
            role.display_name = f"{role.partner_id.name or ''}, {labels.get(role.role, '')}"

    @api.constrains("partner_id", "organisation_id", "role", "date_to")
    def _check_same_house(self):
        today = fields.Date.context_today(self)
        for role in self.filtered(lambda r: not r.date_to or r.date_to > today):
            house = role.organisation_id.commercial_partner_id
            names = {"person": role.partner_id.name, "organisation": role.organisation_id.name}
            if role.partner_id.commercial_partner_id != house or role.partner_id == house:
                raise ValidationError(self.env._("%(person)s doesn't work at %(organisation)s.", **names))
            if role.role in dict(SCHOOL_ROLES) and not house.is_school:
                raise ValidationError(self.env._("%(organisation)s isn't known as a school.", **names))
            if role.role in dict(COMPANY_ROLES) and not house.is_employer:
                raise ValidationError(self.env._("%(organisation)s isn't known as a company with interns.", **names))

    def _end(self):
        """End the roles that still last, as of today; one that begins later never was."""
        today = fields.Date.context_today(self)
        lasting = self.filtered(lambda role: not role.date_to or role.date_to > today)
        future = lasting.filtered(lambda role: role.date_from and role.date_from > today)
        future.unlink()
        (lasting - future).write({"date_to": today})
