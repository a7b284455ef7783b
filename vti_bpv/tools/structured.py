"""Markup for search engines (schema.org as JSON-LD), from plain values. Without the ORM."""

import json

from markupsafe import Markup, escape


def paragraphs(sections):
    """Sections of a text as HTML.

    :param sections: pairs of heading and text; a text's lines stay lines
    """
    parts = []
    for heading, text in sections:
        lines = Markup("<br/>").join((text or "").strip().splitlines())
        parts.append(f"<h2>{escape(heading)}</h2><p>{lines}</p>")
    return "".join(parts)


def script(*things):
    """The element of a page that holds these things; `<` is written so that none of them can end it."""
    things = [{"@context": "https://schema.org", **thing} for thing in things if thing]
    if not things:
        return Markup("")
    text = json.dumps(things if len(things) > 1 else things[0], ensure_ascii=False).replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">%s</script>') % Markup(text)


def breadcrumbs(crumbs, base_url):
    """Where a page stands.

    :param crumbs: pairs of name and path; the last one, the page itself, needs no path
    """
    items = []
    for number, (name, path) in enumerate(crumbs, 1):
        item = {"@type": "ListItem", "position": number, "name": str(name)}
        if path:
            item["item"] = base_url + path
        items.append(item)
    return {"@type": "BreadcrumbList", "itemListElement": items}
