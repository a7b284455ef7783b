from datetime import datetime
from unittest.mock import patch

from odoo.addons.mail.tests.common import MailCase

from ..common import VtiCase

NOON = "2026-11-10 11:00:00"  # in winter Amsterdam is an hour ahead of this


class NoticeCase(VtiCase, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_odoo = cls.env.company
        cls.company_odoo.email = "info@vti.example.org"
        cls.template = cls.env["mail.template"].create(
            {"name": "Test", "model_id": cls.env["ir.model"]._get_id("vti.season"),
             "subject": "News of {{ object.name }}",
             "body_html": "<p>For <t t-out='partner.name'/>: <t t-out=\"values.get('what')\"/></p>"}
        )  # fmt: skip
        cls.env["ir.model.data"].create(
            {"module": "vti_bpv", "name": "mail_test", "model": "mail.template", "res_id": cls.template.id}
        )
        cls.notices = cls.env["vti.notice"]

    def post(self, partner=None, what="a", **options):
        return self.notices._post(
            "vti_bpv.mail_test", self.season, partner or self.student.partner_id, button_url="/my",
            button_label="See it", values={"what": what}, **options,
        )  # fmt: skip

    def run_cron(self, moment):
        """Run the cron as at that moment; gives the mails it made."""
        before = self.env["mail.mail"].search([])
        with self.at(moment), self.enter_registry_test_mode():
            self.env.ref("vti_bpv.cron_notice").method_direct_trigger()
        self.env.invalidate_all()
        return self.env["mail.mail"].search([]) - before


class TestNotice(NoticeCase):
    def test_urgent_goes_at_once_and_alone(self):
        with self.at(NOON):
            self.post()
            urgent = self.post(what="b", urgent=True)
        self.assertEqual(urgent.state, "sent")
        self.assertEqual(urgent.mail_id.recipient_ids, self.student.partner_id)
        self.assertEqual(urgent.mail_id.state, "outgoing")
        self.assertNotIn("a</p>", urgent.mail_id.body_html)
        self.assertEqual(self.notices.search_count([("state", "=", "pending")]), 1)

    def test_several_things_are_one_mail(self):
        with self.at(NOON):
            first = self.post(what="one")
            other = self.post(self.other_student.partner_id, what="other")
        with self.at("2026-11-10 11:09:00"):
            second = self.post(what="two")
        self.assertEqual(first.due, datetime(2026, 11, 10, 11, 10))
        self.assertEqual(second.due, first.due, "joins what waits")
        self.assertFalse(self.run_cron("2026-11-10 11:09:59"))
        mails = self.run_cron("2026-11-10 11:10:00")
        self.assertEqual(mails.recipient_ids, self.student.partner_id | self.other_student.partner_id)
        self.assertEqual(len(mails), 2)
        self.assertEqual((first + second).mail_id.subject, f"News of {self.season.name}, and 1 more")
        self.assertEqual(other.mail_id.subject, f"News of {self.season.name}")
        body = first.mail_id.body_html
        self.assertEqual((body.count(": one<"), body.count(": two<"), body.count("See it")), (1, 1, 2))
        self.assertFalse(self.run_cron("2026-11-10 11:10:01"), "nothing goes twice")

    def test_a_second_mail_waits_for_tomorrow(self):
        with self.at(NOON):
            self.post()
        self.assertEqual(len(self.run_cron("2026-11-10 11:10:00")), 1)
        with self.at("2026-11-10 12:00:00"):
            later = self.post(what="b")
        self.assertEqual(later.due, datetime(2026, 11, 11, 6, 30), "7:30 in the morning in Amsterdam")
        self.assertFalse(self.run_cron("2026-11-11 06:29:59"))
        self.assertEqual(len(self.run_cron("2026-11-11 06:30:00")), 1)

    def test_the_day_is_the_dutch_day(self):
        with self.at("2026-11-10 19:40:00"):
            self.post()
        self.assertEqual(len(self.run_cron("2026-11-10 19:50:00")), 1)
        # 22:59 and 23:00 UTC are 23:59 and 0:00 in Amsterdam
        with self.at("2026-11-10 22:59:59"):
            self.assertEqual(self.post().due, datetime(2026, 11, 11, 6, 30))
        with self.at("2026-11-10 23:00:00"):
            self.assertEqual(self.post(self.recruiter).due, datetime(2026, 11, 11, 6, 30))
        with self.at("2026-07-01 06:00:00"):  # summer: 8:00
            self.assertEqual(self.post(self.coordinator).due, datetime(2026, 7, 1, 6, 10))
        with self.at("2026-07-01 05:19:00"):  # 7:19, leaves 7:29: too early
            self.assertEqual(self.post(self.other_coordinator).due, datetime(2026, 7, 1, 5, 30))

    def test_nothing_leaves_in_the_evening(self):
        with self.at("2026-11-10 19:49:59"):
            self.assertEqual(self.post().due, datetime(2026, 11, 10, 19, 59, 59))
        with self.at("2026-11-10 19:50:00"):
            self.assertEqual(self.post(self.recruiter).due, datetime(2026, 11, 11, 6, 30))

    def test_one_failing_person_does_not_stop_the_others(self):
        with self.at(NOON):
            bad, good = self.post(), self.post(self.recruiter)
        render = type(self.notices)._render_mail

        def fail(notices, partner):
            if partner == self.student.partner_id:
                raise ValueError("no such thing")
            return render(notices, partner)

        with patch.object(type(self.notices), "_render_mail", fail), self.assertLogs("odoo.addons.vti_bpv", "ERROR"):
            mails = self.run_cron("2026-11-10 12:00:00")
        self.assertEqual(mails.recipient_ids, self.recruiter)
        self.assertEqual((bad.state, bad.failure, good.state), ("failed", "no such thing", "sent"))

    def test_a_broken_text_does_not_stop_who_acts(self):
        self.template.body_html = "<p><t t-out=\"1 // (1 - ('what' in values))\"/></p>"
        with self.assertLogs("odoo.addons.vti_bpv", "ERROR"), self.at(NOON):
            notice = self.post()
        self.assertEqual(notice.state, "failed")
        self.assertFalse(self.run_cron("2026-11-10 12:00:00"))

    def test_without_address_vti_sees_it_and_can_send_it_later(self):
        self.student.partner_id.email = False
        with self.at(NOON):
            notice = self.post(urgent=True)
            self.assertEqual((notice.state, notice.mail_id.id), ("no_email", False))
            self.student.partner_id.email = "sam@example.org"
            notice.with_user(self.user_vti_coordinator).action_retry()
        self.assertEqual(notice.state, "sent")

    def test_a_mail_that_bounces_at_once_is_seen(self):
        with self.at(NOON):
            notice = self.post(urgent=True)
        notice.mail_id._postprocess_sent_message([], [], failure_reason="refused", failure_type="mail_smtp")
        self.assertEqual((notice.state, notice.failure), ("failed", "refused"))

    def test_old_notices_are_forgotten(self):
        with self.at(NOON):
            notice, waiting = self.post(urgent=True), self.post()
        self.env.flush_all()
        self.env.cr.execute("UPDATE vti_notice SET create_date = '2026-08-12 10:59:59'")
        self.env.invalidate_all()
        with self.at("2026-11-10 10:59:59"):
            self.notices._gc_notices()
            self.assertTrue(notice.exists(), "ninety days to the second")
        with self.at("2026-11-10 11:00:01"):
            self.notices._gc_notices()
        self.assertEqual((notice | waiting).exists(), waiting)


class TestMail(NoticeCase):
    def send(self, **options):
        with self.at(NOON), self.mock_mail_gateway():
            self.post(urgent=True, **options).mail_id.send()
        (mail,) = self._mails
        return mail

    def test_the_receivers_language(self):
        self.template.with_context(lang="nl_NL").subject = "Nieuws van {{ object.name }}"
        self.student.partner_id.lang = "nl_NL"
        with self.at(NOON):
            dutch = self.post(urgent=True)
            self.recruiter.lang = "en_US"
            english = self.post(self.recruiter, urgent=True)
        self.assertEqual(dutch.mail_id.subject, f"Nieuws van {self.season.name}")
        self.assertEqual(english.mail_id.subject, f"News of {self.season.name}")
        self.assertIn('lang="nl-NL"', dutch.mail_id.body_html)

    def test_it_is_of_vti_and_can_be_read_without_html(self):
        self.student.partner_id.lang = "en_US"
        self.template.body_html = str(self.template.body_html) + "<ul><li>shoes</li><li>pass</li></ul>"
        mail = self.send(what="Come <b>&</b> see")
        self.assertIn("info@vti.example.org", mail["reply_to"])
        for words in ("Odoo", "odoo.com", "Powered by"):
            self.assertNotIn(words, mail["body"])
        url = f"{self.season.get_base_url()}/my"
        self.assertEqual(mail["body"].count(f'href="{url}"'), 1)
        self.assertIn("Come &lt;b&gt;&amp;&lt;/b&gt; see", mail["body"])
        text = mail["body_alternative"]
        self.assertIn(f"See it:\n{url}", text)
        self.assertTrue(text.startswith(f"Hello {self.student.partner_id.name},\n\n"), text)
        self.assertIn("- shoes\n- pass", text)
        self.assertNotIn("<p", text)

    def test_mails_that_go_at_once_have_the_frame(self):
        by_itself = self.env["mail.template"].search([("email_from", "!=", False), ("model", "=like", "vti.%")])
        names = ("vti_bpv.mail_template_portal_invitation", "vti_bpv.mail_template_saved_places")
        by_itself += self.env["mail.template"].concat(*map(self.env.ref, names))
        self.assertGreater(len(by_itself), 6)
        bare = by_itself.filtered(lambda template: template.email_layout_xmlid != "mail.mail_notification_light")
        self.assertEqual(bare.mapped("name"), [])

    def test_odoos_own_mails_have_the_frame(self):
        for layout in ("mail.mail_notification_light", "mail.mail_notification_layout"):
            with self.mock_mail_gateway():
                self.template.send_mail(
                    self.season.id, force_send=True, email_layout_xmlid=layout,
                    email_values={"recipient_ids": [(4, self.recruiter.id)]},
                )  # fmt: skip
            (mail,) = self._mails
            self.assertIn("vti-mail-card", mail["body"])
            self.assertNotIn("odoo.com", mail["body"])
