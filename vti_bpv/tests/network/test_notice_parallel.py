from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged


@tagged("-at_install", "post_install")
class TestNoticeParallel(BaseCase):
    """Two workers at the same moment, with connections of their own: needs committed records."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.clean)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Parallel", "email": "parallel@example.org"})
            env["vti.notice"].create(
                [{"partner_id": partner.id, "subject": f"Thing {n}", "due": "2026-01-01 10:00:00"} for n in (1, 2)]
            )
            self.partner_id = partner.id

    def clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["mail.mail"].search([("recipient_ids", "in", self.partner_id)]).unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    def test_two_workers_make_one_mail(self):
        with self.registry.cursor() as one, self.registry.cursor() as two:
            first, second = (api.Environment(cr, SUPERUSER_ID, {}) for cr in (one, two))
            for env in (first, second):  # both see both notices waiting
                self.assertEqual(env["vti.notice"].search_count([("partner_id", "=", self.partner_id)]), 2)
            first["vti.notice"]._send_to(first["res.partner"].browse(self.partner_id))
            first.flush_all()
            second["vti.notice"]._send_to(second["res.partner"].browse(self.partner_id))
            second.flush_all()
            one.commit()
            two.commit()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(env["mail.mail"].search_count([("recipient_ids", "in", self.partner_id)]), 1)
            self.assertEqual(
                env["vti.notice"].search([("partner_id", "=", self.partner_id)]).mapped("state"), ["sent", "sent"]
            )
