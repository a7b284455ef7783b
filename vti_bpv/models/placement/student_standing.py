from odoo import api, models
from odoo.fields import Domain

HAS_PLACE = ("planned", "running", "closing")


class Student(models.Model):
    """What schools and training employers see of where their students stand."""

    _inherit = "vti.student"

    @api.model
    def _get_standing_filters(self):
        placed = Domain("id", "in", self._get_placed_query())
        without = ~placed & Domain("is_looking", "=", True)
        return [
            ("placed", self.env._("Has a place"), placed),
            ("looking", self.env._("Looking for a place"), without),
            ("idle", self.env._("Not looking"), ~placed & Domain("is_looking", "=", False)),
        ]

    @api.model
    def _get_placed_query(self):
        """Students with an internship that is agreed or running; sudo, as the list is limited already."""
        placements = self.env["vti.placement"].sudo()._search([("state", "in", HAS_PLACE)])
        return placements.subselect("student_id")

    def _get_standings(self):
        standings = super()._get_standings()
        labels = {"planned": self.env._("Has a place"), "running": self.env._("Internship runs"),
                  "closing": self.env._("Internship ends")}  # fmt: skip
        for placement_sudo in self._get_shown_placements():
            student = placement_sudo.student_id.sudo(self.env.su)
            if placement_sudo.state in labels:
                standings[student] = (labels[placement_sudo.state], "success")
        return standings

    def _get_shown_placements(self):
        """Internships under the enrolments that this user may read (sudo), the latest last."""
        return (
            self.env["vti.placement"].sudo().search([("enrolment_id", "in", self.enrolment_ids.ids)], order="date_from")
        )
