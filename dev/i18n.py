"""Dutch translations: `make i18n` brings every module's i18n/nl.po up to its terms.

    python -m dev.i18n DATABASE      DATABASE has all modules installed

English is the source. Kept translations stay, new terms come in empty (or with Odoo's own Dutch where
it has the same term), terms that are gone go. No date, no line number and no order that changes by
itself: a diff shows translations only.
"""

import contextlib
import os
import sys
from pathlib import Path
from unittest.mock import patch

import polib

from odoo.tools import file_path

from dev.paths import CONF, MODULE, MODULES, ROOT, module_path

LANG = "nl"
GLOSSARY = ("base", "mail", "portal", "rating", "calendar", "crm", "event", "website", "survey")
walk = os.walk
NOT_THE_SITE = {"dev", "docs", "deploy", "tests", "node_modules", "__pycache__"}


def po_path(module: str) -> Path:
    return module_path(module) / "i18n" / f"{LANG}.po"


def own_walk(path, **kwargs):
    """`os.walk` over this repository's own files.

    Odoo walks the whole addons path and follows links: here these lead to Odoo itself and in circles.
    """
    if Path(path) != ROOT:
        return
    for top, dirs, files in walk(path):
        dirs[:] = sorted(d for d in dirs if d not in NOT_THE_SITE and not d.startswith("."))
        yield top, dirs, sorted(files)


def terms(cr, module: str) -> polib.POFile:
    """Every term of the module as Odoo exports it, untranslated."""
    from odoo.tools import translate  # noqa: PLC0415 - needs Odoo's configuration

    class Reader(translate.TranslationModuleReader):
        def _get_module_from_path(self, path):
            # by folder, whatever the addons path is: the root is a module itself
            first = Path(path).relative_to(ROOT).parts[0]
            return first if first in MODULES else MODULE

    with patch.object(translate.os, "walk", own_walk):
        rows = list(Reader(cr, modules=[module]))
    writer = translate.PoFileWriter(open(os.devnull, "wb"), None)  # noqa: SIM115
    writer.write_rows(rows)
    return writer.po


def odoo_says() -> dict[str, str]:
    """Odoo's own Dutch for terms that ours share with it, such as those of the mail mixins."""
    found = {}
    for module in GLOSSARY:
        with contextlib.suppress(FileNotFoundError):
            entries = polib.pofile(file_path(f"{module}/i18n/{LANG}.po"))
            found = {entry.msgid: entry.msgstr for entry in entries.translated_entries()} | found
    return found


def merged(fresh: polib.POFile, old: polib.POFile, known: dict[str, str] | None = None) -> polib.POFile:
    kept = dict(known or {})
    kept |= {entry.msgid: entry.msgstr for entry in old if entry.msgstr and not entry.fuzzy and not entry.obsolete}
    result = polib.POFile(wrapwidth=110)
    result.metadata = {
        "Language": LANG,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for entry in sorted(fresh, key=lambda entry: entry.msgid):
        result.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=kept.get(entry.msgid, ""),
                comment=entry.comment,
                occurrences=sorted(entry.occurrences),
            )
        )
    return result


def read(module: str) -> polib.POFile:
    path = po_path(module)
    return polib.pofile(str(path), wrapwidth=110) if path.is_file() else polib.POFile(wrapwidth=110)


def main(db: str) -> None:
    import odoo.tools  # noqa: PLC0415
    from odoo.modules.registry import Registry  # noqa: PLC0415

    odoo.tools.config.parse_config(["-c", str(CONF), "-d", db, "--log-level=error", "--no-http"], setup_logging=True)
    known = odoo_says()
    with Registry(db).cursor() as cr:
        for module in MODULES:
            result, path = merged(terms(cr, module), read(module), known), po_path(module)
            if result:
                path.parent.mkdir(exist_ok=True)
                path.write_text(str(result) + "\n")
            else:
                path.unlink(missing_ok=True)
            missing = result.untranslated_entries()
            print(f"{module}: {len(result)} terms, {len(missing)} untranslated")
            for entry in missing:
                print(f"    {entry.msgid[:100]!r}")


if __name__ == "__main__":
    main(*sys.argv[1:])
