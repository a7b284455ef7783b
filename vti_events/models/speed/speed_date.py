from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

STATES = [
    ("draft", "Being set up"),
    ("wishes", "Collecting wishes"),
    ("planned", "Plan made"),
    ("published", "Plan published"),
    ("done", "Over"),
]
COMPANY_DAYS = 2  # that companies have to choose, after the students
MOMENTS = ("starts_at", "wish_deadline", "company_deadline")
CLOCK = {"starts_at", "round_count", "talk_minutes", "pause_minutes", "break_after", "break_minutes"}


class SpeedDate(models.Model):
    """Short talks in rounds at an event: students go from table to table.

    Life: draft -> collecting wishes -> plan made -> published -> over. Portal users have no right on this or what
    hangs on it: their pages ask private methods that look inside their own lines only.
    """

    _name = "vti.speed.date"
    _description = "Speed-date"
    _order = "starts_at desc, id desc"

    event_id = fields.Many2one("event.event", required=True, ondelete="cascade", index=True)
    name = fields.Char("Name", related="event_id.name")
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, index=True, copy=False)
    # rounds
    starts_at = fields.Datetime(
        "First round", required=True, compute="_compute_starts_at", store=True, precompute=True, readonly=False
    )
    round_count = fields.Integer("Rounds", required=True, default=8)
    talk_minutes = fields.Integer("Minutes of a talk", required=True, default=10)
    pause_minutes = fields.Integer(
        "Minutes between talks", required=True, default=5, help="To say goodbye and walk to the next table."
    )
    break_after = fields.Integer("Long pause after round", help="For lunch, say. 0: no long pause.")
    break_minutes = fields.Integer(
        "Minutes of the long pause", default=20, help="On top of the minutes between two talks."
    )
    in_row = fields.Integer(
        "Talks in a row at most", help="After so many talks a student has a free round. 0: no limit."
    )
    # wishes
    wish_limit = fields.Integer("Wishes of each", required=True, default=5)
    wish_deadline = fields.Datetime(
        "Wishes until", compute="_compute_starts_at", store=True, precompute=True, readonly=False
    )
    company_deadline = fields.Datetime(
        "Companies choose until", compute="_compute_company_deadline", store=True, precompute=True, readonly=False,
        help="When the wishes of students are in, companies choose among the students who chose them.",
    )  # fmt: skip
    is_choosing = fields.Boolean("Wishes can still come in", compute="_compute_is_choosing")
    is_late = fields.Boolean("Nobody has chosen and nobody can", compute="_compute_is_late")
    companies_asked = fields.Boolean("Companies were asked to choose", readonly=True, copy=False)
    nameless = fields.Boolean(
        "Companies rank without names", default=True,
        help="They see a number, course, when the student can start and likes; no name, photo, school or town.",
    )  # fmt: skip
    promise = fields.Integer(
        "Promised talks for each student", required=True, default=2,
        help="Before anybody gets more, everybody gets this many, where their wishes allow it.",
    )  # fmt: skip
    company_promise = fields.Integer("Promised talks for each company", required=True, default=0)
    student_limit = fields.Integer("Talks of a student at most", help="0: no limit.")
    # who and where
    round_ids = fields.One2many("vti.speed.round", "speed_date_id", readonly=True)
    room_ids = fields.One2many("vti.speed.room", "speed_date_id")
    company_ids = fields.One2many("vti.speed.company", "speed_date_id")
    student_ids = fields.One2many("vti.speed.student", "speed_date_id")
    wish_ids = fields.One2many("vti.speed.wish", "speed_date_id")
    talk_ids = fields.One2many("vti.speed.talk", "speed_date_id")
    company_count = fields.Integer(compute="_compute_counts")
    student_count = fields.Integer(compute="_compute_counts")
    talk_count = fields.Integer(compute="_compute_counts")

    _event_unique = models.Constraint("UNIQUE(event_id)", "This event has a speed-date already.")
    _rounds_range = models.Constraint("CHECK(round_count BETWEEN 1 AND 40)", "Choose 1 to 40 rounds.")
    _minutes_range = models.Constraint(
        "CHECK(talk_minutes BETWEEN 1 AND 120 AND pause_minutes BETWEEN 0 AND 120 AND break_minutes BETWEEN 0 AND 240)",
        "Choose 1 to 120 minutes for a talk and 0 to 120 for a pause.",
    )
    _wish_range = models.Constraint("CHECK(wish_limit BETWEEN 1 AND 15)", "Choose 1 to 15 wishes.")
    _promise_range = models.Constraint(
        "CHECK(promise >= 0 AND company_promise >= 0 AND student_limit >= 0 AND in_row >= 0 AND break_after >= 0)",
        "A number here is 0 or more.",
    )

    @api.depends("event_id")
    def _compute_starts_at(self):
        for date in self:
            date.starts_at = date.event_id.date_begin
            date.wish_deadline = date.starts_at and date.starts_at - timedelta(days=3)

    @api.depends("wish_deadline", "starts_at")
    def _compute_company_deadline(self):
        for date in self:
            until = date.wish_deadline and date.wish_deadline + timedelta(days=COMPANY_DAYS)
            date.company_deadline = min(until, date.starts_at) if until and date.starts_at else until

    @api.depends("state", "company_deadline", "event_id.kanban_state")
    def _compute_is_choosing(self):
        for date in self:
            date.is_choosing = date._can_wish() or date._can_wish("company")

    @api.depends("state", "wish_deadline")
    def _compute_is_late(self):
        for date in self:
            is_over = bool(date.wish_deadline) and date.wish_deadline <= fields.Datetime.now()
            date.is_late = date.state in ("draft", "wishes") and is_over and not date.wish_ids

    def _compute_counts(self):
        for name in ("company", "student", "talk"):
            groups = self.env[f"vti.speed.{name}"]._read_group(
                [("speed_date_id", "in", self.ids)], ["speed_date_id"], ["__count"]
            )
            count = dict(groups)
            for date in self:
                date[f"{name}_count"] = count.get(date, 0)

    @api.constrains("promise", "student_limit", "company_promise", "break_after", "round_count")
    def _check_promise(self):
        for date in self:
            if 0 < date.student_limit < date.promise:
                raise ValidationError(self.env._("You promise more talks than a student may have."))
            if any(0 < line.talk_limit < date.company_promise for line in date.company_ids):
                raise ValidationError(self.env._("You promise a company more talks than it wants."))
            if date.break_after and date.break_after >= date.round_count:
                raise ValidationError(self.env._("The long pause comes after a round that isn't the last one."))

    @api.constrains("wish_deadline", "company_deadline", "state")
    def _check_deadlines(self):
        for date in self.filtered(lambda date: date.state == "wishes"):
            if not date.wish_deadline or date.wish_deadline > date.starts_at:
                raise ValidationError(self.env._("Wishes close before the first round."))
            if not date.company_deadline or not date.wish_deadline <= date.company_deadline <= date.starts_at:
                raise ValidationError(
                    self.env._("Companies choose after the wishes of students are in, and before the first round.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        dates = super().create(vals_list)
        dates._make_rounds()
        return dates

    def write(self, vals):
        result = super().write(vals)
        if CLOCK & set(vals):
            self._make_rounds()
        return result

    def _move(self, by):
        """Move rounds and terms along with the event; what is over stays as it was.

        :param timedelta by: how much later
        """
        for date in self.filtered(lambda date: by and date.state != "done"):
            date.write({name: date[name] + by for name in MOMENTS if date[name]})

    def _make_rounds(self):
        """Bring the rounds in line with number, length and pauses; the ones that stay keep what hangs on them.

        :raise UserError: a round goes that has talks
        """
        for date in self:
            start, length = date.starts_at, timedelta(minutes=date.talk_minutes)
            have = {turn.number: turn for turn in date.round_ids}
            if date.talk_ids.round_id.filtered(lambda turn, date=date: turn.number > date.round_count):
                raise UserError(self.env._("There are talks in the rounds that would go. Empty the plan first."))
            for number in range(1, date.round_count + 1):
                values = {"starts_at": start, "ends_at": start + length}
                if number in have:
                    have.pop(number).write(values)
                else:
                    date.round_ids.create({"speed_date_id": date.id, "number": number, **values})
                start += length + timedelta(minutes=date.pause_minutes)
                if number == date.break_after:
                    start += timedelta(minutes=date.break_minutes)
            date.round_ids.browse([turn.id for turn in have.values()]).unlink()
            date.invalidate_recordset(["round_ids"])

    # ------------------------------------------------------------------ life

    def action_open_wishes(self):
        """Let students and companies say whom they want to meet."""
        self.check_access("write")
        for date in self:
            if not date.company_ids:
                raise UserError(self.env._("Add the companies that come, before students choose."))
            if not date.event_id.is_published:
                # the buttons in the mails would lead nowhere
                raise UserError(
                    self.env._("Publish the event on the website first: students and companies get a mail.")
                )
        self.state = "wishes"
        for date in self:
            date._tell_open()

    def action_publish(self):
        """Show everybody their own plan."""
        self.check_access("write")
        for date in self:
            if not date.talk_ids:
                raise UserError(self.env._("There is no plan yet."))
            faults = date._get_faults()
            if faults:
                raise UserError("\n".join([self.env._("Mend this first:"), *faults[:10]]))
        self.state = "published"
        for date in self:
            date._tell_plan()

    def action_finish(self):
        """Close the day: the plan stays as it was."""
        self.check_access("write")
        self.state = "done"

    def _tell_plan(self):
        """Mail everybody that the plan is there."""
        self.ensure_one()
        for people, template in ((self.student_ids.partner_id, "student"), (self._get_company_contacts(), "company")):
            self.env["vti.notice"]._post(
                f"vti_events.mail_speed_plan_{template}", self, people,
                button_url=f"/my/speed-dates/{self.id}", button_label=self.env._("See your plan"),
            )  # fmt: skip

    def _get_company_contacts(self):
        """Who is told about the tables of all companies."""
        return self._get_contacts_of(self.company_ids)

    @api.model
    def _get_contacts_of(self, lines):
        """Who is told about a company's table: the person named, else all who work with the site."""
        contacts = self.env["res.partner"]
        for line in lines:
            contacts |= line.contact_id or line.employer_id.child_ids.filtered(lambda person: person.user_ids)
        return contacts

    def action_open_lines(self):
        """Open the companies, students, wishes or talks (`lines` in the context)."""
        self.ensure_one()
        self.check_access("read")
        lines = self.env.context.get("lines", "talk")
        action = self.env["ir.actions.act_window"]._for_xml_id(f"vti_events.vti_speed_{lines}_action")
        return action | {
            "domain": [("speed_date_id", "=", self.id)],
            "context": {"default_speed_date_id": self.id},
        }

    def action_open_screen(self):
        """Open the page for the big screen in the hall."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/vti/speed-dates/{self.id}/screen", "target": "new"}

    def action_open_desk(self):
        """Open the page for the desk at the door, where people check in."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/vti/speed-dates/{self.id}/desk", "target": "new"}
