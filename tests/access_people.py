"""Who walks the access matrix, and what lies on either side of the fence."""

from odoo.tests import new_test_user

from odoo.addons.vti_bpv.tests.common import VtiMixin

PORTAL_ROLES = ("public", "portal", "student", "company", "branch", "training", "school", "alumnus")
ROLES = (*PORTAL_ROLES, "vti_user", "vti_coordinator")


class AccessMixin(VtiMixin):
    """One user per role; Sam is our student, Bakker our company, ROC our school, Mila our alumna.

    Sam studies at the ROC, with the training employer Installatiewerk, and is busy with Bakker. Noor,
    De Vries and the Techniek College are the others. Bakker has branches Utrecht (where the limited
    contact works) and Gouda.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.training_employer = cls.make_company("Installatiewerk", is_training_employer=True)
        cls.utrecht, cls.gouda = cls.make_branch(cls.company), cls.make_branch(cls.company, "Gouda")
        cls.student.enrolment_ids.training_employer_id = cls.training_employer
        cls.mila = cls.make_student("Mila Bos")
        cls.mila.enrolment_ids.write({"date_to": "2026-09-30", "training_employer_id": cls.training_employer.id})
        cls.alumnus = cls.make_alumnus(cls.mila)
        cls.other_alumnus = cls.make_alumnus(cls.make_student("Daan Vos", school_id=cls.other_school.id))
        limited = cls.make_contact(cls.company, branch_scope_ids=[(6, 0, cls.utrecht.ids)])
        stranger = cls.env["res.partner"].create({"name": "Robin Stranger", "email": "robin@example.org"})
        cls.users = {
            "public": cls.env.ref("base.public_user"),
            "portal": cls.make_user(stranger),
            "student": cls.user_student,
            "company": cls.user_company,
            "branch": cls.make_user(limited),
            "training": cls.make_user(cls.make_contact(cls.training_employer)),
            "school": cls.user_school,
            "alumnus": cls.make_user(cls.alumnus.partner_id),
            "vti_user": cls.user_vti,
            "vti_coordinator": cls.user_vti_coordinator,
        }
        cls.user_colleague = new_test_user(cls.env, "colleague", groups="base.group_user")

    @classmethod
    def make_alumnus(cls, student):
        return cls.env["vti.alumnus"].create(
            {"partner_id": student.partner_id.id, "student_id": student.id, "consent_id": cls.make_consent(student).id}
        )

    @classmethod
    def make_consent(cls, student, **values):
        return cls.env["vti.consent"].create(
            {
                "student_id": student.id,
                "partner_id": student.partner_id.id,
                "purpose": "alumni",
                "text": "Yes.",
                "given_by_id": student.partner_id.id,
                **values,
            }
        )

    @classmethod
    def make_guardian(cls, student, name):
        person = cls.env["res.partner"].create({"name": name, "email": f"{name.lower()}@example.org"})
        return cls.env["vti.guardian"].create({"student_id": student.id, "partner_id": person.id})
