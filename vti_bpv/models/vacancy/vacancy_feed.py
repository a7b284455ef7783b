from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ...tools.feeds import Entry

ZONE = ZoneInfo("Europe/Amsterdam")


class Vacancy(models.Model):
    """Open places for other sites: as entries of a feed, and a stamp that changes with any of them."""

    _inherit = "vti.vacancy"

    @api.model
    def _get_places_stamp(self):
        """What changes whenever an open place, or what one shows, does; in one query, on every worker alike.

        The triggers' table (vacancy_index) forgets after two days, so that the day is part of it: what
        changed today is certainly still there. For who only asks by date, a change that took long to
        commit may be seen the next day; the tag has no such gap.

        :return: a tuple to compare, and the last change as datetime in UTC, of today at the earliest
        """
        self.flush_model()
        self.env.cr.execute("SELECT count(*), coalesce(sum(id), 0), max(id), max(created) FROM vti_place_change")
        count, total, last, changed = self.env.cr.fetchone()
        today = fields.Date.context_today(self.with_context(tz=ZONE.key))
        midnight = datetime.combine(today, time(), ZONE).astimezone(UTC)
        changed = max(changed.astimezone(UTC), midnight) if changed else midnight
        return (today.isoformat(), count, int(total), last), changed.replace(microsecond=0)

    def _get_feed_entries(self, base_url):
        """These places as entries of a feed, without those that aren't open. Call it as sudo.

        :return: a list of tools.feeds.Entry
        """
        entries = []
        for place in self:
            posting = place._get_posting(base_url)
            if posting:
                published = datetime.combine(place.published_on, time(), ZONE)
                updated = max(place.write_date.replace(tzinfo=UTC), published)
                entries.append(Entry(posting, place._get_summary(), updated, published, place.trade_id.name or ""))
        return entries
