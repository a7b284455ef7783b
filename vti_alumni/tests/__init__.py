from . import test_alumnus
