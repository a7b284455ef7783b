from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager
from odoo.addons.vti_bpv.controllers.selection.common import (
    get_misuse_error,
    private_headers,
    sign_form,
    texts,
)
from odoo.addons.vti_bpv.tools.address import get_email_error, read_email
from odoo.addons.vti_bpv.tools.flash import flash
from odoo.addons.website_event.controllers.main import WebsiteEventController

from ..models.kinds.event_page import PER_PAGE

PER_PERSON_DAY = 10  # how often one address can be signed up from the public form
FORM = "event"


def find_event(slug):
    """The event of an address, for who may see it; 404 for anybody else.

    :raise NotFound:
    """
    event = request.env["event.event"].browse(request.env["ir.http"]._unslug(slug)[1] or 0)
    try:
        may_read = event.exists() and event.has_access("read")
    except ValueError:  # a number that no id can be
        may_read = False
    if not may_read:
        raise request.not_found()
    return event


def list_page(env, rule, query):
    if not query or query.lower() in "/event":
        yield {"loc": "/event"}


def list_addresses(env, rule, query):
    """The events of the sitemap: what a visitor may see and find."""
    for event in env["event.event"].search(env["event.event"]._get_list_domain()):
        if not query or query.lower() in event.website_url:
            yield {"loc": event.website_url}


