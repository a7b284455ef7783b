from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class Season(models.Model):
    """VTI's start page: the season on one screen, every figure opening its list.

    Each room adds its own figures, so that the number of queries doesn't grow with the data.
    """

    _inherit = "vti.season"

    @api.model
    @api.readonly
    def get_start_page(self, season_id=None):
        """What the start page shows.

        :param int season_id: another season than the one of today, or 0 for all
        :return: season, seasons to choose from, sections of figures, and places against students
        :rtype: dict
        :raise AccessError: for who isn't VTI
        """
        if not self.env.user.has_group("vti_bpv.group_user"):
            raise AccessError(self.env._("Only VTI sees this page."))
        seasons = self.search([])
        season = seasons.filtered(lambda season: season.id == season_id)
        if not season and season_id != 0:
            season = self._of_day() or seasons[:1]
        figures = sorted(season._get_season_figures(), key=lambda figure: figure["sequence"])
        return {
            "season_id": season.id or 0,
            "seasons": [
                *({"id": other.id, "name": other.name} for other in seasons),
                {"id": 0, "name": self.env._("All seasons")},
            ],
            "sections": [
                {"key": key, "label": label, "figures": [figure for figure in figures if figure["section"] == key]}
                for key, label in self._get_season_sections()
                if any(figure["section"] == key for figure in figures)
            ],
            "balances": season._get_season_balances(),
        }

    @api.model
    def _get_season_sections(self):
        return [
            ("todo", self.env._("Waits for VTI")),
            ("places", self.env._("Places and students")),
            ("internships", self.env._("Internships")),
            ("network", self.env._("Whatever the season")),
        ]

    @api.model
    def _make_figure(self, sequence, section, label, model, domain, action, note="", tone="plain"):
        """A figure of the start page: the number of records that it opens.

        :param str tone: plain, or what it is where it isn't 0: attention or late
        :param str note: what else there is to know, in a few words
        """
        count = self.env[model].search_count(domain)
        return {
            "key": f"{model}-{sequence}",
            "sequence": sequence,
            "section": section,
            "label": label,
            "value": count,
            "note": note,
            "tone": tone if count else "plain",
            "action": action,
            "domain": list(Domain(domain)),
        }

    def _get_season_figures(self):
        """The figures of this room; later rooms add theirs. The empty season stands for all.

        :return: figures as `_make_figure` makes them
        :rtype: list[dict]
        """
        _ = self.env._
        today = fields.Date.context_today(self)
        young = Domain("birth_date", ">", fields.Date.subtract(today, years=16)) & Domain("guardian_ids", "=", False)
        students = self._get_student_domain()
        figure = self._make_figure
        return [
            figure(40, "todo", _("Under 16, no parent known"), "vti.student", students & young,
                   "vti_bpv.vti_student_action", tone="attention"),
            figure(50, "todo", _("Questions from the site"), "crm.lead", [("type", "=", "lead")],
                   "vti_bpv.crm_lead_action_question", tone="attention"),
            figure(10, "places", _("Students looking"), "vti.student", students & Domain("is_looking", "=", True),
                   "vti_bpv.vti_student_action"),
            figure(10, "network", _("Recognitions to check"), "vti.recognition", [("needs_check", "=", True)],
                   "vti_bpv.vti_recognition_action", tone="attention"),
            figure(20, "network", _("Member companies"), "res.partner",
                   [("is_employer", "=", True), ("membership_state", "=", "member")], "vti_bpv.vti_company_action"),
        ]  # fmt: skip

    def _get_season_balances(self):
        """Places against students, by level and by trade.

        :rtype: list[dict]
        """
        places = self._get_open_places_by()
        students = self._get_looking_students_by()
        names = {
            "level": self.env["vti.qualification"]._fields["level"]._description_selection(self.env),
            "trade": [(trade.id, trade.name) for trade in self.env["vti.trade"].search([])],
        }
        labels = {"level": self.env._("By level"), "trade": self.env._("By trade")}
        balances = []
        for key, options in names.items():
            rows = [
                {"label": label, "places": places[key].get(value, 0), "students": students[key].get(value, 0)}
                for value, label in options
            ]
            most = max([1, *(max(row["places"], row["students"]) for row in rows)])
            for row in rows:
                row["places_share"] = round(100 * row["places"] / most)
                row["students_share"] = round(100 * row["students"] / most)
            balances.append({"key": key, "label": labels[key], "rows": rows})
        return balances

    def _get_looking_students_by(self):
        """Students who look for a place, by level and by trade of their course."""
        domain = Domain("student_id.is_looking", "=", True)
        if self:
            domain &= Domain("date_from", "<=", self.date_to) & Domain(self._get_lasting_domain())
        groups = self.env["vti.enrolment"]._read_group(domain, ["qualification_id"], ["student_id:count_distinct"])
        counts = {"level": {}, "trade": {}}
        for qualification, number in groups:
            for key, value in (("level", qualification.level), ("trade", qualification.trade_id.id)):
                counts[key][value] = counts[key].get(value, 0) + number
        return counts

    def _get_open_places_by(self):
        """Hook for the room of the places: places left, by level and by trade."""
        return {"level": {}, "trade": {}}
