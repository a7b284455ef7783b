"""At each new version, once all modules are there: bring their words to the mails that staff never changed."""

from odoo import SUPERUSER_ID, api

MODULES = ("vti_bpv", "vti_events", "vti_alumni")


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["mail.template"]._refresh_untouched(MODULES)
