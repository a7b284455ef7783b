from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ...models.selection.exchange_listing import OPEN_STATES


class ExchangeHome(CustomerPortal):
    """What stands on the cards of the portal's home that lead to the exchange."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        user = request.env.user
        if "vti_card" in counters:
            values["vti_card"] = self._get_card() if user.has_group("vti_bpv.group_student") else None
        if "vti_exchange" in counters:
            is_member = user.has_group("vti_bpv.group_company") and user.partner_id._is_member()
            values["vti_exchange"] = request.env["vti.exchange.listing"].search_count([]) if is_member else None
        return values

    def _get_card(self):
        """A text and the number of companies that ask; None for who is neither looking nor shown."""
        student_sudo, _ = request.env["vti.student"]._of_user(), request.env._
        card_sudo = student_sudo._get_card() if student_sudo else None
        if not student_sudo or (not student_sudo.is_looking and card_sudo.state not in OPEN_STATES):
            return None
        if card_sudo.state not in OPEN_STATES:
            return {"text": _("Let other companies find you, without your name"), "asked": 0}
        asked = len(card_sudo.interest_line_ids.filtered(lambda line: line.state == "asked"))
        text = _("Companies that want to meet you") if asked else _("Who sees it, and until when")
        return {"text": text, "asked": asked}
