from odoo import api, fields, models

from .application import OPEN_STATES, TAKEN_STATES

STEP_KINDS = [
    ("invited", "Invited"),
    ("moved", "Moved the meeting"),
    ("offered", "Offered the place"),
    ("refused", "Said no"),
    ("called", "Called"),
    ("note", "Note"),
    ("taken", "Took the student"),
]
NOTE_LENGTH = 2000


class ApplicationStep(models.Model):
    """What somebody of a company did with an application: several people there often share the work.

    For the company and VTI; the student never reads it. Portal users have no right on it: the
    candidate's page shows it after checking that the reader acts for the company.
    """

    _name = "vti.application.step"
    _description = "Step of a company with an application"
    _order = "id desc"
    _rec_name = "kind"

    application_id = fields.Many2one("vti.application", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "By", index="btree_not_null", ondelete="set null")
    kind = fields.Selection(STEP_KINDS, required=True)
    note = fields.Text()


class Application(models.Model):
    _inherit = "vti.application"

    step_ids = fields.One2many("vti.application.step", "application_id", "By the company", groups="vti_bpv.group_user")

    def _get_acting_partner(self):
        """Who acts: the user, or the person of the signed link that a page opened."""
        if self.env.su:
            return self.env["res.partner"].sudo().browse(self.env.context.get("vti_actor"))
        return self.env.user.partner_id

    def _log_step(self, kind, note=None):
        """Note for the company who did what with these applications."""
        partner = self._get_acting_partner()
        self.env["vti.application.step"].sudo().create(
            [
                {"application_id": application.id, "partner_id": partner.id, "kind": kind, "note": note}
                for application in self
            ]
        )

    def action_add_note(self, note, kind="note"):
        """Keep a line for the colleagues who choose too; the student never sees it.

        :param str kind: note, or called for what was said on the phone
        """
        self.ensure_one()
        self._check_actor("company")
        self._raise_first(self._get_note_errors({"note": note}))
        self._log_step("called" if kind == "called" else "note", note.strip())
        return True

    def _get_note_errors(self, values):
        note = (values.get("note") or "").strip()
        if self.state not in OPEN_STATES + TAKEN_STATES:
            return {"form": self.env._("This application is over. Notes about it are removed soon.")}
        if not note:
            return {"note": self.env._("Write a line first.")}
        if len(note) > NOTE_LENGTH:
            return {"note": self.env._("Use at most %(count)s characters.", count=NOTE_LENGTH)}
        return {}

    def _forget(self):
        result = super()._forget()
        self.env["vti.application.step"].sudo().search([("application_id", "in", self.ids)]).unlink()
        return result

    @api.model
    def _get_intake_script(self):
        """What to ask on the phone: lines that VTI can write its own of, under Settings."""
        own = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.intake_script")
        if own:
            return [line.strip() for line in own.split(";") if line.strip()]
        return [
            self.env._("Say who you are and ask whether it suits."),
            self.env._("What did you make or do at school that you liked?"),
            self.env._("Which tools have you used?"),
            self.env._("Why this place, and what do you want to learn?"),
            self.env._("How would you get here, and what time could you be here?"),
            self.env._("On which days, and from when?"),
            self.env._("What do you want to know of us?"),
            self.env._("Say what happens next, and when you call or write."),
        ]

    @api.model
    def _get_step_label(self, kind):
        return dict(self.env["vti.application.step"]._fields["kind"]._description_selection(self.env))[kind]
