from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class Recognition(models.Model):
    """SBB's recognition (erkenning) of a company's place for a qualification.

    Only a withdrawn or lapsed one, or a passed end date, blocks; an old check merely warns.
    """

    _name = "vti.recognition"
    _description = "SBB Recognition"
    _inherit = ["mail.thread", "vti.portal.guard"]
    _order = "employer_id, branch_id, qualification_id"
    _rec_names_search = ["qualification_id", "branch_id"]

    branch_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        tracking=True,
        domain="['|', ('type', '=', 'branch'), ('is_employer', '=', True)]",
        help="The company itself, or one branch of it.",
    )
    employer_id = fields.Many2one(
        "res.partner", "Company", related="branch_id.commercial_partner_id", store=True, index=True
    )
    qualification_id = fields.Many2one("vti.qualification", required=True, index=True, ondelete="restrict")
    level = fields.Selection(related="qualification_id.level", store=True)
    status = fields.Selection(
        [("valid", "Valid"), ("withdrawn", "Withdrawn"), ("lapsed", "Lapsed")],
        required=True,
        default="valid",
        tracking=True,
    )
    last_checked = fields.Date("Last checked", help="When somebody last looked it up in SBB's register.")
    review_date = fields.Date("Look again on")
    date_end = fields.Date("Ends on", tracking=True, help="The last day; empty where SBB names none.")
    is_valid = fields.Boolean("In force", compute="_compute_status", search="_search_is_valid")
    needs_check = fields.Boolean("Needs a check", compute="_compute_status", search="_search_needs_check")

    _once = models.Constraint(
        "UNIQUE(branch_id, qualification_id)", "This branch has a recognition for that qualification already."
    )
    _to_check = models.Index("(last_checked) WHERE status = 'valid'")

    @api.depends("status", "date_end", "last_checked", "review_date")
    def _compute_status(self):
        today = fields.Date.context_today(self)
        old = self._get_check_limit()
        for recognition in self:
            recognition.is_valid = recognition._is_valid_on(today)
            recognition.needs_check = recognition.is_valid and bool(
                not recognition.last_checked
                or recognition.last_checked < old
                or (recognition.review_date and recognition.review_date <= today)
            )

    @api.depends("qualification_id.display_name", "branch_id.display_name")
    def _compute_display_name(self):
        for recognition in self:
            recognition.display_name = (
                f"{recognition.qualification_id.display_name} · {recognition.branch_id.name or ''}"
            )

    @api.constrains("branch_id")
    def _check_branch(self):
        for recognition in self:
            branch = recognition.branch_id
            if not (branch.is_employer or branch.type == "branch"):
                raise ValidationError(self.env._("%(name)s is no internship company or branch.", name=branch.name))

    def _search_is_valid(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_valid_domain()

    def _search_needs_check(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(self._get_valid_domain()) & (
            Domain("last_checked", "=", False)
            | Domain("last_checked", "<", self._get_check_limit())
            | Domain("review_date", "<=", fields.Date.context_today(self))
        )

    def _portal_readable_fields(self):
        return {
            "branch_id",
            "employer_id",
            "qualification_id",
            "level",
            "status",
            "date_end",
            "is_valid",
            "needs_check",
            "last_checked",
            "review_date",
        }

    @api.model
    def _get_check_limit(self):
        """The day before which a check is old: as many months ago as VTI says, by default 12."""
        months = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.recognition_check_months", 12)
        return fields.Date.context_today(self) - relativedelta(months=int(months))

    @api.model
    def _get_valid_domain(self, day=None):
        """Domain of what is in force on a day (the end date included), by default today."""
        day = day or fields.Date.context_today(self)
        return Domain("status", "=", "valid") & (Domain("date_end", "=", False) | Domain("date_end", ">=", day))

    def _is_valid_on(self, day):
        self.ensure_one()
        return self.status == "valid" and (not self.date_end or self.date_end >= day)

    def action_mark_checked(self):
        """Note that it was looked up today and stands."""
        self.write({"last_checked": fields.Date.context_today(self), "review_date": False})

    def _settle_double(self, branch):
        """Give way to the recognition that `branch` has for the same qualification; the newest word counts."""
        twin = self.search([("branch_id", "=", branch.id), ("qualification_id", "=", self.qualification_id.id)])
        if twin and self.last_checked and (not twin.last_checked or twin.last_checked < self.last_checked):
            twin.write({name: self[name] for name in ("status", "last_checked", "review_date", "date_end")})
        if twin:
            self.unlink()
