from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from math import ceil
from urllib.parse import parse_qs, urlencode

from odoo import api, fields, models

from ...tools import place_query
from ...tools.address import get_email_error
from ...tools.rounds import go_round

FREQUENCIES = [("daily", "Every day"), ("weekly", "Every week")]
DAYS = {"daily": 1, "weekly": 7}
MOST = 5  # searches for one address
MOST_PLACES, MOST_OF_COMPANY = 10, 2  # in a mail
MOST_PAGES = 5  # of the search that are looked through for them
WAIT_DAYS = 7  # for an address that nobody confirms
KEEP_DAYS = 365
STOP, CONFIRM = "search_stop", "search_confirm"


class SavedSearch(models.Model):
    """A search of which somebody wants the new places by mail, with or without an account.

    A visitor's address counts from the moment its owner confirms it by the link in a mail. Each mail
    tells of whole days, so that no place is told twice or left out.
    """

    _name = "vti.saved.search"
    _description = "Saved search"
    _inherit = ["vti.signed.link"]
    _order = "id desc"
    _rec_name = "email"

    email = fields.Char("E-mail", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", "Person", index="btree_not_null", ondelete="cascade", readonly=True)
    lang = fields.Char("Language", readonly=True)
    params = fields.Char("Search", readonly=True, help="As it stands in the address of the list of places.")
    label = fields.Char("Searches for", compute="_compute_label")
    frequency = fields.Selection(FREQUENCIES, required=True, default="weekly")
    confirmed_on = fields.Date("Confirmed", readonly=True)
    covered_until = fields.Date("Told until", readonly=True, help="The last day of which the new places were mailed.")

    _once = models.UniqueIndex("(email, params)", "You saved this search already.")
    _due = models.Index("(email) WHERE confirmed_on IS NOT NULL")

    # what is searched

    def _get_query(self):
        """:rtype: tools.place_query.PlaceQuery"""
        self.ensure_one()
        values = parse_qs(self.params or "")
        return place_query.parse(lambda name: values.get(name, []))

    @api.depends("params")
    @api.depends_context("lang")
    def _compute_label(self):
        for search in self:
            search.label = self._get_label(search._get_query())

    @api.model
    def _get_params(self, query):
        """A search as text, the same for the same search."""
        return urlencode(query.params(sort=""))

    @api.model
    def _get_label(self, query):
        """A search in words, such as `heat pump, within 10 km of Woerden, level 2`.

        :rtype: str
        """
        _, vacancies, chosen = self.env._, self.env["vti.vacancy"], query.chosen
        parts = [query.q] if query.q else []
        if query.near:
            near = {"km": query.km, "place": query.near}
            parts.append(_("within %(km)s km of %(place)s", **near) if query.km else query.near)
        parts += [vacancies._get_labels("kind").get(kind, kind) for kind in chosen.get("kind", ())]
        for model, name in (("vti.trade", "trade"), ("vti.qualification", "qualification")):
            parts += self.env[model].sudo().browse(chosen.get(name, ())).exists().mapped("name")
        parts += [_("level %(level)s", level=level) for level in chosen.get("level", ())]
        parts += [*chosen.get("path", ()), *chosen.get("town", ())]
        parts += [vacancies._get_period_label(period) for period in chosen.get("period", ())]
        parts += [_("%(days)s days a week", days=days) for days in chosen.get("days", ())]
        switches = {"paid": _("allowance or salary"), "side_job": _("side job"), "level2": _("open to level 2")}
        parts += [label for name, label in switches.items() if chosen.get(name)]
        return ", ".join(parts) or _("all places")

    # saving, confirming, stopping

    @api.model
    def _get_errors(self, query, values):
        """What is wrong with a search to be saved.

        :param dict values: texts by name: frequency, and email of a visitor
        :return: field -> sentence
        :rtype: dict
        """
        _, errors = self.env._, {}
        if values["frequency"] not in DAYS:
            errors["frequency"] = _("Choose how often.")
        if query.near and self.env["vti.vacancy"]._search_places(query).unknown_place:
            errors["form"] = _("We can't find %(place)s. Search for another place first.", place=query.near)
        error = "email" in values and get_email_error(self.env, values["email"])
        if error:
            errors["email"] = error
        return errors

    @api.model
    def _save(self, email, query, frequency, partner=None):
        """Keep a search; that of a visitor waits for the address to be confirmed.

        :param str email: a normalized address
        :param partner: who is logged in, whose address it is
        :return: the search, sudo; empty where this address has as many as it may
        """
        searches_sudo, params = self.sudo(), self._get_params(query)
        mine_sudo = searches_sudo.search([("email", "=", email)])
        search_sudo = mine_sudo.filtered(lambda search: search.params == params)
        if not search_sudo and len(mine_sudo) >= MOST:
            return search_sudo
        if search_sudo and search_sudo.confirmed_on and not partner:
            return search_sudo  # only its owner changes it, by the link in the mail
        values = {"frequency": frequency, "lang": self.env.lang, "partner_id": partner.id if partner else False}
        if search_sudo:
            search_sudo.write(values)
        else:
            search_sudo = searches_sudo.create({"email": email, "params": params, **values})
        if partner:
            search_sudo._confirm()
        return search_sudo

    def _confirm(self):
        today = self.env["vti.vacancy"]._get_today_here()
        for search in self.filtered(lambda search: not search.confirmed_on):
            search.write({"confirmed_on": today, "covered_until": today - timedelta(days=1)})

    @api.model
    def _get_own(self, partner):
        """The searches that somebody with an account saved; sudo."""
        return self.sudo().search([("partner_id", "=", partner.id), ("confirmed_on", "!=", False)])

    def _get_stop_url(self):
        """Where these searches stop with one click, without logging in."""
        return f"{self.env.company.get_base_url()}/zoekopdracht/stop/{self._sign_records(STOP, KEEP_DAYS)}"

    def _ask_to_confirm(self):
        """Mail the address that was typed; only its owner can go on."""
        self.ensure_one()
        url = f"{self.env.company.get_base_url()}/zoekopdracht/confirm/{self._sign_records(CONFIRM, WAIT_DAYS)}"
        # at once: who asked is waiting for it
        self._send("vti_bpv.mail_template_search_confirm", {"confirm_url": url}, force_send=True)

    def _send(self, template, values, force_send=False):
        """Mail to the address of these searches, which is the same for all."""
        first = self[0]
        headers = {"Auto-Submitted": "auto-generated"}
        if stop := values.get("stop_url"):
            headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        template_sudo = self.env.ref(template).sudo().with_context(lang=first.lang, search=values)
        email_values = {"email_to": first.email, "recipient_ids": [], "headers": repr(headers)}
        template_sudo.send_mail(first.id, force_send=force_send, email_values=email_values)

    # what is new

    def _get_new_places(self, today, told=(), most=MOST_PLACES):
        """Places of this search published on the days not told of yet, up to and including yesterday.

        :param told: places that the same mail has already
        :return: (places, more): at most `most`, and whether there are others; sudo
        """
        self.ensure_one()
        query, vacancies = self._get_query(), self.env["vti.vacancy"].sudo()
        chosen, more = vacancies, False
        of_company = Counter(place.employer_id for place in told)
        for page in range(1, MOST_PAGES + 1):
            found = vacancies._search_places(replace(query, sort="new", page=page))
            if found.by_likeness or found.unknown_place:
                break
            places = vacancies.browse(found.ids)
            for place in places.filtered(lambda v: v.published_on and self.covered_until < v.published_on < today):
                if place in told:
                    continue
                if of_company[place.employer_id] < MOST_OF_COMPANY and len(chosen) < most:
                    chosen |= place
                    of_company[place.employer_id] += 1
                else:
                    more = True
            if page >= found.pages or any(v.published_on and v.published_on <= self.covered_until for v in places):
                break
        return chosen, more

    def _get_digest(self, today):
        """What a mail tells of these searches, each place once.

        :return: one dict per search with something new
        """
        parts, told = [], self.env["vti.vacancy"].sudo()
        for number, search in enumerate(self):
            here = search.with_context(lang=search.lang or self.env.lang)
            fair_share = ceil((MOST_PLACES - len(told)) / (len(self) - number))
            places, more = here._get_new_places(today, told, fair_share)
            told |= places
            if places or more:
                base, query = self.env.company.get_base_url(), search._get_query()
                parts.append({
                    "label": here._get_label(query), "more": more, "all_url": base + query.url(sort="new"),
                    "places": [
                        {"name": place.name, "url": base + place._get_page_path(),
                         "line": ", ".join(filter(None, [place.employer_id.name, place.town, place._get_dates()]))}
                        for place in places
                    ],
                })  # fmt: skip
        return parts

    @api.model
    def _cron_mail(self, batch=200):
        """Mail what is new, one mail for each address; an address is done or not, never half or twice."""
        today = self.env["vti.vacancy"]._get_today_here()
        emails = [email for (email,) in self._read_group(self._get_due_domain(today), ["email"], limit=batch + 1)]
        go_round(self.env, [partial(self._mail_to, email, today) for email in emails], "Mail of saved searches", batch)

    @api.model
    def _mail_to(self, email, today):
        self.search([*self._get_due_domain(today), ("email", "=", email)])._mail_new(today)

    @api.model
    def _get_due_domain(self, today):
        """Searches of which as many whole days are over as its mail should tell of."""
        daily, weekly = (today - timedelta(days=DAYS[name] + 1) for name in ("daily", "weekly"))
        return [
            "|", "&", ("frequency", "=", "daily"), ("covered_until", "<=", daily),
            "&", ("frequency", "=", "weekly"), ("covered_until", "<=", weekly),
            ("confirmed_on", "!=", False),
        ]  # fmt: skip

    def _mail_new(self, today):
        parts = self._get_digest(today)
        if parts:
            self._send("vti_bpv.mail_template_search_new", {"parts": parts, "stop_url": self._get_stop_url()})
        self.write({"covered_until": today - timedelta(days=1)})

    @api.autovacuum
    def _gc_searches(self):
        """Forget addresses that nobody confirmed, and searches after a year."""
        today = self.env["vti.vacancy"]._get_today_here()
        self.sudo().search([
            "|", "&", ("confirmed_on", "=", False), ("create_date", "<", today - timedelta(days=WAIT_DAYS)),
            ("confirmed_on", "<", today - timedelta(days=KEEP_DAYS)),
        ], limit=5000).unlink()  # fmt: skip
