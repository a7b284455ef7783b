from odoo import models


class Website(models.Model):
    _inherit = "website"

    def _get_home_numbers(self):
        """Count what is on offer, for the home page: two queries and the names of the trades.

        The same places, each room for one student, as the public list counts.

        :return: `places` and `companies` that offer them; `trades`: id, name, description, places
        :rtype: dict
        """
        is_open = [("state", "=", "published")]
        Vacancy = self.env["vti.vacancy"].sudo()
        per_trade = dict(Vacancy._read_group(is_open, ["trade_id"], ["places_left:sum"]))
        ((places, companies),) = Vacancy._read_group(is_open, [], ["places_left:sum", "employer_id:count_distinct"])
        trades = self.env["vti.trade"].search([])
        return {
            "places": places or 0,
            "companies": companies,
            "trades": [
                {"id": one.id, "name": one.name, "description": one.description, "places": per_trade.get(one, 0)}
                for one in trades
            ],
        }
