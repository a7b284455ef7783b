from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.address import get_email_error

REASONS = [
    ("gone", "The place doesn't exist any more"),
    ("wrong", "Something is wrong in the text"),
    ("unsafe", "It isn't safe or not allowed at my age"),
    ("manners", "How the company treats students"),
    ("other", "Something else"),
]
STATES = [("new", "New"), ("done", "Dealt with")]
LONGEST = 1000
KEEP_DAYS = 28  # how long the reporter's address is kept after the answer


class PlaceReport(models.Model):
    """Somebody tells VTI that something is wrong with a place; VTI looks, and says what came of it."""

    _name = "vti.place.report"
    _description = "Report about a place"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state desc, id desc"
    _rec_name = "vacancy_id"

    vacancy_id = fields.Many2one("vti.vacancy", "Place", required=True, index=True, readonly=True, ondelete="cascade")
    employer_id = fields.Many2one(related="vacancy_id.employer_id", string="Company")
    reason = fields.Selection(REASONS, required=True, readonly=True)
    text = fields.Text("What is wrong", readonly=True)
    email = fields.Char("E-mail of who told it", readonly=True)
    lang = fields.Char("Language", readonly=True)
    state = fields.Selection(STATES, required=True, default="new", readonly=True, index=True, tracking=True)
    outcome = fields.Text("What came of it", help="Who told it reads this, where an address was given.")
    done_on = fields.Date("Dealt with", readonly=True, index="btree_not_null")

    @api.model
    def _get_errors(self, values):
        """What is wrong with a report as typed.

        :param dict values: texts by name: reason, text, email
        :return: field name -> sentence
        """
        _, errors = self.env._, {}
        if values.get("reason") not in dict(REASONS):
            errors["reason"] = _("Choose what is wrong.")
        if values.get("reason") == "other" and not values.get("text"):
            errors["text"] = _("Write in one sentence what is wrong.")
        if len(values.get("text") or "") > LONGEST:
            errors["text"] = _("Use at most %(count)s characters.", count=LONGEST)
        error = values.get("email") and get_email_error(self.env, values["email"])
        if error:
            errors["email"] = error
        return errors

    @api.model
    def _tell(self, vacancy, reason, text="", email=""):
        """Put a report on VTI's list; what may be unsafe is to be looked at today.

        :return: the vti.place.report, sudo
        """
        report_sudo = self.sudo().create(
            {"vacancy_id": vacancy.id, "reason": reason, "text": text, "email": email, "lang": self.env.lang}
        )
        today = self.env["vti.vacancy"]._get_today_here()
        staff = self.env["vti.application"].sudo()._get_staff_user()
        label = dict(self._fields["reason"]._description_selection(self.with_context(lang=staff.lang).env))[reason]
        report_sudo.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=today + timedelta(days=0 if reason in ("unsafe", "manners") else 2),
            summary=label, user_id=staff.id,
        )  # fmt: skip
        return report_sudo

    def action_done(self):
        """Staff: it was dealt with; who told it hears what came of it."""
        if not self.env.su and not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI can do this."))
        self.check_access("write")
        for report_sudo in self.sudo().filtered(lambda report: report.state == "new"):
            if not (report_sudo.outcome or "").strip():
                raise UserError(self.env._("Write what came of it. Who told it reads that."))
            report_sudo.write({"state": "done", "done_on": self.env["vti.vacancy"]._get_today_here()})
            report_sudo.activity_ids.action_done()
            if report_sudo.email:
                self.env.ref("vti_bpv.mail_template_place_report_done").sudo().send_mail(
                    report_sudo.id, force_send=True
                )
        return True

    @api.autovacuum
    def _gc_addresses(self):
        """Forget who told it, four weeks after the answer."""
        before = self.env["vti.vacancy"]._get_today_here() - timedelta(days=KEEP_DAYS)
        self.sudo().search([("done_on", "<", before), ("email", "!=", False)]).write({"email": False})
