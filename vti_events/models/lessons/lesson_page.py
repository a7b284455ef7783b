from odoo import api, models

from odoo.addons.portal.controllers.portal import pager

from .lesson_answer import LENGTHS
from .lesson_offer import WEEKDAYS

PER_PAGE = 20


class LessonRequest(models.Model):
    """What the pages of a school show."""

    _inherit = "vti.lesson.request"

    @api.model
    def _get_page(self, page):
        """The requests of the user's school, what runs first: values for the page."""
        found = pager("/my/lessons", self.search_count([]), page, PER_PAGE)
        requests = self.search([], order="is_over, last_day, id desc", limit=PER_PAGE, offset=found["offset"])
        return {"lessons": requests.sudo(), "pager": found}

    @api.model
    def _get_form_choices(self):
        """The lists to choose from, in the user's language."""
        fields_of = self._fields
        parts = self.env["vti.lesson.moment"]._fields["part"]
        return {
            "kinds": fields_of["kind"]._description_selection(self.env),
            "levels": fields_of["level"]._description_selection(self.env),
            "years": fields_of["study_year"]._description_selection(self.env),
            "parts": parts._description_selection(self.env),
            "trades": [(trade.id, trade.name) for trade in self.env["vti.trade"].sudo().search([])],
        }

    @api.model
    def _get_last_values(self, person):
        """What somebody most likely asks: as the last time, without the days."""
        last_sudo = self.sudo().search([("partner_id", "=", person.id)], order="id desc", limit=1)
        return {
            "kind": last_sudo.kind or "guest_lesson",
            "trade_id": last_sudo.trade_id.id or "",
            "level": last_sudo.level or "",
            "study_year": last_sudo.study_year or "",
            "students": last_sudo.students or "",
            "campus_id": last_sudo.campus_id.id or "",
        }

    def _get_steps(self):
        """Where it stands: rows of label and is-done, is-current or is-stopped."""
        self.ensure_one()
        _ = self.env._
        labels = [_("Asked"), _("Companies asked"), _("Company found"), _("Planned"), _("Held")]
        if self.state == "ended":
            return [(labels[0], "is-done"), (self._get_end_text(), "is-stopped")]
        here = ("asked", "offered", "coupled", "planned", "held").index(self.state)
        return [
            (label, "is-done" if number < here or self.state == "held" else "is-current" if number == here else "")
            for number, label in enumerate(labels)
        ]

    def _get_end_text(self):
        return dict(self._fields["end_kind"]._description_selection(self.env)).get(self.end_kind, "")

    def _get_state_badge(self):
        """The state in words for the school, and the class of its badge."""
        self.ensure_one()
        if self.state == "ended":
            return self._get_end_text(), ""
        label = dict(self._fields["state"]._description_selection(self.env))[self.state]
        if self.coupled_id.turn in ("school", "both"):
            return self.env._("Waits for you"), "vti-badge--warning"
        return label, "vti-badge--success" if self.state in ("planned", "held") else "vti-badge--info"


class LessonOffer(models.Model):
    """What the form of a company shows."""

    _inherit = "vti.lesson.offer"

    @api.model
    def _get_weekday_labels(self):
        return [(name, self._fields[name]._description_string(self.env)) for name in WEEKDAYS]

    def _get_form_values(self):
        self.ensure_one()
        values = {name: "1" for name in WEEKDAYS if self[name]}
        values |= {f"trade_{trade.id}": "1" for trade in self.trade_ids}
        values |= {name: str(self[name] or "") for name in ("date_from", "date_to", "text")}
        values |= {"branch_id": self.branch_id.id or "", "kind": self.kind}
        return values | {"max_students": str(self.max_students), "max_km": str(self.max_km)}


class LessonProposal(models.Model):
    """What the page of a company shows."""

    _inherit = "vti.lesson.proposal"

    @api.model
    def _get_lengths(self):
        """How long it may take: key and words in the user's language."""
        one, more = self.env._("hour"), self.env._("hours")
        return [(key, f"{self._format_hours(key)} {one if key == '1' else more}") for key in LENGTHS]

    @api.model
    def _format_hours(self, key):
        point = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").decimal_point or "."
        return key.replace(".", point)

    def _get_state_badge(self):
        """The state in words for the company, and the class of its badge."""
        self.ensure_one()
        if self._can_answer("company"):
            return self.env._("Waits for you"), "vti-badge--warning"
        if self.state == "asked":
            return self.env._("Your other day is known to VTI"), "vti-badge--info"
        if self.state == "coupled":
            return self.env._("Waits for the school"), "vti-badge--info"
        if self.state == "planned":
            held = self.request_id.state == "held"
            return (self.env._("Held") if held else self.env._("Planned")), "vti-badge--success"
        mine = {"declined": self.env._("You said no"), "lapsed": self.env._("No answer in time")}
        labels = dict(self._fields["state"]._description_selection(self.env)) | mine
        return labels[self.state], ""
