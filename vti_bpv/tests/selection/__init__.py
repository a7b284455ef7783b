from . import test_accept, test_application_life, test_contact, test_guardian, test_retention
