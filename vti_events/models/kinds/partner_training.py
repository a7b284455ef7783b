from odoo import fields, models
from odoo.exceptions import AccessError

from odoo.addons.vti_bpv.tools.moment import local_date

COUNTED = ("workshop", "training")


class Partner(models.Model):
    """Mentors of a company who were at a training: it counts for the company."""

    _inherit = "res.partner"

    training_count = fields.Integer(
        "Trainings", compute="_compute_training_count", compute_sudo=True, groups="vti_bpv.group_user",
        help="How often people of this company were at a training or workshop for mentors.",
    )  # fmt: skip
    last_training_on = fields.Date(
        "Last training", compute="_compute_training_count", compute_sudo=True, groups="vti_bpv.group_user"
    )

    def _compute_training_count(self):
        groups = self.env["event.registration"]._read_group(
            [*self._get_training_domain()], ["partner_id", "event_id"], ["__count"]
        )
        for partner in self:
            mine = [(event, count) for person, event, count in groups if person.commercial_partner_id == partner]
            partner.training_count = sum(count for _event, count in mine)
            partner.last_training_on = max((local_date(event.date_begin) for event, _count in mine), default=False)

    def _get_training_domain(self):
        """Who of these companies was there."""
        return [("partner_id.commercial_partner_id", "in", self.ids), ("state", "=", "done"),
                ("event_id.vti_kind", "in", COUNTED)]  # fmt: skip

    def action_open_trainings(self):
        """Open who of this company was at which training."""
        self.ensure_one()
        if not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI sees who was at a training."))
        return self.env["ir.actions.act_window"]._for_xml_id("vti_events.event_registration_action_training") | {
            "domain": self._get_training_domain(),
        }
