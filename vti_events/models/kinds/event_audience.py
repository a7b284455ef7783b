from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..event_event import OPEN_TO_ALL


class EventEvent(models.Model):
    """For whom an event is: who sees it on the site, and who may sign up."""

    _inherit = "event.event"

    is_shown = fields.Boolean("Shown to me", compute="_compute_is_shown", search="_search_is_shown")

    @api.depends_context("uid")
    @api.depends("is_closed", "audience", "school_ids")
    def _compute_is_shown(self):
        saved = self.sudo().filtered("id").with_context(active_test=False)
        shown = set(saved.search(self._get_shown_domain() & Domain("id", "in", saved.ids)).ids)
        for event in self:
            event.is_shown = not event.id or event.id in shown

    def _search_is_shown(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_shown_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_shown_domain(self):
        """Domain of the events that the current user may see: what is closed is for those it is for only."""
        user = self.env.user
        if not user.share:
            return Domain.TRUE
        domain = Domain("is_closed", "=", False)
        if user._is_public():
            return domain
        person = user.sudo().partner_id
        house = person.commercial_partner_id
        domain |= self._get_audience_domain(person)
        domain |= Domain("host_school_id", "=", house.id) | Domain("host_employer_id", "=", house.id)
        domain |= Domain("id", "in", self._search_taken_part("event.registration", person, ("open", "done")))
        domain |= Domain("id", "in", self._search_taken_part("vti.event.waiting", person, ("waiting", "offered")))
        if house.is_school:
            domain |= Domain("audience", "=", "students") & self._get_school_domain(house)
        return domain

    @api.model
    def _search_taken_part(self, model, person, states):
        """The events that somebody signed up or waits for, as a subquery."""
        Line_sudo = self.env[model].sudo()
        return Line_sudo._search([("partner_id", "=", person.id), ("state", "in", states)]).subselect("event_id")

    @api.model
    def _get_audience_domain(self, person):
        """Domain of the events that a person may sign up for, by who they are today."""
        audiences, schools = person._get_event_audiences()
        domain = Domain("audience", "in", list(audiences - {"students", "schools"})) | Domain("audience", "=", False)
        of_school = audiences & {"students", "schools"}
        if of_school:
            domain |= Domain("audience", "in", list(of_school)) & self._get_school_domain(schools)
        return domain

    @api.model
    def _get_school_domain(self, schools):
        return Domain("school_ids", "=", False) | Domain("school_ids", "in", schools.ids)

    def _is_for(self, person):
        """Whether a person may sign up.

        :param person: res.partner; empty for a visitor
        """
        self.ensure_one()
        if not person:
            return not self.is_closed and self.audience in OPEN_TO_ALL
        return bool(self.sudo().filtered_domain(self._get_audience_domain(person)))

    @api.constrains("is_closed", "audience")
    def _check_closed(self):
        if any(event.is_closed and event.audience in OPEN_TO_ALL for event in self):
            raise ValidationError(
                self.env._(
                    "Who has no account can't be recognised, so this can't be closed. "
                    "Choose another audience, or the visibility “Via a link”."
                )
            )

    def _check_for(self, person):
        """:raise UserError: it is not for this person"""
        self.ensure_one()
        if not self._is_for(person):
            labels = dict(self._fields["audience"]._description_selection(self.env))
            raise UserError(self.env._("This is for: %(audience)s.", audience=self._get_audience_text(labels)))

    def _get_audience_text(self, labels=None):
        """For whom it is, in words: with the schools where it is for some only."""
        self.ensure_one()
        labels = labels or dict(self._fields["audience"]._description_selection(self.env))
        names = ", ".join(self.sudo().school_ids.mapped("name"))
        if names and self.audience in ("students", "schools"):
            return f"{labels[self.audience]} ({names})"
        return labels.get(self.audience) or labels["everybody"]
