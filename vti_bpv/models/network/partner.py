from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

HOUSE_FIELDS = ("parent_id", "is_company", "is_employer", "is_school", "is_training_employer", "active")


class Partner(models.Model):
    """Member companies, schools, their places and their people.

    A member company and a school are companies of Odoo (`is_company`). A branch of the first and a
    campus of the second are child partners of a type of their own, with their own address. People
    who work there are ordinary contacts below them. Students, guardians and alumni never have a
    parent: Odoo's portal rules open a whole commercial family to each of its members.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "vti.near"]

    type = fields.Selection(selection_add=[("branch", "Branch"), ("campus", "Campus")])
    # kind
    is_employer = fields.Boolean("Internship company", index="btree_not_null", tracking=True)
    is_training_employer = fields.Boolean(
        "Training employer",
        tracking=True,
        help="An opleidingsbedrijf: a member that places its own students at other members.",
    )
    is_school = fields.Boolean("School", index="btree_not_null", tracking=True)
    # membership of the association
    membership_state = fields.Selection(
        [("prospect", "Prospect"), ("member", "Member"), ("former", "Former member")], "Membership", tracking=True
    )
    membership_from = fields.Date("Member since")
    membership_to = fields.Date("Member until", help="The last day.")
    employee_count = fields.Integer("Employees")
    max_interns = fields.Integer("Interns at most", help="At the same time, at all places together. 0: no limit.")
    vti_region_id = fields.Many2one("vti.region", "Region", index="btree_not_null")
    about = fields.Text("About the company", help="For students: what do you make, with how many people, for whom?")
    # school
    has_mbo = fields.Boolean("mbo")
    has_hbo = fields.Boolean("hbo")
    has_vmbo = fields.Boolean("vmbo")
    has_pro = fields.Boolean("praktijkonderwijs")
    has_vso = fields.Boolean("vso")
    hbo_min_employees = fields.Integer(
        "Asks for employees", help="An hbo school may ask for this many people at least; a warning, no refusal."
    )
    hbo_same_discipline = fields.Boolean("Asks for a mentor of the same discipline")
    # place
    postcode_id = fields.Many2one("vti.postcode", compute="_compute_postcode_id", store=True, index="btree_not_null")
    branch_ids = fields.One2many("res.partner", "parent_id", "Branches", domain=[("type", "=", "branch")])
    campus_ids = fields.One2many("res.partner", "parent_id", domain=[("type", "=", "campus")])
    # people
    people_ids = fields.One2many("res.partner", "parent_id", domain=[("type", "=", "contact")])
    branch_scope_ids = fields.Many2many(
        "res.partner",
        "vti_partner_branch_scope_rel",
        "contact_id",
        "branch_id",
        "Limited to branches",
        domain="[('type', '=', 'branch'), ('parent_id', '=', parent_id)]",
        context={"active_test": False},  # who is limited to a branch that closed doesn't see the others
        help="Empty: this person sees everything of the company.",
    )
    guidance_role_ids = fields.One2many("vti.guidance.role", "partner_id", "Guidance roles")
    organisation_role_ids = fields.One2many("vti.guidance.role", "organisation_id", "People with a role")
    # internships
    recognition_ids = fields.One2many("vti.recognition", "employer_id", "Recognitions")
    vti_student_ids = fields.One2many("vti.student", "partner_id", "Student record")

    _membership_ordered = models.Constraint(
        "CHECK(membership_to IS NULL OR membership_from IS NULL OR membership_to >= membership_from)",
        "The membership ends before it begins.",
    )
    _employee_count_positive = models.Constraint("CHECK(employee_count >= 0)", "A number of people is 0 or more.")
    _max_interns_positive = models.Constraint(
        "CHECK(COALESCE(max_interns, 0) >= 0)", "A number of interns is 0 or more."
    )

    @api.depends("zip", "country_id")
    def _compute_postcode_id(self):
        dutch = self.filtered(lambda p: p.zip and (not p.country_id or p.country_id.code == "NL"))
        found = self.env["vti.postcode"].sudo()._of_zips(dutch.mapped("zip")) if dutch else {}
        (self - dutch).postcode_id = False
        for partner in dutch:
            partner.postcode_id = found[partner.zip]

    @api.onchange("is_training_employer")
    def _onchange_is_training_employer(self):
        if self.is_training_employer:
            self.is_employer = True

    @api.constrains("is_employer", "is_training_employer", "is_school", "is_company")
    def _check_house(self):
        for partner in self:
            if (partner.is_employer or partner.is_school) and not partner.is_company:
                raise ValidationError(self.env._("%(name)s is a company or school, not a person.", name=partner.name))
            if partner.is_training_employer and not partner.is_employer:
                raise ValidationError(
                    self.env._("A training employer is an internship company too: %(name)s", name=partner.name)
                )

    @api.constrains("parent_id", "is_company", "type")
    def _check_place(self):
        for partner in self:
            house = partner.parent_id
            fits = {"branch": house.is_employer, "campus": house.is_school}
            if partner.type in fits and (partner.is_company or not fits[partner.type]):
                raise ValidationError(self.env._("A branch belongs to an internship company, a campus to a school."))

    @api.constrains("parent_id", "is_company", "type")
    def _check_private_people(self):
        self.sudo()._filter_private_people()._check_stands_alone()
        contacts = self.sudo().filtered(lambda partner: partner.parent_id and partner.type == "contact")
        if contacts.parent_id._filter_private_people():
            raise ValidationError(self.env._("A student or guardian has no contacts below them."))

    @api.constrains("branch_scope_ids", "parent_id")
    def _check_branch_scope(self):
        for partner in self:
            if partner.branch_scope_ids.commercial_partner_id - partner.commercial_partner_id:
                raise ValidationError(self.env._("%(name)s can only be limited to own branches.", name=partner.name))

    def write(self, vals):
        changed = self.filtered(lambda p: any(p._is_changed_by(name, vals) for name in HOUSE_FIELDS))
        if changed and "parent_id" in vals and "branch_scope_ids" not in vals:
            changed.filtered("branch_scope_ids").branch_scope_ids = False
        result = super().write(vals)
        if changed:
            changed.sudo()._end_stale_roles()
            changed.sudo()._sync_vti_users()
        if changed or "branch_scope_ids" in vals:
            self.sudo()._forget_rules()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_only_branch_of_somebody(self):
        """Refuse to delete a branch where somebody limited to it would from then on see the whole company.

        :raise UserError: with the names of these people.
        """
        Partner_sudo = self.env["res.partner"].sudo().with_context(active_test=False)
        limited_sudo = Partner_sudo.search([("branch_scope_ids", "in", self.ids), ("id", "not in", self.ids)])
        widened_sudo = limited_sudo.filtered(lambda person: not person.branch_scope_ids - self)
        if widened_sudo:
            names = ", ".join(widened_sudo.mapped("name"))
            raise UserError(
                self.env._(
                    "%(names)s may only see this branch. Choose another branch for them, or let them see the "
                    "whole company; then delete it. Or archive the branch.",
                    names=names,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        """Say what still hangs on a partner, where the database would only name a constraint.

        :raise UserError: with the kinds of records and how many there are of each
        """
        used = []
        for model in self.env.values():
            if not model._name.startswith("vti.") or model._abstract or model._transient or not model._auto:
                continue
            domains = [
                Domain(field.name, "in", self.ids)
                for field in model._fields.values()
                if field.type == "many2one" and field.store and field.comodel_name == self._name
                if field.ondelete == "restrict"
            ]
            count = domains and model.sudo().with_context(active_test=False).search_count(Domain.OR(domains))
            if count:
                used.append(f"{self.env['ir.model']._get(model._name).name} ({count})")
        if used:
            raise UserError(
                self.env._(
                    "This can't be deleted: %(names)s is still used by %(used)s. Archive it: it leaves the lists, and "
                    "what hangs on it stays.",
                    names=", ".join(self[:3].mapped("display_name")),
                    used=", ".join(used),
                )
            )

    def _is_changed_by(self, name, vals):
        """Whether writing `vals` gives this field another value."""
        if name not in vals:
            return False
        value = self[name].id if self._fields[name].type == "many2one" else self[name]
        return value != (vals[name] or False)

    def _end_stale_roles(self):
        """End the guidance roles of people who left the house or were archived."""
        people = self.with_context(active_test=False).search([("id", "child_of", self.ids)])
        people.guidance_role_ids.filtered(
            lambda role: (
                not role.partner_id.active
                or role.partner_id.commercial_partner_id != role.organisation_id.commercial_partner_id
            )
        )._end()

    def _sync_vti_users(self):
        """Give the users of these partners, and of who is below them, the roles of today."""
        if self:
            self.env["res.users"].sudo().search([("partner_id", "child_of", self.ids)])._sync_vti_groups()

    def _forget_rules(self):
        """Have the record rules of these people's users worked out anew.

        Odoo keeps them per user as they were; ours depend on the user's company and branches.
        """
        if self and self.env["res.users"].search_count([("partner_id", "child_of", self.ids)], limit=1):
            self.env.registry.clear_cache()

    def _filter_private_people(self):
        """Those that must stand alone, as students and guardians; later modules add theirs.

        Called as sudo.
        """
        if not self.ids:
            return self
        students = self.env["vti.student"].with_context(active_test=False).search([("partner_id", "in", self.ids)])
        guardians = self.env["vti.guardian"].search([("partner_id", "in", self.ids)])
        return self & (students.partner_id | guardians.partner_id)

    def _check_stands_alone(self):
        """Refuse who is a company, or a contact of one.

        :raise ValidationError: naming the person and what to do
        """
        for partner in self.sudo():
            if partner.parent_id or partner.is_company:
                raise ValidationError(
                    self.env._(
                        "%(name)s is a student or guardian, so not a company nor a contact of a company or school. "
                        "Make a separate contact for that.",
                        name=partner.name,
                    )
                )

    def _is_member(self):
        """Whether the company of this contact, or this company, is a member of VTI now."""
        return self.commercial_partner_id.sudo().membership_state == "member"

    @api.model
    def _cron_end_memberships(self):
        """Make members former members on the day after their last."""
        today = fields.Date.context_today(self)
        self.search([("membership_state", "=", "member"), ("membership_to", "<", today)]).membership_state = "former"
