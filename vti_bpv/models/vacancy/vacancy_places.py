from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class NoPlaceLeftError(UserError):
    """Somebody else took the last place; the message is kind enough to show."""


class Vacancy(models.Model):
    """The one counter of a place, `places_left`, and the only methods that change it."""

    _inherit = "vti.vacancy"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["places_left"] = vals.get("places_offered", 1)
        return super().create(vals_list)

    def write(self, vals):
        # the counter follows through _count_places, never through a form
        vals = {name: value for name, value in vals.items() if name != "places_left"}
        if "places_offered" not in vals:
            return super().write(vals)
        for vacancy in self:
            vacancy._lock_places()
            taken = vacancy.places_offered - vacancy.places_left
            offered = int(vals["places_offered"] or 0)
            if offered < taken:
                raise UserError(vacancy.env._("%(count)s of these places are taken already.", count=taken))
            super(Vacancy, vacancy).write({**vals, "places_left": offered - taken})
            vacancy._follow_places()
        return True

    def _lock_places(self):
        """Wait for whoever is changing this place, then read its counter as it now is.

        `NO KEY` lets applications to it come in meanwhile, which Odoo's own lock would hold up.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute(SQL("SELECT id FROM vti_vacancy WHERE id = %s FOR NO KEY UPDATE", self.id))
        self.invalidate_recordset(["places_left", "places_offered", "state"])

    def _count_places(self, change):
        """Add to the counter; `super`, since write leaves it out."""
        self.ensure_one()
        written = super().write({"places_left": self.places_left + change})
        self._follow_places()
        return written

    def _follow_places(self):
        """Take a published place that has run out offline."""
        if self.state in ("published", "paused") and not self.places_left:
            self.write({"state": "filled"})

    def _take_place(self):
        """Give one place away; call it as sudo within the transaction that accepts a student.

        :raise NoPlaceLeftError: where there is none left, or the place is no longer offered
        """
        self._lock_places()
        if self.state not in ("published", "paused") or self.places_left < 1:
            raise NoPlaceLeftError(self.env._("Sorry, somebody else was just before you: this place is taken."))
        self._count_places(-1)

    def _release_place(self):
        """Give one place back. One that was filled waits, paused, for its company to put it online again."""
        self._lock_places()
        if self.places_left >= self.places_offered:
            return
        self._count_places(1)
        if self.state == "filled":
            self.write({"state": "paused", "paused_reason": "free"})
            self._notify_company("vti_bpv.mail_vacancy_place_free")
