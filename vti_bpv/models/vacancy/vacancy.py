from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..network.qualification import LEVELS, PATHS

KINDS = [
    ("mbo", "mbo internship"),
    ("hbo", "hbo internship"),
    ("hbo_graduation", "hbo graduation project"),
    ("vmbo_day", "Day along (vmbo)"),
    ("vmbo_orientation", "Orientation, a few days (vmbo)"),
    ("vmbo_weekly", "One day a week (vmbo)"),
    ("vmbo_block", "Some weeks in a row (vmbo)"),
    ("leerwerktraject", "Leerwerktraject (vmbo-b)"),
    ("pro", "Praktijkonderwijs"),
    ("vso", "vso"),
]
VMBO_KINDS = ("vmbo_day", "vmbo_orientation", "vmbo_weekly", "vmbo_block", "leerwerktraject")
HBO_KINDS = ("hbo", "hbo_graduation")
STATES = [
    ("draft", "Draft"),
    ("review", "In review"),
    ("published", "Published"),
    ("paused", "Paused"),
    ("filled", "Filled"),
    ("closed", "Closed"),
    ("expired", "Expired"),
]


class Vacancy(models.Model):
    """A place for one or more interns at a branch of a member company.

    Life: draft -> in review -> published <-> paused -> filled | closed | expired, one action per arrow.
    """

    _name = "vti.vacancy"
    _description = "Vacancy"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard", "vti.signed.link"]
    _order = "published_on desc, id desc"

    # what and where
    name = fields.Char("Title", required=True, tracking=True)
    kind = fields.Selection(KINDS, required=True, default="mbo")
    employer_id = fields.Many2one(
        "res.partner", "Company", required=True, index=True, ondelete="restrict", domain="[('is_employer', '=', True)]"
    )
    branch_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('type', '=', 'branch'), ('parent_id', '=', employer_id)]",
        help="Empty: the company's own address.",
    )
    season_id = fields.Many2one("vti.season", index=True, ondelete="restrict")
    trade_id = fields.Many2one("vti.trade", index="btree_not_null")
    qualification_ids = fields.Many2many("vti.qualification", string="Qualifications")
    learning_path = fields.Selection(PATHS)
    open_to_level_2 = fields.Boolean("Open to level 2")
    with_hbo = fields.Boolean("May be a pair of an mbo and an hbo student")
    language = fields.Many2one("res.lang", "Language of the text", default=lambda self: self._default_language())
    levels = fields.Char(compute="_compute_levels", store=True, help="The levels it is open to, such as 24.")
    levels_label = fields.Char("Level", compute="_compute_levels_label")
    # when
    date_from = fields.Date("Starts", index=True)
    date_to = fields.Date("Ends")
    period = fields.Char(
        compute="_compute_period",
        store=True,
        help="The half of a school year in which it starts: 2026-2 is August 2026 to January 2027.",
    )
    days_per_week = fields.Integer("Days a week")
    hours_per_week = fields.Float("Hours a week")
    time_from = fields.Float("Starts work at", default=8.0)
    time_to = fields.Float("Stops work at", default=16.5)
    # how many
    places_offered = fields.Integer("Places", default=1, required=True)
    places_left = fields.Integer(readonly=True, copy=False, default=1)
    # money
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    allowance = fields.Monetary("Allowance a month")
    expenses = fields.Char(help="What else is paid, such as travel or clothes.")
    salary = fields.Monetary("Gross salary a month")
    is_paid = fields.Boolean("Allowance or salary", compute="_compute_is_paid", store=True)
    side_job = fields.Boolean("Side job possible")
    nameless = fields.Boolean(
        "First round without names", help="The company sees what a student can and wants; who it is once it invites."
    )
    # where: the branch's place or else the company's, kept here for the search
    place_id = fields.Many2one("res.partner", "Address", compute="_compute_place", store=True, index="btree_not_null")
    town = fields.Char(compute="_compute_place", store=True)
    latitude = fields.Float(compute="_compute_place", store=True)
    longitude = fields.Float(compute="_compute_place", store=True)
    # text
    description = fields.Text("What you do")
    learning = fields.Text("What you learn")
    interest_ids = fields.Many2many("vti.interest", string="Kinds of work")
    requirements = fields.Text("What we ask")
    clothes = fields.Char("Clothes and tools")
    travel = fields.Text("How to get there", help="Bus, bike, a lift with a colleague; is a driving licence needed?")
    # people
    contact_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        domain="[('commercial_partner_id', '=', employer_id), ('is_company', '=', False)]",
    )
    mentor_id = fields.Many2one(
        "res.partner",
        "Guide",
        index="btree_not_null",
        domain="[('commercial_partner_id', '=', employer_id), ('is_company', '=', False)]",
        help="Who walks along; a vmbo pupil only works under a named guide.",
    )
    # young people
    min_age = fields.Integer("From age")
    task_ids = fields.Many2many("vti.work.task", string="Work with an age limit")
    supervised_tasks = fields.Text("Only with a guide beside you")
    # life
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, index=True, tracking=True, group_expand=True
    )
    published_on = fields.Date(readonly=True, copy=False)
    reviewed_on = fields.Date("Reviewed by VTI", readonly=True, copy=False)
    confirmed_on = fields.Date("Confirmed", readonly=True, copy=False)
    sent_back_reason = fields.Text("What VTI asked to change", readonly=True, copy=False)
    copied_from_id = fields.Many2one("vti.vacancy", "Copied from", readonly=True, copy=False, index="btree_not_null")
    is_published = fields.Boolean(compute="_compute_is_published", search="_search_is_published")

    _places_positive = models.Constraint("CHECK(places_offered > 0)", "Offer at least one place.")
    _places_left_counted = models.Constraint(
        "CHECK(places_left >= 0 AND places_left <= places_offered)", "There are no more places left."
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)", "It ends before it begins."
    )
    _days_in_week = models.Constraint("CHECK(COALESCE(days_per_week, 0) BETWEEN 0 AND 7)", "A week has seven days.")
    _hours_in_days = models.Constraint(
        "CHECK(COALESCE(hours_per_week, 0) BETWEEN 0 AND 60)", "Nobody works more than 60 hours a week."
    )
    _clock = models.Constraint(
        "CHECK(time_from IS NULL OR time_to IS NULL OR (time_from >= 0 AND time_to <= 24 AND time_from < time_to))",
        "Work ends after it begins, on the same day.",
    )
    _money_positive = models.Constraint(
        "CHECK(COALESCE(allowance, 0) >= 0 AND COALESCE(salary, 0) >= 0)", "An amount can't be below zero."
    )
    _min_age_sensible = models.Constraint(
        "CHECK(COALESCE(min_age, 0) BETWEEN 0 AND 30)", "The age to start from is between 0 and 30."
    )

    def _default_language(self):
        return self.env["res.lang"].search([("code", "=", "nl_NL")], limit=1)

    @api.depends("kind", "qualification_ids.level", "open_to_level_2")
    def _compute_levels(self):
        for vacancy in self:
            levels = set(vacancy.qualification_ids.mapped("level"))
            if vacancy.open_to_level_2:
                levels.add("2")
            vacancy.levels = "".join(level for level, _label in LEVELS if level in levels)

    @api.depends("levels")
    def _compute_levels_label(self):
        for vacancy in self:
            vacancy.levels_label = ", ".join(vacancy.levels or "")

    @api.depends("date_from")
    def _compute_period(self):
        for vacancy in self:
            day = vacancy.date_from
            if not day:
                vacancy.period = False
            elif 2 <= day.month <= 7:
                vacancy.period = f"{day.year}-1"
            else:
                vacancy.period = f"{day.year - (day.month == 1)}-2"

    @api.depends("learning_path", "allowance", "salary")
    def _compute_is_paid(self):
        for vacancy in self:
            vacancy.is_paid = (vacancy.salary if vacancy.learning_path == "bbl" else vacancy.allowance) > 0

    @api.depends(
        "branch_id.city", "branch_id.postcode_id.latitude", "branch_id.postcode_id.longitude",
        "employer_id.city", "employer_id.postcode_id.latitude", "employer_id.postcode_id.longitude",
    )  # fmt: skip
    def _compute_place(self):
        for vacancy in self:
            place = vacancy.branch_id or vacancy.employer_id
            vacancy.place_id = place
            vacancy.town = place.city or place.postcode_id.place
            vacancy.latitude = place.postcode_id.latitude
            vacancy.longitude = place.postcode_id.longitude

    @api.depends("state")
    def _compute_is_published(self):
        for vacancy in self:
            vacancy.is_published = vacancy.state == "published"

    def _search_is_published(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "published")]

    @api.constrains("branch_id", "employer_id", "mentor_id", "contact_id")
    def _check_same_house(self):
        for vacancy in self.sudo():
            house = vacancy.employer_id.commercial_partner_id
            others = vacancy.branch_id | vacancy.mentor_id | vacancy.contact_id
            if any(partner.commercial_partner_id != house for partner in others):
                raise ValidationError(self.env._("The branch and the people of a place belong to its company."))

    def _portal_readable_fields(self):
        """All that its public page shows. People's names, VTI's remarks and the mail fields stay away."""
        return {
            "name", "kind", "employer_id", "branch_id", "season_id", "trade_id", "qualification_ids", "learning_path",
            "open_to_level_2", "with_hbo", "language", "levels", "date_from", "date_to", "period", "days_per_week",
            "hours_per_week", "time_from", "time_to", "places_offered", "places_left", "currency_id", "allowance",
            "expenses", "salary", "is_paid", "interest_ids", "side_job", "town", "latitude", "longitude", "description",
            "learning", "requirements", "clothes", "travel", "min_age", "task_ids", "supervised_tasks", "state",
            "published_on", "confirmed_on", "paused_until", "is_published",
        }  # fmt: skip

    def _is_over(self):
        """Whether it won't come back by itself: other places are shown then."""
        self.ensure_one()
        return self.state in ("filled", "closed", "expired")

    def _is_open(self):
        """Whether one may apply now."""
        self.ensure_one()
        return self.state == "published" and self.places_left > 0
