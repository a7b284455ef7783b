from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.vti_bpv.tools.moment import get_today, local_date


class EventCheck(models.Model):
    """Something the organiser sees to before an event; of a template, the example that its events take over."""

    _name = "vti.event.check"
    _description = "Checklist of an event"
    _order = "days_before desc, id"

    event_type_id = fields.Many2one("event.type", "Template", ondelete="cascade", index="btree_not_null")
    event_id = fields.Many2one("event.event", ondelete="cascade", index="btree_not_null")
    name = fields.Char("What", required=True, translate=True)
    days_before = fields.Integer("Days before", default=7, help="Below 0: so many days after the event.")
    from_template = fields.Boolean()
    due_on = fields.Date("Ready by", compute="_compute_due_on", store=True)
    done_on = fields.Date("Done on", copy=False)
    done_by_id = fields.Many2one("res.users", "Done by", readonly=True, copy=False, ondelete="set null")
    is_done = fields.Boolean("Done", compute="_compute_is_done", inverse="_inverse_is_done")
    is_late = fields.Boolean("Late", compute="_compute_is_late")
    user_id = fields.Many2one(related="event_id.user_id")

    _one_owner = models.Constraint(
        "CHECK(num_nonnulls(event_type_id, event_id) = 1)", "It belongs to an event or to a template."
    )
    _open = models.Index("(due_on) WHERE done_on IS NULL AND event_id IS NOT NULL")

    @api.depends("event_id.date_begin", "days_before")
    def _compute_due_on(self):
        for check in self:
            begin = check.event_id.date_begin
            check.due_on = local_date(begin) - timedelta(days=check.days_before) if begin else False

    @api.depends("done_on")
    def _compute_is_done(self):
        for check in self:
            check.is_done = bool(check.done_on)

    def _inverse_is_done(self):
        for check in self:
            check.done_on = get_today() if check.is_done else False
            check.done_by_id = self.env.user if check.is_done else False

    @api.depends("done_on", "due_on")
    def _compute_is_late(self):
        today = get_today()
        for check in self:
            check.is_late = not check.done_on and bool(check.due_on) and check.due_on < today

    @api.model
    def _cron_remind(self):
        """Give the organiser one activity for each event of which something is late."""
        late = self.search(
            [("done_on", "=", False), ("due_on", "<", get_today()), ("event_id.date_end", ">", fields.Datetime.now()),
             ("event_id.kanban_state", "!=", "cancel")]
        )  # fmt: skip
        todo = self.env.ref("mail.mail_activity_data_todo")
        for event, checks in late.grouped("event_id").items():
            if event.activity_ids.filtered(lambda activity: activity.automated and activity.activity_type_id == todo):
                continue
            staff = event.user_id or self.env["vti.application"]._get_staff_user()
            words = self.with_context(lang=staff.lang or self.env.lang).env
            event.activity_schedule(
                activity_type_id=todo.id,
                automated=True,
                user_id=staff.id,
                summary=words._("Checklist: %(names)s", names=", ".join(checks.mapped("name")[:3])),
            )
