from . import test_speed_plan
from . import test_speed_pages
from . import test_speed_live
from . import test_speed_day
