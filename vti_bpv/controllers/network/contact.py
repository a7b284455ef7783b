from odoo import http
from odoo.http import request
from odoo.tools import email_normalize, plaintext2html

from ...tools.flash import flash

ABOUT = ("question", "company", "school", "privacy")
LIMITS = {"name": 100, "email": 254, "phone": 30, "organisation": 150, "message": 4000}


class Contact(http.Controller):
    @http.route("/contact", type="http", auth="public", website=True, methods=["GET"], sitemap=True, readonly=True)
    def contact(self, about="question", **_kwargs):
        user = request.env.user
        values = {"about": about if about in ABOUT else ABOUT[0]}
        if not user._is_public():
            values |= {"name": user.name, "email": user.email, "phone": user.phone}
        return self._render(values)

    @http.route("/contact", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def contact_send(self, **post):
        values = {name: (post.get(name) or "").strip()[:limit] for name, limit in LIMITS.items()}
        values["about"] = post.get("about") if post.get("about") in ABOUT else ABOUT[0]
        errors = self._check(values)
        if errors:
            return self._render(values, errors)
        if not post.get("website"):  # people don't see this field, what fills in every field does
            self._keep(values)
        flash(request.env._("Thank you. Your message has reached us; you hear from us within a few working days."))
        return request.redirect("/contact")

    def _check(self, values):
        _ = request.env._
        errors = {}
        if not values["name"]:
            errors["name"] = _("Fill in your name.")
        if not email_normalize(values["email"]):
            errors["email"] = _("Fill in a whole e-mail address, such as sam@example.org.")
        if not values["message"]:
            errors["message"] = _("Write what we can do for you.")
        return errors

    def _keep(self, values):
        """Put it in VTI's list of leads; what looks like HTML stays text."""
        topic = dict(self._get_topics())[values["about"]]
        request.env["crm.lead"].sudo().create(
            {
                "type": "lead",
                "name": f"{topic}: {values['organisation'] or values['name']}",
                "contact_name": values["name"],
                "partner_name": values["organisation"],
                "email_from": values["email"],
                "phone": values["phone"],
                "description": plaintext2html(values["message"]),
                "user_id": False,
            }
        )

    def _get_topics(self):
        _ = request.env._
        return [
            ("question", _("A question")),
            ("company", _("My company wants to train interns")),
            ("school", _("My school wants to join")),
            ("privacy", _("My data")),
        ]

    def _render(self, values, errors=None):
        response = request.render(
            "vti_bpv.contact_page", {"values": values, "errors": errors or {}, "topics": self._get_topics()}
        )
        response.status_code = 422 if errors else 200
        return response
