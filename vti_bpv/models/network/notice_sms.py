import logging
import re
import secrets
from datetime import time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.mobile import to_gsm
from ...tools.rounds import go_round
from .notice import KEEP_DAYS, TIMEZONE

_logger = logging.getLogger(__name__)

FIRST, LAST = time(8), time(20)  # from the first, and before the last, a telephone may buzz
CODE_BYTES = 9  # of chance in the short address: 72 bits
_CODE = re.compile(r"[A-Za-z0-9_-]{12}\Z")
NAME_LENGTH = 15  # of a first name
SMS_STATES = [("waiting", "Waiting"), ("sent", "Handed over"), ("dropped", "Not sent")]


class Notice(models.Model):
    """What can't wait for a student to read the mail is told by text message too.

    Here alone it is decided whether: VTI has switched it on, the student has said yes to it and gave a Dutch
    mobile number. Never at night, and once a day but for what is urgent. The message has the first name and a short
    address, which leads where the button of the mail leads. Sending and what fails is Odoo's (`sms.sms`).
    """

    _inherit = "vti.notice"

    sms_state = fields.Selection(SMS_STATES, "Text message", readonly=True)
    sms_due = fields.Datetime("Text message at", readonly=True)
    sms_id = fields.Many2one("sms.sms", ondelete="set null", index="btree_not_null", readonly=True)
    sms_failure = fields.Selection(related="sms_id.failure_type", string="Why no text message")
    sms_stamp = fields.Char(readonly=True, help="How the record was; a message about what has changed isn't sent.")
    # who has these acts in the student's place
    sms_text = fields.Char(groups="base.group_system")
    sms_code = fields.Char(groups="base.group_system")

    _sms_code = models.UniqueIndex("(sms_code) WHERE sms_code IS NOT NULL")
    _sms_waiting = models.Index("(sms_due) WHERE sms_state = 'waiting'")
    _sms_of_day = models.Index("(partner_id, sms_due) WHERE sms_state IS NOT NULL")

    @api.model
    def _is_sms_on(self):
        return self.env["ir.config_parameter"].sudo().get_param("vti_bpv.sms") in ("True", "1")

    # planning

    def _plan_sms(self, template):
        """Tell these by text message too, where one may; a text that staff broke never stops who acts.

        :param str template: xmlid of a sms.template of the record's model
        """
        if not template or not self._is_sms_on():
            return
        self.env.flush_all()
        for notice in self.filtered("button_url"):
            try:
                with self.env.cr.savepoint():
                    notice._plan_one_sms(self.env.ref(template).sudo())
            except OperationalError:
                raise
            except Exception:
                _logger.exception("The text message %s can't be made for notice %s", template, notice.id)

    def _plan_one_sms(self, template_sudo):
        due = self._get_sms_number() and self._get_sms_due(fields.Datetime.now())
        if not due:
            return
        record = self._get_sms_record()
        self.sms_code = secrets.token_urlsafe(CODE_BYTES)
        values = {
            "first_name": to_gsm((self.partner_id.name or "").split(" ")[0])[:NAME_LENGTH],
            "link": f"{record.get_base_url()}/go/{self.sms_code}",
        }
        text = template_sudo._render_field(
            "body", record.ids, set_lang=self.partner_id.lang or self.env.lang or "nl_NL", add_context=values
        )[record.id]
        self.write({
            "sms_text": to_gsm(str(text)), "sms_due": due, "sms_state": "waiting",
            "sms_stamp": self._get_sms_stamp(),
        })  # fmt: skip
        if due <= fields.Datetime.now():
            self._send_sms()
        else:
            self.env.ref("vti_bpv.cron_notice_sms").sudo()._trigger(at=due)

    def _get_sms_record(self):
        return self.env[self.res_model].sudo().browse(self.res_id).exists()

    def _get_sms_stamp(self):
        """What a waiting message is about, in short; another one means that it isn't so any more."""
        record_sudo = self._get_sms_record()
        if not record_sudo:
            return ""
        if hasattr(record_sudo, "_get_notice_stamp"):
            return record_sudo._get_notice_stamp()
        return str(record_sudo.state) if "state" in record_sudo._fields else ""

    def _get_sms_number(self):
        """The number to send to; "" where this person isn't a student, didn't say yes or has no mobile number."""
        student_sudo = self.env["vti.student"].sudo().search([("partner_id", "=", self.partner_id.id)], limit=1)
        return student_sudo._get_sms_number() if student_sudo else ""

    def _get_sms_due(self, now):
        """When this message may leave, for something that happens now.

        :param datetime now: UTC, without time zone
        :return: UTC, without time zone; None where one that can wait waits already
        """
        due = self._leave_night(now)
        if self.urgent:
            return due
        if self._get_sms_of_person(("waiting",)).filtered(lambda notice: not notice.urgent):
            return None
        day = self._get_local_day(due)
        return self._utc(day + timedelta(days=1), FIRST) if self._has_sms_on(day) else due

    def _leave_night(self, now):
        """The first moment from now on that isn't at night, as the Dutch clock has it."""
        local = now.replace(tzinfo=ZoneInfo("UTC")).astimezone(TIMEZONE)
        if local.time() < FIRST:
            return self._utc(local.date(), FIRST)
        if local.time() >= LAST:
            return self._utc(local.date() + timedelta(days=1), FIRST)
        return now

    @api.model
    def _get_local_day(self, moment):
        return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(TIMEZONE).date()

    def _get_sms_of_person(self, states, *domain):
        return self.search([("partner_id", "=", self.partner_id.id), ("sms_state", "in", states), *domain])

    def _has_sms_on(self, day, states=("waiting", "sent")):
        begin, end = self._utc(day, time.min), self._utc(day + timedelta(days=1), time.min)
        return bool(self._get_sms_of_person(states, ("sms_due", ">=", begin), ("sms_due", "<", end)))

    # sending

    @api.model
    def _cron_send_sms(self, batch=200):
        """Hand over what waited for the morning, person by person."""
        due = Domain("sms_state", "=", "waiting") & Domain("sms_due", "<=", fields.Datetime.now())
        partners = [partner for (partner,) in self._read_group(due, ["partner_id"], limit=batch + 1)]
        go_round(
            self.env, [partial(self._send_sms_to, partner) for partner in partners], "The text to a person", batch,
            give_up=lambda number, error: self._drop_sms_of(partners[number]),
        )  # fmt: skip

    def _send_sms_to(self, partner):
        waiting = self.search(
            [("partner_id", "=", partner.id), ("sms_state", "=", "waiting"), ("sms_due", "<=", fields.Datetime.now())],
            order="urgent DESC, id DESC",
        )  # fmt: skip
        for notice in waiting.try_lock_for_update():
            notice._send_waiting_sms()

    def _send_waiting_sms(self):
        """Send it now, unless it is night again, one went today already, or what it says isn't so any more."""
        now = fields.Datetime.now()
        due = self._leave_night(now)
        if due > now and self._is_sms_on():
            self.sms_due = due
            self.env.ref("vti_bpv.cron_notice_sms").sudo()._trigger(at=due)
        elif (
            not self._is_sms_on()
            or not self._get_sms_number()
            or self._get_sms_stamp() != self.sms_stamp
            or (not self.urgent and self._has_sms_on(self._get_local_day(now), ("sent",)))
        ):
            self._drop_sms()
        else:
            self._send_sms()

    def _drop_sms_of(self, partner):
        self.search([("partner_id", "=", partner.id), ("sms_state", "=", "waiting")])._drop_sms()

    def _drop_sms(self):
        self.write({"sms_state": "dropped", "sms_text": False})

    def _send_sms(self):
        """Hand it to Odoo's queue of text messages."""
        sms_sudo = self.env["sms.sms"].sudo().create(
            {"number": self._get_sms_number(), "body": self.sms_text, "partner_id": self.partner_id.id}
        )  # fmt: skip
        self.write({"sms_state": "sent", "sms_due": fields.Datetime.now(), "sms_id": sms_sudo.id, "sms_text": False})

    def action_retry_sms(self):
        """Send again what the provider refused."""
        self.check_access("write")
        failed_sudo = self.sudo().sms_id.filtered(lambda sms: sms.state == "error")
        failed_sudo.action_set_outgoing()
        if failed_sudo:
            self.env.ref("sms.ir_cron_sms_scheduler_action").sudo()._trigger()

    # the short address

    @api.model
    @api.private
    def _find_button(self, code):
        """Where a short address leads: a path or address; "" where it is false or too old."""
        if not _CODE.match(code or ""):
            return ""
        notice_sudo = self.sudo().search([("sms_code", "=", code)], limit=1)
        return notice_sudo.button_url or ""

    @api.autovacuum
    def _gc_sms(self):
        """Forget what the provider refused; Odoo forgets what was sent."""
        before = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.env["sms.sms"].sudo().search([("create_date", "<", before)], limit=5000).unlink()
