from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools import geo

STATES = [
    ("consented", "Not shown yet"),
    ("visible", "Visible"),
    ("conversation", "In conversation"),
    ("offered", "Has an offer"),
    ("placed", "Placed"),
    ("withdrawn", "Withdrawn"),
    ("expired", "Expired"),
]
OPEN_STATES = ("consented", "visible", "conversation", "offered")
SHOWN_STATES = ("visible", "conversation")
AUDIENCES = [("all", "All member companies"), ("named", "Only the companies named")]
TOWN_POSTCODES = 3  # a town with fewer postcodes is so small that it may tell who somebody is
CARD_FIELDS = {
    "state", "education", "qualification_id", "level", "is_level_2", "learning_path", "trade_id", "wish_from",
    "wish_days", "travel_mode", "max_distance_km", "interest_ids", "zone_id", "likes", "skills", "shown_on", "until",
}  # fmt: skip


class ExchangeListing(models.Model):
    """A student who may be shown to other members, as a card without a name.

    Life: consented -> visible -> in conversation -> offered -> placed; withdrawn, expired. It is shown
    under a consent of its own, which says to whom and until when; whoever is under age needs a guardian's.
    Companies read the card's fields alone: neither the student nor the school.
    """

    _name = "vti.exchange.listing"
    _description = "Card in the candidate exchange"
    _inherit = ["mail.thread", "mail.activity.mixin", "vti.portal.guard", "vti.signed.link"]
    _order = "shown_on desc, id desc"
    _rec_names_search = ["student_id"]

    student_id = fields.Many2one("vti.student", required=True, index=True, ondelete="cascade", readonly=True)
    enrolment_id = fields.Many2one("vti.enrolment", index="btree_not_null", ondelete="set null", readonly=True)
    school_id = fields.Many2one(related="enrolment_id.school_id", store=True, index="btree_not_null")
    state = fields.Selection(
        STATES, required=True, default="consented", readonly=True, index=True, tracking=True, group_expand=True
    )
    # who may see it, and until when
    consent_id = fields.Many2one("vti.consent", readonly=True, index="btree_not_null", ondelete="restrict")
    until = fields.Date("Shown until", required=True, readonly=True)
    audience = fields.Selection(AUDIENCES, "Shown to", required=True, default="all", readonly=True)
    named_ids = fields.Many2many("res.partner", "vti_exchange_named_rel", string="Companies named", readonly=True)
    excluded_ids = fields.Many2many("res.partner", "vti_exchange_excluded_rel", string="Not shown to", readonly=True)
    caller_ids = fields.Many2many("res.partner", "vti_exchange_caller_rel", string="May call at once", readonly=True)
    guardian_id = fields.Many2one("vti.guardian", readonly=True, index="btree_not_null", ondelete="set null")
    guardian_asked_on = fields.Datetime(readonly=True)
    waits_for_guardian = fields.Boolean("Waits for a guardian", compute="_compute_waits_for_guardian")
    # the card; what isn't typed for it follows the student's own profile
    education = fields.Selection(related="enrolment_id.education", store=True)
    qualification_id = fields.Many2one(related="enrolment_id.qualification_id", store=True, index="btree_not_null")
    level = fields.Selection(related="enrolment_id.level", store=True)
    is_level_2 = fields.Boolean("Level 1 or 2", compute="_compute_is_level_2", store=True)
    learning_path = fields.Selection(related="enrolment_id.learning_path", store=True)
    trade_id = fields.Many2one(related="qualification_id.trade_id", store=True, index="btree_not_null")
    wish_from = fields.Date(related="student_id.wish_from", store=True)
    wish_days = fields.Integer(related="student_id.wish_days", store=True)
    travel_mode = fields.Selection(related="student_id.travel_mode", store=True)
    max_distance_km = fields.Integer(related="student_id.max_distance_km", store=True)
    interest_ids = fields.Many2many(related="student_id.interest_ids")
    zone_id = fields.Many2one(
        "vti.postcode", "Around", compute="_compute_zone_id", store=True, index="btree_not_null",
        help="The nearest town that is large enough not to tell who somebody is.",
    )  # fmt: skip
    likes = fields.Text("What the student likes")
    skills = fields.Text("What the student can")
    # life
    shown_on = fields.Datetime("Shown since", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one(
        "res.partner", "Withdrawn by", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    application_id = fields.Many2one(
        "vti.application", "Turned down", readonly=True, index="btree_not_null", ondelete="set null",
        help="The application that came to nothing, after which the student agreed to be shown.",
    )  # fmt: skip
    refused_at_id = fields.Many2one(
        related="application_id.employer_id", string="Turned down by", store=True, index=True
    )
    interest_line_ids = fields.One2many("vti.exchange.interest", "listing_id", "Companies")
    placed_at_id = fields.Many2one("res.partner", "Placed at", readonly=True, index="btree_not_null")
    is_through = fields.Boolean("Placed by the exchange", readonly=True)
    days_to_placement = fields.Integer("Days to the placement", readonly=True, aggregator="avg")
    forgotten_on = fields.Datetime("Texts removed on", readonly=True, copy=False)

    _once = models.UniqueIndex(
        "(student_id) WHERE state IN ('consented', 'visible', 'conversation', 'offered')",
        "This student has a card already.",
    )
    _shown_agreed = models.Constraint(
        "CHECK(state NOT IN ('visible', 'conversation', 'offered') OR consent_id IS NOT NULL)",
        "Nobody is shown without a consent.",
    )
    _shown = models.Index("(is_level_2, shown_on DESC, id DESC) WHERE state IN ('visible', 'conversation')")

    @api.depends("state", "consent_id", "until", "student_id.birth_date")
    def _compute_waits_for_guardian(self):
        for listing in self:
            listing.waits_for_guardian = listing._is_for_guardian()

    @api.depends("level")
    def _compute_is_level_2(self):
        for listing in self:
            listing.is_level_2 = listing.level in ("1", "2")

    @api.depends("student_id.postcode_id")
    def _compute_zone_id(self):
        for listing in self:
            listing.zone_id = self._find_zone(listing.student_id.postcode_id)

    @api.model
    def _find_zone(self, postcode):
        """The first postcode of the nearest town that has several; empty where nothing is known.

        It stands for the town: the same for all who live there, since a postcode of one's own is a few streets.
        """
        if not postcode:
            return postcode
        away = geo.sql_distance_km(SQL("p.latitude"), SQL("p.longitude"), postcode.latitude, postcode.longitude)
        rows = self.env.execute_query(SQL(
            """SELECT first.id
                 FROM (SELECT place, province, MIN(code) AS code
                         FROM vti_postcode GROUP BY place, province HAVING COUNT(*) >= %s) town
                 JOIN vti_postcode p USING (place, province)
                 JOIN vti_postcode first ON first.code = town.code
                ORDER BY %s, p.id LIMIT 1""",
            TOWN_POSTCODES, away,
        ))  # fmt: skip
        return postcode.browse(rows[0][0] if rows else [])

    @api.depends("student_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for listing in self:
            code = f"K{listing.id or ''}"
            # many2one fields are labelled with sudo, so this looks at the user
            is_staff = self.env.uid != SUPERUSER_ID and self.env.user.has_group("vti_bpv.group_user")
            listing.display_name = f"{code} - {listing.sudo().student_id.name}" if is_staff else code

    def _portal_readable_fields(self):
        if self.env.user.has_group("vti_bpv.group_student"):
            return CARD_FIELDS | {"student_id", "audience", "named_ids", "excluded_ids", "caller_ids", "consent_id"}
        return CARD_FIELDS if self.env.user.has_group("vti_bpv.group_company") else set()

    # who may do what

    def _is_shown_to(self, employer):
        """Whether a member sees this card now; what the record rule of companies says, for who isn't logged in."""
        self.ensure_one()
        this_sudo = self.sudo()
        return (
            this_sudo.state in SHOWN_STATES
            and this_sudo.until >= fields.Date.context_today(self)
            and this_sudo.student_id.active
            and employer._is_member()
            and (
                employer in this_sudo.named_ids
                if this_sudo.audience == "named"
                else employer not in this_sudo.excluded_ids
            )
        )

    def _check_student(self):
        """Refuse who isn't the student of these cards, nor VTI; a checked link comes as sudo.

        :raise AccessError:
        """
        if self.env.su or self.env.user.has_group("vti_bpv.group_user"):
            return
        self.check_access("read")
        if any(listing.sudo().student_id.partner_id != self.env.user.partner_id for listing in self):
            raise AccessError(self.env._("This is somebody else's card."))

    def _lock(self):
        """Wait for whoever changes this card or accepts a place for its student, then look again.

        The student first, as accepting does, so that two never wait for each other. The card is written, not only
        locked: who waited has an old picture of it and of its companies, and is made to begin anew with a new one.
        """
        self.ensure_one()
        self.env.flush_all()
        this_sudo = self.sudo()
        self.env.cr.execute(SQL("SELECT 1 FROM vti_student WHERE id = %s FOR NO KEY UPDATE", this_sudo.student_id.id))
        self.env.cr.execute(SQL("UPDATE vti_exchange_listing SET state = state WHERE id = %s", self.id))
        self.env.invalidate_all(flush=False)
