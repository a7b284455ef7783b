"""The pieces of HTML that a list of places repeats most: a card and a choice of a filter.

A page has some twenty of the one and seventy of the other; as templates they cost more than all the
rest of the page (each dynamic attribute passes through Odoo's processing of links). All values
are escaped here.
"""

from markupsafe import Markup, escape


def choice(name, value, label, count, is_chosen):
    """A tick box of a filter, with the number of places behind it."""
    checked = ' checked="checked"' if is_chosen else ""
    return Markup(
        f'<label class="vti-check"><input type="checkbox" name="{escape(name)}" value="{escape(value)}"{checked}/>'
        f'<span>{escape(label)} <span class="vti-check__count">{escape(count)}</span></span></label>'
    )


def choices(name, rows):
    """Tick boxes of a filter.

    :param rows: (value, label, count, is_chosen)
    """
    return Markup("".join([choice(name, *row) for row in rows]))


def badges(texts):
    """Short facts, as items of a list."""
    return Markup("".join([f'<li class="vti-badge">{escape(text)}</li>' for text in texts]))


def lines(rows):
    """Lines of text.

    :param rows: (text, what follows in grey or an empty text)
    """
    grey = Markup(' <span class="vti-muted">%s</span>')
    return Markup("<br/>").join([escape(text) + (grey % beside if beside else "") for text, beside in rows])


def card(path, title, company, where, items, dates, title_lang=None):
    """A place in a list, in two parts: the distance stands between them.

    :param str where: such as `in Woerden`, or empty
    :param Markup items: what `badges` gave
    :param title_lang: language of the title as HTML says it, None where it is the page's
    :return: two str of HTML
    """
    lang = f' lang="{escape(title_lang)}"' if title_lang else ""
    before = (
        f'<article class="vti-card vti-card--link"><h3 class="vti-card__title"><a href="{escape(path)}"{lang}>'
        f"{escape(title)}</a></h3><p><strong>{escape(company)}</strong>{' ' if where else ''}{escape(where)}"
    )
    after = (
        f'</p><ul class="vti-cluster vti-badges">{items}</ul>'
        f'<p class="vti-small vti-muted vti-card__end">{escape(dates)}</p></article>'
    )
    return before, after


def with_distance(parts, km):
    """A card, with how far it is unless that is None."""
    far = "" if km is None else f"{km:.0f}" if km >= 1 else "&lt; 1"
    between = f' <span class="vti-muted">· {far}&nbsp;km</span>' if far else ""
    return Markup(f"{parts[0]}{between}{parts[1]}")
