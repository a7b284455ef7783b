from urllib.parse import urlencode

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ...matching.radar import SolverFailedError, SolverMissingError
from ...models.selection.division import MOST
from ...tools.flash import flash
from .common import texts

PER_PAGE = 20
# what is shown -> states of the proposals
SHOWS = {
    "asked": ("submitted", "invited", "offered"),
    "taken": ("accepted", "placed"),
    "over": ("refused", "withdrawn", "lapsed"),
}
GROUP = "vti_bpv.group_training_employer"


class Divide(CustomerPortal):
    """A training company divides its students over member companies."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "divide_count" in counters and request.env.user.has_group(GROUP):
            house = request.env.user.partner_id.commercial_partner_id
            values["divide_count"] = request.env["vti.division"]._count_students(house)
        return values

    def _get_house(self):
        """The user's training company.

        :raise NotFound: for everybody else
        """
        if not request.env.user.has_group(GROUP):
            raise request.not_found()
        return request.env["vti.application"]._get_dividing_house()

    def _get_counts(self, house):
        groups = request.env["vti.application"].sudo()._read_group(
            [("training_employer_id", "=", house.id)], ["state"], ["__count"]
        )  # fmt: skip
        counts = {name: sum(count for state, count in groups if state in states) for name, states in SHOWS.items()}
        return {"todo": request.env["vti.division"]._count_students(house)} | counts

    @http.route(
        ["/my/divide", "/my/divide/page/<int:page>"], type="http", auth="user", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def divide(self, page=1, show="todo", whole="", **query):
        house = self._get_house()
        if show in SHOWS:
            return self._render_sent(house, show, page)
        return self._render_todo(house, texts(query, ("date_from", "date_to"), 10), whole=bool(whole))

    def _render_todo(self, house, period, whole=False, chosen=None, errors=None):
        Division = request.env["vti.division"]
        first, last, wrong = Division._get_period(**period)
        if wrong:
            first, last, _none = Division._get_period()
        try:
            rows = Division._get_rows(house, first, last, whole=whole)
        except (SolverMissingError, SolverFailedError):
            rows = Division._get_rows(house, first, last)
            wrong |= {"form": request.env._("The whole division can't be made now. Choose per student, or ask VTI.")}
        for row in rows:
            row["chosen"] = (chosen or {}).get(row["student"].id, row["chosen"])
        errors = wrong | (errors or {})
        counts = self._get_counts(house)
        values = {
            "house": house, "rows": rows, "counts": counts, "show": "todo", "whole": whole, "most": MOST,
            "placed_count": sum(bool(row["chosen"]) for row in rows), "errors": errors,
            "values": {
                "date_from": period.get("date_from") or str(first), "date_to": period.get("date_to") or str(last),
            },
        }  # fmt: skip
        return request.render("vti_bpv.divide_page", values, status=422 if errors else 200)

    def _render_sent(self, house, show, page):
        domain = [("training_employer_id", "=", house.id), ("state", "in", SHOWS[show])]
        counts = self._get_counts(house)
        pages = pager("/my/divide", counts[show], page=page, step=PER_PAGE, url_args={"show": show})
        applications_sudo = request.env["vti.application"].sudo().search(
            domain, limit=PER_PAGE, offset=max(pages["offset"], 0), order="closed_on desc, submitted_on desc, id desc"
        )  # fmt: skip
        labels = dict(applications_sudo._fields["end_kind"]._description_selection(request.env))
        return request.render("vti_bpv.divide_sent_page", {
            "house": house, "applications": applications_sudo, "counts": counts, "show": show, "pager": pages,
            "end_labels": labels,
        })  # fmt: skip

    @http.route("/my/divide", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def send(self, step="", **form):
        house = self._get_house()
        period = texts(form, ("date_from", "date_to"), 10)
        if step in ("whole", "show"):
            query = period | ({"whole": 1} if step == "whole" else {})
            return request.redirect(f"/my/divide?{urlencode(query)}", code=303)
        chosen = {
            int(name[8:]): str(value)[:20]
            for name, value in form.items()
            if name.startswith("student_") and name[8:].isdecimal() and len(name) < 20 and value
        }
        Application = request.env["vti.application"]
        errors = Application._get_division_errors(chosen, **period)
        if errors:
            return self._render_todo(house, period, chosen=chosen, errors=errors)
        count = Application._divide(chosen, **period)
        flash(request.env._("Asked: %(count)s. You get a mail as soon as a company answers.", count=count))
        return request.redirect("/my/divide?show=asked", code=303)

    @http.route(
        "/my/divide/<int:application_id>/back", type="http", auth="user", website=True, methods=["POST"], sitemap=False
    )
    def take_back(self, application_id, **_form):
        self._get_house()
        application_sudo = request.env["vti.application"]._find_division(application_id)
        if not application_sudo:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                application_sudo.sudo(False).action_take_back()
            flash(request.env._("The company and the student know."))
        except UserError as error:
            flash(str(error), "warning")
        return request.redirect("/my/divide?show=asked", code=303)
