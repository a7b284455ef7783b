from . import test_speed_plan
from . import test_speed_pages
