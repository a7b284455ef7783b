from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from ...models.selection.exchange_listing import OPEN_STATES
from ...models.selection.exchange_notice import GUARDIAN_LINK, LINK
from ...tools.flash import flash
from .common import is_too_often, private_headers, texts

ROWS = 3  # empty rows for companies
MOST_ROWS = 34
GUARDIAN_MAILS = 3  # a day, that one student may cause
TEXTS = ("audience", "until", "likes", "skills", "agreed", "birth_date")


def read_form(form):
    """A card as typed: texts, and the rows of companies that aren't empty."""
    values = texts(form, TEXTS, 1000)
    rows = [texts(form, (f"company_{number}", f"may_{number}"), 200) for number in range(MOST_ROWS)]
    values["companies"] = [
        (row[f"company_{number}"], row[f"may_{number}"]) for number, row in enumerate(rows) if row[f"company_{number}"]
    ]
    return values


def get_form_values(student_sudo, card_sudo):
    """What the form shows first: the card as it is, else the profile, without the company that said no."""
    is_open = card_sudo.state in OPEN_STATES
    hidden = card_sudo.excluded_ids if is_open else student_sudo._get_refusers()
    rows = [
        *((company, "call") for company in card_sudo.caller_ids if is_open),
        *((company, "see") for company in card_sudo.named_ids - card_sudo.caller_ids if is_open),
        *((company, "hide") for company in hidden),
    ]
    until = card_sudo.until if is_open else fields.Date.today() + timedelta(days=student_sudo._get_exchange_days())
    return {
        "audience": card_sudo.audience if is_open else "all",
        "until": str(until),
        "likes": card_sudo.likes or "" if is_open else student_sudo.wishes or "",
        "skills": card_sudo.skills or "" if is_open else student_sudo.skills or "",
        "companies": [(company._get_exchange_label(), may) for company, may in rows],
    }


