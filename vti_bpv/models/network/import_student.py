from odoo import fields, models

from ...importing.fields import fold
from .import_lookup import Houses, Named, People, Qualifications

ENROLMENT = ("student_number", "education", "programme", "learning_path", "class_name", "date_from", "date_to")


class ImportStudent(models.AbstractModel):
    """Students with their enrolment, and a guardian where one is named.

    A student is known by the number at the school, else by e-mail. Who is imported isn't activated:
    companies don't see the student before that.
    """

    _name = "vti.import.student"
    _description = "Import of students"
    _inherit = ["vti.import.address"]

    def _plan_rows(self, plan):
        found = self._look_up(plan.rows)
        for row in plan.rows:
            plan.name_row(row, self._get_name(row) or row.values.get("student_number") or row.values.get("email") or "")
            school = found["schools"].find(row, self._header, ("school",)) if "school" in row.values else None
            if school:
                self._plan_student(plan, row, school, found)
            else:
                self._get_address(row, found["countries"])  # what is wrong with it is told at once

    def _look_up(self, rows):
        def column(name):
            return [row.values[name] for row in rows if name in row.values]

        schools = Houses(self.env, (), [("is_school", "=", True)])
        schools.by["school"] = {key: houses for index in ("house", "ref") for key, houses in schools.by[index].items()}
        return {
            "schools": schools,
            "employers": Houses(self.env, (), [("is_training_employer", "=", True)])
            if column("training_employer")
            else None,
            "qualifications": Qualifications(self.env),
            "countries": Named(self.env, "res.country", "name", "code")
            if column("country")
            else Named(self.env, "res.lang"),
            "teachers": People(self.env, column("teacher")),
            "defaults": self._get_new_person_defaults(),
            "seen": {},
            "guardians": {},
            **self._look_up_students(column("student_number"), column("email")),
            **self._look_up_guardians(column("guardian_email")),
        }

    def _look_up_students(self, numbers, emails):
        Student = self.env["vti.student"].with_context(active_test=False)
        by_email = (
            Student.search_fetch([("partner_id.email_normalized", "in", emails)], ["partner_id"]) if emails else Student
        )
        names = [
            *ENROLMENT,
            "student_id",
            "school_id",
            "campus_id",
            "qualification_id",
            "teacher_id",
            "training_employer_id",
        ]
        enrolments = (
            self.env["vti.enrolment"].search_fetch(
                ["|", ("student_number", "in", numbers), ("student_id", "in", by_email.ids)],
                names,
                order="date_from, id",
            )
            if numbers or emails
            else self.env["vti.enrolment"]
        )
        students = by_email | enrolments.student_id
        partners = students.partner_id
        partners.fetch(["name", "email", "email_normalized", "phone", "street", "zip", "city", "country_id"])
        students.fetch(["birth_date", "active", "partner_id"])
        return {
            "by_number": {(e.school_id.id, fold(e.student_number)): e for e in enrolments if e.student_number},
            "by_email": {s.partner_id.email_normalized: s for s in students if s.partner_id.email_normalized},
            "by_school": {(e.student_id.id, e.school_id.id): e for e in enrolments},  # the latest stays
        }

    def _look_up_guardians(self, emails):
        guardians = (
            self.env["vti.guardian"].search_fetch(
                [("partner_id.email_normalized", "in", emails)], ["student_id", "partner_id", "relation"]
            )
            if emails
            else self.env["vti.guardian"]
        )
        guardians.partner_id.fetch(["name", "phone", "email_normalized"])
        return {
            "guardian_of": {(g.student_id.id, g.partner_id.email_normalized): g for g in guardians},
            "guardian_partners": {p.email_normalized: p for p in guardians.partner_id},
        }

    def _get_name(self, row):
        parts = [row.values.get(name) for name in ("first_name", "infix", "last_name")]
        return row.values.get("name") or " ".join(filter(None, parts))

    def _find_student(self, row, school, found):
        """The student and enrolment that a row is about.

        :return: (student, enrolment), both possibly empty; None where that is unclear
        """
        number, email = row.values.get("student_number"), row.values.get("email")
        enrolment = found["by_number"].get((school.id, fold(number))) if number else None
        by_email = found["by_email"].get(email) if email else None
        student = enrolment.student_id if enrolment else by_email
        if enrolment and by_email and by_email != student:
            self._problem(row, "email_taken", "email", value=email, name=by_email.partner_id.name)
            return None
        if not enrolment and student:
            enrolment = found["by_school"].get((student.id, school.id))
            if enrolment and number and enrolment.student_number and fold(enrolment.student_number) != fold(number):
                self._problem(
                    row,
                    "other_number",
                    "student_number",
                    value=number,
                    known=enrolment.student_number,
                    name=student.partner_id.name,
                )
                return None
        if student and not student.active:
            self._problem(row, "archived", name=student.partner_id.name)
            return None
        start = row.values.get("date_from")
        if enrolment and start and enrolment.date_to and enrolment.date_to < start:
            enrolment = None  # that one is over: this is a new one, and what hangs on the old stays as it was
        return student or self.env["vti.student"], enrolment or self.env["vti.enrolment"]

    def _plan_student(self, plan, row, school, found):
        number, email = row.values.get("student_number"), row.values.get("email")
        if not number and not email:
            if not row.cells.get("email"):
                self._problem(row, "student_key", columns=[self._header("student_number"), self._header("email")])
            return
        keys = [("student_number", school.id, fold(number or "")), ("email", email)]
        doubles = [self._refuse_double(row, found["seen"], key, key[0]) for key in keys if key[-1]]
        if any(doubles):
            return
        match = self._find_student(row, school, found)
        if match is None:
            return
        student, enrolment = match
        person, private = self._get_person_values(row, found, student)
        step = self._add_step(plan, row, 0, student.partner_id, person, found["defaults"])
        student_step = self._add_step(plan, row, 1, student, private, {"partner_id": step})
        values = self._get_enrolment_values(row, school, enrolment, found)
        self._add_step(
            plan,
            row,
            2,
            enrolment,
            values,
            {
                "student_id": student_step,
                "school_id": school.id,
                "education": "mbo",
                "date_from": fields.Date.context_today(self),
            },
        )
        self._plan_guardian(plan, row, student, student_step, found)
        if student:
            plan.name_row(row, self._get_name(row) or student.partner_id.name)

    def _get_person_values(self, row, found, student):
        person = self._get_address(row, found["countries"])
        if name := self._get_name(row):
            person["name"] = name
        elif not student:
            self._problem(row, "required_new", "last_name")
        private = {}
        if birth := row.values.get("birth_date"):
            private["birth_date"] = birth
            today = fields.Date.context_today(self)
            age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
            if not 10 <= age <= 90:
                self._problem(row, "age", "birth_date", value=birth.strftime("%d-%m-%Y"), age=age)
        return person, private

    def _get_enrolment_values(self, row, school, enrolment, found):
        values = {name: row.values[name] for name in ENROLMENT if name in row.values}
        if "crebo" in row.values:
            qualification = found["qualifications"].find(row, row.values["crebo"], self._header("crebo"))
            values["qualification_id"] = qualification.id if qualification else False
        if campus := found["schools"].find_place(row, school, "campus", self._header):
            values["campus_id"] = campus.id
        if teacher := found["teachers"].find(row, school, "teacher", self._header):
            values["teacher_id"] = teacher.id
        if kvk := row.values.get("training_employer"):
            employers = found["employers"].by["kvk"].get(kvk, [])
            if len(employers) == 1:
                values["training_employer_id"] = employers[0].id
            else:
                self._problem(row, "unknown_house", "training_employer", value=kvk, guess="")
        start = values.get("date_from") or enrolment.date_from or fields.Date.context_today(self)
        end = values.get("date_to") or enrolment.date_to
        if end and end < start:
            self._problem(row, "dates_ordered", "date_to")
        return values

    def _plan_guardian(self, plan, row, student, student_step, found):
        email, name = row.values.get("guardian_email"), row.values.get("guardian_name")
        if not email:
            if name and not row.cells.get("guardian_email"):
                self._problem(row, "needs_other", "guardian_name", other=self._header("guardian_email"))
            return
        guardian = found["guardian_of"].get((student.id, email)) or self.env["vti.guardian"]
        known = guardian.partner_id or found["guardian_partners"].get(email)
        person = {
            field: row.values[column]
            for field, column in (("name", "guardian_name"), ("phone", "guardian_phone"))
            if column in row.values
        }
        if email == row.values.get("email"):
            self._problem(row, "guardian_same", "guardian_email")
        step = found["guardians"].get(email)
        if not step:
            if not known and not name:
                self._problem(row, "needs_other", "guardian_email", other=self._header("guardian_name"))
            partner = known or self.env["res.partner"]
            step = self._add_step(plan, row, 0, partner, person, {**found["defaults"], "email": email})
            found["guardians"][email] = step
        relation = {"relation": row.values["guardian_relation"]} if "guardian_relation" in row.values else {}
        self._add_step(plan, row, 3, guardian, relation, {"student_id": student_step, "partner_id": step})
