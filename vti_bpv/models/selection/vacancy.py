from odoo import fields, models

from .application import OPEN_STATES


class Vacancy(models.Model):
    _inherit = "vti.vacancy"

    application_ids = fields.One2many("vti.application", "vacancy_id", "Applications", groups="vti_bpv.group_user")
    application_count = fields.Integer(compute="_compute_application_count", groups="vti_bpv.group_user")

    def _compute_application_count(self):
        counts = dict(
            self.env["vti.application"]._read_group([("vacancy_id", "in", self.ids)], ["vacancy_id"], ["__count"])
        )
        for vacancy in self:
            vacancy.application_count = counts.get(vacancy, 0)

    def _portal_readable_fields(self):
        return super()._portal_readable_fields() - {"application_ids", "application_count"}

    def _count_candidates(self, places):
        """How many applied and how many wait, as far as the current user may see them."""
        counts = {}
        for place, state, count in self.env["vti.application"]._read_group(
            [("vacancy_id", "in", places.ids)], ["vacancy_id", "state"], ["__count"]
        ):
            total, waiting, url = counts.get(place.id, (0, 0, f"/my/candidates?place={place.id}"))
            counts[place.id] = (total + count, waiting + count * (state == "submitted"), url)
        return counts

    def action_open_applications(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("vti_bpv.vti_application_action")
        return action | {"domain": [("vacancy_id", "=", self.id)], "context": {"default_vacancy_id": self.id}}

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("closed", "filled", "expired"):
            for vacancy_sudo in self.sudo():
                vacancy_sudo._close_open_applications(vals["state"])
        return result

    def _on_offline(self):
        """Tell who applied or saved that a place went offline; an application for a paused one stays as it is."""
        result = super()._on_offline()
        paused = self.filtered(lambda v: v.state == "paused")
        domain = [("vacancy_id", "in", paused.ids), ("state", "in", ("submitted", "invited"))]
        for application_sudo in self.env["vti.application"].sudo().search(domain):
            application_sudo._tell_student("offline")
        # a pause of the company's own has an end: they hear when it doesn't
        resting = paused.filtered(lambda v: v.paused_reason == "company")
        self.env["vti.favourite"]._tell_gone(resting, "vti_bpv.mail_template_saved_paused")
        self.env["vti.favourite"]._tell_gone(self - resting)
        return result

    def _close_open_applications(self, end_kind):
        """Tell everybody who still waits for this place that it is gone.

        :param str end_kind: filled, closed or expired
        """
        self.ensure_one()
        reason = self.env.ref(f"vti_bpv.refusal_reason_{end_kind}", raise_if_not_found=False)
        waiting = self.env["vti.application"].search([("vacancy_id", "=", self.id), ("state", "in", OPEN_STATES)])
        for application in waiting:
            application._end("refused", end_kind, refusal_reason_id=reason.id if reason else False)
            application._tell_student(end_kind)

    def _mail_to_visitor(self, email):
        """Mail this place to an address that is kept nowhere but in the mail itself."""
        self.ensure_one()
        template_sudo = self.env.ref("vti_bpv.mail_template_place").sudo().with_context(lang=self.env.lang)
        template_sudo.send_mail(self.id, force_send=True, email_values={"email_to": email, "recipient_ids": []})

    def _get_similar_url(self):
        """Where places of the same trade are listed."""
        self.ensure_one()
        return f"/stages?trade={self.trade_id.id}" if self.trade_id else "/stages"
