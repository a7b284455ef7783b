from . import test_audience, test_check, test_event_mail, test_event_page, test_sign_up, test_training, test_waiting
