from odoo import api, fields, models
from odoo.tools import SQL

from ..network.qualification import LEVELS, PATHS

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
            # that a guardian agreed tells an age
            return readable - {"motivation", "stated_school", "stated_programme", "guardian_state"}
        return readable

    def _is_name_open(self):
        """Whether the company may know who it is, as far as the nameless round goes."""
        self.ensure_one()
        application_sudo = self.sudo()
        opened_on = application_sudo.invited_on or application_sudo.offered_on or application_sudo.accepted_on
        return not application_sudo.nameless or bool(opened_on)

    @api.depends("nameless", "invited_on", "offered_on", "accepted_on")
    def _compute_study(self):
        """Leave out who it is also of a study or school that the student typed."""
        result = super()._compute_study()
        for application in self:
            if application.study and not application._is_name_open():
                application.study = application.student_id._hide_person(application.study)
        return result

    def _is_contact_open(self):
        return super()._is_contact_open() and self._is_name_open()

    def _get_candidate_name(self):
        """What this candidate is called for who doesn't know the name: by code, level and trade."""
        self.ensure_one()
        return self.student_id.with_env(self.env)._get_candidate_name(self.sudo().enrolment_id)

    def _get_profile_parts(self):
        """What the student tells of itself, for the company: list of (label, text).

        As long as names are closed, whatever tells who this student is, is left out.
        """
        self.ensure_one()
        student = self.sudo().student_id.with_env(self.env)
        return student._get_told_parts() if self._is_name_open() else student._get_nameless_parts()

    def _get_cv_values(self):
        """The CV made from the profile as this company may have it now: without name and contact until it invites."""
        self.ensure_one()
        student_sudo = self.sudo().student_id
        values = student_sudo.with_env(self.env)._get_cv_values() | {"study": self.study}
        if not self._is_contact_open():
            values |= {"name": self._get_candidate_name(), "contact": []}
        if self._is_name_open():
            return values
        hide = student_sudo._hide_person
        return values | {
            "headline": hide(values["headline"]),
            "parts": [(label, hide(text)) for label, text in values["parts"]],
        }


class Student(models.Model):
    """A student's own words without what tells who it is; the nicknames in it only the student can know."""

    _inherit = "vti.student"

    def _get_candidate_name(self, enrolment=None):
        """What a company calls this student in a round without names, such as "Candidate S00012 · mbo 2 · Electro"."""
        self.ensure_one()
        student_sudo = self.sudo()
        enrolment_sudo = (student_sudo.enrolment_id if enrolment is None else enrolment).sudo()
        # a narrow page breaks it between its parts, and not after "mbo"
        name = self.env._("Candidate %(code)s", code=student_sudo.code).replace(" ", "\N{NO-BREAK SPACE}")
        level = enrolment_sudo.level and f"mbo\N{NO-BREAK SPACE}{enrolment_sudo.level}"
        trade = enrolment_sudo.qualification_id.trade_id.with_context(lang=self.env.lang).name
        return "\N{NO-BREAK SPACE}· ".join(filter(None, (name, level, trade)))

    def _get_told_parts(self):
        """What the student tells of itself: list of (label, text)."""
        self.ensure_one()
        parts = [(self.env._("In one line"), self.sudo().headline), *self._get_cv_parts()]
        return [(label, text) for label, text in parts if text]

    def _get_nameless_parts(self):
        """The same, as a company reads it in a round without names."""
        return [(label, self._hide_person(text)) for label, text in self._get_told_parts()]


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
