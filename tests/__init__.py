from . import test_lint, test_translations
