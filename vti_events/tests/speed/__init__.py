from . import test_speed_plan
