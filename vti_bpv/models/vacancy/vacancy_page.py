from urllib.parse import quote

from odoo import models, tools
from odoo.tools import SQL

from ...tools import place_html

# what the page of a place shows of it; of its company and address: res.partner's _get_page_fields
OF_PLACE = (
    "name", "kind", "employer_id", "place_id", "trade_id", "learning_path", "open_to_level_2", "with_hbo", "language",
    "levels", "date_from", "date_to", "days_per_week", "hours_per_week", "time_from", "time_to", "places_offered",
    "places_left", "currency_id", "allowance", "expenses", "salary", "is_paid", "side_job", "town", "latitude",
    "longitude", "description", "learning", "requirements", "clothes", "travel", "mentor_id", "min_age",
    "supervised_tasks", "state", "published_on",
)  # fmt: skip
# of what it chose from lists that are the same for all places
OF_LISTS = {"qualification_ids": ("active", "name", "level", "crebo"), "task_ids": ("active",)}


def _columns(alias, names):
    return SQL(", ").join(SQL.identifier(alias, name) for name in names)


def _tell(record, names, values):
    """Tell the ORM what a query read of a record, as its own queries do."""
    for name, value in zip(names, values, strict=True):
        record._fields[name]._insert_cache(record, (value,))


class Vacancy(models.Model):
    """What a place's page shows, as plain values for its templates, and how it is read: in two queries.

    The ORM's ten took half of the page's time. PostgreSQL plans one that joins the four tables longer than it
    runs all of this.
    """

    _inherit = "vti.vacancy"

    def _read_page(self, view):
        """Bring what the page shows of this place (sudo) into the ORM's cache.

        :param view: what `_get_places_view` gave
        :return: this place, or none where there isn't such a place
        """
        if not self:
            return self
        own, partners = self._get_page_queries()
        self.env.cr.execute(own, [self.id])
        row = self.env.cr.fetchone()
        if not row:
            return self.browse()
        _tell(self, OF_PLACE, row[: len(OF_PLACE)])
        for (name, names), ids in zip(OF_LISTS.items(), row[len(OF_PLACE) :], strict=True):
            listed = self._fields[name].comodel_name
            rows = self._get_list_rows(listed, names, view)
            ids = [number for number in rows if number in ids]
            _tell(self, [name], [tuple(ids)])
            for number in ids:
                _tell(self.env[listed].browse(number), names, rows[number])
        shown = self.env["res.partner"]._get_page_fields()
        self.env["res.partner"].flush_model(shown)
        self.env.cr.execute(partners, [(self.employer_id | self.place_id)._ids])
        for number, province, *values in self.env.cr.fetchall():
            partner = self.employer_id.browse(number)
            _tell(partner, shown, values)
            _tell(partner.postcode_id, ["province"], [province])
        return self

    @tools.ormcache()
    def _get_page_queries(self):
        """Text of the queries: of a place by its id, and of its company and address by theirs."""
        shown = self.env["res.partner"]._get_page_fields()
        own = SQL(
            "SELECT %s, %s FROM vti_vacancy v WHERE v.id = ",
            _columns("v", OF_PLACE), SQL(", ").join(map(self._list_ids, OF_LISTS)),
        )  # fmt: skip
        partners = SQL(
            """SELECT p.id, (SELECT pc.province FROM vti_postcode pc WHERE pc.id = p.postcode_id), %s
               FROM res_partner p WHERE p.id IN """,
            _columns("p", shown),
        )
        return f"{own.code}%s", f"{partners.code}%s"

    def _list_ids(self, name):
        field = self._fields[name]
        return SQL(
            "ARRAY(SELECT %s FROM %s WHERE %s = v.id)", SQL.identifier(field.column2),
            SQL.identifier(field.relation), SQL.identifier(field.column1),
        )  # fmt: skip

    def _get_list_rows(self, model, names, view):
        """All of a list that is the same for all places, remembered: id -> values, in its order."""

        def read():
            records = self.env[model].sudo().with_context(active_test=False).search([])
            return {record.id: [record[name] for name in names] for record in records}

        return self.env["website"]._keep("list", view.key(model), read)

    def _get_page(self):
        """What the page of this place (sudo) says, for the template `place_page`.

        :return: texts and flags, as tools/mould.py takes them
        """
        company, state = self.employer_id, self.state
        return {
            "title": self.name,
            "description": self._get_summary(),
            "place_id": str(self._origin.id or ""),
            "place_slug": self._get_page_path().rpartition("/")[2],
            "text_lang": self._get_text_lang(),
            "town": self.town or "",
            "badges": self._say("_make_badge_items", *self._get_badge_facts()),
            "company_name": company.name,
            "company_slug": self._get_company_path().rpartition("/")[2],
            "about": company.about or "",
            "employee_count": str(company.employee_count or ""),
            "is_over": self._is_over(),
            "is_filled": state == "filled",
            "is_paused": state == "paused",
            "paused_until": state == "paused" and self._format_day(self.paused_until) or "",
            "can_apply": self._is_open(),
            "no_index": state != "published",
        }

    def _get_page_parts(self, page):
        """What the templates of the page's parts say.

        :param dict page: what `_get_page` gave
        :return: name of the part -> its values
        """
        lang, company = page["text_lang"], page["company_name"]
        url = self.get_base_url() + self._get_page_path()
        return {
            "facts": {"facts": self._get_facts()},
            "text": {
                "text_lang": lang, "sections": self._get_text_sections(), "age_lines": self._get_age_lines(),
                "supervised_tasks": self.supervised_tasks or "", "company_name": company,
                "has_guide": bool(self.mentor_id),
            },
            "where": {
                "text_lang": lang, "address": self._get_address_lines(), "travel": self.travel or "",
                "latitude": str(self.latitude or ""), "longitude": str(self.longitude or ""),
            },
            "share": {
                "place_slug": page["place_slug"], "page_url": url, "share_url": quote(url, safe=""),
                "share_title": quote(self.name), "share_text": quote(f"{self.name}, {company}: {url}"),
            },
        }  # fmt: skip

    def _get_facts(self):
        """What one wants to know of this place (sudo) at a glance.

        :return: a list of (label, value), both text or Markup
        """
        labels = self.env["website"]._keep("labels", ("facts",), self._get_fact_labels)
        is_open, path = self._is_open(), self.learning_path
        facts = {
            "when": self._get_dates(),
            "hours": self._get_hours(),
            "for": self._get_qualification_lines(),
            "path": path and self._get_labels("learning_path")[path],
            "salary" if path == "bbl" else "allowance": self._get_pay(),
            "expenses": self.expenses,
            "side_job": self.side_job and labels["possible"],
            "left": "" if self._is_over() else self._get_left_text(),
            "last_day": is_open and self._format_day(self._get_last_day()),
            "online": is_open and self._format_day(self.published_on),
            "number": str(self._origin.id or ""),
            "together": self.with_hbo and labels["pair"],
        }
        return [(labels[name], value) for name, value in facts.items() if value]

    def _get_fact_labels(self):
        _ = self.env._
        return {
            "when": _("When"), "hours": _("Working hours"), "for": _("For"), "path": _("Learning path"),
            "salary": _("Salary"), "allowance": _("Allowance"), "expenses": _("Expenses"),
            "side_job": _("Side job"), "possible": _("Possible"), "left": _("Places"), "last_day": _("Apply by"),
            "online": _("Online since"), "number": _("Number"), "together": _("Together"),
            "pair": _("You may work as a pair with an hbo student"),
        }  # fmt: skip

    def _get_qualification_lines(self):
        """For whom the place is, as HTML."""
        _, studies = self.env._, self.qualification_ids
        lines = [
            (_("%(name)s, level %(level)s", name=one.name, level=one.level), f"(crebo {one.crebo})") for one in studies
        ]
        if lines and self.open_to_level_2 and "2" not in studies.mapped("level"):
            lines.append((_("Also open to level 2"), ""))
        return place_html.lines(lines)

    def _get_address_lines(self):
        place = self.place_id
        where = [" ".join(filter(None, [place.zip, place.city])), self._get_province()]
        name = place.name if place != self.employer_id else ""
        return [line for line in (name, place.street, ", ".join(filter(None, where))) if line]
