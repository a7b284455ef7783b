from odoo import fields, models
from odoo.tools import SQL


class ExchangeBalance(models.Model):
    """Give and take in the exchange, per member; read by VTI alone."""

    _name = "vti.exchange.balance"
    _description = "Give and take in the exchange"
    _auto = False
    _order = "given desc, taken desc, id"
    _rec_name = "employer_id"

    employer_id = fields.Many2one("res.partner", "Company", readonly=True)
    turned_down = fields.Integer("Turned down, then shown", readonly=True)
    given = fields.Integer(
        "Placed at others", readonly=True, help="Turned down here, placed at another by the exchange."
    )
    taken = fields.Integer("Taken from others", readonly=True, help="Placed here by the exchange.")
    asked = fields.Integer("Students asked", readonly=True)
    granted = fields.Integer("Students who said yes", readonly=True)

    @property
    def _table_query(self):
        return SQL("""
            SELECT employer_id AS id, employer_id, SUM(turned_down)::int AS turned_down, SUM(given)::int AS given,
                   SUM(taken)::int AS taken, SUM(asked)::int AS asked, SUM(granted)::int AS granted
              FROM (
                    SELECT refused_at_id AS employer_id, 1 AS turned_down,
                           (is_through IS TRUE AND placed_at_id != refused_at_id)::int AS given, 0 AS taken, 0 AS asked,
                           0 AS granted
                      FROM vti_exchange_listing WHERE refused_at_id IS NOT NULL AND shown_on IS NOT NULL
                 UNION ALL
                    SELECT placed_at_id, 0, 0, 1, 0, 0 FROM vti_exchange_listing WHERE is_through
                 UNION ALL
                    SELECT employer_id, 0, 0, 0, 1, (granted_on IS NOT NULL)::int FROM vti_exchange_interest
                   ) AS line
             GROUP BY employer_id
        """)
