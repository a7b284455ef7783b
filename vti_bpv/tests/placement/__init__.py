from . import test_accepted, test_life, test_people
