from . import test_rules, test_life, test_places, test_search
from . import test_import_vacancy
