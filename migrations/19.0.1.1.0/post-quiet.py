"""Bring what a new database gets when the site is installed to those made before."""

from odoo import SUPERUSER_ID, api

from odoo.addons.vti.hooks import _quieten_odoo


def migrate(cr, version):
    _quieten_odoo(api.Environment(cr, SUPERUSER_ID, {}))
