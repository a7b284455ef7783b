"""Show cards of the exchange around a town: until now around the student's own postcode, a few streets."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    cards = env["vti.exchange.listing"].search([])
    env.add_to_compute(cards._fields["zone_id"], cards)
