"""E-mail addresses as people type them in forms."""

from odoo.tools import email_normalize


def read_email(text):
    """The one address that somebody typed, in lower case.

    :return: "" where it isn't exactly one: Odoo's own check takes the last word of "sam jansen@example.org"
    :rtype: str
    """
    typed = (text or "").strip().lower()
    return typed if email_normalize(typed) == typed else ""


def get_email_error(env, text):
    """What is wrong with an address as typed; "" where nothing is."""
    return "" if read_email(text) else env._("Fill in an e-mail address, such as name@example.com.")
