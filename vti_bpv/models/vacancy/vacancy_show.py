from collections import namedtuple
from functools import lru_cache

from babel.dates import format_date

from odoo import api, fields, models
from odoo.tools import formatLang
from odoo.tools.misc import babel_locale_parse, get_lang

from ...tools import place_html
from ...tools.place_query import SWITCHES
from ..network.qualification import LEVELS, PATHS
from .vacancy import KINDS
from .vacancy_search import TOWNS_SHOWN

# the filters as the page shows them; the choices of some stand in an order of their own, those of others in a table
FACETS = ("kind", "level", "path", "trade", "period", "days", "qualification", "town")
ORDERS = {name: [key for key, _label in rows] for name, rows in (("kind", KINDS), ("level", LEVELS), ("path", PATHS))}
LISTS = {"trade": "vti.trade", "qualification": "vti.qualification"}
LONG_FACET = 5  # a filter with more choices than this is folded up
Currency = namedtuple("Currency", "name symbol")


@lru_cache(maxsize=20000)
def _slug_name(http, name):
    """What stands before the number in an address, as Odoo writes it; many places are called alike."""
    return http._slug((1, name)).removesuffix("1")


def _slug(http, number, name):
    return f"{_slug_name(http, name)}{number}"


@lru_cache(maxsize=5000)
def _write_day(lang, day):
    return format_date(day, format="d MMMM y", locale=babel_locale_parse(lang))


