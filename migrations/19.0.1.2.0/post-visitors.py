"""Name visitors in databases that were made before as new ones do."""

from odoo import SUPERUSER_ID, api

from odoo.addons.vti.hooks import _name_visitors


def migrate(cr, version):
    _name_visitors(api.Environment(cr, SUPERUSER_ID, {}))
