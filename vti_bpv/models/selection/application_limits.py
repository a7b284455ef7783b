from odoo import api, models

from .application import OPEN_STATES

# settings: what holds without them; 0 is no limit
PER_STUDENT, PER_PLACE = 10, 20
# employees below which a company counts as small or middle-sized (EU 2003/361, without the money)
SMALL, MIDDLE = 10, 50
PER_SIZE = {"small": 10, "middle": 40, "large": 120}


class Application(models.Model):
    """How many applications may be open at once, so that a company can read them all and answer.

    The limits are VTI's. Nothing is locked to count: of two who apply in the same instant both may come in.
    """

    _inherit = "vti.application"

    @api.model
    def _get_limit(self, name, default):
        """A limit as VTI set it; 0 where there is none."""
        value = self.env["ir.config_parameter"].sudo().get_param(f"vti_bpv.limit_{name}")
        return int(value) if str(value or "").isdecimal() else default

    @api.model
    def _get_size_limit(self, company):
        """How many open applications a company of this size may have; 0: no limit, or its size isn't known."""
        count = company.sudo().employee_count
        if not count:
            return 0
        size = "small" if count < SMALL else "middle" if count < MIDDLE else "large"
        return self._get_limit(size, PER_SIZE[size])

    @api.model
    def _count_open(self, name, record):
        return self.sudo().search_count([(name, "=", record.id), ("state", "in", OPEN_STATES)])

    @api.model
    def _get_full_problem(self, vacancy):
        """Why nobody can apply for this place for the moment; None where anybody can.

        :rtype: str | None
        """
        place_sudo = vacancy.sudo()
        company_sudo = place_sudo.employer_id
        limit = self._get_limit("place", PER_PLACE)
        if limit and self._count_open("vacancy_id", place_sudo) >= limit:
            return self.env._("This place has enough candidates for now. First %(company)s answers them.",
                              company=company_sudo.name)  # fmt: skip
        limit = self._get_size_limit(company_sudo)
        if limit and self._count_open("employer_id", company_sudo) >= limit:
            return self.env._("%(company)s has enough candidates for now. First they get an answer.",
                              company=company_sudo.name)  # fmt: skip
        return None

    @api.model
    def _get_student_limit_problem(self, student):
        """Why this student can't apply anywhere for the moment."""
        limit = self._get_limit("student", PER_STUDENT)
        if limit and student and self._count_open("student_id", student) >= limit:
            return self.env._("You have %(count)s open applications. That is enough to choose from: wait for an "
                              "answer, or withdraw one that you want less.", count=limit)  # fmt: skip
        return None

    @api.model
    def _get_apply_problem(self, student, vacancy):
        return (
            super()._get_apply_problem(student, vacancy)
            or self._get_student_limit_problem(student)
            or self._get_full_problem(vacancy)
        )
