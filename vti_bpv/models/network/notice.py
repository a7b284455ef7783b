import logging
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ...tools.rounds import go_round

_logger = logging.getLogger(__name__)

TIMEZONE = ZoneInfo("Europe/Amsterdam")
MORNING, EVENING = time(7, 30), time(21, 0)  # between these a mail that can wait may leave
GATHER_MINUTES = 10  # how long the first thing of a day waits for others
LATE_DAYS = 7  # how much later than planned a reminder still makes sense
KEEP_DAYS = 90  # how long VTI can look up what was sent
STATES = [
    ("pending", "Waiting"),
    ("sent", "Sent"),
    ("no_email", "No e-mail address"),
    ("failed", "Failed"),
]


class Notice(models.Model):
    """One thing to tell one person by mail.

    What is urgent goes at once, in a mail of its own. The rest is gathered: several things for one
    person on one day are one mail. The first of a day waits some minutes for others; who already
    got such a mail today gets the next one tomorrow morning. At night nothing leaves but what is
    urgent.
    """

    _name = "vti.notice"
    _description = "Notice"
    _order = "id desc"
    _rec_name = "subject"

    # to whom, about what
    partner_id = fields.Many2one("res.partner", "Recipient", required=True, index=True, ondelete="cascade")
    template_id = fields.Many2one("mail.template", "Text", ondelete="set null", index="btree_not_null")
    res_model = fields.Char("Model")
    res_id = fields.Many2oneReference("Record", model_field="res_model")
    # what
    subject = fields.Char(required=True)
    body = fields.Html(sanitize="email_outgoing")
    # signed for the receiver: whoever has it acts in their place
    button_url = fields.Char("Address of the button", groups="base.group_system")
    button_label = fields.Char("Button")
    urgent = fields.Boolean()
    # life
    state = fields.Selection(STATES, required=True, default="pending", readonly=True)
    due = fields.Datetime(readonly=True)
    sent_on = fields.Datetime(readonly=True)
    mail_id = fields.Many2one("mail.mail", ondelete="set null", index="btree_not_null", readonly=True)
    failure = fields.Char(readonly=True)

    _waiting = models.Index("(due) WHERE state = 'pending'")
    _sent_today = models.Index("(partner_id, sent_on) WHERE state = 'sent'")
    _old = models.Index("(create_date)")
    _about = models.Index("(res_model, res_id)")

    @api.private
    @api.model
    def _post(self, template, record, partner, button_url=None, button_label=None, urgent=False, values=None,
              sms_template=None):  # fmt: skip
        """Tell each of `partner` the text of a mail.template, rendered for `record` in their language.

        :param template: a mail.template of the record's model, or its xmlid; its body is some paragraphs
            without greeting, button or signature: the layout has those
        :param record: what it is about; `object` in the template
        :param partner: one or more res.partner; `partner` in the template
        :param str button_url: where the one button leads; a path is made absolute
        :param str button_label: its words, such as "See your application"
        :param bool urgent: send now, alone
        :param dict values: more for the template, which reads it as `values.get("name")`
        :param str sms_template: xmlid of a sms.template that students get too, where `_plan_sms` finds they may
        :return: the notices (sudo)
        """
        record.ensure_one()
        template_sudo = (self.env.ref(template) if isinstance(template, str) else template).sudo()
        notices_sudo = self.sudo()
        for person in partner:
            notices_sudo |= notices_sudo.create(
                {
                    "partner_id": person.id,
                    "template_id": template_sudo.id,
                    "res_model": record._name,
                    "res_id": record.id,
                    "button_url": self._make_absolute(button_url, record),
                    "button_label": button_label,
                    "urgent": urgent,
                    **self._render_notice(template_sudo, record, person, values or {}),
                }
            )
        notices_sudo._schedule()
        notices_sudo._plan_sms(sms_template)
        return notices_sudo

    @api.model
    def _is_reminder_due(self, record, template, partner, asked_on, days):
        """Whether it is time to send somebody a mail once more: `days` whole days after it was asked.

        Once, also where the job runs twice; and in the week after, where it didn't run that day.

        :param str template: xmlid of the mail that reminds
        :param asked_on: datetime of the question; False where nothing was asked
        """
        if not asked_on or not days <= (fields.Datetime.now() - asked_on).days < days + LATE_DAYS:
            return False
        since = asked_on + timedelta(days=days)
        told = [
            ("res_model", "=", record._name), ("res_id", "=", record.id), ("partner_id", "=", partner.id),
            ("template_id", "=", self.env.ref(template).id), "|", ("due", ">=", since), ("sent_on", ">=", since),
        ]  # fmt: skip
        return not self.sudo().search_count(told, limit=1)

    def _make_absolute(self, url, record):
        return url and (f"{record.get_base_url()}{url}" if url.startswith("/") else url)

    def _render_notice(self, template_sudo, record, partner, values):
        """Subject and body; a text that staff broke is told to staff and never stops who acts."""
        lang = partner.lang or self.env.lang or "nl_NL"
        context = {"partner": partner.sudo(), "values": values}
        # what two did at once fails here, where the platform tries again, and isn't taken for a broken text
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                rendered = {
                    field: template_sudo._render_field(
                        field, record.ids, set_lang=lang, add_context=context, options={"post_process": True}
                    )[record.id]
                    for field in ("subject", "body_html")
                }
        except OperationalError:
            raise
        except Exception as error:
            _logger.exception("Mail template %s can't be rendered for %s", template_sudo.name, record)
            return {"subject": template_sudo.name, "state": "failed", "failure": str(error)[:200]}
        return {"subject": rendered["subject"], "body": rendered["body_html"]}

    # when

    def _schedule(self):
        """Decide when each leaves: urgent ones now."""
        cron = self.env.ref("vti_bpv.cron_notice").sudo()
        for notice in self.filtered(lambda n: n.state == "pending"):
            if not notice.partner_id.email_normalized:
                notice.state = "no_email"
            elif notice.urgent:
                notice._send()
            else:
                notice.due = self._get_due(notice.partner_id, fields.Datetime.now())
                cron._trigger(at=notice.due)

    def _get_due(self, partner, now):
        """When a gathered mail to this person may leave, for something that happens now.

        :param datetime now: UTC, without time zone
        :return: UTC, without time zone
        :rtype: datetime
        """
        waiting = self.search(
            [("partner_id", "=", partner.id), ("state", "=", "pending"), ("urgent", "=", False), ("due", ">=", now)],
            order="due", limit=1,
        )  # fmt: skip
        if waiting:
            return waiting.due
        local = now.replace(tzinfo=ZoneInfo("UTC")).astimezone(TIMEZONE)
        if self._count_sent_on(partner, local.date()):
            return self._utc(local.date() + timedelta(days=1), MORNING)
        leaves = local + timedelta(minutes=GATHER_MINUTES)
        if leaves.date() > local.date() or leaves.time() >= EVENING:
            return self._utc(local.date() + timedelta(days=1), MORNING)
        if leaves.time() < MORNING:
            return self._utc(local.date(), MORNING)
        return now + timedelta(minutes=GATHER_MINUTES)

    def _utc(self, day, moment):
        local = datetime.combine(day, moment, tzinfo=TIMEZONE)
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _count_sent_on(self, partner, day):
        """Gathered mails that this person got on that day, as the Dutch clock has it."""
        begin, end = self._utc(day, time.min), self._utc(day + timedelta(days=1), time.min)
        return self.search_count(
            [("partner_id", "=", partner.id), ("state", "=", "sent"), ("urgent", "=", False),
             ("sent_on", ">=", begin), ("sent_on", "<", end)], limit=1,
        )  # fmt: skip

    # sending

    @api.model
    def _cron_send(self, batch=200):
        """Send what is due, one mail for each person; a person is done or not, never half or twice."""
        due = Domain("state", "=", "pending") & Domain("due", "<=", fields.Datetime.now())
        partners = [partner for (partner,) in self._read_group(due, ["partner_id"], limit=batch + 1)]
        go_round(
            self.env, [partial(self._send_to, partner) for partner in partners], "The mail to a person", batch,
            give_up=lambda number, error: self._give_up(partners[number], error),
        )  # fmt: skip

    def _send_to(self, partner):
        """Send one person everything that waits, unless another worker is at it or today's mail has gone."""
        waiting = self.search([("partner_id", "=", partner.id), ("state", "=", "pending")], order="id")
        if not waiting or waiting.try_lock_for_update() != waiting:
            return
        local = datetime.now(ZoneInfo("UTC")).astimezone(TIMEZONE)
        if self._count_sent_on(partner, local.date()):
            waiting.due = self._utc(local.date() + timedelta(days=1), MORNING)
            self.env.ref("vti_bpv.cron_notice").sudo()._trigger(at=waiting[0].due)
        else:
            waiting._send()

    def _give_up(self, partner, error):
        """Keep one failing person from stopping the others, or from being tried for ever."""
        try:
            with self.env.cr.savepoint():
                self.search([("partner_id", "=", partner.id), ("state", "=", "pending")]).write(
                    {"state": "failed", "failure": str(error)[:200]}
                )
        except Exception:
            _logger.exception("The notices of partner %s stay as they are", partner.id)

    def _send(self):
        """Hand these notices, all to one person, to Odoo's mail queue as one mail, and start it."""
        partner = self.partner_id
        if not partner.email_normalized:
            self.state = "no_email"
            return
        mail_sudo = self.env["mail.mail"].sudo().create(self._prepare_mail_values(partner))
        self.write({"state": "sent", "sent_on": fields.Datetime.now(), "mail_id": mail_sudo.id, "failure": False})
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def action_retry(self):
        """Send again what failed or had no address, at the next round."""
        self.check_access("write")
        again = self.filtered(lambda n: n.state in ("failed", "no_email") and not is_html_empty(n.body))
        again.write({"state": "pending", "failure": False, "mail_id": False})
        again.sudo()._schedule()

    def action_open_record(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "res_model": self.res_model, "res_id": self.res_id, "view_mode": "form",
        }  # fmt: skip

    @api.autovacuum
    def _gc_notices(self):
        """Forget what was told long ago: it holds personal data."""
        before = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.search([("create_date", "<", before), ("state", "!=", "pending")], limit=5000).unlink()