class Vacancy(models.Model):
    """Places in words: what lists, pages, mails and the text for other sites say of one."""

    _inherit = "vti.vacancy"

    # one place

    def _get_labels(self, name):
        def make():
            return dict(self._fields[name]._description_selection(self.env))

        return self.env["website"]._keep("labels", (name,), make)

    def _get_text_lang(self):
        """The language of what the company typed, as HTML says it; None where it is that of the page."""
        self.ensure_one()
        return self._get_other_lang(self.sudo().language.id)

    def _get_other_lang(self, language):
        """A language (id of res.lang) as HTML says it; None where it is that of the page."""

        def read():
            return self.env["res.lang"].sudo().browse(language).code

        code = language and self.env["website"]._keep("language", (language,), read)
        return code.replace("_", "-") if code and code != self.env.lang else None

    def _get_badges(self):
        """Short facts for a card: kind, levels, path, days, pay and more.

        :return: a list of str
        """
        self.ensure_one()
        return self._make_badges(*self._get_badge_facts())

    def _get_badge_facts(self):
        return (self.kind, self.levels, self.learning_path, self.days_per_week, self.is_paid and self._get_pay(),
                self.side_job, self.places_left)  # fmt: skip

    def _make_badges(self, kind, levels, path, days, pay, side_job, left):
        _ = self.env._
        badges = [self._get_labels("kind")[kind]]
        if levels:
            badges.append(_("Level %(levels)s", levels=", ".join(levels)))
        if path:
            badges.append(path)
        if days:
            badges.append(_("1 day a week") if days == 1 else _("%(days)s days a week", days=days))
        if pay:
            badges.append(pay)
        if side_job:
            badges.append(_("Side job possible"))
        if left > 1:
            badges.append(_("%(count)s places", count=left))
        return badges

    def _get_pay(self):
        """The allowance or salary in words, or False where there is none."""
        self.ensure_one()
        is_salary = self.learning_path == "bbl"
        amount = self.salary if is_salary else self.allowance
        if not amount:
            return False
        return self._say("_make_pay", amount, is_salary, self.currency_id.id)

    def _make_pay(self, amount, is_salary, currency_id):
        currency = self._get_currency(currency_id)
        digits = 0 if amount == int(amount) else 2
        amount = f"{currency.symbol}\N{NO-BREAK SPACE}{formatLang(self.env, amount, digits=digits)}"
        if is_salary:
            return self.env._("%(amount)s gross a month", amount=amount)
        return self.env._("%(amount)s a month", amount=amount)

    def _get_currency(self, currency_id):
        """Name and symbol of a currency, remembered."""

        def read():
            currency = self.env["res.currency"].browse(currency_id)
            return Currency(currency.name, currency.symbol)

        return self.env["website"]._keep("currency", (currency_id,), read)

    def _get_left_text(self):
        """How many interns may still come, in words."""
        self.ensure_one()
        return self._say("_make_left_text", self.places_left, self.places_offered)

    def _make_left_text(self, left, offered):
        return self.env._("%(left)s of %(offered)s free", left=left, offered=offered)

    def _get_dates(self):
        """From when to when, in words."""
        self.ensure_one()
        return self._say("_make_dates", self.date_from, self.date_to)

    def _make_dates(self, *days):
        _ = self.env._
        start, end = map(self._format_day, days)
        if start and start == end:
            return _("On %(day)s", day=start)
        if start and end:
            return _("%(start)s to %(end)s", start=start, end=end)
        if start:
            return _("From %(start)s", start=start)
        return _("Until %(end)s", end=end) if end else _("Start in consultation")

    def _format_day(self, day):
        """A day in words, or what is no day."""
        return day and _write_day(self.env.lang or get_lang(self.env).code, day)

    def _get_hours(self):
        """When one works, in words."""
        self.ensure_one()
        return self._say("_make_hours", self.days_per_week, self.hours_per_week, self.time_from, self.time_to)

    def _make_hours(self, days, hours, start, stop):
        _ = self.env._
        parts = []
        if days:
            parts.append(_("%(days)s days", days=days) if days > 1 else _("1 day"))
        if hours:
            parts.append(_("%(hours)g hours", hours=hours))
        week = _("%(parts)s a week", parts=", ".join(parts)) if parts else ""
        clock = ""
        if start or stop:
            clock = _("from %(start)s to %(stop)s", start=self._format_clock(start), stop=self._format_clock(stop))
        return ", ".join(filter(None, [week, clock]))

    def _get_age_lines(self):
        """Who is old enough for what here, as sentences for visitors."""
        self.ensure_one()
        _ = self.env._
        day = self.date_from or fields.Date.context_today(self)
        lines = [_("From age %(age)s.", age=self.min_age)] if self.min_age else []
        tasks_sudo = self.sudo().task_ids
        rules = tasks_sudo._get_rules_on(day) if tasks_sudo else []
        return lines + [f"{rule.task_id.name}: {rule._get_sentence()}." for rule in rules]

    def _get_page_path(self):
        self.ensure_one()
        return self._make_path(self._origin.id, self.sudo().name)

    def _make_path(self, number, name):
        if not number:  # a place that is being typed
            return "/stages"
        return f"/stages/{_slug(type(self.env['ir.http']), number, name)}"

    def _get_company_path(self):
        self.ensure_one()
        company = self.sudo().employer_id
        return f"/bedrijven/{_slug(type(self.env['ir.http']), company.id, company.name)}"

    def action_open_page(self):
        """Open this place's page on the site."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self._get_page_path(), "target": "new"}

    def action_open_copy(self):
        """Copy this place to the next season and show the draft."""
        copy = self.action_copy_to_season()
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": copy.id, "view_mode": "form"}

    def _get_summary(self):
        """One or two sentences for search engines and for sharing."""
        self.ensure_one()
        place = self.sudo()
        where = place.town and self.env._("%(company)s, %(town)s", company=place.employer_id.name, town=place.town)
        first = f"{place.name} - {where or place.employer_id.name}. "
        return (first + " ".join((place.description or "").split()))[:155].rstrip()

    def _get_stagemarkt_text(self):
        """All of a place as plain text, to be pasted at Stagemarkt, with a link to its page here."""
        self.ensure_one()
        _, place = self.env._, self.sudo()
        blocks = [
            place.name, place.description,
            place.learning and _("You learn:\n%(text)s", text=place.learning),
            place.requirements and _("We ask:\n%(text)s", text=place.requirements),
            "\n".join(filter(None, [
                place._get_dates(), place._get_hours(), place._get_pay(), place.expenses,
                place.clothes and _("Clothes and tools: %(text)s", text=place.clothes),
            ])),
            _("All about this place, and apply: %(url)s", url=place.get_base_url() + place._get_page_path()),
        ]  # fmt: skip
        return "\n\n".join(filter(None, blocks))

    # the list

    @api.model
    def _get_period_label(self, period):
        year, half = period.split("-")
        if half == "1":
            return self.env._("February to July %(year)s", year=year)
        return self.env._("August %(year)s to January %(next)s", year=year, next=int(year) + 1)

    @api.model
    def _get_facets(self, query, found):
        """The filters with their choices and counts, as the page shows them.

        :return: a list of dict with name, label, and choices of (value, label, count, is_chosen)
        """
        labels = self.env["website"]._keep("labels", ("filters",), self._get_filter_labels)
        facets = [self._get_facet(name, labels[name], query, found) for name in FACETS]
        switches = [
            (name, labels[name], found.counts[name][True], bool(query.chosen.get(name)))
            for name in SWITCHES if found.counts[name][True] or query.chosen.get(name)
        ]  # fmt: skip
        return [facet for facet in facets if facet["choices"]], switches

    def _get_filter_labels(self):
        _ = self.env._
        return {
            "kind": _("Kind of internship"), "level": _("Level"), "path": _("Learning path"), "trade": _("Trade"),
            "period": _("Starts in"), "days": _("Days a week"), "qualification": _("Qualification"),
            "town": _("Town"), "paid": _("Allowance or salary"), "side_job": _("Side job possible"),
            "level2": _("Open to level 2"),
        }  # fmt: skip

    def _get_facet(self, name, label, query, found):
        counts, chosen = found.counts[name], query.chosen.get(name, ())
        values = {*counts, *chosen}
        names = self._get_choice_names(name, values, found)
        if name in ORDERS:
            values = [value for value in ORDERS[name] if value in values]
        else:
            values = self._sort_choices(name, values, counts, names)
        choices = [(value, names[value], counts[value], value in chosen) for value in values if value in names]
        return {
            "name": name,
            "label": label,
            "choices": choices,
            "html": place_html.choices(name, choices),
            "is_chosen": bool(chosen),
            "is_long": len(choices) > LONG_FACET and name not in ("kind", "trade"),
        }

    def _get_choice_names(self, name, values, found):
        """What the choices of a filter are called; those that there aren't are left out."""
        if name in ("days", "town"):
            return {value: value for value in values}
        if name == "period":
            return {value: self._say("_get_period_label", value) for value in values}
        return self.env["website"]._keep("names", found.view.key(name), lambda: self._read_choice_names(name))

    def _read_choice_names(self, name):
        if name in LISTS:
            records = self.env[LISTS[name]].sudo().with_context(active_test=False).search([])
            return {one.id: f"{one.name} ({one.level})" if name == "qualification" else one.name for one in records}
        field = {"path": self._fields["learning_path"], "level": self.env["vti.qualification"]._fields["level"]}.get(
            name
        )
        return dict((field or self._fields[name])._description_selection(self.env))

    def _sort_choices(self, name, values, counts, names):
        if name in ("days", "period"):
            return sorted(values)
        if name == "town" and len(values) > TOWNS_SHOWN:
            least = sorted(map(counts.__getitem__, values), reverse=True)[TOWNS_SHOWN - 1]
            values = [value for value in values if counts[value] >= least]
        by_count = sorted(values, key=lambda v: (-counts[v], str(names.get(v, v))))
        return by_count[:TOWNS_SHOWN] if name == "town" else by_count

    @api.model
    def _get_chips(self, query, facets, switches):
        """What is filtered on, each with the address that leaves it out.

        :return: a list of (label, url)
        """
        chips = [
            (label, query.without(facet["name"], value).url())
            for facet in facets for value, label, _count, is_chosen in facet["choices"] if is_chosen
        ]  # fmt: skip
        return chips + [(label, query.without(name).url()) for name, label, _count, chosen in switches if chosen]
