from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request
from odoo.tools import format_date

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ...models.placement.placement_page import FILTERS
from ...models.placement.placement_people import COMPANY_FIELDS
from ...tools.flash import flash

PER_PAGE = 20


class InternshipPages(CustomerPortal):
    """Internships of a student, company or school: the list, one of them, and what one does there."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "internship_count" in counters:
            Placement = request.env["vti.placement"]
            counts = Placement._count_by_filter() if Placement.has_access("read") else {"open": 0, "all": 0}
            values |= {"internship_count": counts["open"], "has_internships": bool(counts["all"])}
        return values

    # -- list
    @http.route(
        ["/my/internships", "/my/internships/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def internships(self, page=1, state="", q="", **_kwargs):
        Placement = request.env["vti.placement"]
        if not Placement.has_access("read"):
            return request.redirect("/my")
        q = str(q)[:100]
        counts = Placement._count_by_filter(q)
        if state not in FILTERS:  # who only has old ones comes for those
            state = "over" if counts["over"] and not counts["open"] else "open"
        url_args = {name: value for name, value in (("state", state), ("q", q)) if value}
        pages = pager("/my/internships", counts[state], page=page, step=PER_PAGE, url_args=url_args)
        placements_sudo = Placement.sudo().search(
            Placement._get_page_domain(q, state), limit=PER_PAGE, offset=max(pages["offset"], 0)
        )
        return request.render("vti_bpv.internships_page", {
            "placements": placements_sudo, "counts": counts, "state": state, "q": q, "pager": pages,
            "party": self._get_reader(), "day": self._format_day,
        })  # fmt: skip

    def _get_reader(self):
        """Whose pages these are: student, company or school."""
        user = request.env.user
        return next((name for name in ("company", "school") if user.has_group(f"vti_bpv.group_{name}")), "student")

    @staticmethod
    def _format_day(day):
        return format_date(request.env, day, date_format="d MMM y")

    # -- one
    def _find(self, placement_id):
        """The internship, as the current user; 404 where it isn't theirs.

        :raise NotFound: also for one that doesn't exist, so that ids tell nothing
        """
        placement = request.env["vti.placement"].browse(placement_id).exists()
        if not placement or not placement.has_access("read"):
            raise request.not_found()
        return placement

    def _render(self, placement, errors=None, values=None, opened=None):
        this_sudo = placement.sudo()
        able = placement._can_do()
        house = this_sudo.school_id if "teacher" in able else this_sudo.employer_id
        colleagues = placement._get_house_people(house) if able & {"people", "teacher"} else house.browse()
        roles = ["teacher_id"] if "teacher" in able else COMPANY_FIELDS
        page = {
            "placement": this_sudo, "party": placement._get_party(), "able": able, "people": placement._get_people(),
            "steps": placement._get_steps(), "next_step": placement._get_next_step(), "day": self._format_day,
            "address": placement._get_address(), "opened": opened, "errors": errors or {},
            "options": [(person.id, person.name) for person in colleagues],
            "roles": [(name, placement._fields[name]._description_string(request.env)) for name in roles],
            "values": values or {
                "date_from": str(this_sudo.date_from), "date_to": str(this_sudo.date_to),
                **{name: this_sudo[name].id for name in roles},
            },
            "can_consent": placement._can_give_alumni_consent(),
            "consent": placement._get_party() == "student" and placement._get_alumni_consent(),
            "consent_text": placement._get_alumni_consent_text(), "own_answer": placement._get_own_answer(),
        }  # fmt: skip
        return request.render("vti_bpv.internship_page", page, status=422 if errors else 200)

    @http.route("/my/internships/<int:placement_id>", type="http", auth="user", website=True, readonly=True)
    def internship(self, placement_id, **_kwargs):
        return self._render(self._find(placement_id))

    @http.route(
        "/my/internships/<int:placement_id>/<any(start,close,confirm,end,dates,people,stay):part>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def internship_reloaded(self, placement_id, part, **_kwargs):
        """Lead back to the internship: a phone that opens its tabs anew asks for the address of the last form."""
        return request.redirect(f"/my/internships/{placement_id}#{part}")

    @http.route(
        "/my/internships/<int:placement_id>/calendar.ics", type="http", auth="user", website=True, readonly=True
    )
    def internship_calendar(self, placement_id, **_kwargs):
        content = self._find(placement_id)._get_calendar_file()
        headers = [("Content-Type", "text/calendar; charset=utf-8"),
                   ("Content-Disposition", http.content_disposition(f"internship-{placement_id}.ics"))]  # fmt: skip
        return request.make_response(content, headers)

    # -- doing
    def _act(self, placement_id, action, done, part, values=None, field=None):
        """Call an action of the model; say what was done, or show the page again with what is wrong.

        :param str part: which part of the page is opened again on an error
        :param str field: the field that the error stands beside
        """
        placement = self._find(placement_id)
        try:
            with request.env.cr.savepoint():
                action(placement)
        except AccessError:
            raise request.not_found() from None
        except (UserError, MissingError) as error:
            request.env.invalidate_all()
            return self._render(placement, {field or part: str(error)}, values, part)
        flash(done)
        return request.redirect(f"/my/internships/{placement_id}")

    @http.route("/my/internships/<int:placement_id>/start", type="http", auth="user", methods=["POST"], website=True)
    def internship_start(self, placement_id, **_kwargs):
        return self._act(placement_id, lambda p: p.action_start(), request.env._("The internship has begun."), "start")

    @http.route("/my/internships/<int:placement_id>/close", type="http", auth="user", methods=["POST"], website=True)
    def internship_close(self, placement_id, **_kwargs):
        done = request.env._("The internship is closed. We ask everybody how it went.")
        return self._act(placement_id, lambda p: p.action_close(), done, "close")

    @http.route("/my/internships/<int:placement_id>/confirm", type="http", auth="user", methods=["POST"], website=True)
    def internship_confirm(self, placement_id, **_kwargs):
        return self._act(placement_id, lambda p: p.action_confirm_end(), request.env._("Thank you."), "confirm")

    @http.route("/my/internships/<int:placement_id>/end", type="http", auth="user", methods=["POST"], website=True)
    def internship_end(self, placement_id, reason="", **_kwargs):
        def end(placement):
            if placement.state == "planned":
                placement.action_never_start(reason)
            else:
                placement.action_break_off(reason)

        done = request.env._("The internship has ended. Everybody is told, and VTI calls you.")
        return self._act(placement_id, end, done, "end", {"reason": reason}, "reason")

    @http.route("/my/internships/<int:placement_id>/dates", type="http", auth="user", methods=["POST"], website=True)
    def internship_dates(self, placement_id, date_from="", date_to="", **_kwargs):
        values = {"date_from": date_from, "date_to": date_to}
        done = request.env._("The dates are changed, and everybody is told.")
        return self._act(
            placement_id, lambda p: p.action_change_dates(date_from, date_to), done, "dates", values, "date_to"
        )

    @http.route("/my/internships/<int:placement_id>/people", type="http", auth="user", methods=["POST"], website=True)
    def internship_people(self, placement_id, **post):
        names = [name for name in (*COMPANY_FIELDS, "teacher_id") if name in post]
        values = {name: int(post[name]) if post[name].isdecimal() and len(post[name]) < 10 else False for name in names}
        done = request.env._("Saved. Everybody sees who is who.")
        return self._act(
            placement_id, lambda p: p.action_assign_people(values), done, "people", values, names[0] if names else None
        )

    @http.route("/my/internships/<int:placement_id>/stay", type="http", auth="user", methods=["POST"], website=True)
    def internship_stay(self, placement_id, answer="", **_kwargs):
        if answer == "withdraw":
            done = request.env._("You have withdrawn it. VTI doesn't stay in touch.")
            return self._act(placement_id, lambda p: p.action_withdraw_alumni_consent(), done, "stay")
        done = request.env._("Thank you, we stay in touch.")
        return self._act(placement_id, lambda p: p.action_give_alumni_consent(), done, "stay")
