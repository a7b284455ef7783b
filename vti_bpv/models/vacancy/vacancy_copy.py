from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

COPIED_STATES = ("published", "paused", "filled", "closed", "expired")  # what was on offer in its season


class Review(NamedTuple):
    """What copying one place gives; with `problems` it isn't copied."""

    place: models.Model  # sudo
    made: models.Model  # the copy that is there already, possibly empty; sudo
    problems: list  # sentences
    date_from: object
    date_to: object


class Vacancy(models.Model):
    """A place goes on to the next season: as a new place, a draft with its dates moved."""

    _inherit = "vti.vacancy"

    @api.model
    def _get_copy_season(self):
        """The season to copy to where nobody says another: the next one; empty where there is none yet."""
        today = self._get_today_here()
        return self.env["vti.season"].sudo().search([("date_from", ">", today)], order="date_from", limit=1)

    @api.model
    def _get_copy_seasons(self):
        """The seasons that one may copy to: those that aren't over, the first one first."""
        return self.env["vti.season"].sudo().search([("date_to", ">=", self._get_today_here())], order="date_from")

    def _get_copy_shift(self, season):
        """How far the dates move: whole years, by the distance of the seasons.

        :rtype: relativedelta
        """
        self.ensure_one()
        years = season.date_from.year - self.season_id.date_from.year if season and self.season_id else 1
        return relativedelta(years=years)

    def action_copy_to_season(self, season_id=None):
        """Make a draft of this place, a season later; by default the one after its own.

        Who asks again gets the copy that is there, unless that one is over already.

        :param int season_id: a vti.season; without one, the next after the place's own
        :return: the new vti.vacancy
        """
        self.ensure_one()
        self._check_manage()
        # of two presses at the same time the second one fails on this, is tried again and finds the first one's copy
        self.env.cr.execute("UPDATE vti_vacancy SET write_uid = write_uid WHERE id = %s", [self.id])
        seasons, old = self.env["vti.season"].sudo(), self.sudo()
        after = old.season_id.date_to or fields.Date.context_today(self)
        season = (
            seasons.browse(season_id).exists()
            if season_id
            else seasons.search([("date_from", ">", after)], order="date_from", limit=1)
        )
        made = old._get_made_copies(season).get(old)
        if made:
            return made.sudo(self.env.su)
        shift = old._get_copy_shift(season)
        return old.copy({
            "name": old.name, "season_id": season.id, "copied_from_id": old.id,
            "date_from": old.date_from and old.date_from + shift,
            "date_to": old.date_to and old.date_to + shift,
        }).sudo(self.env.su)  # fmt: skip

    def _get_made_copies(self, season):
        """The copies of these places (sudo) in a season that aren't over.

        :return: a dict from a place to its copy
        """
        made = self.search([
            ("copied_from_id", "in", self.ids), ("season_id", "=", season.id),
            ("state", "not in", ["closed", "expired"]),
        ], order="id desc")  # fmt: skip
        return {copy.copied_from_id: copy for copy in made}

    # many at once

    @api.model
    def _get_places_to_copy(self, season, domain):
        """What was on offer in the last season before `season` in which there was anything; sudo."""
        domain = [*domain, ("state", "in", COPIED_STATES), ("season_id.date_to", "<", season.date_from)]
        places_sudo = self.sudo()
        last = places_sudo.search(domain, order="season_id, id", limit=1).season_id  # seasons: the newest first
        if not last:
            return places_sudo.browse()
        return places_sudo.search([*domain, ("season_id", "=", last.id)], order="employer_id, name, id")

    def _review_copies(self, season):
        """Say of each of these places what copying it gives, with as many queries for one as for all.

        :return: a list of Review
        """
        places_sudo, today = self.sudo(), self._get_today_here()
        made = places_sudo._get_made_copies(season)
        known = self.env["vti.recognition"].sudo().search([("branch_id", "in", places_sudo.place_id.ids)])
        by_address, none = known.grouped("branch_id"), known.browse()
        reviews = []
        for place in places_sudo:
            shift = place._get_copy_shift(season)
            start = place.date_from and place.date_from + shift
            copy = made.get(place, place.browse())
            problems = place._get_copy_problems(season, copy) or [
                message
                for _code, message in place._get_recognition_problems(
                    today, start or season.date_from, by_address.get(place.place_id, none)
                )
            ]
            reviews.append(Review(place, copy, problems, start, place.date_to and place.date_to + shift))
        return reviews

    def _get_copy_problems(self, season, copy):
        _ = self.env._
        if copy:
            return [_("It is copied already.")]
        if self.state not in COPIED_STATES:
            return [_("It was never on offer.")]
        if self.season_id and self.season_id.date_from >= season.date_from:
            return [_("It is of this season, or of a later one.")]
        if self.employer_id.membership_state == "former":
            return [_("This company is no member any more.")]
        return []

    def _copy_reviewed(self, season, arrow=None):
        """Copy those of these places that can be copied, as who calls.

        :param str arrow: action_submit or action_publish, for copies that nothing stands in the way of; None: drafts
        :return: a list of (place, copy, sentences that say why it didn't go on)
        """
        done = []
        for review in self._review_copies(season):
            if review.problems:
                continue
            place = self.browse(review.place.id)
            copy = place.action_copy_to_season(season.id)
            why = [message for _code, message in copy._get_publish_problems()] if arrow else []
            if arrow and not why:
                getattr(copy, arrow)()
            done.append((place, copy, why))
        return done
