from urllib.parse import quote_plus

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.vti_bpv.tools.flash import flash

from .events import find_event


class EventClass(http.Controller):
    """A teacher signs up a class in one go."""

    def _find(self, slug):
        event = find_event(slug)
        if not event._can_sign_up_class(request.env.user):
            raise request.not_found()
        return event

    def _render(self, event, class_name, errors=None, everybody=False):
        classes = request.env["vti.student"]._get_page_facets("school_id")[0]
        # a school has hundreds of students: first the class, where there are any
        chosen = bool(class_name or everybody or errors) or not classes
        none = request.env["vti.student"], set(), set()
        students, come, wait = event._get_class_students(request.env.user, class_name) if chosen else none
        values = {
            "event": event, "students": students, "come": come, "wait": wait, "class_name": class_name,
            "errors": errors or {}, "classes": classes, "chosen": chosen,
        }  # fmt: skip
        return request.render("vti_events.event_class_page", values, status=422 if errors else 200)

    @http.route(
        "/event/<string:slug>/class", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def choose(self, slug, class_name="", everybody="", **_kwargs):
        return self._render(self._find(slug), str(class_name)[:60], everybody=bool(everybody))

    @http.route("/event/<string:slug>/class", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def sign_up(self, slug, class_name="", **form):
        event = self._find(slug)
        chosen = {
            name.removeprefix("student_") for name, value in form.items() if name.startswith("student_") and value
        }
        if not chosen:
            return self._render(event, class_name[:60], {"form": request.env._("Choose at least one student.")})
        try:
            with request.env.cr.savepoint():
                come, wait = event._sign_up_class(request.env.user, chosen)
        except UserError as error:
            return self._render(event, class_name[:60], {"form": str(error.args[0])})
        flash(request.env._("%(number)s students signed up. Each gets a mail.", number=come))
        if wait:
            flash(request.env._("%(number)s are on the waiting list.", number=wait), "warning")
        return request.redirect(f"/event/{slug}/class?class_name={quote_plus(class_name[:60])}", code=303)
