from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .event_type import AUDIENCES, KINDS

# Where it happens at somebody's place, that somebody is known.
HOSTED_BY_SCHOOL = ("guest_lesson", "class_information")
HOSTED_BY_COMPANY = ("company_visit", "parents")


class EventEvent(models.Model):
    """A meeting of VTI: of which kind, for whom, and at whose place."""

    _inherit = "event.event"

    vti_kind = fields.Selection(
        KINDS, "Kind", compute="_compute_vti_kind", store=True, readonly=False, index="btree_not_null"
    )
    audience = fields.Selection(AUDIENCES, "For whom", compute="_compute_vti_kind", store=True, readonly=False)
    host_school_id = fields.Many2one(
        "res.partner", "At school", index="btree_not_null", domain="[('is_school', '=', True)]"
    )
    host_employer_id = fields.Many2one(
        "res.partner", "At company", index="btree_not_null", domain="[('is_employer', '=', True)]"
    )

    # no text and no picture that somebody else wrote for us
    description = fields.Html(default=False)

    def _default_cover_properties(self):
        return super()._default_cover_properties() | {
            "background-image": "none",
            "background_color_class": "o_cc5",
            "opacity": "0",
        }

    @api.depends("event_type_id")
    def _compute_vti_kind(self):
        for event in self:
            event.vti_kind = event.event_type_id.vti_kind or event.vti_kind
            event.audience = event.event_type_id.audience or event.audience

    @api.onchange("host_school_id", "host_employer_id")
    def _onchange_host(self):
        self.address_id = self.host_school_id or self.host_employer_id or self.address_id

    @api.constrains("vti_kind", "host_school_id", "host_employer_id", "is_published")
    def _check_host(self):
        """What is on the site says where it is: a guest lesson at a school, a visit at a company."""
        for event in self.filtered("is_published"):
            if event.vti_kind in HOSTED_BY_SCHOOL and not event.host_school_id:
                raise ValidationError(
                    self.env._("Fill in the school before you publish “%(event)s”.", event=event.name)
                )
            if event.vti_kind in HOSTED_BY_COMPANY and not event.host_employer_id:
                raise ValidationError(
                    self.env._("Fill in the company before you publish “%(event)s”.", event=event.name)
                )
