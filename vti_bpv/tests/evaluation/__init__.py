from . import test_questionnaires
