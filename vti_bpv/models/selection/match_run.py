from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [("queued", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")]
MIN_SCORE = 40  # what fits less is no proposal
KEEP_DAYS = 400  # how long VTI can look a run up: a season and some


class MatchRun(models.Model):
    """One run of the radar: a place for as many students as possible, and why not for the others.

    Made weekly and on demand; a cron does the work. What was proposed before and nobody looked at goes,
    for the newest run knows better.
    """

    _name = "vti.match.run"
    _description = "Radar"
    _order = "id desc"

    season_id = fields.Many2one("vti.season", required=True, index=True, ondelete="cascade", readonly=True)
    state = fields.Selection(STATES, required=True, default="queued", readonly=True)
    progress = fields.Float(readonly=True, help="Percent.")
    started_on = fields.Datetime(readonly=True)
    finished_on = fields.Datetime(readonly=True)
    failure = fields.Char(readonly=True)
    min_score = fields.Integer("Suits at least", default=MIN_SCORE, readonly=True, help="From 0 to 100.")
    # what went in
    student_count = fields.Integer("Students without a place", readonly=True)
    first_count = fields.Integer("of level 1 and 2", readonly=True)
    place_count = fields.Integer("Free places", readonly=True)
    pair_count = fields.Integer("Possible pairs", readonly=True)
    # what came out, and the proof that it can't be better
    placed_count = fields.Integer("Proposals", readonly=True)
    placed_first_count = fields.Integer("for level 1 and 2", readonly=True)
    gap_count = fields.Integer("Nothing found for", readonly=True)
    fit = fields.Integer("Sum of scores", readonly=True)
    fit_bound = fields.Float("At most", readonly=True, digits=(16, 2))
    weight = fields.Integer("Placed, level 1 and 2 double", readonly=True)
    weight_bound = fields.Float("Can be at most", readonly=True, digits=(16, 2))
    is_proven = fields.Boolean("Proven best", readonly=True)
    proposal_ids = fields.One2many("vti.match.proposal", "run_id")
    gap_ids = fields.One2many("vti.match.gap", "run_id")

    _one_waiting = models.UniqueIndex(
        "(season_id) WHERE state IN ('queued', 'running')", "The radar is busy with this season already."
    )

    @api.depends("season_id", "started_on")
    def _compute_display_name(self):
        for run in self:
            moment = run.started_on or run.create_date
            day = fields.Datetime.context_timestamp(run, moment).strftime("%d-%m-%Y") if moment else ""
            run.display_name = f"{run.season_id.name or ''} {day}".strip()

    # on demand

    def action_new_run(self):
        """Let the radar run for today's season, and show how far it is.

        :raise UserError: where there is no season
        """
        self.browse().check_access("create")
        season = self.env["vti.season"]._of_day() or self.env["vti.season"].search([], limit=1)
        if not season:
            raise UserError(self.env._("Add a season first."))
        return self._queue(season)._open()

    def action_refresh(self):
        """Show the run as it is now."""
        self.check_access("read")
        return self._open()

    def _open(self):
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form"}

    @api.model
    def _queue(self, season):
        """A waiting run of a season, new or the one there is; the worker is called."""
        waiting = [("season_id", "=", season.id), ("state", "in", ("queued", "running"))]
        run_sudo = self.sudo().search(waiting, limit=1) or self.sudo().create({"season_id": season.id})
        self.env.ref("vti_bpv.cron_match_run").sudo()._trigger()
        return run_sudo.sudo(False)

    def action_open_proposals(self):
        return self._open_lines("vti_bpv.vti_match_proposal_action")

    def action_open_gaps(self):
        return self._open_lines("vti_bpv.vti_match_gap_action")

    def _open_lines(self, action):
        self.ensure_one()
        self.check_access("read")
        return self.env["ir.actions.act_window"]._for_xml_id(action) | {
            "domain": [("run_id", "=", self.id)], "context": {},
        }  # fmt: skip

    # by themselves

    @api.model
    def _cron_weekly(self):
        """Let the radar run for the season of today; between seasons nothing happens."""
        season = self.env["vti.season"]._of_day()
        if season:
            self._queue(season)

    @api.model
    def _cron_work(self):
        """Do the runs that wait, the oldest first; one that was broken off begins anew."""
        runs = self.search([("state", "in", ("queued", "running"))], order="id")
        for number, run in enumerate(runs, 1):
            run._process()
            run._report(100.0, done=1, remaining=len(runs) - number)

    @api.autovacuum
    def _gc_runs(self):
        """Forget what was proposed long ago."""
        before = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.search([("create_date", "<", before)], limit=50).unlink()

    def _report(self, percent, done=0, remaining=None):
        """Note how far it is, for who looks on; outside a cron everything stays one transaction."""
        self.write({"progress": percent})
        if self.env.context.get("cron_id"):
            self.env["ir.cron"]._commit_progress(done, remaining=remaining)
