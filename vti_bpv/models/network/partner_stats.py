from odoo import api, fields, models
from odoo.fields import Domain

STAFF = "vti_bpv.group_user"


class Partner(models.Model):
    """What VTI sees of a company or school at a glance; counted in one query per figure."""

    _inherit = "res.partner"

    recognition_count = fields.Integer("Recognitions in force", compute="_compute_recognition_count", groups=STAFF)
    recognition_check_count = fields.Integer(
        "Recognitions to check", compute="_compute_recognition_check_count", groups=STAFF
    )
    people_count = fields.Integer("Number of people", compute="_compute_people_count", groups=STAFF)
    portal_user_count = fields.Integer("People with access", compute="_compute_portal_user_count", groups=STAFF)
    own_student_count = fields.Integer("Number of students", compute="_compute_own_student_count", groups=STAFF)
    guidance_role_labels = fields.Char("Guidance", compute="_compute_guidance_role_labels")

    def _compute_recognition_count(self):
        self._count("recognition_count", "vti.recognition", "employer_id", [("is_valid", "=", True)])

    def _compute_recognition_check_count(self):
        self._count("recognition_check_count", "vti.recognition", "employer_id", [("needs_check", "=", True)])

    def _compute_people_count(self):
        self._count("people_count", "res.partner", "commercial_partner_id", self._get_people_domain())

    def _compute_portal_user_count(self):
        domain = self._get_people_domain() & Domain("vti_access", "!=", "none")
        self._count("portal_user_count", "res.partner", "commercial_partner_id", domain)

    def _compute_own_student_count(self):
        current = self.env["vti.enrolment"]._get_current_domain()
        aggregate = "student_id:count_distinct"
        of_schools = self._get_counts("vti.enrolment", "school_id", current, aggregate)
        of_employers = self._get_counts("vti.enrolment", "training_employer_id", current, aggregate)
        for partner in self:
            counts = of_schools if partner.is_school else of_employers
            partner.own_student_count = counts.get(partner._origin, 0)

    @api.depends("guidance_role_ids.role", "guidance_role_ids.date_to")
    @api.depends_context("lang")
    def _compute_guidance_role_labels(self):
        labels = dict(self.env["vti.guidance.role"]._fields["role"]._description_selection(self.env))
        for partner in self:
            roles = partner.guidance_role_ids.filtered("is_current").mapped("role")
            partner.guidance_role_labels = ", ".join(label for role, label in labels.items() if role in roles)

    @api.model
    def _get_people_domain(self):
        return Domain("is_company", "=", False) & Domain("type", "=", "contact")

    def _get_counts(self, model, inverse, domain, aggregate="__count"):
        domain = Domain(domain) & Domain(inverse, "in", self._origin.ids)
        return dict(self.env[model]._read_group(domain, [inverse], [aggregate]))

    def _count(self, name, model, inverse, domain):
        counts = self._get_counts(model, inverse, domain)
        for partner in self:
            partner[name] = counts.get(partner._origin, 0)

    def _open_list(self, xmlid, domain, **context):
        """Open an action on what belongs to this partner; a button's own context wins."""
        searches = {key: value for key, value in self.env.context.items() if key.startswith("search_default_")}
        return self.env["ir.actions.act_window"]._for_xml_id(xmlid) | {
            "domain": domain,
            "context": {**context, **searches},
        }

    def action_open_recognitions(self):
        self.ensure_one()
        domain = [("employer_id", "=", self.id)]
        return self._open_list("vti_bpv.vti_recognition_action", domain, default_branch_id=self.id)

    def action_open_people(self):
        self.ensure_one()
        domain = list(self._get_people_domain() & Domain("commercial_partner_id", "=", self.id))
        return self._open_list("vti_bpv.vti_person_action", domain, default_parent_id=self.id)

    def action_open_own_students(self):
        self.ensure_one()
        name = "school_id" if self.is_school else "training_employer_id"
        current = list(self.env["vti.enrolment"]._get_current_domain())
        return self._open_list(
            "vti_bpv.vti_student_action", [("enrolment_ids", "any", [(name, "=", self.id), *current])]
        )
