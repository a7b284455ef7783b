import re
from pathlib import Path

from odoo.tests import TransactionCase

from dev import i18n

ROOT = Path(__file__).parent.parent


class TestTranslations(TransactionCase):
    def _check(self, module):
        fresh = i18n.terms(self.env.cr, module)
        kept = i18n.read(module)
        self.assertEqual([entry.msgid for entry in kept if entry.fuzzy or not entry.msgstr], [], "untranslated")
        self.assertEqual(
            sorted(entry.msgid for entry in kept),
            sorted(entry.msgid for entry in fresh),
            f"{i18n.po_path(module)} does not have the module's terms: `make i18n`",
        )
        if kept:
            self.assertEqual(str(i18n.merged(fresh, kept)), str(kept), "`make i18n` would change the file")

    def test_internships(self):
        self._check("vti_bpv")

    def test_events(self):
        self._check("vti_events")

    def test_alumni(self):
        self._check("vti_alumni")

    def test_site(self):
        self._check("vti")

    def test_words_for_scripts_are_terms(self):
        """Odoo translates the words of some attributes, not of these: a template sets them as text."""
        own = re.compile(r'[ \n]data-vti-(?:confirm|show)="[^"]*"')
        views = [path for module in ("vti_bpv", "vti_events", "vti_alumni") for path in ROOT.glob(f"{module}/**/*.xml")]
        self.assertTrue(views)
        self.assertEqual([(path.name, words) for path in views for words in own.findall(path.read_text())], [])

    def test_terms_are_found(self):
        """The exporter sees models and code of the right module; an empty export would pass the tests above."""
        found = i18n.terms(self.env.cr, "vti_bpv")
        self.assertEqual({entry.comment.splitlines()[0] for entry in found}, {"module: vti_bpv"})
        kinds = {name.split(":")[0] for entry in found for name, _line in entry.occurrences}
        self.assertGreaterEqual(kinds, {"model", "code"})
