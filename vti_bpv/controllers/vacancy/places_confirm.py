from odoo import http
from odoo.http import request

from ...tools.flash import flash

MAX_ID = 2**31 - 1


class PlacesConfirm(http.Controller):
    """One page with one button by which a company says that its places still stand.

    From a mail without logging in, or from the own pages. Opening it changes nothing.
    """

    def _open(self, token):
        """The company and person of a link; empties where it is false, old or no longer theirs."""
        check_sudo, person_sudo = request.env["vti.place.check"]._open_link("places_confirm", token)
        if person_sudo and check_sudo._is_entitled(person_sudo, check_sudo.employer_id):
            return check_sudo.employer_id, person_sudo
        return person_sudo.browse(), person_sudo.browse()

    @staticmethod
    def _get_own():
        """The company and person of the user.

        :raise NotFound: for who isn't of a company
        """
        if not request.env.user.has_group("vti_bpv.group_company"):
            raise request.not_found()
        person_sudo = request.env.user.sudo().partner_id
        return person_sudo.commercial_partner_id, person_sudo

    def _render_over(self):
        return self._keep_private(request.render("vti_bpv.places_confirm_over_page", status=410))

    @staticmethod
    def _keep_private(response):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    def _render(self, company_sudo, person_sudo, gone=None, problems=None):
        vacancies = request.env["vti.vacancy"]
        places_sudo = vacancies._get_places_to_confirm(company_sudo, person_sudo)
        waiting = vacancies.sudo()._count_candidates(gone) if gone else {}
        values = {
            "company": company_sudo,
            "places": places_sudo,
            "gone": gone,
            "waiting": {place_id: count[1] for place_id, count in waiting.items()},
            "problems": problems or [],
            "no_place_left": request.env._("All places are taken."),
            "today": vacancies._get_today_here(),
        }
        response = request.render("vti_bpv.places_confirm_page", values, status=422 if gone or problems else 200)
        return self._keep_private(response)

    def _answer(self, company_sudo, person_sudo, sure):
        """Do what the button says; places that went online after the page was shown are left alone."""
        shown, kept = self._read_ids("shown"), self._read_ids("place")
        vacancies = request.env["vti.vacancy"]
        gone_sudo = vacancies._get_places_to_confirm(company_sudo, person_sudo).filtered(
            lambda place: place.id in shown - kept
        )
        if gone_sudo and not sure:
            return self._render(company_sudo, person_sudo, gone=gone_sudo)
        stands, closed, problems = vacancies._answer_for(company_sudo, person_sudo, kept & shown, set(gone_sudo.ids))
        if stands:
            flash(request.env._("Thank you. Places that still stand: %(count)s.", count=len(stands)))
        if closed:
            flash(request.env._("Places taken away: %(count)s.", count=len(closed)), "info")
        if problems:
            return self._render(company_sudo, person_sudo, problems=problems)
        return request.redirect(request.httprequest.path, code=303)

    @staticmethod
    def _read_ids(name):
        return {int(text) for text in request.httprequest.form.getlist(name)[:1000] if text.isdecimal()
                and int(text) <= MAX_ID}  # fmt: skip

    @http.route(
        "/places/confirm/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def confirm_page(self, token, **_params):
        company_sudo, person_sudo = self._open(token)
        return self._render(company_sudo, person_sudo) if company_sudo else self._render_over()

    @http.route(
        "/places/confirm/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def confirm(self, token, sure=None, **_params):
        company_sudo, person_sudo = self._open(token)
        return self._answer(company_sudo, person_sudo, sure) if company_sudo else self._render_over()

    @http.route(
        "/my/places/confirm", type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False
    )
    def my_confirm_page(self, **_params):
        return self._render(*self._get_own())

    @http.route("/my/places/confirm", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def my_confirm(self, sure=None, **_params):
        return self._answer(*self._get_own(), sure)
