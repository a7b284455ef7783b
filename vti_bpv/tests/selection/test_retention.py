from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from ..common import VtiCase

TEXTS = {"motivation": "I like it", "meeting_note": "Gate 4", "offer_note": "Come!", "refusal_note": "Sorry"}


@tagged("post_install", "-at_install")
class TestRetention(VtiCase):
    """Four weeks after the end of a procedure nothing is left of what people wrote."""

    def forget(self, moment):
        with self.at(moment), patch.object(IrCron, "_commit_progress"):
            self.env["vti.application"]._cron_forget()

    def test_around_four_weeks(self):
        application = self.make_application(state="refused", closed_on="2026-10-13 12:00:00", **TEXTS)
        note = "Called the student"
        application.message_post(body=note)
        for moment, forgotten in (("2026-11-10 11:59:59", False), ("2026-11-10 12:00:00", True)):
            self.forget(moment)
            self.assertEqual(bool(application.forgotten_on), forgotten, moment)
            self.assertEqual(any(application[name] for name in TEXTS), not forgotten, moment)
            self.assertEqual(bool(application.message_ids), not forgotten, moment)
        self.assertEqual(application.state, "refused")

    def test_what_lives_stays(self):
        for state in ("submitted", "invited", "offered", "accepted", "placed"):
            application = self.make_application(
                vacancy=self.make_vacancy(), state=state, submitted_on="2025-01-01 12:00:00", motivation="I like it"
            )
            self.forget("2026-11-10 12:00:00")
            self.assertEqual(application.motivation, "I like it", state)
