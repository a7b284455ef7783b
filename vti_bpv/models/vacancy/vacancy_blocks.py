from odoo import api, models

from ...tools.place_index import pack


class Vacancy(models.Model):
    """Places in the blocks of pages that VTI builds."""

    _inherit = "vti.vacancy"

    @api.model
    def _get_block_places(self, view, chosen, company, limit):
        """The newest published places for a block on a page.

        :param view: what `_get_places_view` gave
        :param dict chosen: filters, as a PlaceQuery has them
        :param company: id of a company whose places they are to be, or None
        :return: ids; where these aren't all, how many students there is room for in all
        """
        index, base = view.index, None
        if company:
            code = index.codes["employer"].get(company, -1)
            base = pack(index.columns["employer"] == code)
        values = {name: (True,) if value is True else value for name, value in chosen.items()}
        mask, total, places, *_counts = index.count(base, values)
        return index.ids[index.page(mask, 0, limit)].tolist(), places if total > limit else 0

    @api.model
    @api.readonly
    def get_block_choices(self):
        """What the website builder offers as filters for a block: trades, and towns that have places.

        :return: a dict with `trades` as pairs of id and name, and `towns` as names
        """
        self.check_access("read")
        has_town = [("state", "=", "published"), ("town", "!=", False)]
        towns = [town for (town,) in self.sudo()._read_group(has_town, ["town"], order="town")]
        trades = self.env["vti.trade"].sudo().search([])
        return {"trades": [[trade.id, trade.name] for trade in trades], "towns": towns}