class ExchangeCards(http.Controller):
    """The student's own card: agreeing to it, who asks, who looked, and withdrawing; logged in or by a mail's link."""

    # what both ways share

    def _render(self, student_sudo, act_url, values=None, errors=None):
        card_sudo = student_sudo._get_card()
        values = values or get_form_values(student_sudo, card_sudo)
        rows = [*values["companies"], *[("", "see")] * ROWS][:MOST_ROWS]
        line_sudo = request.env["vti.exchange.line"].sudo()
        is_open = card_sudo.state in OPEN_STATES
        interests_sudo = card_sudo.interest_line_ids
        page = {
            "student": student_sudo, "card": card_sudo, "is_open": is_open, "act_url": act_url,
            "labels": card_sudo._get_labels() if is_open else {},
            "asked": interests_sudo.filtered(lambda line: line.state == "asked"),
            "granted": interests_sudo.filtered(lambda line: line.state in ("granted", "hired")),
            "views": request.env["vti.exchange.view"].sudo().search([("student_id", "=", student_sudo.id)], limit=50),
            "good_words": line_sudo.search([("student_id", "=", student_sudo.id)]),
            "needs_guardian": is_open and not card_sudo.consent_id and student_sudo._get_guardian_state() == "needed",
            "text": student_sudo._get_exchange_text(),
            "members": request.env["res.partner"]._get_exchange_members(),
            "rows": rows, "values": values, "errors": errors or {},
        }  # fmt: skip
        response = request.render("vti_bpv.exchange_card_page", page, status=422 if errors else 200)
        return private_headers(response)

    def _act(self, student_sudo, act_url, action, form, channel):
        """Do what a student asked for; the student was checked to be the one."""
        card_sudo, person = student_sudo._get_card(), student_sudo.partner_id
        values = None
        if action == "save":
            values = read_form(form)
            errors = student_sudo._get_card_errors(values)
            errors = errors or self._try(lambda: student_sudo._show_card(values, person, channel))
        elif action == "guardian":
            typed = texts(form, ("guardian_name", "guardian_email"), 120)
            errors = card_sudo._get_guardian_errors(typed)
            # whoever is behind the address that was typed can't be mailed again and again
            if not errors and is_too_often("exchange_guardian", student_sudo.code, GUARDIAN_MAILS):
                errors = {"form": request.env._("That was a lot for one day. Try again tomorrow, or call VTI.")}
            errors = errors or self._try(lambda: card_sudo.action_name_guardian(**typed))
            values = {**get_form_values(student_sudo, card_sudo), **typed}
        else:
            errors = self._try(self._get_deed(student_sudo, card_sudo, action, form))
        if errors:
            return self._render(student_sudo, act_url, values, errors)
        flash(self._said(action))
        return request.redirect(act_url, code=303)

    def _get_deed(self, student_sudo, card_sudo, action, form):
        """What one button does; 404 for what isn't one, or isn't of this student."""
        if action == "withdraw":
            return card_sudo.action_withdraw
        if action == "sms_stop":
            return student_sudo._stop_sms
        number = str(form.get("id") or "")
        number = int(number) if number.isdecimal() and len(number) < 10 else 0
        if action in ("grant", "decline"):
            interest_sudo = card_sudo.interest_line_ids.filtered(lambda line: line.id == number)
            deed = interest_sudo and getattr(interest_sudo, f"action_{action}")
        elif action in ("show", "hide"):
            domain = [("id", "=", number), ("student_id", "=", student_sudo.id)]
            line_sudo = request.env["vti.exchange.line"].sudo().search(domain)
            deed = line_sudo and (lambda: line_sudo.action_decide(action == "show"))
        else:
            deed = None
        if not deed:
            raise request.not_found()
        return deed

    def _try(self, deed):
        try:
            with request.env.cr.savepoint():
                deed()
        except UserError as error:
            return {"form": str(error.args[0])}
        return {}

    def _said(self, action):
        _ = request.env._
        return {
            "save": _("Saved."),
            "withdraw": _("Done. Nobody sees your card any more."),
            "guardian": _("We mailed your parent or guardian."),
            "grant": _("The company has your name, phone number and e-mail address now."),
            "decline": _("The company doesn't see who you are."),
            "sms_stop": _("You get no text messages any more."),
            "show": _("It is on your card."),
            "hide": _("It isn't on your card."),
        }[action]

    # logged in

    def _get_own(self):
        student_sudo = request.env["vti.student"]._of_user()
        if not student_sudo or not request.env.user.has_group("vti_bpv.group_student"):
            raise request.not_found()
        return student_sudo

    @http.route("/my/card", type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False)
    def card(self, **_kwargs):
        return self._render(self._get_own(), "/my/card")

    @http.route(
        "/my/card/<string:action>", type="http", auth="user", website=True, methods=["POST"], sitemap=False
    )  # fmt: skip
    def act(self, action, **form):
        return self._act(self._get_own(), "/my/card", action, form, "site")

    @http.route(
        "/my/card/<string:action>", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def act_reloaded(self, action, **_kwargs):
        """Lead back to the card: a phone that opens its tabs anew asks for the address of the last form."""
        return request.redirect("/my/card")

    # by the link in a mail

    def _open(self, token):
        return request.env["vti.student"]._open_own_link(LINK, token)

    def _render_over(self, kind):
        return private_headers(request.render("vti_bpv.link_over_page", {"kind": kind}, status=410))

    @http.route(
        "/exchange/card/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def link(self, token, **_kwargs):
        student_sudo = self._open(token)
        return self._render(student_sudo, f"/exchange/card/{token}") if student_sudo else self._render_over("card")

    @http.route(
        "/exchange/card/<string:token>/<string:action>", type="http", auth="public", website=True, methods=["POST"],
        sitemap=False,
    )  # fmt: skip
    def link_act(self, token, action, **form):
        student_sudo = self._open(token)
        if not student_sudo:
            return self._render_over("card")
        return self._act(student_sudo, f"/exchange/card/{token}", action, form, "mail")

    # the guardian

    def _open_guardian(self, token):
        card_sudo, partner_sudo = request.env["vti.exchange.listing"]._open_link(GUARDIAN_LINK, token)
        fits = card_sudo and partner_sudo and card_sudo.guardian_id.partner_id == partner_sudo
        return (card_sudo, partner_sudo) if fits else (card_sudo.browse(), partner_sudo.browse())

    @http.route(
        "/exchange/guardian/<string:token>", type="http", auth="public", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def guardian(self, token, **_kwargs):
        card_sudo, partner_sudo = self._open_guardian(token)
        if not card_sudo:
            return self._render_over("guardian")
        student_sudo = card_sudo.student_id
        page = {
            "card": card_sudo, "guardian": partner_sudo, "student": student_sudo, "labels": card_sudo._get_labels(),
            "waits": card_sudo._is_for_guardian(),
            "is_old_enough": student_sudo._get_guardian_state() == "not_needed",
            "agreed": card_sudo.state in OPEN_STATES and card_sudo.consent_id.given_by_id == partner_sudo,
            "text": student_sudo._get_exchange_guardian_text(),
        }  # fmt: skip
        return private_headers(request.render("vti_bpv.exchange_guardian_page", page))

    @http.route(
        "/exchange/guardian/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False
    )
    def guardian_act(self, token, answer=None, **_kwargs):
        card_sudo, partner_sudo = self._open_guardian(token)
        if not card_sudo:
            return self._render_over("guardian")
        if answer == "yes":
            errors = self._try(lambda: card_sudo._agree_as_guardian(partner_sudo))
            text = request.env._("Thank you. Companies see the card now, without the name.")
        elif answer == "no":
            errors = self._try(lambda: card_sudo._withdraw(partner_sudo))
            text = request.env._("Thank you. No company sees the card.")
        else:
            raise request.not_found()
        flash(errors.get("form") or text, "warning" if errors else "success")
        return request.redirect(f"/exchange/guardian/{token}", code=303)
