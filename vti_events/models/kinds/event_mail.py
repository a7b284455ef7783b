import base64

from odoo import fields, models

WATCHED = ("date_begin", "date_end", "address_id", "event_url")


class EventMail(models.Model):
    """Mails that an event sends by itself: VTI's own go in VTI's frame."""

    _inherit = "event.mail"

    def _send_mail(self, registrations):
        template = self.template_ref
        if not template.event_button:
            return super()._send_mail(registrations)
        return registrations._tell(template)


class EventRegistration(models.Model):
    """What somebody who signed up is told."""

    _inherit = "event.registration"

    event_when = fields.Char(compute="_compute_event_words")
    event_where = fields.Char(compute="_compute_event_words")
    survey_input_ids = fields.One2many("survey.user_input", "registration_id")

    def _compute_event_words(self):
        for registration in self:
            event = registration.event_id
            registration.event_when = event._get_when()
            registration.event_where = event.event_url or ", ".join(filter(None, event._get_place()))

    def _tell(self, template):
        """Send each of these people the text of a template about their registration."""
        if template.event_button == "survey":
            self = self._filter_asked()  # noqa: PLW0642
        for registration in self.sudo():
            person = registration.partner_id
            if person:
                url, label = registration.with_context(lang=person.lang)._get_button(template)
                self.env["vti.notice"]._post(
                    template, registration, person,
                    button_url=url, button_label=label, urgent=True,
                )  # fmt: skip
            elif registration.email:
                registration._tell_visitor(template)

    def _filter_asked(self):
        """Who is asked how it was: who was there, or everybody where nobody was checked in."""
        asked = self.filtered("event_id.survey_id")
        groups = self.env["event.registration"]._read_group(
            [("event_id", "in", asked.event_id.ids), ("state", "=", "done")], ["event_id"]
        )
        counted = self.env["event.event"].union(*[event for (event,) in groups])
        return asked.filtered(lambda r: r.state == "done" or (r.state == "open" and r.event_id not in counted))

    def _get_button(self, template):
        """Address and words of the one button."""
        if template.event_button == "survey":
            return self._get_survey_link(), self.env._("Answer the questions")
        if template.event_button == "registration":
            return self._get_link(), self.env._("See or cancel")
        return "/event", self.env._("See all events")

    def _tell_visitor(self, template):
        """Mail somebody whom we know by address only."""
        self.env["vti.notice"].sudo()._mail_address(template, self, *self._get_button(template))


class Notice(models.Model):
    _inherit = "vti.notice"

    def _prepare_mail_values(self, partner):
        """Add the date as a file to mails about a registration."""
        values = super()._prepare_mail_values(partner)
        files = [
            (0, 0, {"name": "vti.ics", "mimetype": "text/calendar", "datas": base64.b64encode(text.encode())})
            for text in self._get_calendars()
        ]
        return values | {"attachment_ids": files} if files else values

    def _mail_address(self, template, record, url, label):
        """Mail somebody whom we know by `name` and `email` of a record only, at once and like a notice."""
        person = self.env["res.partner"].new(
            {"name": record.name, "email": record.email, "lang": self.env.lang or "nl_NL"}
        )
        values = self._render_notice(template.sudo(), record, person, {})
        if values.get("state") == "failed":
            return
        notice = self.new(
            {**values, "template_id": template.id, "button_url": self._make_absolute(url, record),
             "button_label": label, "res_model": record._name, "res_id": record.id}
        )  # fmt: skip
        mail = notice._prepare_mail_values(person) | {"recipient_ids": [], "email_to": record.email}
        self.env["mail.mail"].sudo().create(mail)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _get_calendars(self):
        for notice in self:
            if notice.template_id.attach_calendar and notice.res_model == "event.registration":
                yield self.env["event.registration"].sudo().browse(notice.res_id).event_id._get_ics(with_call=True)


class EventEvent(models.Model):
    """What who signed up is told when it changes or is called off."""

    _inherit = "event.event"

    def write(self, vals):
        before = {event: [event[name] for name in WATCHED] for event in self}
        running = self.filtered(lambda event: event.kanban_state != "cancel")
        result = super().write(vals)
        if {"kanban_state", "stage_id", *WATCHED} & set(vals):
            for event in running.filtered(lambda e: e.date_end > fields.Datetime.now() and e.is_published):
                if event.kanban_state == "cancel":
                    event._tell_all("vti_events.mail_event_cancelled")
                elif [event[name] for name in WATCHED] != before[event]:
                    event._tell_all("vti_events.mail_event_changed")
        return result

    def _tell_all(self, template_xmlid):
        coming = self.sudo().registration_ids.filtered(lambda registration: registration.state == "open")
        coming._tell(self.env.ref(template_xmlid).sudo())
