from odoo import api, fields, models
from odoo.exceptions import UserError

from .lesson_request import KINDS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


class LessonOffer(models.Model):
    """What a company will give to schools: of which kind, for which trades, when, how far, for how many."""

    _name = "vti.lesson.offer"
    _description = "Offer for guest lessons and visits"
    _inherit = ["vti.portal.guard"]
    _order = "employer_id, kind, id"

    employer_id = fields.Many2one(
        "res.partner", "Company", required=True, index=True, ondelete="cascade", domain="[('is_employer', '=', True)]"
    )
    branch_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="set null",
        domain="[('type', '=', 'branch'), ('parent_id', '=', employer_id)]", help="Empty: the company's own address.",
    )  # fmt: skip
    contact_id = fields.Many2one(
        "res.partner", "Whom to ask", index="btree_not_null", ondelete="set null",
        domain="[('commercial_partner_id', '=', employer_id), ('is_company', '=', False)]",
    )  # fmt: skip
    active = fields.Boolean(default=True)
    # what
    kind = fields.Selection(KINDS, "What", required=True, default="guest_lesson")
    trade_ids = fields.Many2many("vti.trade", "vti_lesson_offer_trade_rel", "offer_id", "trade_id", "Trades",
                                 help="Empty: all.")  # fmt: skip
    text = fields.Text("What you show or tell")
    max_students = fields.Integer("Students at most", help="0: no limit.")
    # when
    monday = fields.Boolean()
    tuesday = fields.Boolean()
    wednesday = fields.Boolean()
    thursday = fields.Boolean()
    friday = fields.Boolean()
    date_from = fields.Date("From")
    date_to = fields.Date("Until")
    # where
    max_km = fields.Integer("Kilometres at most", default=25, help="Between school and company. 0: anywhere.")

    _numbers = models.Constraint("CHECK(max_students >= 0 AND max_km >= 0)", "A number is 0 or more.")
    _ordered = models.Constraint("CHECK(date_to >= date_from)", "The period ends before it begins.")
    _open = models.Index("(kind) WHERE active")

    def _portal_readable_fields(self):
        if not self.env.user.has_group("vti_bpv.group_company"):
            return set()
        return {
            "employer_id", "branch_id", "contact_id", "kind", "trade_ids", "text", "max_students", *WEEKDAYS,
            "date_from", "date_to", "max_km",
        }  # fmt: skip

    @api.depends("kind", "employer_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for offer in self.sudo():
            offer.display_name = f"{labels.get(offer.kind, '')}, {offer.employer_id.name or ''}"

    @api.constrains("employer_id", "branch_id", "contact_id")
    def _check_house(self):
        for offer in self.sudo():
            people = offer.branch_id | offer.contact_id
            if people.commercial_partner_id - offer.employer_id:
                raise UserError(self.env._("Choose a branch and a person of %(name)s.", name=offer.employer_id.name))

    def _get_weekdays(self):
        """The days on which this company can; 0 is Monday, none stands for all."""
        self.ensure_one()
        return frozenset(number for number, name in enumerate(WEEKDAYS) if self[name])

    def _get_facts(self):
        """The offer in some short texts, for a list."""
        self.ensure_one()
        this_sudo = self.sudo()
        texts = [", ".join(this_sudo.trade_ids.mapped("name")) or self.env._("All trades")]
        if self.max_students:
            texts.append(self.env._("%(number)s students at most", number=self.max_students))
        days = [self._fields[name]._description_string(self.env).lower() for name in WEEKDAYS if self[name]]
        if days:
            texts.append(", ".join(days))
        texts.append(self.env._("up to %(km)s km", km=self.max_km) if self.max_km else self.env._("any distance"))
        return texts

    @api.model
    def _get_mine(self, employer):
        """The open offers of a company; sudo."""
        return self.sudo().search([("employer_id", "=", employer.id)])
