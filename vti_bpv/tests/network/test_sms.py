from datetime import datetime
from unittest.mock import patch

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sms.tools.sms_api import SmsApi

from ...models.selection.application_notice import BY_SMS
from ...tools.mobile import PART, count_gsm, get_mobile, to_gsm
from ..common import VtiCase, VtiHttpCase

NOON = "2026-11-10 11:00:00"  # UTC; an hour later in the Netherlands
INVITED = "vti_bpv.sms_template_student_invited"


class SmsMixin:
    """A student who said yes, with the switch on; nothing ever leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(SmsApi, "_contact_iap", side_effect=AssertionError("A network call")))
        cls.settings = cls.env["ir.config_parameter"]
        cls.settings.set_param("vti_bpv.sms", "True")
        cls.student.write({"phone": "06 12345678", "sms_since": "2026-11-01 10:00:00"})
        cls.place = cls.make_vacancy(contact_id=cls.recruiter.id)
        cls.application = cls.make_application(vacancy=cls.place)
        cls.env.flush_all()

    def post(self, partner=None, urgent=False, sms_template=INVITED, record=None):
        return self.env["vti.notice"]._post(
            "vti_bpv.mail_template_student_invited", record or self.application, partner or self.student.partner_id,
            button_url="/my/applications", button_label="See it", urgent=urgent, sms_template=sms_template,
        )  # fmt: skip

    def sent(self):
        return self.env["sms.sms"].search([("partner_id", "=", self.student.partner_id.id)])


@tagged("post_install", "-at_install")
class TestSms(SmsMixin, VtiCase):
    def run_cron(self, moment):
        with self.at(moment), self.enter_registry_test_mode():
            self.env.ref("vti_bpv.cron_notice_sms").method_direct_trigger()
        self.env.invalidate_all()

    def test_at_noon(self):
        with self.at(NOON):
            notice = self.post(urgent=True)
        message = self.sent()
        self.assertEqual((message.number, message.state), ("+31612345678", "outgoing"))
        self.assertEqual((notice.sms_state, notice.sms_id, notice.sms_text), ("sent", message, False))
        self.assertIn(f"/go/{notice.sms_code}", message.body)
        self.assertIn("Hi Sam, ", message.body)

    def test_who_gets_none(self):
        """The switch, the own yes, the number, and that it is a student: each alone keeps it from being made."""
        for values, setting in (
            ({}, ""), ({}, "False"), ({"sms_since": False}, "True"), ({"phone": "030 1234567"}, "True"),
            ({"phone": False}, "True"), ({"phone": "+32 470 12 34 56"}, "True"), ({"active": False}, "True"),
        ):  # fmt: skip
            with self.subTest(values=values, setting=setting), self.at(NOON):
                self.student.write({"phone": "06 12345678", "sms_since": NOON, "active": True, **values})
                self.settings.set_param("vti_bpv.sms", setting)
                notice = self.post(urgent=True)
                self.assertEqual((notice.sms_state, notice.sms_code), (False, False))
        self.settings.set_param("vti_bpv.sms", "True")
        self.recruiter.phone = "06 12345678"
        with self.at(NOON):
            self.assertFalse(self.post(self.recruiter, urgent=True).sms_state)
            self.assertFalse(self.post(urgent=True, sms_template=None).sms_state)
        self.assertFalse(self.env["sms.sms"].search([]))

    def test_never_at_night(self):
        """Summer time ends on 25 October 2026 and begins on 28 March 2027."""
        for moment, due in (
            ("2026-11-10 18:59:59", None), ("2026-11-10 19:00:00", "2026-11-11 07:00:00"),
            ("2026-11-11 06:59:59", "2026-11-11 07:00:00"), ("2026-11-11 07:00:00", None),
            ("2026-10-24 17:59:59", None), ("2026-10-24 18:00:00", "2026-10-25 07:00:00"),
            ("2026-10-25 06:59:59", "2026-10-25 07:00:00"), ("2027-03-27 19:00:00", "2027-03-28 06:00:00"),
            ("2027-03-28 05:59:59", "2027-03-28 06:00:00"), ("2027-03-28 06:00:00", None),
        ):  # fmt: skip
            with self.subTest(moment=moment), self.at(moment):
                notice = self.post(urgent=True)
                self.assertEqual(notice.sms_state, "waiting" if due else "sent")
                self.assertEqual(str(notice.sms_due), due or moment)

    def test_in_the_morning(self):
        with self.at("2026-11-10 21:00:00"):
            notice = self.post(urgent=True)
        self.run_cron("2026-11-11 06:59:59")
        self.assertEqual((notice.sms_state, len(self.sent())), ("waiting", 0))
        self.run_cron("2026-11-11 07:00:00")
        self.assertEqual((notice.sms_state, len(self.sent())), ("sent", 1))
        self.run_cron("2026-11-11 07:05:00")
        self.assertEqual(len(self.sent()), 1)

    def test_a_late_job_waits_for_the_next_morning(self):
        with self.at("2026-11-10 21:00:00"):
            notice = self.post(urgent=True)
        self.run_cron("2026-11-11 19:00:00")
        self.assertEqual((notice.sms_state, str(notice.sms_due)), ("waiting", "2026-11-12 07:00:00"))

    def test_what_changed_overnight_isnt_sent(self):
        ready = {"phone": "06 12345678", "sms_since": NOON}
        for change in (
            lambda: self.application.write({"meeting_at": "2026-11-20 10:00:00"}),
            self.student._stop_sms,
            lambda: self.settings.set_param("vti_bpv.sms", ""),
            lambda: self.student.write({"phone": "030 1234567"}),
            self.application.unlink,
        ):
            self.student.write(ready)
            self.settings.set_param("vti_bpv.sms", "True")
            with self.at("2026-11-10 21:00:00"):
                notice = self.post(urgent=True)
            self.assertEqual(notice.sms_state, "waiting")
            change()
            self.run_cron("2026-11-11 07:00:00")
            self.assertEqual((notice.sms_state, len(self.sent())), ("dropped", 0))

    def test_one_a_day_unless_urgent(self):
        with self.at(NOON):
            first, second, third = self.post(), self.post(), self.post()
            urgent = self.post(urgent=True)
            other = self.env["res.partner"]
            self.other_student.write({"phone": "06 87654321", "sms_since": NOON})
            other = self.post(self.other_student.partner_id)
        self.assertEqual(first.sms_state, "sent")
        self.assertEqual(str(second.sms_due), "2026-11-11 07:00:00")
        self.assertFalse(third.sms_state, "one waits already")
        self.assertEqual((urgent.sms_state, other.sms_state), ("sent", "sent"))
        self.run_cron("2026-11-11 07:00:00")
        self.assertEqual(second.sms_state, "sent")

    def test_what_it_says(self):
        """One part of GSM-7 in both languages, with the longest name and address, and nothing else of the student."""
        self.student.name = "Wolfgangamadeus-Zoë de Vries-van der Zandstra"
        self.settings.set_param("web.base.url", "https://stages.vereniging-vti.example.org")
        self.application.write({"offer_until": "2026-11-20", "state": "offered"})
        card = self.env["vti.exchange.interest"].new({"state": "asked"})
        templates = self.env["sms.template"].search([("name", "=like", "Student:%")])
        self.assertEqual(
            templates,
            self.env["sms.template"].concat(
                *(self.env.ref(f"vti_bpv.sms_template_student_{name}") for name in BY_SMS),
                *(self.env.ref(f"vti_bpv.sms_template_exchange_{name}") for name in ("asked", "remind")),
            ).sorted("id"),
        )  # fmt: skip
        self.assertTrue(card)
        for lang in ("en_US", "nl_NL"):
            self.student.partner_id.lang = lang
            for template in templates:
                with self.subTest(lang=lang, template=template.name), self.at("2026-11-10 21:00:00"):
                    notice = self.post(urgent=True, sms_template=template.get_external_id()[template.id])
                    self.assertTrue(notice.sms_text)
                    self.assertLessEqual(count_gsm(notice.sms_text), PART, notice.sms_text)
                    self.assertEqual(notice.sms_text, to_gsm(notice.sms_text))
                    for secret in ("Vries", "12345678", self.company.name, self.school.name, self.place.name):
                        self.assertNotIn(secret, notice.sms_text)

    @mute_logger("odoo.addons.vti_bpv.models.network.notice_sms", "odoo.addons.mail.models.mail_render_mixin")
    def test_a_broken_text_stops_nobody(self):
        self.env.ref("vti_bpv.sms_template_student_invited").body = "{{ object.nothing_such }}"
        with self.at(NOON):
            notice = self.post(urgent=True)
        self.assertEqual((notice.state, notice.sms_state), ("sent", False))
        with self.at(NOON):
            self.assertEqual(self.post(urgent=True, sms_template="vti_bpv.no_such_text").state, "sent")

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_a_failure_is_shown_to_staff(self):
        with self.at(NOON):
            notice = self.post(urgent=True)
        with patch.object(SmsApi, "_contact_iap", side_effect=ValueError("down")):
            self.sent().send()
        self.assertEqual(notice.with_user(self.user_vti).sms_failure, "sms_server")
        self.assertEqual(self.env["vti.notice"].with_user(self.user_vti).search([("sms_failure", "!=", False)]), notice)
        notice.with_user(self.user_vti_coordinator).action_retry_sms()
        self.assertEqual(self.sent().state, "outgoing")

    def test_what_tells_students(self):
        """The events that reach a student by text message too."""
        self.application.with_user(self.user_company).action_invite("2099-01-05 10:00:00", "visit")
        self.application.with_user(self.user_company).action_offer("2035-02-01", "2035-06-01")
        other = self.make_application(vacancy=self.make_vacancy())
        other._lapse()
        told = self.env["vti.notice"].search([("partner_id", "=", self.student.partner_id.id)], order="id")
        texts = {notice.template_id.get_external_id()[notice.template_id.id]: bool(notice.sms_state) for notice in told}
        self.assertEqual(
            {name.partition("mail_template_")[2]: told for name, told in texts.items()},
            {"student_invited": True, "student_offered": True, "student_lapsed": True, "exchange_invite": False},
        )

    def test_yes_and_no_are_the_students(self):
        mine = self.student.with_user(self.user_student)
        mine.action_save_profile({"sms_ok": False})
        self.assertFalse(self.student.sms_since)
        mine.action_save_profile({"sms_ok": True})
        self.assertTrue(self.student.sms_since)
        mine.action_save_profile({"headline": "Hello"})
        self.assertTrue(self.student.sms_since)
        with self.assertRaises(UserError):
            mine.action_save_profile({"phone": "030 1234567", "sms_ok": True})
        mine.action_save_profile({"sms_ok": False})
        self.settings.set_param("vti_bpv.sms", "")
        mine.action_save_profile({"sms_ok": True})
        self.assertFalse(self.student.sms_since)

    def test_numbers(self):
        for text, number in (
            ("06 12345678", "+31612345678"), ("+31 6 1234 5678", "+31612345678"), ("0031612345678", "+31612345678"),
            ("06-12 34 56 78", "+31612345678"), ("030 1234567", ""), ("+32 470 12 34 56", ""), ("0612345", ""),
            ("", ""), (None, ""), ("bel me", ""), ("0900 1234", ""),
        ):  # fmt: skip
            self.assertEqual(get_mobile(text), number, text)
        self.assertEqual(to_gsm("Zoë – ‘ł’ €5 日"), "Zoe - 'l' €5 ")
        self.assertEqual(count_gsm("€5"), 3)


@tagged("post_install", "-at_install")
class TestSmsPages(SmsMixin, VtiHttpCase):
    def test_short_address_leads_on_without_a_log_in(self):
        with self.at(datetime.now().replace(hour=11)):
            self.application._tell_student("invited", urgent=True)
        notice = self.env["vti.notice"].search([("partner_id", "=", self.student.partner_id.id)])
        self.authenticate(None, None)
        answer = self.url_open(f"/go/{notice.sms_code}", allow_redirects=False)
        self.assertEqual((answer.status_code, answer.headers["Location"]), (303, notice.button_url))
        page = self.url_open(f"/go/{notice.sms_code}")
        self.assertIn("Stop text messages", page.text)
        form = {"csrf_token": http.Request.csrf_token(self)}
        path = notice.button_url.replace(notice.get_base_url(), "")
        self.assertEqual(self.url_open(f"{path}/sms_stop", data=form, allow_redirects=False).status_code, 303)
        self.assertFalse(self.student.sms_since)
        self.assertNotIn("Stop text messages", self.url_open(path).text)
        for code in ("x", "%00", notice.sms_code.swapcase()):
            self.assertIn(self.url_open(f"/go/{code}", allow_redirects=False).status_code, (404, 410), code)

    def test_profile(self):
        self.authenticate(self.user_student.login, self.user_student.login)
        self.assertIn('name="sms_ok"', self.url_open("/my/profile").text)
        form = {"csrf_token": http.Request.csrf_token(self), "phone": "030 1234567", "sms_ok": "1", "headline": "Typed"}
        answer = self.url_open("/en/my/profile/save", data=form)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Dutch mobile number", answer.text)
        self.assertIn("Typed", answer.text)
        del form["sms_ok"]
        self.url_open("/my/profile/save", data=form)
        self.assertFalse(self.student.sms_since)
        self.settings.set_param("vti_bpv.sms", "")
        self.assertNotIn('name="sms_ok"', self.url_open("/my/profile").text)
