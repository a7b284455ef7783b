from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext, is_html_empty
from odoo.tools.misc import format_date

from odoo.addons.vti_bpv.tools import ics, structured
from odoo.addons.vti_bpv.tools.moment import ZONE, local_date

PER_PAGE = 20
SCHEMA = "https://schema.org/"


class EventEvent(models.Model):
    """What the site shows of an event: list, page, calendar file and markup."""

    _inherit = "event.event"

    @api.model
    def _get_list_domain(self, kind="", query="", past=False):
        """Domain of the list on the site; record rules limit it further to what this visitor may see."""
        now = fields.Datetime.now()
        domain = Domain("is_published", "=", True)
        domain &= Domain("date_end", "<", now) if past else Domain("date_end", ">=", now)
        # who got a link, or takes part, has it on the own pages
        domain &= Domain("website_visibility", "!=", "link")
        if self.env.user._is_public():
            domain &= Domain("website_visibility", "=", "public")
        if kind in dict(self._fields["vti_kind"].selection):
            domain &= Domain("vti_kind", "=", kind)
        if query:
            domain &= Domain("name", "ilike", query) | Domain("address_search", "ilike", query)
        return domain

    @api.model
    def _get_list_kinds(self, past=False):
        """The kinds to filter on, with numbers.

        :return: rows of key, label, number
        """
        groups = self._read_group(self._get_list_domain(past=past), ["vti_kind"], ["__count"])
        counts = dict(groups)
        labels = self._fields["vti_kind"]._description_selection(self.env)
        return [(key, label, counts[key]) for key, label in labels if counts.get(key)]

    def _to_local(self, moment):
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(ZONE))

    def _get_when(self):
        """Day and time in Dutch time, in the reader's language: Tuesday 10 November, 14:30 to 16:00."""
        self.ensure_one()
        begin, end = self._to_local(self.date_begin), self._to_local(self.date_end)

        def day(moment):
            return format_date(self.env, moment.date(), date_format="EEEE d MMMM y")

        values = {"day": day(begin), "from": f"{begin:%H:%M}", "to": f"{end:%H:%M}"}
        if begin.date() == end.date():
            return self.env._("%(day)s, %(from)s to %(to)s", **values)
        return self.env._("%(day)s, %(from)s to %(last)s, %(to)s", last=day(end), **values)

    def _get_day_parts(self):
        """Day of the month and short month, for the tile of a list."""
        day = local_date(self.date_begin)
        return day.day, format_date(self.env, day, date_format="MMM").strip(".")

    def _get_venue(self):
        """Where it is: the venue, or the host's address while the venue is still VTI's own; sudo."""
        event_sudo = self.sudo()
        venue, host = event_sudo.address_id, event_sudo.host_school_id or event_sudo.host_employer_id
        return host if host and venue == event_sudo.company_id.partner_id else venue

    def _get_place(self):
        """Name and address of where it is.

        :return: name, address on one line; empty for an event without a place
        """
        self.ensure_one()
        place = self._get_venue()
        street = ", ".join(filter(None, (place.street, " ".join(filter(None, (place.zip, place.city))))))
        return place.commercial_partner_id.name or place.name or "", street

    def _get_text(self):
        """The text of the page: the event's own, or that of its kind."""
        return self.description if self._has_own_text() else self.sudo().event_type_id.page_text

    def _has_own_text(self):
        self.ensure_one()
        return not is_html_empty(self.description)

    def _get_summary(self, length=160):
        text = " ".join(html2plaintext(self._get_text() or "", include_references=False).split())
        return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]}…"

    def _get_ics(self, with_call=False):
        """The event as a calendar file; see `tools.ics`.

        :param bool with_call: for who signed up, with the address of an online meeting
        """
        self.ensure_one()
        name, street = self._get_place()
        url = f"{self.get_base_url()}{self.website_url}"
        where = (with_call and self.sudo().event_url) or ", ".join(filter(None, (name, street)))
        return ics.calendar(
            f"event-{self.id}@{self.get_base_url().split('//')[-1]}", self.date_begin, self.name, self.date_end,
            description=f"{self._get_summary(400)}\n{url}".strip(), location=where, url=url,
            cancelled=self.kanban_state == "cancel",
        )  # fmt: skip

    def _get_status(self):
        """The status as schema.org names it."""
        if self.kanban_state == "cancel":
            return "EventCancelled"
        return "EventMovedOnline" if self.moved_online and self.sudo().event_url else "EventScheduled"

    def _get_structured(self):
        """The event for search engines; None for one that isn't public."""
        self.ensure_one()
        if self.is_closed or self.website_visibility != "public" or not self.is_published:
            return None
        base = self.get_base_url()
        url = f"{base}{self.website_url}"
        online = bool(self.sudo().event_url and (self.moved_online or not self.address_id))
        found = {
            "@type": "Event",
            "name": self.name,
            "url": url,
            "startDate": self._to_local(self.date_begin).isoformat(),
            "endDate": self._to_local(self.date_end).isoformat(),
            "eventStatus": SCHEMA + self._get_status(),
            "eventAttendanceMode": f"{SCHEMA}{'Online' if online else 'Offline'}EventAttendanceMode",
            "isAccessibleForFree": True,
            "inLanguage": "nl",
            "location": {"@type": "VirtualLocation", "url": url} if online else self._get_structured_place(),
            "organizer": {"@type": "Organization", "name": self.env.company.sudo().name, "url": base},
            "image": [f"{base}/vti_bpv/static/src/img/social.png"],
        }
        if summary := self._get_summary(500):
            found["description"] = summary
        if self._can_sign_up():
            found["offers"] = {
                "@type": "Offer", "price": 0, "priceCurrency": "EUR", "url": url,
                "availability": SCHEMA + ("SoldOut" if self._is_full() else "InStock"),
            }  # fmt: skip
        return found

    def _get_structured_place(self):
        place = self._get_venue()
        address = {
            "@type": "PostalAddress", "streetAddress": place.street, "postalCode": place.zip,
            "addressLocality": place.city, "addressCountry": place.country_id.code or "NL",
        }  # fmt: skip
        name = self._get_place()[0]
        return {"@type": "Place", "name": name, "address": {key: value for key, value in address.items() if value}}

    def _get_head(self):
        """What goes into the page's head for search engines."""
        return structured.script(self._get_structured())
