from odoo import api, fields, models

from odoo.addons.vti_bpv.tools.moment import get_today

from ...coupling import Ask, Offer, rank

SHOWN = 3  # suggestions on a card of the board


class LessonRequest(models.Model):
    """Companies to ask, in the order of `coupling.rank`."""

    _inherit = "vti.lesson.request"

    suggestion = fields.Text("Suggested companies", compute="_compute_suggestion")

    @api.depends("state", "kind", "trade_id", "students", "moment_ids.day", "date_from", "date_to", "campus_id")
    @api.depends_context("lang")
    def _compute_suggestion(self):
        waiting = self.filtered(lambda one: one.state == "asked")
        (self - waiting).suggestion = False
        ranked = waiting._rank_offers()
        for one in waiting:
            one.suggestion = "\n".join(
                f"{offer.employer_id.name}: {self._get_reasons_text(found)}" for offer, found in ranked[one][:SHOWN]
            )

    def _rank_offers(self):
        """The open offers for each of these requests, the best first; one row for each company.

        :return: request -> list of (vti.lesson.offer, sudo; `coupling.Suggestion`)
        """
        offers_sudo = self.env["vti.lesson.offer"].sudo().search(
            [("employer_id.active", "=", True), "|", ("date_to", "=", False), ("date_to", ">=", get_today())]
        )  # fmt: skip
        given = self._count_given(offers_sudo.employer_id)
        found = {}
        for request in self:
            suggestions = rank(request._get_ask(), [request._get_candidate(offer, given) for offer in offers_sudo])
            seen, rows = set(), []
            for one in suggestions:
                offer = offers_sudo.browse(one.offer.id)
                if offer.employer_id not in seen:
                    seen.add(offer.employer_id)
                    rows.append((offer, one))
            found[request] = rows
        return found

    def _get_ask(self):
        self.ensure_one()
        this_sudo, today = self.sudo(), get_today()
        days = tuple(day for day in this_sudo.moment_ids.mapped("day") if day and day > today)
        period = (max(self.date_from, today), self.date_to) if self.date_from and self.date_to > today else None
        return Ask(self.kind, this_sudo.trade_id.id or 0, self.students, days, period)

    def _get_candidate(self, offer, given):
        place, here = offer.branch_id or offer.employer_id, self._get_place()
        return Offer(
            offer.id, offer.kind, frozenset(offer.trade_ids.ids), offer.max_students, offer._get_weekdays(),
            (offer.date_from or None, offer.date_to or None), offer.max_km, place._get_distance_km(here.postcode_id),
            given.get(offer.employer_id.id, 0),
        )  # fmt: skip

    @api.model
    def _count_given(self, employers):
        """How often each of these companies gave, or will give, this school year; by id."""
        season = self.env["vti.season"].sudo()._of_day(get_today())
        domain = [("vti_kind", "in", ("guest_lesson", "company_visit", "class_information")),
                  ("kanban_state", "!=", "cancel"), ("guest_employer_id", "in", employers.ids)]  # fmt: skip
        if season:
            domain += [("date_begin", ">=", season.date_from), ("date_begin", "<=", season.date_to)]
        groups = self.env["event.event"].sudo()._read_group(domain, ["guest_employer_id"], ["__count"])
        return {employer.id: count for employer, count in groups}

    def _get_reasons_text(self, suggestion):
        """Why a company stands where it stands, in words."""
        return ", ".join(self._get_reason_text(reason) for reason in suggestion.reasons)

    def _get_reason_text(self, reason):
        _, value = self.env._, reason.value
        if reason.code == "trade":
            return _("this trade")
        if reason.code == "distance":
            return _("%(km)s km", km=value) if reason.good else _("%(km)s km: further than it wants", km=value)
        if reason.code == "days":
            return _("can on %(number)s of the days", number=value) if reason.good else _("on none of the days")
        if reason.code == "students":
            return _("big enough") if reason.good else _("takes %(number)s students", number=value)
        return _("gave %(number)s times this year", number=value) if value else _("gave nothing yet this year")


class LessonOffer(models.Model):
    _inherit = "vti.lesson.offer"

    given_count = fields.Integer("Given this year", compute="_compute_given_count")

    def _compute_given_count(self):
        given = self.env["vti.lesson.request"]._count_given(self.employer_id)
        for offer in self:
            offer.given_count = given.get(offer.employer_id.id, 0)
