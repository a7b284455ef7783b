from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SpeedStudent(models.Model):
    """A student who takes part."""

    _name = "vti.speed.student"
    _description = "Student at a speed-date"
    _order = "speed_date_id, id"
    _side = "student"  # of the table

    speed_date_id = fields.Many2one("vti.speed.date", required=True, ondelete="cascade", index=True)
    student_id = fields.Many2one("vti.student", required=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one(related="student_id.partner_id")
    registration_id = fields.Many2one("event.registration", readonly=True, ondelete="set null", index="btree_not_null")
    away_round_ids = fields.Many2many(
        "vti.speed.round", string="Rounds that don't suit", domain="[('speed_date_id', '=', speed_date_id)]"
    )
    presence = fields.Selection(
        [("expected", "Expected"), ("present", "Present"), ("absent", "Absent")],
        compute="_compute_presence", store=True, index=True,
    )  # fmt: skip
    is_absent = fields.Boolean("Does not come", copy=False)
    walk_in = fields.Boolean("Walked in", readonly=True, copy=False)
    wish_ids = fields.One2many("vti.speed.wish", "student_id")
    talk_ids = fields.One2many("vti.speed.talk", "student_id")
    talk_count = fields.Integer("Talks", compute="_compute_talk_count")

    _once = models.Constraint("UNIQUE(speed_date_id, student_id)", "This student takes part already.")

    @api.depends("student_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.student_id.display_name

    @api.depends("is_absent", "registration_id.state")
    def _compute_presence(self):
        for line in self:
            arrived = line.registration_id.state == "done"
            line.presence = "absent" if line.is_absent else "present" if arrived else "expected"

    @api.depends("talk_ids")
    def _compute_talk_count(self):
        groups = self.env["vti.speed.talk"]._read_group([("student_id", "in", self.ids)], ["student_id"], ["__count"])
        count = dict(groups)
        for line in self:
            line.talk_count = count.get(line, 0)

    @api.constrains("away_round_ids")
    def _check_rounds(self):
        if any(line.away_round_ids.speed_date_id - line.speed_date_id for line in self):
            raise ValidationError(self.env._("A room, round or place belongs to somebody else."))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # who is put on the list when the plan is out stands at the desk
        late = lines.filtered(lambda line: line.speed_date_id.state == "published")
        late.walk_in = True
        for line in lines.filtered(lambda line: not line.registration_id):
            partner, event = line.partner_id, line.speed_date_id.event_id
            line.registration_id = event._find_registration(partner) or self.env["event.registration"].create(
                {"event_id": event.id, "partner_id": partner.id, "name": partner.name,
                 "email": partner.email, "phone": partner.phone}
            )  # fmt: skip
        late.registration_id.action_set_done()
        return lines

    def _get_study(self):
        """What companies know of a student before they meet: study and school, never a name."""
        self.ensure_one()
        enrolment = self.sudo().student_id.enrolment_id
        return ", ".join(filter(None, (enrolment.qualification_id.display_name or enrolment.programme,
                                       enrolment.school_id.name)))  # fmt: skip

    def _get_first_name(self):
        """The name that stands in a company's plan and on the screen in the hall."""
        self.ensure_one()
        names = (self.sudo().student_id.name or "").split()
        return f"{names[0]} {names[-1][0]}." if len(names) > 1 else "".join(names)

    def _get_desk_url(self):
        """What the QR code of this student leads VTI's staff to at the door; for anybody else there is nothing."""
        self.ensure_one()
        base, code = self.get_base_url(), self.sudo().registration_id.barcode
        return f"{base}/vti/speed-dates/{self.speed_date_id.id}/desk?code={code}"
