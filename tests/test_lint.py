"""Odoo's own lint tests, over this repository's modules alone."""

import os
import sys

from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tests import get_db_name

from odoo.addons.test_lint.tests import (
    test_docstring,
    test_dunderinit,
    test_i18n,
    test_index,
    test_jstranslate,
    test_manifests,
    test_naming,
    test_onchange_domains,
    test_orm_import,
    test_override_signatures,
    test_pylint,
    test_routes,
    test_test_holes,
)

from dev.paths import MODULES, ROOT

ODOO_CHECKERS = "sql-injection,missing-gettext,gettext-variable,gettext-placeholders,gettext-repr,raise-unlink-override"


def our_models(_name=None):
    """The registry's models that one of our modules defines or extends."""
    registry = Registry(get_db_name())
    return {
        name: model
        for name, model in registry.items()
        if any(getattr(part, "_module", None) in MODULES for part in model.mro())
    }


class OursOnly:
    def setUp(self):
        super().setUp()
        self.patch(Manifest, "all_addon_manifests", lambda: [Manifest.for_addon(name) for name in MODULES])
        self.ours = sys.modules[type(self).__mro__[2].__module__]
        for name, value in {"Registry": our_models, "MODULES_TO_LINT": MODULES}.items():
            if hasattr(self.ours, name):
                self.patch(self.ours, name, value)


class TestDocstring(OursOnly, test_docstring.TestDocstring):
    pass


class TestDunderinit(OursOnly, test_dunderinit.TestDunderinit):
    pass


class TestUserContent(OursOnly, test_i18n.TestI18n):
    pass


class TestIndex(OursOnly, test_index.TestIndex):
    pass


class TestJsTranslations(OursOnly, test_jstranslate.TestJsTranslations):
    pass


class TestManifests(OursOnly, test_manifests.ManifestLinter):
    pass


class TestNaming(OursOnly, test_naming.TestNaming):
    pass


class TestOnchangeDomains(OursOnly, test_onchange_domains.TestOnchangeDomains):
    pass


class TestOrmImport(OursOnly, test_orm_import.TestDunderinit):
    pass


class TestOverrideSignatures(OursOnly, test_override_signatures.TestLintOverrideSignatures):
    pass


class TestRoutes(OursOnly, test_routes.RoutesLinter):
    pass


class TestHoles(OursOnly, test_test_holes.TestTestHoles):
    pass


class TestPylint(OursOnly, test_pylint.TestPyLint):
    def test_pylint(self):
        """Odoo's own checkers: the others are in .pylintrc, and the root holds all modules."""
        run = test_pylint.subprocess.run
        outside = {test_pylint.tools.config.root_path, *(m.path for m in Manifest.all_addon_manifests())}

        def run_on_ours(command, **kwargs):
            words = [f"--enable={ODOO_CHECKERS}" if word.startswith("--enable") else word for word in command]
            return run([*(word for word in words if word not in outside), "--jobs=2", str(ROOT)], **kwargs)

        beside_python = os.path.join(os.path.dirname(sys.executable), "pylint")
        self.patch(test_pylint, "which", lambda _name: beside_python)
        self.patch(test_pylint.subprocess, "run", run_on_ours)
        return super().test_pylint()
