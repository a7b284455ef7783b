from . import (
    test_access_doors,
    test_access_fields,
    test_access_leaks,
    test_access_matrix,
    test_access_probes,
    test_access_routes,
    test_access_rpc,
)
from . import test_lint, test_translations
from . import test_season
from . import test_pages
from . import test_apply_journey
from . import test_story
from . import test_company_journeys
from . import test_back_office
from . import test_speed_day
from . import test_upgrade
