from . import test_speed_plan
from . import test_speed_setup
from . import test_speed_pages
from . import test_speed_answers
from . import test_speed_live
from . import test_speed_day
