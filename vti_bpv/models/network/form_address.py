import re

from werkzeug.exceptions import MethodNotAllowed, abort
from werkzeug.utils import redirect

from odoo import models
from odoo.http import request

OURS = re.compile(r"(?P<lang>/[a-z]{2}(_[A-Z]{2})?)?(?P<page>/(my|application|internships|student)/.+)/[^/]+/?")
# whose address above isn't the page that holds the form
FORM_PAGES = {"/my/profile": "/my/profile", "/my/consents": "/my/profile", "/my/alumni": "/my/alumni"}


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        """Lead who opens the address of a form's button back to the page of that form.

        A phone that opens its tabs anew, and a page that came back with errors and is reloaded by its
        address, ask for it by GET; without this they end on an error 405. Nothing is done.
        """
        try:
            return super()._match(path_info)
        except MethodNotAllowed:
            ours = OURS.fullmatch(path_info)
            if request.httprequest.method not in ("GET", "HEAD") or not ours:
                raise
            page = next((to for start, to in FORM_PAGES.items() if ours["page"].startswith(start)), ours["page"])
            abort(redirect((ours["lang"] or "") + page, 303))
