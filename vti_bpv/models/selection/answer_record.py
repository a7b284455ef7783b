from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.moment import ZONE, get_today

MONTHS = 12
LEAST = 5  # applications: fewer say nothing, and point at students
BADGE_SHARE = 90  # % answered in time, from which on a good record may be shown
BADGE_DAYS = 5  # working days, at most, in half of the answers
NEVER = 1000  # working days: more than any answer takes
MASS_REFUSALS, MASS_MINUTES = 5, 10  # so many refusals in so short a time weren't weighed one by one

# one row per application of the last months: whether it counts, and how the company answered it
_FACTS = """
    SELECT f.employer_id, f.answer_days, f.answered_on IS NOT NULL AND f.answered_day <= f.due AS in_time,
           f.answered_on IS NULL AND f.due < f.until AS unanswered,
           f.answered_on IS NOT NULL OR f.due < f.until AS counts,
           f.first_no AND f.answered_day <= f.due AND (
               f.answered_in_bulk OR f.reason_kind = 'mass' OR count(*) FILTER (WHERE f.first_no) OVER (
                   PARTITION BY f.employer_id ORDER BY f.answered_on
                   RANGE BETWEEN %(minutes)s PRECEDING AND %(minutes)s FOLLOWING) >= %(mass)s) AS mass
    FROM (
        SELECT a.employer_id, a.answered_on, a.answer_days, coalesce(a.answered_in_bulk, FALSE) AS answered_in_bulk,
               coalesce(r.kind, '') AS reason_kind,
               CASE WHEN a.state = 'submitted' THEN a.answer_by ELSE a.answer_due END AS due,
               (a.answered_on AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS answered_day,
               coalesce((a.closed_on AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date, %(today)s) AS until,
               a.answered_on IS NOT NULL AND a.end_kind = 'refused'
                   AND a.invited_on IS NULL AND a.offered_on IS NULL AS first_no
        FROM vti_application a LEFT JOIN vti_refusal_reason r ON r.id = a.refusal_reason_id
        WHERE a.shown_on >= %(since)s AND a.employer_id IS NOT NULL
    ) f
"""
_RECORDS = """
    SELECT c.employer_id AS id, c.employer_id, p.vti_region_id, c.application_count, c.in_time_count,
           c.unanswered_count, c.mass_count, c.application_count >= %(least)s AS is_known,
           CASE WHEN c.application_count >= %(least)s
                THEN round(100.0 * c.in_time_count / c.application_count)::int END AS share_in_time,
           c.application_count >= %(least)s AND c.middle < %(never)s AS median_is_known,
           CASE WHEN c.application_count >= %(least)s AND c.middle < %(never)s THEN c.middle END AS median_days
    FROM (
        SELECT a.employer_id, count(*) FILTER (WHERE a.counts AND NOT a.mass) AS application_count,
               count(*) FILTER (WHERE a.in_time AND NOT a.mass) AS in_time_count,
               count(*) FILTER (WHERE a.unanswered) AS unanswered_count,
               count(*) FILTER (WHERE a.mass) AS mass_count,
               percentile_disc(0.5) WITHIN GROUP (
                   ORDER BY CASE WHEN a.unanswered THEN %(never)s ELSE a.answer_days END
               ) FILTER (WHERE a.counts AND NOT a.mass) AS middle
        FROM (%(facts)s) a GROUP BY a.employer_id
    ) c JOIN res_partner p ON p.id = c.employer_id
    WHERE c.application_count + c.mass_count > 0
"""


class AnswerRecord(models.Model):
    """How a company answered the applications of the last twelve months; worked out whenever it is asked for.

    An application counts once the company answered it, or had to. Who leaves before that, and whose
    place was filled by another in time, doesn't count. Refusals in bulk, refusals for a reason that is
    about the company alone, and many refusals within some minutes are counted apart: refusing all would
    else be the quickest way to a good figure. Refused too late is late, in bulk or not.
    """

    _name = "vti.answer.record"
    _description = "How a company answers"
    _auto = False
    _order = "share_in_time, application_count desc, id"
    _depends = {
        "vti.application": [
            "employer_id", "state", "end_kind", "shown_on", "answer_by", "answer_due", "answered_on", "answer_days",
            "answered_in_bulk", "invited_on", "offered_on", "closed_on", "refusal_reason_id",
        ],
        "vti.refusal.reason": ["kind"],
        "res.partner": ["vti_region_id"],
    }  # fmt: skip
    _rec_name = "employer_id"

    employer_id = fields.Many2one("res.partner", "Company", readonly=True)
    vti_region_id = fields.Many2one("vti.region", "Region", readonly=True)
    application_count = fields.Integer("Applications that count", readonly=True)
    in_time_count = fields.Integer("Answered in time", readonly=True)
    unanswered_count = fields.Integer("Not answered", readonly=True)
    mass_count = fields.Integer(
        "Refused together", readonly=True, help="In bulk, or within some minutes; not in the share."
    )
    share_in_time = fields.Integer("% in time", readonly=True, aggregator="avg")
    median_days = fields.Integer("Working days, median", readonly=True, aggregator="avg")
    is_known = fields.Boolean("Five or more", readonly=True)
    median_is_known = fields.Boolean("Mostly answered", readonly=True)

    @property
    def _table_query(self):
        today = get_today()
        facts = SQL(
            _FACTS, minutes=SQL(f"interval '{MASS_MINUTES} minutes'"), mass=MASS_REFUSALS, zone=ZONE, today=today,
            since=today - relativedelta(months=MONTHS),
        )  # fmt: skip
        return SQL(_RECORDS, facts=facts, least=LEAST, never=NEVER)

    @api.model
    def _get_of(self, companies):
        """The records of companies, in one query.

        :return: company id -> record, sudo; without who has none
        :rtype: dict
        """
        records_sudo = self.sudo()
        records_sudo.invalidate_model()
        return {record.id: record for record in records_sudo.search_fetch([("id", "in", companies.ids)])}

    @api.model
    def _find_known(self):
        """The companies that may have enough applications for a figure.

        :rtype: set
        """
        self.env["vti.application"].flush_model(["employer_id", "shown_on"])
        since = get_today() - relativedelta(months=MONTHS)
        rows = self.env.execute_query(SQL(
            "SELECT employer_id FROM vti_application WHERE shown_on >= %s GROUP BY 1 HAVING count(*) >= %s",
            since, LEAST,
        ))  # fmt: skip
        return {company for (company,) in rows}

    @api.model
    def _get_mean(self):
        """What is usual: of all companies that are known, together.

        :return: number of companies, % in time, and the median of their medians (None where most don't answer)
        :rtype: tuple
        """
        return self.env.execute_query(SQL(
            "SELECT count(*), round(100.0 * sum(in_time_count) / nullif(sum(application_count), 0))::int,"
            " percentile_disc(0.5) WITHIN GROUP (ORDER BY median_days) FROM %s r WHERE is_known", self._table_sql,
        ))[0]  # fmt: skip

    def action_open_applications(self):
        """Show the applications at this company."""
        self.ensure_one()
        return self.employer_id.action_open_applications()

    def _get_badge_days(self):
        """Within how many working days the company mostly answers; None where that is nothing to boast of."""
        self.ensure_one()
        setting = self.env["vti.application"]._get_days_setting
        if not self.is_known or not self.median_is_known or self.share_in_time < setting("badge_share", BADGE_SHARE):
            return None
        days = max(self.median_days, 1)  # the same day is within one
        return days if days <= setting("badge_days", BADGE_DAYS) else None
