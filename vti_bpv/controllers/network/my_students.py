from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ...models.network.student_page import SCOPES

PER_PAGE = 20
URLS = {"school_id": "/my/school", "training_employer_id": "/my/own-students"}


class StudentPages(CustomerPortal):
    """The students of a school, and those of a training employer."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        for name, scope in (("school_student_count", "school_id"), ("own_student_count", "training_employer_id")):
            if name in counters:
                mine = request.env.user.has_group(SCOPES[scope])
                Student = request.env["vti.student"]
                values[name] = Student.search_count(Student._get_page_domain(scope)) if mine else 0
        return values

    @http.route(["/my/school", "/my/school/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    def school(self, page=1, **query):
        return self._render_list("school_id", page, query)

    @http.route(
        ["/my/own-students", "/my/own-students/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def own_students(self, page=1, **query):
        return self._render_list("training_employer_id", page, query)

    @http.route("/my/school/student/<int:student_id>", type="http", auth="user", website=True, readonly=True)
    def school_student(self, student_id, **_kwargs):
        return self._render_student("school_id", student_id)

    @http.route("/my/own-students/<int:student_id>", type="http", auth="user", website=True, readonly=True)
    def own_student(self, student_id, **_kwargs):
        return self._render_student("training_employer_id", student_id)

    @http.route("/my/school/people", type="http", auth="user", website=True, readonly=True)
    def school_people(self, **_kwargs):
        self._check_scope("school_id")
        school = request.env.user.partner_id.commercial_partner_id
        return request.render(
            "vti_bpv.my_school_people", {"house": school, "people": school.sudo(False)._get_page_people()}
        )

    def _check_scope(self, scope):
        """Answer as if the page weren't there to who has no such students.

        :raise NotFound: for everybody else
        """
        if not request.env.user.has_group(SCOPES[scope]):
            raise request.not_found()

    def _read_query(self, scope, query):
        """Take what is known from the address, and leave the rest out."""
        Student = request.env["vti.student"]
        course = str(query.get("course", ""))
        found = {
            "q": str(query.get("q", ""))[:60].strip(),
            "class_name": str(query.get("class_name", ""))[:60],
            "course": int(course) if course.isdecimal() and len(course) < 10 else 0,
            "standing": str(query.get("standing", "")),
        }
        if found["standing"] not in {row[0] for row in Student._get_standing_filters()}:
            found["standing"] = ""
        mine_domain = Student._get_page_domain(scope, mine=True)
        mine_count = Student.search_count(mine_domain) if scope == "school_id" else 0
        # a stage teacher comes for the own students first
        show = query.get("show") if query.get("show") in ("mine", "all") else ("mine" if mine_count else "all")
        return found | {"show": show if mine_count else "all", "mine_count": mine_count}

    def _render_list(self, scope, page, query):
        self._check_scope(scope)
        Student = request.env["vti.student"]
        asked = self._read_query(scope, query)
        domain = Student._get_page_domain(
            scope, asked["q"], asked["show"] == "mine", asked["class_name"], asked["course"], asked["standing"]
        )
        url_args = {name: asked[name] for name in ("q", "class_name", "course", "standing", "show") if asked[name]}
        total = Student.search_count(domain)
        pages = pager(URLS[scope], total, page=page, step=PER_PAGE, url_args=url_args)
        students = Student.search(domain, limit=PER_PAGE, offset=max(pages["offset"], 0))
        classes, courses = Student._get_page_facets(scope)
        return request.render("vti_bpv.my_students", {
            "house": request.env.user.partner_id.commercial_partner_id, "scope": scope, "url": URLS[scope],
            "students": students, "standings": students._get_standings(), "total": total, "pager": pages,
            "all_count": Student.search_count(Student._get_page_domain(scope)),
            "classes": classes, "courses": courses, "standing_filters": Student._get_standing_filters(),
            "asked": asked, "is_filtered": any(asked[name] for name in ("q", "class_name", "course", "standing")),
        })  # fmt: skip

    def _render_student(self, scope, student_id):
        self._check_scope(scope)
        Student = request.env["vti.student"]
        student = Student.search(Student._get_page_domain(scope) & Domain("id", "=", student_id))
        if not student:
            raise request.not_found()
        return request.render("vti_bpv.my_student", {
            "student": student, "enrolment": student.enrolment_id, "scope": scope, "url": URLS[scope],
            "standing": student._get_standings()[student],
        })  # fmt: skip
