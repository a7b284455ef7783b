from odoo import api, fields, models

from .vacancy import HBO_KINDS, VMBO_KINDS

QUALIFICATION_KINDS = ("mbo",)  # recognised per qualification
BRANCH_KINDS = ("leerwerktraject", "pro", "vso")  # any recognition of the branch will do (source 003, chapter 4)
GUIDED_KINDS = (*VMBO_KINDS, "pro", "vso")  # pupils only work under guidance (source 003, chapter 6)
USUAL_AGES = {"mbo": 16, "hbo": 17, "hbo_graduation": 18}  # the youngest one may expect; the others: 14
HBO_MIN_EMPLOYEES = 5  # what Amsterdam's hbo schools asked for in 2019 (source 002)


class Vacancy(models.Model):
    """What a place must meet before it is published, and what only warns.

    A problem is a tuple (code, message), where the code is a field's name if one field mends it.
    """

    _inherit = "vti.vacancy"

    warnings = fields.Text(compute="_compute_warnings", help="What to look at before publishing.")
    problems = fields.Text(compute="_compute_warnings", help="What stands in the way of publishing.")

    @api.depends_context("uid")
    def _compute_warnings(self):
        for vacancy in self:
            vacancy.problems = "\n".join(message for _code, message in vacancy._get_publish_problems()) or False
            vacancy.warnings = "\n".join(message for _code, message in vacancy._get_publish_warnings()) or False

    # publishing: what blocks

    def _get_publish_problems(self, day=None):
        """What stands in the way of publishing this place.

        :param day: the day of publishing, by default today
        :return: a list of (code, message)
        """
        self.ensure_one()
        vacancy = self.sudo()
        day = day or fields.Date.context_today(self)
        return [
            *vacancy._get_text_problems(),
            *vacancy._get_date_problems(day),
            *vacancy._get_money_problems(),
            *vacancy._get_recognition_problems(day),
        ]

    def _get_text_problems(self):
        _ = self.env._
        problems = []
        if self.employer_id.membership_state == "former":
            problems.append(("employer_id", _("This company is no member any more.")))
        if not (self.description or "").strip():
            problems.append(("description", _("Tell what one does at this place.")))
        if self.kind == "mbo" and not self.qualification_ids:
            problems.append(("qualification_ids", _("Choose the qualification this place is for.")))
        if self.kind == "mbo" and not self.learning_path:
            problems.append(("learning_path", _("Choose bol or bbl.")))
        if not self.days_per_week and self.kind not in ("vmbo_day", "vmbo_orientation"):
            problems.append(("days_per_week", _("Fill in the number of days a week.")))
        return problems

    def _get_date_problems(self, day):
        _ = self.env._
        problems = []
        if self._is_past(day):
            problems.append(("date_from", _("The place starts in the past. Choose a later date.")))
        start = max(self.date_from or day, day)
        return problems + [
            ("qualification_ids", _("%(name)s is not given at the start of this place.", name=qualification.name))
            for qualification in self.qualification_ids
            if not qualification._is_valid_on(start)
        ]

    def _is_past(self, day):
        """Whether nobody can start here any more: the start lies before `day`, or without one the end."""
        last = self.date_from or self.date_to
        return bool(last and last < day)

    def _get_money_problems(self):
        if self.learning_path == "bbl" and self.kind == "mbo" and not self.salary:
            return [("salary", self.env._("A bbl place is a job: fill in the salary."))]
        return []

    def _get_recognitions(self):
        """All recognitions of this place's branch, or of the company's own address where it has none."""
        return self.env["vti.recognition"].sudo().search([("branch_id", "=", (self.branch_id or self.employer_id).id)])

    def _get_recognition_problems(self, day, start=None, recognitions=None):
        """Only a missing, withdrawn or lapsed recognition, or one past its end, stands in the way.

        It has to be in force on the day itself and at the start of the place.

        :param start: another first day than the place's own
        :param recognitions: those of its address, where the caller has looked them up for many places
        """
        _ = self.env._
        days = {day, max(start or self.date_from or day, day)}
        if self.kind not in (*BRANCH_KINDS, *QUALIFICATION_KINDS):
            return []
        known = self._get_recognitions() if recognitions is None else recognitions
        in_force = known.filtered(lambda r: all(r._is_valid_on(d) for d in days))
        if self.kind in BRANCH_KINDS:
            if in_force:
                return []
            return [("branch_id", _("This address has no recognition (SBB) in force, which this kind of place needs."))]
        return [
            ("qualification_ids", _("This address has no recognition (SBB) in force for %(name)s.",
                                    name=qualification.display_name))
            for qualification in self.qualification_ids - in_force.qualification_id
        ]  # fmt: skip

    # publishing: what warns

    def _get_publish_warnings(self, day=None):
        """What VTI and the company should look at, without standing in the way.

        :return: a list of (code, message)
        """
        self.ensure_one()
        vacancy = self.sudo()
        day = day or fields.Date.context_today(self)
        age, start = vacancy._get_usual_start(day)
        return [
            *vacancy._get_check_warnings(),
            *vacancy._get_hbo_warnings(),
            *vacancy._get_age_problems(age, start),
        ]

    def _get_usual_start(self, day=None):
        """The age of the youngest whom one may expect here, and the first day on which somebody starts.

        :param day: by default today
        """
        day = day or fields.Date.context_today(self)
        return self.min_age or USUAL_AGES.get(self.kind, 14), max(self.date_from or day, day)

    def _get_recognitions_to_check(self):
        """The recognitions that this place rests on and that were looked up long ago."""
        if self.kind not in (*QUALIFICATION_KINDS, *BRANCH_KINDS):
            return self.env["vti.recognition"].sudo()
        old = self._get_recognitions().filtered("needs_check")
        if self.kind in QUALIFICATION_KINDS:
            old = old.filtered(lambda r: r.qualification_id in self.qualification_ids)
        return old

    def _get_check_warnings(self):
        return [
            ("recognition", self.env._("The recognition for %(name)s was looked up long ago: check it at SBB.",
                                       name=recognition.qualification_id.display_name))
            for recognition in self._get_recognitions_to_check()
        ]  # fmt: skip

    def _get_hbo_warnings(self, school=None):
        """What an hbo school may ask for and this company lacks; schools warn, they don't refuse.

        :param school: the student's school (res.partner); without one, what schools usually ask for
        """
        vacancy = self.sudo()
        if vacancy.kind not in HBO_KINDS and not (vacancy.with_hbo and vacancy.kind == "mbo"):
            return []
        _ = self.env._
        found = []
        wish = (school and school.sudo().hbo_min_employees) or self._get_hbo_min_employees()
        if vacancy.employer_id.employee_count < wish:
            found.append(("employee_count", _("hbo schools may ask for at least %(wish)s employees.", wish=wish)))
        if not school or school.sudo().hbo_same_discipline:
            today = fields.Date.context_today(self)
            guides = vacancy.employer_id.organisation_role_ids | vacancy.place_id.organisation_role_ids
            same = guides.filtered(
                lambda r: r.trade_id and r.trade_id == vacancy.trade_id and (not r.date_to or r.date_to >= today)
            )
            if not same:
                found.append(("discipline", _("hbo schools may ask for a guide of the same discipline.")))
        return found

    @api.model
    def _get_hbo_min_employees(self):
        value = self.env["ir.config_parameter"].sudo().get_param("vti_bpv.hbo_min_employees", HBO_MIN_EMPLOYEES)
        return int(value)

    # young people

    def _get_age_problems(self, age, day):
        """What forbids somebody of this age to be placed here; publishing only warns of it.

        :param int age: in whole years on `day`, 0 where it is unknown
        :param day: the first day of work
        :return: a list of (code, message), empty where all is well
        """
        self.ensure_one()
        vacancy, _ = self.sudo(), self.env._
        problems = []
        if vacancy.kind in GUIDED_KINDS and not vacancy.mentor_id:
            problems.append(("mentor_id", _("Pupils only work under a guide: name the guide.")))
        if not age:
            return [*problems, ("age_unknown", _("Fill in the date of birth first: the rules depend on the age."))]
        if age < vacancy.min_age:
            problems.append(("min_age", _("This place is from age %(age)s.", age=vacancy.min_age)))
        return problems + vacancy._get_task_problems(age, day) + vacancy._get_time_problems(age, day)

    def _get_task_problems(self, age, day):
        """One problem for each limit of age, with all the work that it holds for."""
        _, forbidden, supervised = self.env._, {}, {}
        for rule in self.task_ids._get_rules_on(day):
            if age < rule.forbidden_below:
                forbidden.setdefault(rule.forbidden_below, []).append(rule.task_id.name)
            elif age < rule.supervised_below and not self.mentor_id:
                supervised.setdefault(rule.supervised_below, []).append(rule.task_id.name)
        return [
            ("task_forbidden", _("Forbidden below age %(age)s: %(tasks)s.", age=limit, tasks=", ".join(tasks)))
            for limit, tasks in forbidden.items()
        ] + [
            ("task_supervised",
             _("Below age %(age)s only with a named guide: %(tasks)s.", age=limit, tasks=", ".join(tasks)))
            for limit, tasks in supervised.items()
        ]  # fmt: skip

    def _get_hours_a_day(self):
        """Hours of work a day: the week's over its days where known, else the clock less half an hour's break."""
        if self.hours_per_week and self.days_per_week:
            return self.hours_per_week / self.days_per_week
        span = self.time_to - self.time_from
        return span - 0.5 if span > 4.5 else span

    def _get_time_problems(self, age, day):
        """Compare with the table of working times; below 18 an age without a row may not work here."""
        _ = self.env._
        rule = self.env["vti.working.time.rule"].sudo()._of_age(age, day)
        if not rule and age < 18:
            return [("no_time_rule", _("VTI has no working times for age %(age)s: ask VTI.", age=age))]
        if not rule:
            return []
        hours = round(self._get_hours_a_day(), 2)
        texts = {
            "hours_day": _("%(hours)g hours a day; at age %(age)s it is %(max)g at most.",
                           hours=hours, age=age, max=rule.max_hours_day),
            "hours_week": _("%(hours)g hours a week; at age %(age)s it is %(max)g at most.",
                            hours=round(self._get_hours_in_week(), 2), age=age, max=rule.max_hours_week),
            "hours_clock": _("From %(start)s to %(stop)s is too early or too late at age %(age)s.",
                             start=self._format_clock(self.time_from), stop=self._format_clock(self.time_to), age=age),
        }  # fmt: skip
        return [(code, texts[code]) for code in self._get_time_breaches(rule)]

    def _get_hours_in_week(self):
        return self.hours_per_week or self._get_hours_a_day() * (self.days_per_week or 1)

    def _get_time_breaches(self, rule):
        """Which limits of a working-time rule this place breaks: hours_day, hours_week, hours_clock."""
        breaches = []
        if round(self._get_hours_a_day(), 2) > rule.max_hours_day:
            breaches.append("hours_day")
        if round(self._get_hours_in_week(), 2) > rule.max_hours_week:
            breaches.append("hours_week")
        if (self.time_from or self.time_to) and not rule._fits(self.time_from, self.time_to):
            breaches.append("hours_clock")
        return breaches

    @api.model
    def _format_clock(self, hours):
        """Hours as a float to a clock: 8.5 becomes 8:30."""
        minutes = round((hours or 0) * 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
