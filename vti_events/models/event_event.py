from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from .event_type import AUDIENCES, KINDS

# Where it happens at somebody's place, that somebody is known.
HOSTED_BY_SCHOOL = ("guest_lesson", "class_information")
HOSTED_BY_COMPANY = ("company_visit", "parents")
LENGTH = timedelta(hours=3)  # of a new event, until somebody says otherwise
OPEN_TO_ALL = ("everybody", "parents", False)  # nobody of these needs an account


class EventEvent(models.Model):
    """A meeting of VTI: of which kind, for whom, and at whose place."""

    _inherit = "event.event"

    vti_kind = fields.Selection(
        KINDS, "Kind", compute="_compute_vti_kind", store=True, readonly=False, index="btree_not_null"
    )
    audience = fields.Selection(AUDIENCES, "For whom", compute="_compute_vti_kind", store=True, readonly=False)
    is_closed = fields.Boolean(
        "Closed", compute="_compute_vti_kind", store=True, readonly=False,
        help="Only those it is for see it on the site, after logging in.",
    )  # fmt: skip
    school_ids = fields.Many2many(
        "res.partner", "vti_event_school_rel", "event_id", "school_id", "Of these schools",
        domain="[('is_school', '=', True)]", help="Empty: of all schools.",
    )  # fmt: skip
    host_school_id = fields.Many2one(
        "res.partner", "At school", index="btree_not_null", domain="[('is_school', '=', True)]"
    )
    host_employer_id = fields.Many2one(
        "res.partner", "At company", index="btree_not_null", domain="[('is_employer', '=', True)]"
    )
    moved_online = fields.Boolean(
        help="It would be at a place, and is online now. Remove the venue and fill in the address of the call."
    )
    survey_id = fields.Many2one(
        "survey.survey", "Questions afterwards", compute="_compute_vti_kind", store=True, readonly=False,
        index="btree_not_null",
    )  # fmt: skip
    check_ids = fields.One2many(
        "vti.event.check", "event_id", "Checklist", compute="_compute_check_ids", store=True, readonly=False, copy=True
    )
    check_progress = fields.Char("Done of the checklist", compute="_compute_check_progress")

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
            kind = event.event_type_id
            event.vti_kind = kind.vti_kind or event.vti_kind
            event.audience = kind.audience or event.audience
            event.is_closed = kind.is_closed if kind else event.is_closed
            event.survey_id = kind.survey_id or event.survey_id

    @api.depends("event_type_id")
    def _compute_check_ids(self):
        """Take over the checklist of the template, beside what is ticked off already."""
        for event in self:
            kept = event.check_ids.filtered(lambda check: check.done_on or not check.from_template)
            names = set(kept.mapped("name"))
            event.check_ids = [Command.unlink(check.id) for check in event.check_ids - kept] + [
                Command.create({"name": check.name, "days_before": check.days_before, "from_template": True})
                for check in event.event_type_id.check_ids
                if check.name not in names
            ]

    @api.depends("check_ids.done_on")
    def _compute_check_progress(self):
        for event in self:
            done = len(event.check_ids.filtered("done_on"))
            event.check_progress = f"{done}/{len(event.check_ids)}" if event.check_ids else ""

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "date_end" in values and values.get("date_begin") and "default_date_end" not in self.env.context:
            values["date_end"] = values["date_begin"] + LENGTH
        return values

    @api.onchange("date_begin")
    def _onchange_date_begin(self):
        """Move the end along, where it would come before the begin."""
        if self.date_begin and self.date_end and self.date_end <= self.date_begin:
            was = self._origin
            self.date_end = self.date_begin + (was.date_end - was.date_begin if was else LENGTH)

    @api.onchange("audience")
    def _onchange_audience(self):
        if self.audience in OPEN_TO_ALL:
            self.is_closed = False

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._open_with_audience(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._open_with_audience(vals))

    @api.model
    def _open_with_audience(self, vals):
        """Open up what becomes an event for everybody."""
        return {"is_closed": False, **vals} if vals.get("audience", "-") in OPEN_TO_ALL else vals

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
