from . import test_plan
from . import test_replan
from . import test_whatif
