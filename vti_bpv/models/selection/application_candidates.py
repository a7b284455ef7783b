from odoo import api, models

FILTERS = {
    "waiting": ("submitted",),
    "invited": ("invited",),
    "offered": ("offered",),
    "placed": ("accepted", "placed"),
    "ended": ("refused", "withdrawn", "lapsed"),
}


class Application(models.Model):
    """The company's list of candidates; counted and filtered by the database, within the record rules."""

    _inherit = "vti.application"

    @api.model
    def _get_candidate_domain(self, state, place_id=None):
        domain = [("state", "in", FILTERS[state])]
        return [*domain, ("vacancy_id", "=", place_id)] if place_id else domain

    @api.model
    def _count_candidates(self, place_id=None):
        """How many candidates there are behind each filter.

        :return: name of the filter -> number
        :rtype: dict
        """
        domain = [("vacancy_id", "=", place_id)] if place_id else []
        counts = dict(self._read_group(domain, ["state"], ["__count"]))
        return {name: sum(counts.get(state, 0) for state in states) for name, states in FILTERS.items()}

    @api.model
    def _get_candidate_places(self):
        """The places that somebody applied for: list of (id, name)."""
        groups = self._read_group([], ["vacancy_id"], order="vacancy_id")
        places_sudo = self.env["vti.vacancy"].sudo().browse(place.id for (place,) in groups)
        return [
            (place.id, f"{place.name}, {place.town}" if place.town else place.name)
            for place in places_sudo.sorted("name")
        ]

    @api.model
    def _get_filter_label(self, name):
        labels = {
            "waiting": self.env._("To answer"),
            "invited": self.env._("Invited"),
            "offered": self.env._("Offered"),
            "placed": self.env._("Placed"),
            "ended": self.env._("Ended"),
        }
        return labels[name]
