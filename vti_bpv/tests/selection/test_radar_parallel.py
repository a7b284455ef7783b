from odoo.tests import tagged

from ..parallel import ParallelCase


@tagged("-at_install", "post_install")
class TestRadarParallel(ParallelCase):
    """Two colleagues of VTI let the radar run at the same moment."""

    def _make(self, env):
        self.season_id = (
            env["vti.season"].create({"name": "Parallel 2090", "date_from": "2090-08-01", "date_to": "2091-07-31"}).id
        )

    def _remove(self, env):
        cron = env.ref("vti_bpv.cron_match_run")
        env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        env["vti.season"].browse(self.season_id).unlink()

    def _queue(self, env):
        season = env["vti.season"].browse(self.season_id)
        season.mapped("name")
        return lambda: env["vti.match.run"]._queue(season)

    def test_two_starts_are_one_run(self):
        self.assertEqual(self.at_once(self._queue, self._queue, self._queue), [None] * 3)
        with self.open_env() as env:
            self.assertEqual(env["vti.match.run"].search_count([("season_id", "=", self.season_id)]), 1)
