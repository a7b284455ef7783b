from odoo import api, fields, models

from odoo.addons.vti_bpv.tools.moment import format_moment, local_date

from .lesson_request import TURNS

STATES = [
    ("asked", "Asked"),
    ("coupled", "Coupled"),
    ("planned", "Planned"),
    ("declined", "The company can't"),
    ("passed", "Another company does it"),
    ("lapsed", "The company didn't answer"),
    ("withdrawn", "The request ended"),
]
OPEN = ("asked", "coupled")


class LessonProposal(models.Model):
    """A company that is asked to do what a school asks; both agree on one moment, and then it is planned."""

    _name = "vti.lesson.proposal"
    _description = "Company asked for a lesson or visit"
    _inherit = ["vti.portal.guard", "vti.signed.link"]
    _order = "id desc"

    request_id = fields.Many2one("vti.lesson.request", required=True, readonly=True, index=True, ondelete="cascade")
    employer_id = fields.Many2one(
        "res.partner", "Company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", "Person", index="btree_not_null", ondelete="set null",
        domain="[('commercial_partner_id', '=', employer_id), ('is_company', '=', False)]",
    )  # fmt: skip
    offer_id = fields.Many2one("vti.lesson.offer", readonly=True, index="btree_not_null", ondelete="set null")
    state = fields.Selection(STATES, required=True, default="asked", readonly=True)
    fits = fields.Char("Why this company", readonly=True)
    # the moment on the table, and who agreed to it
    begin = fields.Datetime(readonly=True)
    end = fields.Datetime(readonly=True)
    employer_agreed_on = fields.Datetime("Company said yes", readonly=True)
    school_agreed_on = fields.Datetime("School said yes", readonly=True)
    note = fields.Text("Last message", readonly=True)
    # clock
    answer_by = fields.Date("Answer before", readonly=True)
    reminded_on = fields.Date(readonly=True)
    turn = fields.Selection(TURNS, "Waits for", compute="_compute_turn")
    is_other_day = fields.Boolean("Another day", compute="_compute_turn")

    _once = models.UniqueIndex(
        "(request_id, employer_id) WHERE state IN ('asked', 'coupled', 'planned')", "This company is asked already."
    )
    _one_company = models.UniqueIndex(
        "(request_id) WHERE state IN ('coupled', 'planned')", "Another company was just before you."
    )
    _due = models.Index("(answer_by) WHERE state IN ('asked', 'coupled')")
    _of_company = models.Index("(employer_id, state)")

    def _portal_readable_fields(self):
        if not self.env.user.has_group("vti_bpv.group_company"):
            return set()
        return {"employer_id", "state", "begin", "end", "answer_by", "employer_agreed_on"}

    @api.depends("state", "begin", "employer_agreed_on", "school_agreed_on", "request_id.moment_ids.day")
    def _compute_turn(self):
        for one in self:
            one.is_other_day = bool(one.begin) and not one.request_id._is_wished(local_date(one.begin))
            one.turn = False
            if one.state == "asked":
                one.turn = "company" if not one.employer_agreed_on else False
            elif one.state == "coupled":
                company = not one.employer_agreed_on
                school = bool(one.begin) and not one.school_agreed_on
                one.turn = "both" if company and school else "company" if company else "school" if school else False

    @api.depends("employer_id.name", "request_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self.sudo():
            one.display_name = f"{one.employer_id.name}: {one.request_id._get_what()}"

    def _get_moment_text(self):
        """The moment on the table in words: Tuesday 8 December, 13:00 to 15:00."""
        if not self.begin:
            return ""
        last = format_moment(self.env, self.end).rpartition(" ")[2]
        return self.env._("%(begin)s to %(end)s", begin=format_moment(self.env, self.begin), end=last)

    def _is_reader(self, person):
        """Whether somebody still is of this company."""
        self.ensure_one()
        employer = self.sudo().employer_id
        return bool(person.active and employer.active and person.commercial_partner_id == employer)

    def _is_known(self):
        """Whether company and school may know each other's person by now."""
        self.ensure_one()
        return self.state in ("coupled", "planned")

    @api.model
    def _get_mine(self, employer):
        """What a company was asked: (open or planned, the rest), soonest first; sudo."""
        this_sudo = self.sudo().search([("employer_id", "=", employer.id)], limit=200)
        live = this_sudo.filtered(lambda one: one.state in (*OPEN, "planned") and one.request_id.state != "held")
        return live.sorted(lambda one: (not one._can_answer("company"), one.id)), this_sudo - live

    @api.model
    def _count_waiting(self, employer):
        """How many questions wait for this company's answer."""
        return self.sudo().search_count(
            [("employer_id", "=", employer.id), ("state", "in", OPEN), ("employer_agreed_on", "=", False)]
        )
