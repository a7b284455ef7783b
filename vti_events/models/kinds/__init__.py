from . import event_check, partner, event_audience, event_page, event_seats, event_registration
from . import mail_template, event_mail, survey
