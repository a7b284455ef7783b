from odoo.http import request

FLASH = "vti_flash"  # key in the session


def flash(text, kind="success"):
    """Show a message once, on the next page of ours that this visitor sees.

    :param str text: a sentence, already in the user's language
    :param str kind: success, warning, danger or info
    """
    request.session[FLASH] = [*request.session.get(FLASH, []), (str(text), kind)]
