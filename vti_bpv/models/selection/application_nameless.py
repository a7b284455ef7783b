import re

from odoo import api, fields, models
from odoo.tools import SQL

from ..network.qualification import LEVELS, PATHS

MARK = "…"
_REACH = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|@\w{3,}|\+?\d[\d\s()./-]{7,}\d")
_BETWEEN = {"van", "der", "den", "het", "ten", "ter", "von", "del", "ben"}  # in names, and in every text
LEAST = 5  # students: of fewer one would know who they are


class Vacancy(models.Model):
    _inherit = "vti.vacancy"

    def _is_nameless(self):
        """Whether applying for this place is nameless, by its company, its season or VTI's setting."""
        self.ensure_one()
        place_sudo = self.sudo()
        setting = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.nameless")
        return place_sudo.nameless or place_sudo.season_id.nameless or setting in ("True", "1")


class Application(models.Model):
    """A first round without names: who it is opens to the company with the invitation.

    What holds is what held when the student applied. All that tells who somebody is passes
    `_is_contact_open`, so page, mail, RPC, search and export give the same answer; the student's own
    words aren't readable for companies as a field, and are shown on the page once the name is.
    """

    _inherit = "vti.application"

    nameless = fields.Boolean("First round without names", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        places = self.env["vti.vacancy"]
        for vals in vals_list:
            vals.setdefault("nameless", places.browse(vals.get("vacancy_id"))._is_nameless())
        return super().create(vals_list)

    def _portal_readable_fields(self):
        readable = super()._portal_readable_fields() | {"nameless"}
        if self.env.user.has_group("vti_bpv.group_company"):
            return readable - {"motivation", "stated_school", "stated_programme"}
        return readable

    def _is_name_open(self):
        """Whether the company may know who it is, as far as the nameless round goes."""
        self.ensure_one()
        application_sudo = self.sudo()
        return not application_sudo.nameless or bool(application_sudo.invited_on or application_sudo.offered_on)

    def _is_contact_open(self):
        return super()._is_contact_open() and self._is_name_open()

    def _get_profile_parts(self):
        """What the student tells of itself, for the company: list of (label, text).

        As long as names are closed, whatever reads like a name, address or number of this student is left out.
        """
        self.ensure_one()
        student_sudo = self.sudo().student_id
        parts = [(self.env._("In one line"), student_sudo.headline), *student_sudo.with_env(self.env)._get_cv_parts()]
        return [(label, self._hide_if_nameless(text)) for label, text in parts if text]

    def _get_cv_values(self):
        """The CV made from the profile as this company may have it now: without name and contact until it invites."""
        self.ensure_one()
        values = self.sudo().student_id.with_env(self.env)._get_cv_values()
        if not self._is_contact_open():
            values |= {"name": self.env._("Student %(code)s", code=self.sudo().student_id.code), "contact": []}
        hide = self._hide_if_nameless
        return values | {
            "headline": hide(values["headline"]),
            "study": self.study,
            "parts": [(label, hide(text)) for label, text in values["parts"]],
        }

    def _hide_if_nameless(self, text):
        return text if not text or self._is_name_open() else self._hide_person(text)

    def _hide_person(self, text):
        """Take the student's name and whatever one can be reached by out of a text."""
        name = self.sudo().student_id.partner_id.name or ""
        text = _REACH.sub(MARK, text)
        for word in {word.lower() for word in re.findall(r"\w{3,}", name)} - _BETWEEN:
            text = re.sub(rf"\b{re.escape(word)}\b", MARK, text, flags=re.IGNORECASE)
        return text


class SelectionOutcome(models.Model):
    """Invitations and offers by level and path, with and without names; never of a few students."""

    _name = "vti.selection.outcome"
    _description = "Invitations and offers"
    _auto = False
    _order = "level, learning_path, nameless"
    _rec_name = "level"
    _depends = {
        "vti.application": ["level", "nameless", "invited_on", "offered_on", "shown_on", "enrolment_id", "student_id"],
        "vti.enrolment": ["learning_path"],
    }

    level = fields.Selection(LEVELS, readonly=True)
    learning_path = fields.Selection(PATHS, readonly=True)
    nameless = fields.Boolean("Without names", readonly=True)
    student_count = fields.Integer("Students", readonly=True)
    application_count = fields.Integer("Applications", readonly=True)
    invited_count = fields.Integer("Invited", readonly=True)
    offered_count = fields.Integer("Offered", readonly=True)
    invited_share = fields.Integer("% invited", readonly=True, aggregator="avg")
    offered_share = fields.Integer("% offered", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """SELECT min(a.id) AS id, a.level, e.learning_path, coalesce(a.nameless, FALSE) AS nameless,
                      count(DISTINCT a.student_id) AS student_count, count(*) AS application_count,
                      count(a.invited_on) AS invited_count, count(a.offered_on) AS offered_count,
                      round(100.0 * count(a.invited_on) / count(*))::int AS invited_share,
                      round(100.0 * count(a.offered_on) / count(*))::int AS offered_share
               FROM vti_application a JOIN vti_enrolment e ON e.id = a.enrolment_id
               WHERE a.shown_on >= %s GROUP BY a.level, e.learning_path, coalesce(a.nameless, FALSE)
               HAVING count(DISTINCT a.student_id) >= %s""",
            fields.Datetime.subtract(fields.Datetime.now(), months=12), LEAST,
        )  # fmt: skip
