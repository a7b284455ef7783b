"""What an update brings to a database that was made before."""

from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged

GROUPS = ("vti_bpv.group_coordinator", "mail.group_mail_template_editor")


@tagged("post_install", "-at_install")
class TestUpgrade(TransactionCase):
    def _migrate(self, path, times=2):
        script = load_script(path, "migration_under_test")
        for _time in range(times):  # a second time changes nothing
            script.migrate(self.env.cr, "19.0.1.0.0")
            self.env.invalidate_all()

    def test_odoo_is_quiet_afterwards(self):
        params, robot = self.env["ir.config_parameter"].sudo(), self.env.ref("base.partner_root")
        digest = self.env["digest.digest"].create({"name": "Weekly", "state": "activated"})
        cron = self.env.ref("crm_iap_enrich.ir_cron_lead_enrichment", raise_if_not_found=False)
        if cron:
            cron.active = True
        params.set_param("crm.iap.lead.enrich.setting", "auto")
        params.set_param("digest.default_digest_emails", "True")
        robot.name = "OdooBot"
        self._migrate("vti/migrations/19.0.1.1.0/post-quiet.py")
        self.assertEqual(params.get_param("crm.iap.lead.enrich.setting"), "manual")
        self.assertFalse(params.get_param("digest.default_digest_emails"))
        self.assertEqual(digest.state, "deactivated")
        self.assertFalse(cron and cron.active)
        self.assertEqual(robot.name, "VTI (automatisch)")

    def test_visitors_get_a_name(self):
        visitor = self.env.ref("base.public_partner")
        for before, after in (("Public user", "Bezoeker van de site"), ("Iemand", "Iemand")):
            visitor.name = before
            self._migrate("vti/migrations/19.0.1.2.0/post-visitors.py")
            self.assertEqual(visitor.name, after)

    def test_companies_arent_told_again_of_old_tips(self):
        partner, house = self.env["res.partner"].create(
            [{"name": "Sam", "email": "sam@example.org"}, {"name": "Bakker", "is_company": True, "is_employer": True}]
        )
        student = self.env["vti.student"].create({"partner_id": partner.id})
        sent, waiting = self.env["vti.match.proposal"].create(
            [
                {
                    "student_id": student.id,
                    "vacancy_id": self.env["vti.vacancy"].create({"name": name, "employer_id": house.id}).id,
                    "state": state,
                    "sent_on": sent_on,
                }
                for name, state, sent_on in (("One", "sent", "2026-11-01 10:00:00"), ("Two", "proposed", False))
            ]
        )
        self.env.flush_all()
        self._migrate("vti_bpv/migrations/19.0.1.2.0/post-tips.py")
        self.assertEqual((sent.company_told_on, waiting.company_told_on), (sent.sent_on, False))

    def test_a_name_that_vti_gave_stays(self):
        robot = self.env.ref("base.partner_root")
        robot.name = "De site"
        self._migrate("vti/migrations/19.0.1.1.0/post-quiet.py")
        self.assertEqual(robot.name, "De site")

    def test_mails_that_nobody_changed_get_the_new_words(self):
        old, own, translated = (
            self.env.ref(f"vti_bpv.mail_template_{name}")
            for name in ("place_report_done", "search_new", "search_confirm")
        )
        new = {lang: old.with_context(lang=lang).read(["subject", "body_html"])[0] for lang in ("en_US", "nl_NL")}
        self.assertNotEqual(new["en_US"], new["nl_NL"])
        old.with_context(lang="nl_NL").write({"subject": "Oud", "body_html": "<p>Oude tekst</p>"})
        old.write({"subject": "Old", "body_html": "<p>Old text</p>"})
        staff = self.env["res.users"].create({
            "name": "Vera", "login": "vera", "group_ids": [(4, self.env.ref(name).id) for name in GROUPS],
        })  # fmt: skip
        own.with_user(staff).subject = "Our own words"
        translated.with_user(staff).update_field_translations("subject", {"nl_NL": "Onze eigen woorden"})
        self.env.flush_all()
        self._migrate("vti/migrations/0.0.0/end-mail-texts.py", times=1)
        for lang, words in new.items():
            self.assertEqual(old.with_context(lang=lang).read(["subject", "body_html"])[0], words)
        self.assertEqual(own.subject, "Our own words")
        self.assertEqual(translated.with_context(lang="nl_NL").subject, "Onze eigen woorden")

    def test_mails_get_the_frame(self):
        bare, own = self.env.ref("vti_bpv.mail_template_place"), self.env.ref("vti_bpv.mail_template_search_new")
        others = self.env["mail.template"].search([("email_layout_xmlid", "=", False)])
        bare.email_layout_xmlid, own.email_layout_xmlid = False, "mail.mail_notification_layout"
        self._migrate("vti_bpv/migrations/19.0.1.1.0/post-mail-frame.py")
        self.assertEqual(bare.email_layout_xmlid, "mail.mail_notification_light")
        self.assertEqual(own.email_layout_xmlid, "mail.mail_notification_layout")
        self.assertEqual(set(others.mapped("email_layout_xmlid")), {False})

    def test_cards_lie_in_their_town(self):
        person = self.env["res.partner"].create({"name": "Quirine Zandstra", "zip": "3584 AB"})
        student = self.env["vti.student"].create({"partner_id": person.id})
        card = self.env["vti.exchange.listing"].create({"student_id": student.id, "until": "2030-01-01"})
        card.zone_id = person.postcode_id
        self.assertEqual(card.zone_id.code, "3584", "as it was")
        self._migrate("vti_bpv/migrations/19.0.1.2.0/post-card-zone.py")
        self.assertEqual(card.zone_id.code, "3511")

    def test_building_holidays_without_a_source_are_marked(self):
        holidays = self.env["vti.holiday"].create(
            [
                {
                    "name": source,
                    "kind": "building",
                    "date_from": "2031-07-28",
                    "date_to": "2031-08-15",
                    "source": source,
                }
                for source in (
                    "Terugvaladvies bouwvak van Bouwend Nederland, overgenomen uit een overzicht; kijk",
                    "Zelf",
                )
            ]
        )
        self._migrate("vti_bpv/migrations/19.0.1.2.0/post-holidays.py")
        self.assertEqual(holidays.mapped("to_confirm"), [True, False])
