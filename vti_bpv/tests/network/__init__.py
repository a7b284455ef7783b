from . import test_cv  # isort: skip
from . import test_access_portal
from . import test_consent
from . import test_distance
from . import test_houses
from . import test_layout
from . import test_my_pages
from . import test_odoo_screens
from . import test_partner_details, test_partner_merge
from . import test_recognition
from . import test_robots, test_roles
from . import test_settings
from . import test_student
from . import test_notice, test_notice_parallel
from . import test_import
from . import test_import_kinds
from . import test_season_start
from . import test_sms
