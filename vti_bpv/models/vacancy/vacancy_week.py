from datetime import timedelta
from textwrap import shorten

import numpy as np

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.moment import get_today

TRIED = 64  # places of which the texts are looked at to choose one
LEAST_TEXT, LEAST_LEARNING = 120, 60  # characters, as the tips beside the form ask
FIRST_WORDS = 280  # characters
SPREAD = 2654435761  # of Knuth's multiplicative hash: neighbours end far apart


class Vacancy(models.Model):
    """The place of the week: the one that VTI chose, else a good one, the same all week long."""

    _inherit = "vti.vacancy"

    week_on = fields.Date(
        "Place of the week on",
        copy=False,
        tracking=True,
        groups="vti_bpv.group_user",
        help="In the week of this day it is the place of the week on the site. Without a choice the site takes one.",
    )

    _week_on = models.Index("(week_on) WHERE week_on IS NOT NULL")

    def action_choose_week(self):
        """Make this the place of the week, from now until Sunday."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "published":
            raise UserError(self.env._("Only a place that is online can be the place of the week."))
        monday, sunday = self._get_week()
        self.search([("week_on", ">=", monday), ("week_on", "<=", sunday), ("id", "!=", self.id)]).week_on = False
        self.week_on = get_today()

    def _get_first_words(self, most=FIRST_WORDS):
        """The beginning of what one does here, for a card or poster.

        :param int most: characters
        """
        self.ensure_one()
        return shorten(self.description or "", most, placeholder=" …")

    @api.model
    def _get_week(self):
        """The Monday and the Sunday of the ISO week that it is in the Netherlands."""
        today = get_today()
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)

    @api.model
    def _get_place_of_week(self, view):
        """The place that stands out this week: at most two queries, however many there are.

        :param view: what `_get_places_view` gave
        :return: a published vti.vacancy (sudo), none where there is none
        """
        monday, sunday = self._get_week()
        return self.sudo().search(
            [("state", "=", "published"), ("week_on", ">=", monday), ("week_on", "<=", sunday)],
            order="week_on desc, id desc",
            limit=1,
        ) or self._draw_place_of_week(view.index, monday)

    @api.model
    def _draw_place_of_week(self, index, monday):
        """A place with a whole text, drawn by the week's number; what came online this week doesn't take its turn."""
        self.flush_model()
        ids = index.ids[index.order]
        drawn = (ids + monday.toordinal()) * SPREAD % 2**32
        first = ids[np.argsort(drawn, kind="stable")[:TRIED]].tolist()
        if not first:
            return self.sudo().browse()
        self.env.cr.execute(SQL(
            """SELECT v.id FROM vti_vacancy v WHERE v.id = ANY(%s) AND v.state = 'published'
               ORDER BY length(v.description) >= %s AND length(v.learning) >= %s AND v.town IS NOT NULL
                            AND v.days_per_week > 0 DESC NULLS LAST,
                        v.published_on < %s DESC NULLS LAST, array_position(%s, v.id) LIMIT 1""",
            first, LEAST_TEXT, LEAST_LEARNING, monday, first,
        ))  # fmt: skip
        return self.sudo().browse([number for (number,) in self.env.cr.fetchall()])
