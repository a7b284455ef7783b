from odoo import http
from odoo.http import request

from odoo.addons.vti_bpv.tools.flash import flash


class SpeedStaff(http.Controller):
    """The day of a speed-date for VTI's staff: the screen in the hall and the desk at the door."""

    def _find(self, date_id):
        """The speed-date for VTI's staff; 404 for anybody else."""
        date = request.env["vti.speed.date"].browse(date_id)
        if not request.env.user.has_group("vti_bpv.group_user") or not date.exists():
            raise request.not_found()
        return date

    # ------------------------------------------------------------------ the screen

    @http.route(
        "/vti/speed-dates/<int:date_id>/screen", type="http", auth="user", website=True, readonly=True, sitemap=False
    )
    def screen(self, date_id, **_kwargs):
        """Show the hall who goes where, on a big screen."""
        date = self._find(date_id)
        return request.render("vti_events.speed_screen_page", {"date": date, **date._get_screen()})

    @http.route(
        "/vti/speed-dates/<int:date_id>/screen/version", type="http", auth="user", methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def screen_version(self, date_id, **_kwargs):
        date = self._find(date_id)
        return request.make_response(
            str(date.plan_version), [("Content-Type", "text/plain"), ("Cache-Control", "no-store")]
        )

    # ------------------------------------------------------------------ the desk

    def _find_open(self, date_id):
        """A speed-date whose door is open, or is about to be."""
        date = self._find(date_id)
        if date.state not in ("planned", "published"):
            raise request.not_found()
        return date

    @http.route(
        "/vti/speed-dates/<int:date_id>/desk", type="http", auth="user", website=True, methods=["GET"], readonly=True,
        sitemap=False,
    )  # fmt: skip
    def desk(self, date_id, q="", code="", **_kwargs):
        """Show who is expected; a scanned code or a name finds one. Looking checks nobody in."""
        date = self._find_open(date_id)
        return request.render("vti_events.speed_desk_page", {"date": date, **date._get_desk(q, code)})

    @http.route(
        "/vti/speed-dates/<int:date_id>/desk/<any(here,away,join):what>", type="http", auth="user", website=True,
        methods=["POST"], sitemap=False,
    )  # fmt: skip
    def desk_change(self, date_id, what, person="", **_form):
        date = self._find_open(date_id)
        done = date._change_at_desk(what, int(person) if person.isdecimal() and len(person) < 10 else 0)
        flash(done or request.env._("This person isn't on the list any more. Search again."),
              "success" if done else "warning")  # fmt: skip
        return request.redirect(f"/vti/speed-dates/{date_id}/desk", code=303)
