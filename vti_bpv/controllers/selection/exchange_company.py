from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from ...models.selection.exchange_interest import RUNNING
from ...models.selection.exchange_search import DISTANCES, PAGE_SIZE, parse
from ...tools.flash import flash
from .common import private_headers, texts

REQUESTS = 20  # on a page


class ExchangeCompany(http.Controller):
    """Students looking, for a member: the cards, asking, and what came of it."""

    def _is_company(self):
        return request.env.user.has_group("vti_bpv.group_company")

    def _render_members_only(self):
        """What a company that is no member, or no longer, gets for every address of the exchange."""
        return private_headers(request.render("vti_bpv.exchange_members_page", status=403))

    def _try(self, deed):
        """:return: (what the deed gave, errors)"""
        try:
            with request.env.cr.savepoint():
                return deed(), {}
        except UserError as error:
            return None, {"form": str(error.args[0])}

    # the list

    @http.route(
        ["/my/exchange", "/my/exchange/page/<int:page>"], type="http", auth="user", website=True, methods=["GET"],
        readonly=True, sitemap=False,
    )  # fmt: skip
    def cards(self, page=1, **params):
        if not self._is_company():
            return request.redirect("/my")
        if not request.env.user.partner_id._is_member():
            return self._render_members_only()
        query = parse({**params, "page": str(page)})
        cards, house_sudo = (
            request.env["vti.exchange.listing"],
            request.env.user.partner_id.commercial_partner_id.sudo(),
        )
        found = cards._find_cards(query)
        return request.render("vti_bpv.exchange_page", {
            "query": query,
            "found": found,
            "options": cards._get_filter_options(query, found.counts),
            "chips": cards._get_query_chips(query),
            "distances": [(str(km), request.env._("within %(km)s km", km=km)) for km in DISTANCES],
            "values": {**dict(query.params()), "km": str(query.km)},
            "pager": pager("/my/exchange", found.total, page=query.page, step=PAGE_SIZE, url_args=dict(query.params())),
            "level2_first": house_sudo.exchange_level2_first,
            "follows": request.env["vti.exchange.follow"]._get_own(),
            "is_followed": request.env["vti.exchange.follow"]._is_followed(query),
            "running": request.env["vti.exchange.interest"]._count_running(),
        })  # fmt: skip

    @http.route("/my/exchange/prefer", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def prefer(self, first="", **_kwargs):
        if not self._is_company():
            raise request.not_found()
        request.env.user.partner_id.commercial_partner_id.action_prefer_level2(first == "1")
        return request.redirect("/my/exchange", code=303)

    @http.route("/my/exchange/follow", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def follow(self, **form):
        if not self._is_company():
            raise request.not_found()
        query = parse(form)
        _done, errors = self._try(lambda: request.env["vti.exchange.follow"]._follow(query))
        said = request.env._("Saved. Once a week you get a mail with new students, if there are any.")
        flash(errors.get("form") or said, "warning" if errors else "success")
        return request.redirect(query.url(), code=303)

    @http.route(
        "/my/exchange/follow/<int:follow_id>/stop", type="http", auth="user", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def stop(self, follow_id, **_kwargs):
        follow_sudo = request.env["vti.exchange.follow"]._get_own().filtered(lambda follow: follow.id == follow_id)
        if not follow_sudo:
            raise request.not_found()
        follow_sudo.unlink()
        flash(request.env._("Done. You get no more mails about this."))
        return request.redirect("/my/exchange", code=303)

    # one card

    def _find_card(self, listing_id):
        """A card that this company may see; 404 for any other, whether it exists or not."""
        card = request.env["vti.exchange.listing"].browse(listing_id).exists() if listing_id < 2**31 else None
        if not card or not self._is_company() or not card.has_access("read"):
            raise request.not_found()
        return card

    def _render_card(self, card, values=None, errors=None, share=None):
        best = card._get_best_places().get(card)
        page = {
            "card": card.sudo(), "labels": card._get_labels(), "best": best,
            "words": card._get_good_words().get(card, []),
            "mine": card._get_own_interests().get(card),
            "others": card._count_others(),
            "may_call": request.env.user.partner_id.commercial_partner_id in card.sudo().caller_ids,
            "places": [(place.id, place.name) for place in card._get_own_places()],
            "share": share,
            "values": values or {"vacancy_id": best[0].id if best else ""}, "errors": errors or {},
        }  # fmt: skip
        return request.render("vti_bpv.exchange_one_page", page, status=422 if errors else 200)

    @http.route(
        "/my/exchange/<int:listing_id>", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def card(self, listing_id, **_kwargs):
        if self._is_company() and not request.env.user.partner_id._is_member():
            return self._render_members_only()
        return self._render_card(self._find_card(listing_id))

    @http.route(
        "/my/exchange/<int:listing_id>/ask", type="http", auth="user", website=True, methods=["POST"], sitemap=False
    )
    def ask(self, listing_id, **form):
        card = self._find_card(listing_id)
        values, house = texts(form, ("line", "vacancy_id")), request.env.user.partner_id.commercial_partner_id
        errors = request.env["vti.exchange.interest"]._get_ask_errors(card, values, house)
        place = (
            int(values["vacancy_id"]) if values["vacancy_id"].isdecimal() and len(values["vacancy_id"]) < 10 else None
        )
        number = None
        if not errors:
            number, errors = self._try(lambda: card.action_ask(values["line"], place))
        if errors:
            return self._render_card(card, values, errors)
        flash(
            request.env._("This student said beforehand that you may call.")
            if request.env["vti.exchange.interest"].browse(number).beforehand
            else request.env._("The student has your question. You get a mail as soon as there is an answer.")
        )
        return request.redirect(f"/my/exchange/requests/{number}", code=303)

    @http.route(
        "/my/exchange/<int:listing_id>/share", type="http", auth="user", website=True, methods=["POST"], sitemap=False
    )
    def share(self, listing_id, **_kwargs):
        card = self._find_card(listing_id)
        share_sudo, errors = self._try(lambda: card._share(request.env.user.partner_id))
        return self._render_card(card, errors=errors, share=share_sudo)

    # what was asked

    @http.route(
        ["/my/exchange/requests", "/my/exchange/requests/page/<int:page>"], type="http", auth="user", website=True,
        methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def requests(self, page=1, **_kwargs):
        if not self._is_company():
            return request.redirect("/my")
        if not request.env.user.partner_id._is_member():
            return self._render_members_only()
        house = request.env.user.partner_id.commercial_partner_id
        interests, domain = request.env["vti.exchange.interest"], [("employer_id", "=", house.id)]
        pages = pager("/my/exchange/requests", interests.search_count(domain), page=page, step=REQUESTS)
        found = interests.search(domain, limit=REQUESTS, offset=max(pages["offset"], 0))
        labels = {
            name: dict(interests._fields[name]._description_selection(request.env)) for name in ("state", "end_kind")
        }
        # of a card that is over nothing is told any more
        titles = {
            interest: interest.listing_id.sudo()._get_labels()["title"]
            for interest in found
            if interest.state in RUNNING
        }
        page = {"interests": found, "pager": pages, "labels": labels, "titles": titles}
        return request.render("vti_bpv.exchange_requests_page", page)

    def _find_request(self, interest_id):
        interest = request.env["vti.exchange.interest"].browse(interest_id).exists() if interest_id < 2**31 else None
        if not interest or not self._is_company() or not interest.has_access("read"):
            raise request.not_found()
        return interest

    def _render_request(self, interest, values=None, errors=None, opened=None):
        this_sudo = interest.sudo()
        card_sudo = this_sudo.listing_id
        place = this_sudo.vacancy_id
        is_shown = interest._is_contact_open() or card_sudo._is_shown_to(this_sudo.employer_id)
        labels = {
            name: dict(this_sudo._fields[name]._description_selection(request.env)) for name in ("state", "end_kind")
        }
        page = {
            "interest": this_sudo, "card": card_sudo if is_shown else None, "state_labels": labels,
            "labels": card_sudo._get_labels() if is_shown else {},
            "words": card_sudo._get_good_words().get(card_sudo, []) if is_shown else [],
            # each time it is shown is noted, for the student to read
            "contact": interest.action_view_contact() if interest._is_contact_open() else None,
            "places": [(option.id, option.name) for option in interest._get_hire_places()],
            "opened": opened, "errors": errors or {},
            "values": values or {
                "vacancy_id": place.id or "",
                "date_from": str(place.date_from or ""),
                "date_to": str(place.date_to or ""),
            },
        }  # fmt: skip
        return private_headers(request.render("vti_bpv.exchange_request_page", page, status=422 if errors else 200))

    # not read-only: it notes that somebody looked
    @http.route(
        "/my/exchange/requests/<int:interest_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def request_page(self, interest_id, **_kwargs):
        if self._is_company() and not request.env.user.partner_id._is_member():
            return self._render_members_only()
        return self._render_request(self._find_request(interest_id))

    @http.route(
        "/my/exchange/requests/<int:interest_id>/hire", type="http", auth="user", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def hire(self, interest_id, **form):
        interest = self._find_request(interest_id)
        values = texts(form, ("vacancy_id", "date_from", "date_to", "note"))
        errors, number = interest._get_hire_errors(values), None
        if not errors:
            number, errors = self._try(lambda: interest.action_hire(int(values.pop("vacancy_id")), **values))
        if errors:
            return self._render_request(interest, form, errors, "hire")
        flash(request.env._("The student has your offer and says yes or no."))
        return request.redirect(f"/my/candidates/{number}", code=303)

    @http.route(
        "/my/exchange/requests/<int:interest_id>/let_go", type="http", auth="user", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def let_go(self, interest_id, **_kwargs):
        interest = self._find_request(interest_id)
        _done, errors = self._try(interest.action_let_go)
        flash(errors.get("form") or request.env._("Done. The student knows."), "warning" if errors else "success")
        return request.redirect("/my/exchange/requests", code=303)
