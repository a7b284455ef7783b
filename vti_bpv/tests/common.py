"""What all tests share: one person per role (and a second of each kind), and small builders."""

from contextlib import contextmanager

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, TransactionCase, new_test_user

TODAY = "2026-11-10"  # a Tuesday in the first half of the school year 2026-2027


class VtiMixin:
    """Two companies, two schools, two students, staff; and builders that take overrides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.qualification = cls.env.ref("vti_bpv.qualification_25737")  # level 2
        cls.qualification_4 = cls.env.ref("vti_bpv.qualification_25739")
        cls.season = cls.env["vti.season"]._of_day(fields.Date.to_date(TODAY)) or cls.env["vti.season"].create(
            {"name": "2026-2027", "date_from": "2026-08-01", "date_to": "2027-07-31"}
        )
        cls.company, cls.other_company = cls.make_company("Bakker Techniek"), cls.make_company("De Vries Elektra")
        cls.school, cls.other_school = cls.make_school("ROC Utrecht-Zuid"), cls.make_school("Techniek College")
        cls.recruiter, cls.other_recruiter = cls.make_contact(cls.company), cls.make_contact(cls.other_company)
        cls.coordinator, cls.other_coordinator = cls.make_contact(cls.school), cls.make_contact(cls.other_school)
        cls.student = cls.make_student("Sam Jansen", school_id=cls.school.id)
        cls.other_student = cls.make_student("Noor de Wit", school_id=cls.other_school.id)
        cls.user_student, cls.user_other_student = (
            cls.make_user(cls.student.partner_id),
            cls.make_user(cls.other_student.partner_id),
        )
        cls.user_company, cls.user_other_company = cls.make_user(cls.recruiter), cls.make_user(cls.other_recruiter)
        cls.user_school, cls.user_other_school = cls.make_user(cls.coordinator), cls.make_user(cls.other_coordinator)
        cls.user_vti = new_test_user(cls.env, "vti_user", groups="vti_bpv.group_user", email="vti@example.org")
        cls.user_vti_coordinator = new_test_user(
            cls.env, "vti_coordinator", groups="vti_bpv.group_coordinator", email="coordinator@example.org"
        )

    @classmethod
    @contextmanager
    def at(cls, moment):
        """Freeze the clock, of Python and of what the ORM asks it for."""
        with freeze_time(moment):
            yield

    @classmethod
    def make_company(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_employer": True,
                "membership_state": "member",
                "zip": "3447 GG",
                "city": "Woerden",
                "country_id": cls.env.ref("base.nl").id,
                **values,
            }
        )

    @classmethod
    def make_branch(cls, company, name="Utrecht", **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "parent_id": company.id,
                "type": "branch",
                "zip": "3511 AB",
                "city": "Utrecht",
                "country_id": cls.env.ref("base.nl").id,
                **values,
            }
        )

    @classmethod
    def make_school(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_school": True,
                "zip": "3526 KV",
                "city": "Utrecht",
                "country_id": cls.env.ref("base.nl").id,
                **values,
            }
        )

    @classmethod
    def make_contact(cls, house, **values):
        number = cls.env["res.partner"].search_count([("parent_id", "=", house.id)])
        return cls.env["res.partner"].create(
            {
                "name": f"Contact {number} of {house.name}",
                "parent_id": house.id,
                "email": f"contact{number}.{house.id}@example.org",
                **values,
            }
        )

    @classmethod
    def make_user(cls, partner, **values):
        """A portal user with the roles that follow from the partner's records; password = login."""
        login = values.pop("login", f"user{partner.id}@example.org")
        return cls.env["res.users"].create(
            {
                "partner_id": partner.id,
                "login": login,
                "password": login,
                "email": partner.email or login,
                "group_ids": [(6, 0, cls.env.ref("base.group_portal").ids)],
                "lang": "en_US",
                "tz": "Europe/Amsterdam",
                **values,
            }
        )

    @classmethod
    def make_student(cls, name, **values):
        """An activated adult student with an enrolment at `school_id` (default: the first school)."""
        enrolment = {
            "school_id": values.pop("school_id", None) or cls.school.id,
            "qualification_id": values.pop("qualification_id", cls.qualification.id),
            "learning_path": values.pop("learning_path", "bol"),
            "education": values.pop("education", "mbo"),
            "date_from": "2026-08-01",
        }
        partner = cls.env["res.partner"].create(
            {
                "name": name,
                "zip": "3511 AB",
                "email": name.lower().replace(" ", ".") + "@example.org",
                "country_id": cls.env.ref("base.nl").id,
            }
        )
        return cls.env["vti.student"].create(
            {
                "partner_id": partner.id,
                "birth_date": "2007-03-04",
                "activated_on": "2026-09-01 10:00:00",
                "enrolment_ids": [(0, 0, enrolment)],
                **values,
            }
        )

    @classmethod
    def make_recognition(cls, branch, **values):
        return cls.env["vti.recognition"].create(
            {"branch_id": branch.id, "qualification_id": cls.qualification.id, "last_checked": TODAY, **values}
        )

    @classmethod
    def make_vacancy(cls, company=None, **values):
        """A published bol place of `company` for the first qualification."""
        company = company or cls.company
        return cls.env["vti.vacancy"].create(
            {
                "name": "Intern electrical fitter",
                "employer_id": company.id,
                "season_id": cls.season.id,
                "trade_id": cls.qualification.trade_id.id,
                "qualification_ids": [(6, 0, cls.qualification.ids)],
                "learning_path": "bol",
                "date_from": "2027-02-01",
                "date_to": "2027-06-30",
                "days_per_week": 4,
                "hours_per_week": 32.0,
                "description": "You pull cables.",
                "learning": "You learn to connect.",
                "state": "published",
                "published_on": "2026-10-01",
                "confirmed_on": "2026-10-01",
                **values,
            }
        )

    @classmethod
    def make_application(cls, student=None, vacancy=None, **values):
        student = student or cls.student
        return cls.env["vti.application"].create(
            {
                "student_id": student.id,
                "enrolment_id": student.enrolment_id.id,
                "vacancy_id": (vacancy or cls.make_vacancy()).id,
                **values,
            }
        )

    @classmethod
    def make_placement(cls, student=None, vacancy=None, **values):
        student, vacancy = student or cls.student, vacancy or cls.make_vacancy()
        return cls.env["vti.placement"].create(
            {
                "student_id": student.id,
                "enrolment_id": student.enrolment_id.id,
                "vacancy_id": vacancy.id,
                "employer_id": vacancy.employer_id.id,
                "school_id": student.enrolment_id.school_id.id,
                "season_id": vacancy.season_id.id,
                "date_from": "2026-09-01",
                "date_to": "2027-01-31",
                **values,
            }
        )


class VtiCase(VtiMixin, TransactionCase):
    pass


class VtiHttpCase(VtiMixin, HttpCase):
    pass
