from odoo import api, fields, models


class Alumnus(models.Model):
    """A former intern who agreed to stay in touch.

    Comes into being when an internship is closed and the consent is there, whichever is last; is
    archived, and loses the portal role, the moment the consent is withdrawn.
    """

    _name = "vti.alumnus"
    _description = "Alumnus"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard"]
    _order = "since desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", "Person", required=True, index=True, ondelete="restrict")
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    city = fields.Char(related="partner_id.city")
    student_id = fields.Many2one("vti.student", index="btree_not_null", ondelete="set null")
    placement_ids = fields.Many2many("vti.placement", string="Internships")
    qualification_id = fields.Many2one(
        "vti.qualification", "Last qualification", compute="_compute_last", store=True, index="btree_not_null"
    )
    employer_id = fields.Many2one(
        "res.partner", "Last company", compute="_compute_last", store=True, index="btree_not_null"
    )
    consent_id = fields.Many2one("vti.consent", index="btree_not_null", ondelete="restrict")
    since = fields.Date(required=True, default=fields.Date.context_today)
    active = fields.Boolean(default=True, tracking=True)

    _partner_unique = models.Constraint("UNIQUE(partner_id)", "This person is an alumnus already.")

    @api.depends("placement_ids.date_to", "placement_ids.qualification_id", "placement_ids.employer_id")
    def _compute_last(self):
        for alumnus in self:
            last = alumnus.placement_ids.sorted("date_to")[-1:]
            alumnus.qualification_id, alumnus.employer_id = last.qualification_id, last.employer_id

    @api.model_create_multi
    def create(self, vals_list):
        alumni = super().create(vals_list)
        alumni._follow_roles()
        return alumni

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._follow_roles()
        return result

    def unlink(self):
        users = self.partner_id.user_ids
        result = super().unlink()
        users._sync_vti_groups()
        return result

    def _follow_roles(self):
        self.sudo().partner_id.user_ids._sync_vti_groups()

    def _portal_readable_fields(self):
        return {"partner_id", "since", "placement_ids", "qualification_id", "employer_id"}

    @api.model
    def _of_user(self):
        """The alumnus that the current user is; sudo, possibly empty."""
        return self.sudo().search([("partner_id", "=", self.env.user.partner_id.id)], limit=1)

    @api.model
    def _follow(self, students):
        """Make or archive the alumnus of each student, as closed internships and consent say today."""
        everybody = self.sudo().with_context(active_test=False)
        for student in students.sudo():
            consent = self.env["vti.consent"]._get_in_force(student.partner_id, "alumni")[:1]
            alumnus = everybody.search([("partner_id", "=", student.partner_id.id)], limit=1)
            closed = student.placement_ids.filtered(lambda placement: placement.state == "closed")
            if not consent:
                alumnus.filtered("active").write({"active": False})
            elif closed:
                values = {"student_id": student.id, "consent_id": consent.id, "placement_ids": [(6, 0, closed.ids)]}
                if not alumnus:
                    everybody.create({"partner_id": student.partner_id.id, **values})
                else:
                    alumnus.write(values | ({} if alumnus.active else {"active": True}))

    def action_open_placements(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_placement_action") | {
            "domain": [("id", "in", self.placement_ids.ids)],
            "context": {},
        }
