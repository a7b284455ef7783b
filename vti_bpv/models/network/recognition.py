from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class Recognition(models.Model):
    """SBB's recognition (erkenning) of a company's place for a qualification.

    Only a withdrawn or lapsed one, or a passed end date, blocks; an old check merely warns.
    """

    _name = "vti.recognition"
    _description = "SBB Recognition"
    _inherit = ["mail.thread", "vti.portal.guard"]
    _order = "employer_id, branch_id, qualification_id"
    _rec_name = "qualification_id"

    branch_id = fields.Many2one(
        "res.partner", "Branch", required=True, index=True, ondelete="cascade",
        domain="['|', ('type', '=', 'branch'), ('is_employer', '=', True)]",
    )
    employer_id = fields.Many2one(
        "res.partner", "Company", related="branch_id.commercial_partner_id", store=True, index=True
    )
    qualification_id = fields.Many2one("vti.qualification", required=True, index=True, ondelete="restrict")
    level = fields.Selection(related="qualification_id.level", store=True)
    status = fields.Selection(
        [("valid", "Valid"), ("withdrawn", "Withdrawn"), ("lapsed", "Lapsed")],
        required=True, default="valid", tracking=True,
    )
    last_checked = fields.Date("Last checked", help="When somebody last looked it up in SBB's register.")
    review_date = fields.Date("Look again on")
    date_end = fields.Date("Ends on", tracking=True, help="The last day; empty where SBB names none.")
    is_valid = fields.Boolean(compute="_compute_status", search="_search_is_valid")
    needs_check = fields.Boolean(compute="_compute_status", search="_search_needs_check")

    _once = models.Constraint(
        "UNIQUE(branch_id, qualification_id)", "This branch has a recognition for that qualification already."
    )

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
        return {"branch_id", "employer_id", "qualification_id", "level", "status", "date_end", "is_valid",
                "needs_check", "last_checked"}

    @api.model
    def _get_check_limit(self):
        """The day before which a check is old: a year ago."""
        return fields.Date.context_today(self) - relativedelta(years=1)

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
