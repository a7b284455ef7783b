from odoo import api, fields, models

from ..network.qualification import PATHS

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
        "res.partner", "Branch", index="btree_not_null", ondelete="restrict",
        domain="[('type', '=', 'branch'), ('parent_id', '=', employer_id)]", help="Empty: the company's own address.",
    )
    season_id = fields.Many2one("vti.season", index=True, ondelete="restrict")
    trade_id = fields.Many2one("vti.trade", index="btree_not_null")
    qualification_ids = fields.Many2many("vti.qualification", string="Qualifications")
    learning_path = fields.Selection(PATHS)
    open_to_level_2 = fields.Boolean("Open to level 2")
    with_hbo = fields.Boolean("May be a pair of an mbo and an hbo student")
    language = fields.Many2one("res.lang", "Language of the text", default=lambda self: self._default_language())
    # when
    date_from = fields.Date("Starts", index=True)
    date_to = fields.Date("Ends")
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
    expenses = fields.Char("Expenses", help="What else is paid, such as travel or clothes.")
    salary = fields.Monetary("Gross salary a month")
    side_job = fields.Boolean("Side job possible")
    # text
    description = fields.Text("What you do")
    learning = fields.Text("What you learn")
    requirements = fields.Text("What we ask")
    clothes = fields.Char("Clothes and tools")
    # people
    contact_id = fields.Many2one("res.partner", "Contact", index="btree_not_null",
                                 domain="[('commercial_partner_id', '=', employer_id), ('is_company', '=', False)]")
    mentor_id = fields.Many2one("res.partner", "Guide", index="btree_not_null",
                                domain="[('commercial_partner_id', '=', employer_id), ('is_company', '=', False)]",
                                help="Who walks along; a vmbo pupil only works under a named guide.")
    # young people
    min_age = fields.Integer("From age")
    # life
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False, index=True,
                             tracking=True)
    published_on = fields.Date(readonly=True, copy=False)
    confirmed_on = fields.Date("Confirmed", readonly=True, copy=False)
    is_published = fields.Boolean(compute="_compute_is_published", search="_search_is_published")

    _places_positive = models.Constraint("CHECK(places_offered > 0)", "Offer at least one place.")
    _places_left_counted = models.Constraint(
        "CHECK(places_left >= 0 AND places_left <= places_offered)", "There are no more places left."
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)", "It ends before it begins."
    )

    def _default_language(self):
        return self.env["res.lang"].search([("code", "=", "nl_NL")], limit=1)

    @api.depends("state")
    def _compute_is_published(self):
        for vacancy in self:
            vacancy.is_published = vacancy.state == "published"

    def _search_is_published(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "published")]

    def _portal_readable_fields(self):
        return set(self._fields) - {"message_ids", "message_follower_ids", "message_partner_ids", "activity_ids"}

    def _is_open(self):
        """Whether one may apply now."""
        self.ensure_one()
        return self.state == "published" and self.places_left > 0
