import logging
from datetime import timedelta

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError

_logger = logging.getLogger(__name__)

STATES = [("queued", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")]
MIN_SCORE = 40  # what fits less is no proposal
KEEP_DAYS = 400  # how long VTI can look a run up: a season and some
BUSY = ("queued", "running")
READ_AT, SOLVED_AT = 25.0, 75.0  # percent: when all is read, and when it is known who goes where
STALLED_MINUTES = 10  # without a step for so long, a run was broken off: the server went down, or has no time


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
    step = fields.Char("Busy with", compute="_compute_step")
    is_stalled = fields.Boolean("Stands still", compute="_compute_step")
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

    @api.depends("state", "progress", "write_date")
    @api.depends_context("lang")
    def _compute_step(self):
        _ = self.env._
        long_ago = fields.Datetime.now() - timedelta(minutes=STALLED_MINUTES)
        for run in self:
            run.is_stalled = run.state in BUSY and bool(run.write_date) and run.write_date < long_ago
            if run.state == "queued":
                run.step = _("Waiting until the server has time")
            elif run.state != "running":
                run.step = False
            elif run.progress < READ_AT:
                run.step = _("Reading students and places")
            elif run.progress < SOLVED_AT:
                run.step = _("Looking which place suits whom best")
            else:
                run.step = _("Writing down the proposals, and why others have none")

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

    def action_wake(self):
        """Call the worker again for a run that was broken off; one that still goes on isn't disturbed."""
        self.check_access("write")
        self.env.ref("vti_bpv.cron_match_run").sudo()._trigger()

    def _open(self):
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form"}

    @api.model
    def _queue(self, season):
        """A waiting run of a season, new or the one there is; the worker is called.

        :raise ConcurrencyError: where somebody else began one just now; tried again, that one is found
        """
        run_sudo = self.sudo().search([("season_id", "=", season.id), ("state", "in", BUSY)], limit=1)
        if not run_sudo:
            try:
                with self.env.cr.savepoint():
                    run_sudo = self.sudo().create({"season_id": season.id})
            except UniqueViolation as error:
                raise ConcurrencyError("Somebody else let the radar run at the same moment") from error
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
        runs = self.search([("state", "in", BUSY)], order="id")
        for number, run in enumerate(runs, 1):
            try:
                run._process()
            except OperationalError:
                if not self.env.context.get("cron_id"):
                    raise
                # somebody was at the same records just now: it begins anew, after the other
                self.env.cr.rollback()
                self.env.ref("vti_bpv.cron_match_run").sudo()._trigger()
                continue
            except Exception as error:
                _logger.exception("The radar failed")
                run._fail(str(error) or type(error).__name__)
            run._report(100.0, done=1, remaining=len(runs) - number)
            run._tell_starter()

    def _fail(self, why):
        """Say that this run failed, without what it had begun to write since its last step."""
        if self.env.context.get("cron_id"):
            self.env.cr.rollback()
        self.write({"state": "failed", "failure": why[:200], "finished_on": fields.Datetime.now()})

    def _tell_starter(self):
        """Tell the one who let it run, wherever in the back office that person is by now."""
        person = self.create_uid
        if person._is_internal() and person != self.env.ref("base.user_root"):
            spoken = self.with_context(lang=person.lang)
            done = spoken.env._(
                "The radar is done. Proposals: %(placed)s; nothing found for: %(gaps)s.",
                placed=self.placed_count, gaps=self.gap_count,
            )  # fmt: skip
            failed = spoken.env._(
                "The radar failed. Tell who keeps the server running: %(why)s", why=self.failure or ""
            )
            values = {"type": "success", "message": done} if self.state == "done" else {
                "type": "danger", "message": failed, "sticky": True,
            }  # fmt: skip
            person._bus_send("simple_notification", values)

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