class Events(WebsiteEventController):
    """The events on the site, in the look of ours; signing up is on the page itself."""

    @http.route(["/event/tags/<string:slug_tags>", "/event/tags/<string:slug_tags>/page/<int:page>"], sitemap=False)
    def events(self, page=1, slug_tags=None, **_searches):
        return request.redirect("/event", code=301)  # we filter by kind

    @http.route(
        ["/event", "/event/page/<int:page>", "/events", "/events/page/<int:page>"], type="http", auth="public",
        website=True, readonly=True, sitemap=list_page,
    )  # fmt: skip
    def event_list(self, page=1, kind="", q="", past="", **_searches):
        Event = request.env["event.event"]
        kind, query, past = str(kind)[:40], str(q)[:60].strip(), past == "1"
        domain = Event._get_list_domain(kind, query, past)
        found = pager(
            "/event", Event.search_count(domain), page, PER_PAGE,
            url_args={k: v for k, v in (("kind", kind), ("q", query), ("past", "1" if past else "")) if v},
        )  # fmt: skip
        order = "date_begin desc, id" if past else "date_begin, id"
        events = Event.search(domain, order=order, limit=PER_PAGE, offset=found["offset"])
        values = {
            "events": events, "pager": found, "kinds": Event._get_list_kinds(past), "kind": kind, "q": query,
            "past": past, "mine": self._get_mine(events),
        }  # fmt: skip
        return request.render("vti_events.events_page", values)

    def _get_mine(self, events):
        """Ids of those of these events that this person goes to."""
        if request.env.user._is_public():
            return set()
        groups = request.env["event.registration"].sudo()._read_group(
            [("event_id", "in", events.ids), ("partner_id", "=", request.env.user.partner_id.id),
             ("state", "in", ("open", "done"))], ["event_id"],
        )  # fmt: skip
        return {event.id for (event,) in groups}

    @http.route(["/event/<string:slug>"], sitemap=list_addresses)
    def event(self, slug, **_post):
        return self._render_event(find_event(slug))

    @http.route(["/event/<string:slug>/register"])
    def event_register(self, slug, **_post):
        return self._render_event(find_event(slug))

    def _render_event(self, event, values=None, errors=None):
        page = self._prepare_event_page(event) | {"values": values or {}, "errors": errors or {}}
        return request.render("vti_events.event_page", page, status=422 if errors else 200)

    def _prepare_event_page(self, event):
        """What the page needs: who looks, and what that person can do."""
        public = request.env.user._is_public()
        person = request.env["res.partner"] if public else request.env.user.partner_id
        none_sudo = request.env["event.registration"].sudo()
        none_waiting_sudo = request.env["vti.event.waiting"].sudo()
        return {
            "event": event,
            "main_object": event,
            "public": public,
            "registration": none_sudo if public else event._find_registration(person),
            "is_open": event._can_sign_up(),
            "is_for": event._is_for(person),
            "full": event._is_full(),
            "waiting": none_waiting_sudo if public else event._find_waiting(person),
            "can_class": event._can_sign_up_class(request.env.user),
            "questions": event._get_questions(),
            "colleagues": self._get_colleagues(event),
            "shown": sign_form(FORM) if public else "",
        }

    def _get_colleagues(self, event):
        """Whom somebody of a company or school may sign up beside themselves; sudo."""
        none_sudo = request.env["res.partner"].sudo()
        if request.env.user._is_public() or event.audience not in ("mentors", "companies", "members", "schools"):
            return none_sudo
        person = request.env.user.partner_id
        house_sudo = person.sudo().commercial_partner_id
        if house_sudo == person:
            return none_sudo
        return house_sudo.people_ids.filtered("email").sorted(lambda one: (one != person, one.name or ""))

    @http.route("/event/<string:slug>/join", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def join(self, slug, **form):
        event = find_event(slug)
        values = texts(form, ("name", "email", "who"), 120)
        answers, errors = event._read_answers(form)
        if request.env.user._is_public():
            return self._join_as_visitor(event, form, values, answers, errors)
        person = request.env.user.partner_id
        if values["who"]:
            chosen = self._get_colleagues(event).filtered(lambda one: str(one.id) == values["who"])
            if not chosen:
                errors["who"] = request.env._("Choose from the list.")
            person = chosen.sudo(False) or person
        if errors or (problem := self._sign_up(event, person, {}, answers)):
            return self._render_event(event, form, errors or {"form": problem})
        return request.redirect(event.website_url, code=303)

    def _join_as_visitor(self, event, form, values, answers, errors):
        if not event._is_for(request.env["res.partner"]):
            raise request.not_found()
        if not values["name"]:
            errors["name"] = request.env._("Fill in your name.")
        if error := get_email_error(request.env, values["email"]):
            errors["email"] = error
        if not errors and (error := get_misuse_error(form, FORM, "event", read_email(values["email"]), PER_PERSON_DAY)):
            errors["form"] = error
        if errors or (problem := self._sign_up(event, request.env["res.partner"], values, answers)):
            return self._render_event(event, form, errors or {"form": problem})
        return request.redirect(event.website_url, code=303)

    def _sign_up(self, event, person, values, answers):
        """:return: a sentence that says why it didn't go, or nothing"""
        try:
            with request.env.cr.savepoint():
                found = event._sign_up_or_wait(person, values, answers)
        except (UserError, ValidationError) as error:
            return str(error.args[0])
        if found._name == "vti.event.waiting":
            flash(request.env._("You are on the waiting list. We mail you as soon as a seat comes free."), "info")
        else:
            flash(request.env._("Done! We mailed you the details."))
        return ""

    @http.route(
        "/event/<string:slug>/agenda.ics", type="http", auth="public", website=True, readonly=True, sitemap=False
    )
    def agenda(self, slug, **_kwargs):
        event = find_event(slug)
        person = request.env["res.partner"] if request.env.user._is_public() else request.env.user.partner_id
        return self._send_calendar(event, with_call=bool(person and event._find_registration(person)))

    @staticmethod
    def _send_calendar(event, with_call):
        headers = [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", http.content_disposition(f"{event.name[:60]}.ics")),
        ]
        return private_headers(request.make_response(event._get_ics(with_call), headers))

    # Odoo's own way of signing up knows nothing of whom an event is for: these addresses lead nowhere.

    @http.route()
    def registration_tickets(self, event, slot_id):
        raise request.not_found()

    @http.route()
    def registration_new(self, event, **post):
        raise request.not_found()

    @http.route()
    def registration_confirm(self, event, **post):
        raise request.not_found()

    @http.route()
    def event_registration_success(self, event, registration_ids):
        raise request.not_found()
