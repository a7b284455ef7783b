from odoo.tests import tagged

from ..parallel import ParallelCase


@tagged("-at_install", "post_install")
class TestNoticeParallel(ParallelCase):
    """Two workers at the same moment."""

    def _make(self, env):
        partner = env["res.partner"].create({"name": "Parallel", "email": "parallel@example.org"})
        env["vti.notice"].create(
            [{"partner_id": partner.id, "subject": f"Thing {n}", "due": "2026-01-01 10:00:00"} for n in (1, 2)]
        )
        self.partner_id = partner.id

    def _remove(self, env):
        env["mail.mail"].search([("recipient_ids", "in", self.partner_id)]).unlink()
        env["res.partner"].browse(self.partner_id).unlink()

    def test_two_workers_make_one_mail(self):
        with self.open_env() as first, self.open_env() as second:
            for env in (first, second):  # both see both notices waiting
                self.assertEqual(env["vti.notice"].search_count([("partner_id", "=", self.partner_id)]), 2)
            first["vti.notice"]._send_to(first["res.partner"].browse(self.partner_id))
            first.flush_all()
            second["vti.notice"]._send_to(second["res.partner"].browse(self.partner_id))
            second.flush_all()
        with self.open_env() as env:
            self.assertEqual(env["mail.mail"].search_count([("recipient_ids", "in", self.partner_id)]), 1)
            self.assertEqual(
                env["vti.notice"].search([("partner_id", "=", self.partner_id)]).mapped("state"), ["sent", "sent"]
            )
