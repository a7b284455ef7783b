from odoo import api, fields, models

from odoo.addons.vti_bpv.tools.rounds import go_round

OF_EVENT = {"vti_events.mail_event_changed": "changed", "vti_events.mail_event_cancelled": "cancelled"}


class SpeedDate(models.Model):
    """Mails around the wishes: choose now, and for companies: it is your turn; and of a new time, or none."""

    _inherit = "vti.speed.date"

    def _tell_open(self):
        """Ask students who are coming for their wishes, and companies what they bring and look for."""
        self.ensure_one()
        coming = self.event_id.registration_ids.filtered(lambda registration: registration.state != "cancel")
        students = self.env["vti.student"].search([("partner_id", "in", coming.partner_id.ids)]).partner_id
        self._tell("open_student", students | self.student_ids.partner_id, self.env._("Choose companies"))
        self._tell("open_company", self._get_company_contacts(), self.env._("Say what you look for"))

    def _tell_companies(self, template_xmlid):
        """Tell who has a table what those who signed up are told of the event.

        :param str template_xmlid: of the mail to them
        """
        for date in self.filtered(lambda date: date.state in ("wishes", "planned", "published")):
            date._tell(OF_EVENT[template_xmlid], date._get_company_contacts(), self.env._("See the speed-date"))

    def _tell(self, name, people, label):
        self.env["vti.notice"]._post(
            f"vti_events.mail_speed_{name}", self, people, button_url=f"/my/speed-dates/{self.id}", button_label=label
        )

    @api.model
    def _cron_ask_companies(self):
        """Ask companies to choose, as soon as the wishes of students are in."""
        now = fields.Datetime.now()
        waiting = self.search(
            [("state", "=", "wishes"), ("companies_asked", "=", False), ("wish_deadline", "<=", now),
             ("company_deadline", ">", now), ("event_id.kanban_state", "!=", "cancel")]
        )  # fmt: skip
        go_round(self.env, [date._ask_companies for date in waiting], "Asking companies to choose students")

    def _ask_companies(self):
        """Tell every company that somebody wants to meet that it can choose now."""
        self.ensure_one()
        wanted = self.company_ids.filtered(lambda line: any(wish.student_rank for wish in line.wish_ids))
        self._tell("rank", self._get_contacts_of(wanted), self.env._("Choose students"))
        self.companies_asked = True
