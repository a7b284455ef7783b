from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

# A place and a student belong to the region that VTI gave the company, else to the one whose companies lie nearest
# on average. Without regions the provinces stand in. One row per room for a student, and per student who looks.
BALANCE = """
    WITH centre AS (
        SELECT p.vti_region_id AS region, avg(c.latitude) AS latitude, avg(c.longitude) AS longitude
        FROM res_partner p JOIN vti_postcode c ON c.id = p.postcode_id
        WHERE p.is_employer AND p.active AND p.vti_region_id IS NOT NULL GROUP BY p.vti_region_id
    ), supply AS (
        SELECT v.id, 'vti.vacancy' AS model, v.trade_id, v.places_left AS places, 0 AS students,
               e.vti_region_id AS region, p.postcode_id
        FROM vti_vacancy v JOIN res_partner e ON e.id = v.employer_id LEFT JOIN res_partner p ON p.id = v.place_id
        WHERE v.id IN %(places)s AND (%(level)s IS NULL OR v.levels LIKE '%%' || %(level)s || '%%')
    ), demand AS (
        SELECT DISTINCT ON (s.id) s.id, 'vti.student' AS model, q.trade_id, 0 AS places, 1 AS students,
               NULL::integer AS region, p.postcode_id
        FROM vti_enrolment n JOIN vti_student s ON s.id = n.student_id JOIN res_partner p ON p.id = s.partner_id
        JOIN vti_qualification q ON q.id = n.qualification_id
        WHERE n.id IN %(enrolments)s AND (%(level)s IS NULL OR q.level = %(level)s)
        ORDER BY s.id, n.date_from DESC
    ), every AS (SELECT * FROM supply UNION ALL SELECT * FROM demand), area AS (
        SELECT u.postcode_id, (SELECT region FROM centre ORDER BY %(distance)s LIMIT 1) AS region
        FROM (SELECT DISTINCT postcode_id FROM every WHERE postcode_id IS NOT NULL) u
        JOIN vti_postcode c ON c.id = u.postcode_id
    ), placed AS (
        SELECT every.id, every.model, every.trade_id, every.places, every.students, c.place AS town, c.province,
               c.latitude, c.longitude, coalesce(every.region, area.region) AS region
        FROM every LEFT JOIN area ON area.postcode_id = every.postcode_id
        LEFT JOIN vti_postcode c ON c.id = every.postcode_id
    )
"""
# near enough to choose between centres: a degree of longitude is 0.61 of one of latitude here
NEARNESS = SQL("power(c.latitude - centre.latitude, 2) + power(0.61 * (c.longitude - centre.longitude), 2), region")
NONE = "none"  # the key of what has no region or trade


