from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Partner(models.Model):
    """Member companies, schools, their places and their people.

    A member company and a school are companies of Odoo (`is_company`). A branch of the first and a
    campus of the second are child partners of a type of their own, with their own address. People
    who work there are ordinary contacts below them. Students, guardians and alumni never have a
    parent: Odoo's portal rules open a whole commercial family to each of its members.
    """

    _inherit = "res.partner"

    type = fields.Selection(selection_add=[("branch", "Branch"), ("campus", "Campus")])
    # kind
    is_employer = fields.Boolean("Internship company", index="btree_not_null")
    is_training_employer = fields.Boolean(
        "Training employer", help="An opleidingsbedrijf: a member that places its own students at other members."
    )
    is_school = fields.Boolean("School", index="btree_not_null")
    # membership of the association
    membership_state = fields.Selection(
        [("prospect", "Prospect"), ("member", "Member"), ("former", "Former member")],
        "Membership", tracking=True,
    )
    membership_from = fields.Date("Member since")
    membership_to = fields.Date("Member until")
    employee_count = fields.Integer("Employees")
    vti_region_id = fields.Many2one("vti.region", "Region", index="btree_not_null")
    about = fields.Text("About the company", help="For students: what do you make, with how many people, for whom?")
    # school
    education_ids = fields.Char("Kinds of education", help="As the school says it, such as mbo, hbo.")
    hbo_min_employees = fields.Integer(
        "Asks for employees", help="An hbo school may ask for this many people at least; a warning, no refusal."
    )
    hbo_same_discipline = fields.Boolean("Asks for a mentor of the same discipline")
    # place
    postcode_id = fields.Many2one("vti.postcode", compute="_compute_postcode_id", store=True, index="btree_not_null")
    # people
    branch_scope_ids = fields.Many2many(
        "res.partner", "vti_partner_branch_scope_rel", "contact_id", "branch_id", "Limited to branches",
        domain="[('type', '=', 'branch'), ('parent_id', '=', parent_id)]",
        help="Empty: this person sees everything of the company.",
    )
    guidance_role_ids = fields.One2many("vti.guidance.role", "partner_id", "Guidance roles")
    organisation_role_ids = fields.One2many("vti.guidance.role", "organisation_id", "People with a role")
    # internships
    recognition_ids = fields.One2many("vti.recognition", "employer_id", "Recognitions")
    vti_student_ids = fields.One2many("vti.student", "partner_id", "Student record")

    @api.depends("zip", "country_id")
    def _compute_postcode_id(self):
        dutch = self.filtered(lambda p: p.zip and (not p.country_id or p.country_id.code == "NL"))
        found = self.env["vti.postcode"].sudo()._of_zips(dutch.mapped("zip")) if dutch else {}
        (self - dutch).postcode_id = False
        for partner in dutch:
            partner.postcode_id = found[partner.zip]

    @api.constrains("parent_id", "is_company", "type")
    def _check_place(self):
        for partner in self:
            if partner.type in ("branch", "campus") and (partner.is_company or not partner.parent_id):
                raise ValidationError(self.env._("A branch or campus belongs to a company or school."))

    @api.constrains("parent_id")
    def _check_person_stands_alone(self):
        private = self.filtered("parent_id").sudo()
        if private and (private.vti_student_ids or self.env["vti.guardian"].sudo().search_count(
            [("partner_id", "in", private.ids)], limit=1
        )):
            raise ValidationError(self.env._("A student or guardian can't be a contact of a company or school."))

    def _get_distance_km(self, postcode):
        """Distance from this partner to a postcode.

        :return float | None: kilometres as the crow flies; None where either place is unknown
        """
        self.ensure_one()
        return self.postcode_id._distance_km(postcode) if self.postcode_id and postcode else None
