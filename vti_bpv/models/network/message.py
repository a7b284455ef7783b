from odoo import models
from odoo.fields import Domain


class Message(models.Model):
    """What staff say below a record stays with staff, also where they mention somebody.

    Whoever is mentioned gets that message by mail. Odoo lets the person also open it by RPC for ever
    after, whatever becomes of the role, and even edit it. Portal users have no page that shows
    messages of guarded records, so that door is shut.
    """

    _inherit = "mail.message"

    def _get_guarded_models(self):
        guard = self.env.registry["vti.portal.guard"]
        return [name for name, model in self.env.registry.items() if issubclass(model, guard)]

    def _get_search_domain_share(self):
        return super()._get_search_domain_share() & Domain("model", "not in", self._get_guarded_models())

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if not self.env.user.share:
            return forbidden
        guarded = self._get_guarded_models()
        return forbidden | self.browse(self.sudo().filtered(lambda message: message.model in guarded).ids)