class Season(models.Model):
    """Where places lack: those that are open against the students who look, by region, trade and town."""

    _inherit = "vti.season"

    def _check_balance_reader(self):
        if not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI sees this page."))

    def _get_balance_sql(self, level):
        """The query up to its `placed` rows: id, model, trade_id, places, students, town, province, region, point."""
        self.env.flush_all()
        students = Domain("student_id.is_looking", "=", True)
        if self:
            students &= Domain("date_from", "<=", self.date_to) & Domain(self._get_lasting_domain())
        return SQL(
            BALANCE, level=level or None, distance=NEARNESS,
            places=self.env["vti.vacancy"].sudo()._search(self._get_vacancy_domain("published")).subselect(),
            enrolments=self.env["vti.enrolment"].sudo()._search(students).subselect(),
        )  # fmt: skip

    def _get_area_column(self):
        """What the rows of the table are: regions where VTI has any with companies, else provinces."""
        has_regions = self.env["res.partner"].search_count([("vti_region_id", "!=", False)], limit=1)
        return SQL("region::text") if has_regions else SQL("province")

    @api.model
    @api.readonly
    def get_balance(self, season_id=None, level=None, trade_id=None):
        """Places against students, as a table of regions by trades and as points on a map.

        :param int season_id: another season than today's, or 0 for all
        :param str level: only this level
        :param int trade_id: only this trade, on the map
        :rtype: dict
        :raise AccessError: for who isn't VTI
        """
        self._check_balance_reader()
        seasons = self.search([])
        season = seasons.filtered(lambda one: one.id == season_id)
        if not season and season_id != 0:
            season = self._of_day() or seasons[:1]
        levels = self.env["vti.qualification"]._fields["level"]._description_selection(self.env)
        level = level if level in dict(levels) else None
        trades = self.env["vti.trade"].search([])
        trade = trades.filtered(lambda one: one.id == trade_id)
        return {
            "season_id": season.id or 0,
            "seasons": [
                *({"id": one.id, "name": one.name} for one in seasons), {"id": 0, "name": self.env._("All seasons")}
            ],
            "level": level or "",
            "levels": [{"id": key, "name": name} for key, name in levels],
            "trade_id": trade.id or 0,
            "trades": [{"id": one.id, "name": one.name} for one in trades],
            **season._get_balance_table(level, trades),
            "towns": season._get_balance_towns(level, trade),
        }  # fmt: skip

    def _get_balance_table(self, level, trades):
        """Rows of the heat table, with their cells in the order of its columns; from one grouped query.

        :return: `columns`, `rows` and `total`
        """
        query = SQL(
            "%s SELECT coalesce(%s, %s), trade_id, sum(places)::int, sum(students)::int FROM placed GROUP BY 1, 2",
            self._get_balance_sql(level), self._get_area_column(), NONE,
        )  # fmt: skip
        counts = {(area, trade): (places, students) for area, trade, places, students in self.env.execute_query(query)}
        regions = {str(region.id): region.name for region in self.env["vti.region"].search([])}
        areas = sorted({area for area, _trade in counts}, key=lambda area: (area == NONE, regions.get(area, area)))
        columns = [{"key": trade.id, "label": trade.name} for trade in trades]
        if any(not trade for _area, trade in counts):
            columns.append({"key": 0, "label": self.env._("No trade")})
        rows = []
        for area in areas:
            label = self.env._("Elsewhere or unknown") if area == NONE else regions.get(area, area)
            cells = [self._make_cell(column["key"], *counts.get((area, column["key"] or None), (0, 0)))
                     for column in columns]  # fmt: skip
            rows.append({"key": area, "label": label, "cells": cells, "total": self._add_cells(cells)})
        totals = [self._add_cells([row["cells"][place] for row in rows], column["key"])
                  for place, column in enumerate(columns)]  # fmt: skip
        return {"columns": columns, "rows": rows, "totals": totals, "total": self._add_cells(totals)}

    @staticmethod
    def _make_cell(key, places, students):
        return {"key": key, "places": places, "students": students, "balance": places - students}

    def _add_cells(self, cells, key=-1):
        return self._make_cell(key, sum(cell["places"] for cell in cells), sum(cell["students"] for cell in cells))

    def _get_balance_towns(self, level, trade):
        """Points of the map: each town with open places or students who look."""
        query = SQL(
            """%s SELECT town, avg(latitude)::float8, avg(longitude)::float8, sum(places)::int, sum(students)::int
               FROM placed WHERE town IS NOT NULL AND (%s IS NULL OR trade_id = %s)
               GROUP BY town, province ORDER BY sum(places) + sum(students) DESC, town""",
            self._get_balance_sql(level), trade.id or None, trade.id or None,
        )  # fmt: skip
        return [
            {"town": town, "latitude": latitude, "longitude": longitude, **self._make_cell(town, places, students)}
            for town, latitude, longitude, places, students in self.env.execute_query(query)
        ]

    @api.model
    @api.readonly
    def get_balance_list(self, model, season_id=None, level=None, area=None, trade_id=None, town=None):
        """The list that a cell of the table or a point of the map opens.

        :param str model: vti.vacancy or vti.student
        :param str area: key of a row; None: all
        :param int trade_id: a vti.trade, 0 for what has none; -1: all
        :param str town: a point of the map
        :return: an action
        :raise AccessError: for who isn't VTI
        """
        self._check_balance_reader()
        if model not in ("vti.vacancy", "vti.student"):
            raise AccessError(self.env._("Only VTI sees this page."))
        season = self.browse(season_id or 0).exists()
        conditions = [SQL("model = %s", model)]
        if area:
            conditions.append(SQL("coalesce(%s, %s) = %s", self._get_area_column(), NONE, area))
        if trade_id is not None and trade_id >= 0:
            conditions.append(SQL("trade_id IS NOT DISTINCT FROM %s", trade_id or None))
        if town:
            conditions.append(SQL("town = %s", town))
        query = SQL("%s SELECT id FROM placed WHERE %s", season._get_balance_sql(level), SQL(" AND ").join(conditions))
        ids = [number for (number,) in self.env.execute_query(query)]
        actions = {"vti.vacancy": "vti_bpv.vti_vacancy_action", "vti.student": "vti_bpv.vti_student_action"}
        return self.env["ir.actions.act_window"]._for_xml_id(actions[model]) | {
            "domain": [("id", "in", ids)], "context": {},
        }  # fmt: skip
